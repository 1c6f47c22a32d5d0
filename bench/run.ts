import { createRequire } from "node:module";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { kubectlPath } from "../test/conformance/kubectl.ts";
import { judge } from "../test/conformance/kubectl-version.ts";
import { repositoryRoot } from "../test/conformance/repository.ts";
import type { BenchNode } from "./nodes.ts";
import { otherNode, runningNode } from "./nodes.ts";
import type { Plan } from "./plan.ts";
import type { Result } from "./result.ts";
import { measureCommands } from "./suites/commands.ts";
import { measureImports } from "./suites/imports.ts";
import { measureOperations } from "./suites/operations.ts";

/**
 * Measures everything in a plan. What is unavailable, such as a kubectl for this platform, is reported and left out.
 *
 * @param tell - receives progress messages, one line each
 */
export async function run(plan: Plan, tell: (progress: string) => void): Promise<Result> {
  const [load = 0] = loadavg();
  const kubectl = plan.offline ? undefined : await ifPossible(() => kubectlPath(judge), tell);
  const other = plan.offline ? undefined : await ifPossible(otherNode, tell);
  const nodes: readonly BenchNode[] = [runningNode(), ...(other === undefined ? [] : [other])];
  return {
    machine: {
      cores: availableParallelism(),
      platform: `${process.platform} ${process.arch}`,
      load,
      nodes,
      ...(kubectl !== undefined && { kubectl: judge }),
      officialClient: versionOf("@kubernetes/client-node"),
    },
    imports: await measureImports(plan, nodes, tell),
    operations: await measureOperations(plan, nodes, tell),
    commands: await measureCommands(plan, nodes, kubectl, tell),
  };
}

async function ifPossible<T>(
  find: () => Promise<T>,
  tell: (progress: string) => void,
): Promise<T | undefined> {
  try {
    return await find();
  } catch (error) {
    tell(`left out: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function versionOf(name: string): string {
  const manifest = createRequire(join(repositoryRoot(), "package.json"))(`${name}/package.json`) as {
    readonly version: string;
  };
  return manifest.version;
}
