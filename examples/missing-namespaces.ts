#!/usr/bin/env node
// A tool for two clusters: which namespaces of one are missing in the other?
//   missing-namespaces --from-context staging --to-context production --to-kubeconfig ./production.yaml
import { Command } from "commander";
import {
  bindOverrideFlags,
  ConfigOverrides,
  connect,
  defaultLoadingRules,
  newNonInteractiveDeferredLoadingClientConfig,
  recommendedConfigOverrideFlags,
} from "kcfg";

const program = new Command("missing-namespaces");

/** Adds all flags of one side to the program, and gives what lists the namespaces of that side. */
function side(prefix: string): () => Promise<readonly string[]> {
  const overrides = new ConfigOverrides();
  const flags = recommendedConfigOverrideFlags(prefix);
  // Only one side could have -n, and neither looks into a namespace.
  flags.context.namespace.longName = "";
  bindOverrideFlags(program, overrides, flags);
  let explicitPath = "";
  program
    .option(`--${prefix}kubeconfig <file>`, "kubeconfig to use")
    .on(`option:${prefix}kubeconfig`, (file: string) => (explicitPath = file));
  const clientConfig = newNonInteractiveDeferredLoadingClientConfig(
    () => defaultLoadingRules({ explicitPath }),
    { overrides },
  );
  return async () => {
    const connection = connect(await clientConfig.clientConfig());
    const response = await connection.fetch("/api/v1/namespaces");
    const list = (await response.json()) as { items: { metadata: { name: string } }[] };
    await connection.close();
    return list.items.map(({ metadata }) => metadata.name);
  };
}

const from = side("from-");
const to = side("to-");

program.action(async () => {
  const [here, there] = await Promise.all([from(), to()]);
  for (const name of here.filter((each) => !there.includes(each))) {
    console.log(name);
  }
});

await program.parseAsync();
