// Lists the namespaces of every context with the official client, loaded and connected by kubectl's rules.
import { CoreV1Api } from "@kubernetes/client-node";
import { loadKubeConfig } from "kcfg/client-node";

// Before: const kubeConfig = new KubeConfig(); kubeConfig.loadFromDefault();
const kubeConfig = await loadKubeConfig();

for (const { name, cluster, user } of kubeConfig.getContexts()) {
  kubeConfig.setCurrentContext(name);
  const { items } = await kubeConfig.makeApiClient(CoreV1Api).listNamespace();
  console.log(`${name}: ${user} at ${kubeConfig.getCluster(cluster)?.server}`);
  console.log(items.map(({ metadata }) => `  ${metadata?.name}`).join("\n"));
}
await kubeConfig.close();
