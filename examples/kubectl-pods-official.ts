#!/usr/bin/env node
// kubectl-pods.ts with the official client: kcfg chooses the server and gets the credentials, CoreV1Api does the rest.
import { CoreV1Api } from "@kubernetes/client-node";
import { Command } from "commander";
import {
  bindOverrideFlags,
  ConfigOverrides,
  connect,
  defaultLoadingRules,
  newNonInteractiveDeferredLoadingClientConfig,
  recommendedConfigOverrideFlags,
} from "kcfg";
import { toKubeConfig } from "kcfg/client-node";

const overrides = new ConfigOverrides();
const program = new Command("kubectl-pods-official");
bindOverrideFlags(program, overrides, recommendedConfigOverrideFlags(""));
const clientConfig = newNonInteractiveDeferredLoadingClientConfig(() => defaultLoadingRules(), { overrides });

program.action(async () => {
  const connection = connect(await clientConfig.clientConfig());
  const { namespace } = clientConfig.namespace();
  const pods = await toKubeConfig(connection).makeApiClient(CoreV1Api).listNamespacedPod({ namespace });
  await connection.close();
  for (const { metadata } of pods.items) {
    console.log(metadata?.name);
  }
});

await program.parseAsync();
