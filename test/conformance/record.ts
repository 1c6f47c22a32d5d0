import { availableParallelism } from "node:os";
import { readdirSync, rmSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { join } from "node:path";
import type { Group, Wanted } from "./cases/build.ts";
import { groups } from "./cases/index.ts";
import { kubectlPath } from "./kubectl.ts";
import type { KubectlVersion } from "./kubectl-version.ts";
import { judge, kubectlVersions } from "./kubectl-version.ts";
import { repositoryRoot } from "./repository.ts";
import type { Runner } from "./call.ts";
import { inParallel } from "./in-parallel.ts";
import { kubectlRunner } from "./process-runner.ts";
import { runCase } from "./run-case.ts";
import type { Case, FileSpec, Outcome, Recorded, Vector } from "./vector.ts";
import { joinText, splitText } from "./vector.ts";
import { writeVectorFile } from "./vector-files.ts";

/**
 * Runs every wanted case on every kubectl and writes the outcomes to `vectors/`.
 *
 * Words on the command line restrict the run to the groups they name.
 */
async function main(chosen: readonly string[]): Promise<void> {
  process.umask(0o022);
  refuseRepeatedNames(groups);
  const tools = await Promise.all(
    kubectlVersions.map(async (version) => ({ version, ...kubectlRunner(await kubectlPath(version)) })),
  );
  const recordAll = async (wanted: readonly Wanted[]): Promise<readonly Vector[]> =>
    (await inParallel(wanted, availableParallelism(), (each) => record(each, tools))).flat();
  let count = 0;
  for (const group of groups.filter(({ rule }) => chosen.length === 0 || chosen.includes(rule))) {
    const vectors = await recordAll(group.cases);
    writeVectorFile({ rule: group.rule, vectors });
    count += vectors.length;
    const differing = vectors.filter(({ kubectl }) => !("every" in kubectl));
    console.log(`${group.rule}: ${vectors.length} vectors, ${differing.length} where the versions differ`);
  }
  if (chosen.length === 0) {
    removeStrayFiles();
  }
  console.log(`${count} vectors recorded from kubectl ${kubectlVersions.join(" and ")}`);
}

type VersionedRunner = Runner & { readonly version: KubectlVersion };

async function record(wanted: Wanted, tools: readonly VersionedRunner[]): Promise<readonly Vector[]> {
  const { divide, ...whole } = wanted;
  const vectors: Vector[] = [];
  for (const part of divide === true ? await divided(whole, tools) : [whole]) {
    const outcomes = new Map<KubectlVersion, Outcome>();
    for (const tool of tools) {
      outcomes.set(tool.version, await runCase(tool, part));
      await refuseChance(tool, part, outcomes.get(tool.version));
    }
    vectors.push({ ...part, files: readableFiles(part), kubectl: together(outcomes) });
  }
  return vectors;
}

/** Refuses a random outcome: such a vector would fail now and then. */
async function refuseChance(tool: Runner, wanted: Case, outcome: Outcome | undefined): Promise<void> {
  if (!isDeepStrictEqual(await runCase(tool, wanted), outcome)) {
    throw new Error(`kubectl does not do the same twice in "${wanted.name}": mark the case as random`);
  }
}

/** Divides a case into one of the refused files and one of those that are read. */
async function divided(wanted: Case, tools: readonly VersionedRunner[]): Promise<readonly Case[]> {
  const tool = tools.find(({ version }) => version === judge);
  if (tool === undefined) {
    throw new Error(`kubectl ${judge} is not among the tools`);
  }
  const stderr = joinText((await runCase(tool, wanted)).stderr);
  const isRefused = (path: string): boolean => stderr.includes(`error loading config file "$ROOT/${path}": `);
  const paths = Object.keys(wanted.files);
  return [
    onlyWith(
      wanted,
      "read",
      paths.filter((path) => !isRefused(path)),
    ),
    onlyWith(wanted, "refused", paths.filter(isRefused)),
  ].filter((part) => Object.keys(part.files).length > 0);
}

function onlyWith(wanted: Case, fate: string, paths: readonly string[]): Case {
  return {
    ...wanted,
    name: `${wanted.name}: these are ${fate}`,
    files: Object.fromEntries(Object.entries(wanted.files).filter(([path]) => paths.includes(path))),
    env: { ...wanted.env, KUBECONFIG: paths.map((path) => `$ROOT/${path}`).join(":") },
  };
}

function refuseRepeatedNames(all: readonly Group[]): void {
  const seen = new Set<string>();
  for (const { name } of all.flatMap((group) => group.cases)) {
    if (seen.has(name)) {
      throw new Error(`two cases are called "${name}"`);
    }
    seen.add(name);
  }
}

function together(outcomes: ReadonlyMap<KubectlVersion, Outcome>): Recorded {
  const [first, ...others] = outcomes.values();
  if (first !== undefined && others.every((outcome) => isDeepStrictEqual(outcome, first))) {
    return { every: first };
  }
  return Object.fromEntries(outcomes) as Recorded;
}

function readableFiles(wanted: Case): Case["files"] {
  const files = Object.entries(wanted.files);
  return Object.fromEntries(files.map(([path, spec]) => [path, readable(spec)]));
}

function readable(spec: FileSpec): FileSpec {
  return typeof spec === "string" ? splitText(spec) : spec;
}

function removeStrayFiles(): void {
  const folder = join(repositoryRoot(), "test", "conformance", "vectors");
  const known = new Set(groups.map((group) => `${group.rule}.json`));
  for (const name of readdirSync(folder).filter((each) => !known.has(each))) {
    rmSync(join(folder, name));
  }
}

await main(process.argv.slice(2));
