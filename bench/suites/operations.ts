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
 * The library's functions, each warm, in a process of its own: what one leaves on the heap shall not burden the next. The
 * processes alternate, too.
 */
export async function measureOperations(
  plan: Plan,
  nodes: readonly BenchNode[],
  tell: (progress: string) => void,
): Promise<readonly OperationResult[]> {
  const { contexts: sizes, duration, rounds } = plan.operations;
  const results: (OperationResult & { readonly times: number[] })[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const contexts of sizes) {
      for (const { name: operation, formats } of OPERATIONS) {
        for (const format of formats) {
          tell(`${operation}: ${contexts} contexts, ${format}, round ${round + 1}`);
          for (const node of nodes) {
            const { bytes, times } = await ask(node, { operation, contexts, format, duration });
            const same = results.find(
              (each) =>
                each.operation === operation &&
                each.node === node.major &&
                each.contexts === contexts &&
                each.format === format,
            );
            if (same === undefined) {
              const first = [median(times)];
              results.push({ operation, node: node.major, contexts, format, bytes, times: first });
            } else {
              same.times.push(median(times));
            }
          }
        }
      }
    }
  }
  return results;
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
