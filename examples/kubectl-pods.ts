#!/usr/bin/env node
// A kubectl plugin that lists pods and takes all the flags that kubectl itself takes: kubectl pods -n shop --context dev
import { Command } from "commander";
import {
  bindOverrideFlags,
  ConfigOverrides,
  connect,
  defaultLoadingRules,
  isEmptyConfig,
  newNonInteractiveDeferredLoadingClientConfig,
  recommendedConfigOverrideFlags,
} from "kcfg";

const overrides = new ConfigOverrides();
const program = new Command("kubectl-pods").option("--kubeconfig <file>", "kubeconfig to use", "");
bindOverrideFlags(program, overrides, recommendedConfigOverrideFlags(""));

// Nothing is read before the command line has been parsed.
const rules = () => defaultLoadingRules({ explicitPath: program.opts<{ kubeconfig: string }>().kubeconfig });
const clientConfig = newNonInteractiveDeferredLoadingClientConfig(rules, { overrides });

program.action(async () => {
  const connection = connect(await clientConfig.clientConfig());
  const { namespace } = clientConfig.namespace();
  const response = await connection.fetch(`/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`);
  const list = (await response.json()) as { items?: { metadata: { name: string } }[]; message?: string };
  await connection.close();
  if (!response.ok) {
    throw new Error(list.message);
  }
  for (const { metadata } of list.items ?? []) {
    console.log(metadata.name);
  }
});

await program.parseAsync().catch((error: Error) => {
  program.error(isEmptyConfig(error) ? "error: no kubeconfig says which server to ask" : `error: ${error.message}`);
});
