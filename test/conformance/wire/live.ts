import { availableParallelism } from "node:os";
import type { Runner } from "../call.ts";
import { inParallel } from "../in-parallel.ts";
import { kubectlPath } from "../kubectl.ts";
import { judge } from "../kubectl-version.ts";
import { processRunner } from "../process-runner.ts";
import { wireCases } from "./cases/index.ts";
import type { Identities } from "./identities.ts";
import { createIdentities } from "./identities.ts";
import { judgeWire } from "./judge.ts";
import type { KcfgRunner } from "./kcfg-runner.ts";
import { randomWireCase } from "./random-case.ts";
import { askKcfg, askKubectl, runWireCase } from "./run-wire-case.ts";
import type { WireCase } from "./wire-case.ts";

/** How many cases had the same requests and output. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Compares the requests and the output of kubectl and kcfg: in all cases, and in random ones. Each failure is reported
 * with its whole case.
 *
 * @param kcfg - runs the CLI
 * @param seed - of the first random case
 * @param count - how many random cases
 */
export async function compareWires(
  kcfg: KcfgRunner,
  { seed, count }: { readonly seed: number; readonly count: number },
): Promise<Tally> {
  const identities = await createIdentities();
  const kubectl = processRunner(await kubectlPath(judge), []);
  const cases = [
    ...Object.values(wireCases).flat(),
    ...Array.from({ length: count }, (_, index) => randomWireCase(seed + index)),
  ];
  console.log(`${cases.length} requests, ${count} of them random from KCFG_SEED=${seed}`);
  let arrived = 0;
  const verdicts = await inParallel(cases, availableParallelism(), async (wanted) => {
    const { differences, requests } = await compareOnce(identities, kubectl, kcfg.for(wanted), wanted);
    arrived += requests;
    if (differences.length > 0) {
      console.log(`\n${wanted.name}:\n  ${differences.join("\n  ")}\n  ${JSON.stringify(wanted)}`);
    }
    return differences.length === 0;
  });
  const passed = verdicts.filter(Boolean).length;
  console.log(`${arrived} requests of kubectl arrived`);
  return { passed, failed: cases.length - passed };
}

async function compareOnce(
  identities: Identities,
  kubectl: Runner,
  kcfg: Runner,
  wanted: WireCase,
): Promise<{ readonly differences: readonly string[]; readonly requests: number }> {
  const did = await runWireCase(identities, kubectl, askKubectl, wanted);
  const does = await runWireCase(identities, kcfg, askKcfg, wanted);
  const { differences, needlesslyListed } = judgeWire(wanted, did, does);
  return {
    differences: [
      ...differences.map(({ aspect, ...words }) => `${aspect}: kubectl ${words.kubectl}, kcfg ${words.kcfg}`),
      ...(needlesslyListed === "" ? [] : [`needlessly listed as a divergence: ${needlesslyListed}`]),
    ],
    requests: did.arrived.length,
  };
}
