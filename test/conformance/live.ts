import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Runner } from "./call.ts";
import type { Difference } from "./compare.ts";
import { inParallel } from "./in-parallel.ts";
import { judgeOutcome } from "./judge.ts";
import { kubectlPath } from "./kubectl.ts";
import type { KubectlVersion } from "./kubectl-version.ts";
import { judge, kubectlVersions } from "./kubectl-version.ts";
import { kubectlRunner } from "./process-runner.ts";
import { anyCase } from "./random/any-case.ts";
import { corpusOf } from "./random/corpus.ts";
import { builtCli, repositoryRoot } from "./repository.ts";
import { residentRunner } from "./resident-runner.ts";
import { runCase } from "./run-case.ts";
import { shrink } from "./shrink.ts";
import type { Case, Outcome, Vector } from "./vector.ts";
import { joinText, outcomeOf } from "./vector.ts";
import { readVectors } from "./vector-files.ts";

/**
 * How often kubectl is asked where it does not agree, since it walks maps in a random order; and how often at most,
 * once its answers have differed.
 */
const throws = 6;
const mostThrows = 60;

/** How many smaller cases are tried for a failing one, and how many failing ones are made smaller. */
const shrinkBudget = 250;
const shrunkFailures = 10;

/** A fault of kcfg, or of a recording. */
interface Failure {
  readonly wanted: Case;
  readonly what: string;
  readonly differences: readonly Difference[];
}

interface Tools {
  readonly kcfg: Runner;
  readonly kubectl: ReadonlyMap<KubectlVersion, Runner>;
}

/**
 * Compares kcfg with the real kubectl: on every vector, with both versions, and on random files and command lines.
 *
 * Environment: KCFG_SEED (of the first random case), KCFG_CASES (how many). Words on the command line are the paths of
 * saved cases: then only those are run. Ends with the line `N passed, N failed`.
 */
async function main(saved: readonly string[]): Promise<boolean> {
  process.umask(0o022);
  const tools: Tools = {
    kcfg: residentRunner(builtCli()),
    kubectl: new Map(
      await Promise.all(
        kubectlVersions.map(async (version) => [version, kubectlRunner(await kubectlPath(version))] as const),
      ),
    ),
  };
  const vectors = readVectors();
  try {
    const results =
      saved.length > 0
        ? await runCases(saved.map(readCase), tools, () => kubectlVersions)
        : [...(await runVectors(vectors, tools)), ...(await runRandomCases(vectors, tools))];
    const failures = results.filter((result) => result !== undefined);
    await report(failures, tools);
    console.log(`${results.length - failures.length} passed, ${failures.length} failed`);
    return failures.length === 0;
  } finally {
    tools.kcfg.close();
  }
}

type Result = Failure | undefined;

function readCase(path: string): Case {
  return JSON.parse(readFileSync(path, "utf8")) as Case;
}

/** Reports whether kubectl still does what is recorded, and whether kcfg does it. */
async function runVectors(vectors: readonly Vector[], tools: Tools): Promise<readonly Result[]> {
  const runnable = vectors.filter((vector) =>
    [...tools.kubectl.values(), tools.kcfg].every((one) => one.canRun(vector)),
  );
  console.log(`${runnable.length} vectors against kubectl ${kubectlVersions.join(" and ")}, and kcfg`);
  return inParallel(runnable, availableParallelism(), async (vector): Promise<Result> => {
    for (const [version, kubectl] of tools.kubectl) {
      const recorded = outcomeOf(vector.kubectl, version);
      const now = await runCase(kubectl, vector);
      if (!isDeepStrictEqual(now, recorded)) {
        const what = `the recording of kubectl ${version} is stale: ${JSON.stringify({ recorded, now })}`;
        return { wanted: vector, what, differences: [] };
      }
    }
    const verdict = judgeOutcome(vector, outcomeOf(vector.kubectl, judge), await runCase(tools.kcfg, vector));
    if (verdict.needlesslyListed) {
      return {
        wanted: vector,
        what: `a divergence is listed and has become equal: ${verdict.divergence}`,
        differences: [],
      };
    }
    return verdict.differences.length === 0
      ? undefined
      : { wanted: vector, what: "kcfg differs", differences: verdict.differences };
  });
}

async function runRandomCases(vectors: readonly Vector[], tools: Tools): Promise<readonly Result[]> {
  const seed = Number(process.env["KCFG_SEED"] ?? Date.now() % 1_000_000_000);
  const count = Number(process.env["KCFG_CASES"] ?? 400);
  console.log(`${count} random cases from KCFG_SEED=${seed}`);
  const corpus = corpusOf(vectors);
  const cases = Array.from({ length: count }, (_, index) => anyCase(seed + index, corpus));
  return runCases(cases, tools, (index) => (index % 3 === 0 ? kubectlVersions : [judge]));
}

async function runCases(
  cases: readonly Case[],
  tools: Tools,
  versions: (index: number) => readonly KubectlVersion[],
): Promise<readonly Result[]> {
  let refused = 0;
  const results = await inParallel(cases, availableParallelism(), async (wanted, index): Promise<Result> => {
    const kcfg = await tryCase(tools.kcfg, wanted);
    refused += kcfg.exitCode === 0 ? 0 : 1;
    for (const version of versions(index)) {
      const differences = await differencesFrom(version, wanted, kcfg, tools);
      if (differences.length > 0) {
        return { wanted, what: `kcfg differs from kubectl ${version}`, differences };
      }
    }
    return undefined;
  });
  console.log(`${cases.length - refused} of them shown, ${refused} refused`);
  return results;
}

/** Runs a case; a crash is an outcome too, one that no kubectl has. */
async function tryCase(runner: Runner, wanted: Case): Promise<Outcome> {
  try {
    return await runCase(runner, wanted);
  } catch (error) {
    return { exitCode: -1, stdout: "", stderr: String(error) };
  }
}

async function differencesFrom(
  version: KubectlVersion,
  wanted: Case,
  kcfg: Outcome,
  { kubectl }: Tools,
): Promise<readonly Difference[]> {
  const runner = kubectl.get(version);
  if (runner === undefined) {
    throw new Error(`no kubectl ${version}`);
  }
  const minds = new Set<string>();
  let differences: readonly Difference[] = [];
  for (let thrown = 0; thrown < (minds.size > 1 ? mostThrows : throws); thrown += 1) {
    const outcome = await tryCase(runner, wanted);
    differences = judgeOutcome(wanted, outcome, kcfg).differences;
    if (differences.length === 0) {
      break;
    }
    minds.add(JSON.stringify(outcome));
  }
  return differences;
}

async function report(failures: readonly Failure[], tools: Tools): Promise<void> {
  let shrunk = 0;
  for (const failure of failures) {
    const isRandom = failure.what.startsWith("kcfg differs from");
    const wanted = isRandom && ++shrunk <= shrunkFailures ? await smallest(failure, tools) : failure.wanted;
    const differences = wanted === failure.wanted ? failure.differences : await again(wanted, tools);
    console.log(`\n${failure.wanted.name}: ${failure.what}\n  $ ${JSON.stringify(wanted.argv)}`);
    for (const { aspect, kubectl, kcfg } of differences) {
      console.log(
        `  ${aspect}\n    kubectl: ${excerpt(kubectl, kcfg)}\n    kcfg:    ${excerpt(kcfg, kubectl)}`,
      );
    }
    console.log(`  saved: ${await save(wanted, tools)}`);
  }
}

/** Returns a smaller case that differs in the same aspects. */
function smallest(failure: Failure, tools: Tools): Promise<Case> {
  const wanted = aspectsOf(failure.differences);
  return shrink(
    failure.wanted,
    async (smaller) => aspectsOf(await again(smaller, tools)) === wanted,
    shrinkBudget,
  );
}

function aspectsOf(differences: readonly Difference[]): string {
  return differences.map(({ aspect }) => aspect).join(" ");
}

async function again(wanted: Case, tools: Tools): Promise<readonly Difference[]> {
  return differencesFrom(judge, wanted, await tryCase(tools.kcfg, wanted), tools);
}

/** Saves a case with what both did, in the form of a vector. */
async function save(wanted: Case, tools: Tools): Promise<string> {
  const folder = join(repositoryRoot(), ".cache", "failures");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${wanted.name.replaceAll(/[^A-Za-z0-9]+/gu, "-").slice(0, 80)}.json`);
  const runner = tools.kubectl.get(judge);
  const kubectl = runner && { every: await tryCase(runner, wanted) };
  writeFileSync(
    path,
    `${JSON.stringify({ ...wanted, kubectl, kcfg: await tryCase(tools.kcfg, wanted) }, null, 1)}\n`,
  );
  return path;
}

/** Returns the part of a string from where it differs. */
function excerpt(text: string, other: string): string {
  const lines = joinText(text).split("\n");
  const others = other.split("\n");
  const from = lines.findIndex((line, at) => line !== others[at]);
  const at = from === -1 ? Math.min(lines.length, others.length) : from;
  return `(line ${at + 1}) ${JSON.stringify(lines.slice(at, at + 4).join("\n")).slice(0, 600)}`;
}

process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
