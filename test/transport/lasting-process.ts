import { getEventListeners } from "node:events";
import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { newTlsClientConfig, RestConfig } from "../../src/api/rest-config.ts";
import { ExecConfig } from "../../src/api/exec.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import { connect } from "../../src/transport/connection.ts";

/** Sends many requests that one signal of the whole program may stop, with the credentials of a plugin. */
const [server = "", plugin = "", count = "0"] = process.argv.slice(2);
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const warnings: string[] = [];
process.on("warning", ({ name }) => warnings.push(name));
const connection = connect(
  nodeHost,
  new RestConfig({
    host: server,
    tls: newTlsClientConfig({ insecure: true }),
    execProvider: new ExecConfig({
      apiVersion: "client.authentication.k8s.io/v1",
      command: plugin,
      interactiveMode: "Never",
    }),
  }),
  { pluginPolicy: { credentialPluginPolicy: "AllowAll", credentialPluginAllowlist: undefined } },
);
const { signal } = new AbortController();
const statuses = new Set<number>();

async function ask(requests: number): Promise<void> {
  let left = requests;
  const one = async (): Promise<void> => {
    while (left-- > 0) {
      const response = await connection.fetch("/x", { signal });
      await response.text();
      statuses.add(response.status);
    }
  };
  await Promise.all(Array.from({ length: 20 }, one));
}

async function heap(): Promise<number> {
  for (let round = 0; round < 4; round++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

await ask(3000);
// What leaks grows each time; what is compiled or cached late grows once.
const growths: number[] = [];
for (let before = await heap(); growths.length < 2;) {
  await ask(Number(count));
  const after = await heap();
  growths.push(after - before);
  before = after;
}
const said = {
  statuses: [...statuses],
  warnings,
  listeners: getEventListeners(signal, "abort").length,
  grown: Math.min(...growths),
};
process.stdout.write(JSON.stringify(said));
await connection.close();
