#!/usr/bin/env node
// Copies a config map to another cluster: copy-configmap settings --from-context staging --to-context production
import { Command } from "commander";
import { bindKubectlFlags, kubectlMessage, type KubectlFlags } from "kcfg";

const program = new Command("copy-configmap").argument("<name>");
const from = bindKubectlFlags(program, { prefix: "from-", side: "source" });
const to = bindKubectlFlags(program, { prefix: "to-", side: "destination" });

program.action(async (name: string) => {
  await using source = await from.connect();
  await using destination = await to.connect();
  const found = await checked(await source.fetch(`${pathOf(from)}/${encodeURIComponent(name)}`));
  const body = JSON.stringify({ ...((await found.json()) as object), metadata: { name } });
  await checked(await destination.fetch(pathOf(to), { method: "POST", body }));
  console.log(`copied ${name} to ${destination.server}`);
});

const pathOf = (side: KubectlFlags) => `/api/v1/namespaces/${side.namespace()}/configmaps`;
async function checked(response: Response): Promise<Response> {
  return response.ok ? response : Promise.reject(new Error(((await response.json()) as Error).message));
}

await program.parseAsync().catch((error: unknown) => program.error(kubectlMessage(error)));
