import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { Runner } from "../call.ts";
import { inParallel } from "../in-parallel.ts";
import { kubectlPath } from "../kubectl.ts";
import type { KubectlVersion } from "../kubectl-version.ts";
import { judge, kubectlVersions } from "../kubectl-version.ts";
import { processRunner } from "../process-runner.ts";
import { runCase } from "../run-case.ts";
import { joinText } from "../vector.ts";
import { pluginCases } from "./cases.ts";
import { honestGuards, hostileGuards, makeGuardWorld, runGuard } from "./guard.ts";
import { randomPluginCase } from "./random-case.ts";
import { findFaults } from "./verdict.ts";
import type { PluginCase } from "./world.ts";
import { asKcfg, asKubectl } from "./world.ts";

/** The result of a comparison. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Compares `kcfg check-plugins` with the behaviour of the real kubectl, which shows by whether the plugin has run: on
 * every recorded case, and on random ones. Each failure is reported with its whole case.
 *
 * @param kcfg - runs the CLI
 * @param seed - of the first random case
 * @param count - how many random cases
 */
export async function comparePlugins(
  kcfg: Runner,
  { seed, count }: { readonly seed: number; readonly count: number },
): Promise<Tally> {
  const runners = new Map(
    await Promise.all(
      kubectlVersions.map(
        async (version) => [version, processRunner(await kubectlPath(version), [])] as const,
      ),
    ),
  );
  const cases = [
    ...Object.values(pluginCases).flat(),
    ...Array.from({ length: count }, (_, index) => randomPluginCase(seed + index)),
  ];
  console.log(`${cases.length} plugins, ${count} of them random from KCFG_SEED=${seed}`);
  let ran = 0;
  let failed = 0;
  await inParallel(cases, availableParallelism(), async (wanted) => {
    const foretold = await runCase(kcfg, asKcfg(wanted));
    for (const version of versionsFor(wanted)) {
      const runner = runners.get(version);
      if (runner === undefined) {
        throw new Error(`no kubectl ${version}`);
      }
      const outcome = await runCase(runner, asKubectl(wanted));
      ran += outcome.files?.["marks"] == null ? 0 : 1;
      const faults = findFaults(outcome, foretold);
      if (faults.length > 0) {
        failed += 1;
        console.log(`\n${wanted.name}, kubectl ${version}:\n  ${faults.join("\n  ")}`);
        console.log(`  ${JSON.stringify(wanted)}`);
        return;
      }
    }
  });
  console.log(`kubectl ran a plugin ${ran} times`);
  return { passed: cases.length - failed, failed };
}

/**
 * Lets every kubectl use kubeconfigs whose plugin is kcfg, under an allowlist that has kcfg: hostile ones must not get
 * a program to run that the policy denies, valid ones must get the one that it allows.
 */
export async function compareGuards(): Promise<Tally> {
  const root = mkdtempSync(join(tmpdir(), "kcfg-guard-"));
  const tally = { passed: 0, failed: 0 };
  try {
    makeGuardWorld(root);
    for (const version of kubectlVersions) {
      const client = { program: await kubectlPath(version), args: ["get", "--raw", "/x"] };
      for (const [wanted, cases] of [
        [false, hostileGuards(root)],
        [true, honestGuards(root)],
      ] as const) {
        for (const guard of cases) {
          const { ran, said } = await runGuard(client, root, guard);
          tally[ran === wanted ? "passed" : "failed"] += 1;
          if (ran !== wanted) {
            console.log(
              `\n${guard.name}, kubectl ${version}: the plugin ${ran ? "ran" : "did not run"}: ${said}`,
            );
          }
        }
      }
    }
  } finally {
    rmSync(root, { recursive: true });
  }
  return tally;
}

/** Returns the versions for a case: kubectl 1.35 has no `command` in an entry, and its internal type differs. */
function versionsFor(wanted: PluginCase): readonly KubectlVersion[] {
  const isNew = Object.entries(wanted.files).some(
    ([path, spec]) =>
      path !== "cfg/config" &&
      (typeof spec === "string" || Array.isArray(spec)) &&
      /["{ ]command"?:|__internal/u.test(joinText(spec).replaceAll(/"command": "(?:get|delete)"/gu, "")),
  );
  return isNew ? [judge] : kubectlVersions;
}
