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
 * @param report - receives progress messages, one line each
 */
export async function run(plan: Plan, report: (progress: string) => void): Promise<Result> {
  const [load = 0] = loadavg();
  const kubectl = plan.offline ? undefined : await ifPossible(() => kubectlPath(judge), report);
  const other = plan.offline ? undefined : await ifPossible(otherNode, report);
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
    imports: await measureImports(plan, nodes, report),
    operations: await measureOperations(plan, nodes, report),
    commands: await measureCommands(plan, nodes, kubectl, report),
  };
}

async function ifPossible<T>(
  find: () => Promise<T>,
  report: (progress: string) => void,
): Promise<T | undefined> {
  try {
    return await find();
  } catch (error) {
    report(`left out: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function versionOf(name: string): string {
  const manifest = createRequire(join(repositoryRoot(), "package.json"))(`${name}/package.json`) as {
    readonly version: string;
  };
  return manifest.version;
}
