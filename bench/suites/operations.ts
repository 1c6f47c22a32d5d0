import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryRoot } from "../../test/conformance/repository.ts";
import type { Question, Answer } from "../in-process/main.ts";
import { OPERATIONS } from "../in-process/operations.ts";
import type { BenchNode } from "../nodes.ts";
import type { Plan } from "../plan.ts";
import type { OperationResult } from "../result.ts";
import { median } from "../statistics.ts";

/**
 * Measures the library's functions, each warm, in a process of its own, so that one's heap does not affect the next.
 * The processes take turns too.
 */
export async function measureOperations(
  plan: Plan,
  nodes: readonly BenchNode[],
  report: (progress: string) => void,
): Promise<readonly OperationResult[]> {
  const { duration, rounds } = plan.operations;
  const results: (OperationResult & { readonly times: number[] })[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const [i, { node, ...question }] of casesOf(plan, nodes).entries()) {
      const { operation, contexts, format } = question;
      report(`${operation}: ${contexts} contexts, ${format}, Node.js ${node.major}, round ${round}`);
      const { bytes, times } = await ask(node, { ...question, duration });
      const result = (results[i] ??= { ...question, node: node.major, bytes, times: [] });
      result.times.push(median(times));
    }
  }
  return results;
}

type Case = Omit<Question, "duration"> & { readonly node: BenchNode };

/** Returns the cases in order: the Node.js take turns, then the formats, then the functions. */
function casesOf(plan: Plan, nodes: readonly BenchNode[]): readonly Case[] {
  return plan.operations.contexts.flatMap((contexts) =>
    OPERATIONS.flatMap(({ name: operation, formats }) =>
      formats.flatMap((format) => nodes.map((node) => ({ operation, contexts, format, node }))),
    ),
  );
}

async function ask(node: BenchNode, question: Question): Promise<Answer> {
  const program = join(repositoryRoot(), "bench/in-process/main.ts");
  const args = ["--import", "tsx", program, JSON.stringify(question)];
  const { stdout } = await promisify(execFile)(node.path, args, {
    cwd: repositoryRoot(),
    maxBuffer: Infinity,
  });
  return JSON.parse(stdout) as Answer;
}
