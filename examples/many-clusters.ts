// A backend that asks all clusters of a kubeconfig, under a plugin policy of its own: GET /CONTEXT is that cluster's version.
import { createServer } from "node:http";
import { connectToCluster, kubectlMessage, loadConfig } from "kcfg";
import type { ClusterConnection, PluginPolicy } from "kcfg";

const config = loadConfig();
const pluginPolicy: PluginPolicy = {
  credentialPluginPolicy: "Allowlist",
  credentialPluginAllowlist: [{ command: process.env["LOGIN_PLUGIN"] ?? "/usr/local/bin/login" }],
};
const clients = new Map<string, Promise<ClusterConnection>>();
for (const context of config.contexts.keys()) {
  const client = connectToCluster({ config, context, pluginPolicy, pluginTimeout: 30_000 });
  client.catch((error: unknown) => console.error(context, kubectlMessage(error)));
  clients.set(context, client);
}
const server = createServer((request, response) => {
  const context = decodeURIComponent(request.url ?? "").slice(1);
  const answer = clients.get(context)?.then(async (client) => (await client.fetch("/version")).text());
  const failed = (error: unknown) => response.writeHead(502).end(kubectlMessage(error));
  (answer ?? Promise.reject(new Error("no such context"))).then((text) => response.end(text), failed);
});
server.listen(Number(process.env["PORT"] ?? 0), "127.0.0.1", () => console.log(server.address()));
