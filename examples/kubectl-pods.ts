#!/usr/bin/env node
// A kubectl plugin that lists pods and takes all the flags that kubectl itself takes: kubectl pods -n shop --context dev
import { Command } from "commander";
import { bindKubectlFlags, kubectlMessage } from "kcfg";

const program = new Command("kubectl-pods").description("List pods");
const kubectl = bindKubectlFlags(program);

program.action(async () => {
  await using connection = await kubectl.connect();
  const response = await connection.fetch(`/api/v1/namespaces/${kubectl.namespace()}/pods`);
  const list = (await response.json()) as { items?: { metadata: { name: string } }[]; message?: string };
  if (!response.ok) {
    throw new Error(list.message);
  }
  for (const { metadata } of list.items ?? []) {
    console.log(metadata.name);
  }
});

await program.parseAsync().catch((error: unknown) => program.error(kubectlMessage(error)));
