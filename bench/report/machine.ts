import type { Result } from "../result.ts";
import { BARE } from "../suites/imports.ts";
import { wallOf } from "./compare.ts";
import { short } from "./numbers.ts";

/** Describes the machine in one sentence; with a warning if it was busy. */
export function machineText({ machine, imports }: Result): string {
  const { cores, kubectl, load, nodes, officialClient, platform } = machine;
  const bare = nodes.map(({ version, major }) => {
    const samples = imports.find(({ node }) => node === major)?.samples ?? {};
    return `Node.js ${version} (${BARE}: ${short(wallOf(samples, BARE))} ms)`;
  });
  const others = [
    ...(kubectl === undefined ? [] : [`kubectl ${kubectl}`]),
    `@kubernetes/client-node ${officialClient}`,
  ];
  const busy =
    load > cores / 4
      ? ` The machine was busy (load ${short(load)} when the run began): only ratios mean something.`
      : "";
  return `Measured on ${platform} with ${cores} cores, ${[...bare, ...others].join(", ")}.${busy}`;
}
