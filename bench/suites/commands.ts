import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { builtCli, repositoryRoot } from "../../test/conformance/repository.ts";
import type { Subjects } from "../alternate.ts";
import { alternate } from "../alternate.ts";
import type { Format } from "../kubeconfig.ts";
import { FORMATS, generateKubeconfigs } from "../kubeconfig.ts";
import type { Program } from "../measure.ts";
import type { BenchNode } from "../nodes.ts";
import type { Plan } from "../plan.ts";
import type { CommandResult } from "../result.ts";
import { SUBJECT } from "../result.ts";

/** The commands that are compared; kubectl has them below `config`. */
export const VIEW = "view";
export const CURRENT_CONTEXT = "current-context";
export const MINIFY = "view --minify";

const COMMANDS = [VIEW, CURRENT_CONTEXT, MINIFY];

const OFFICIAL_PROGRAM = "bench/programs/load-official.mjs";

/**
 * Measures kcfg's commands as whole processes, on each Node.js, against kubectl, the official client loading the same
 * files, and Node.js doing nothing: wall, CPU and memory, for each size and number of files. The formats take turns
 * too.
 *
 * @param kubectl - the path of the binary; undefined to go on without
 */
export async function measureCommands(
  plan: Plan,
  nodes: readonly BenchNode[],
  kubectl: string | undefined,
  report: (progress: string) => void,
): Promise<readonly CommandResult[]> {
  const results: CommandResult[] = [];
  for (const { contexts, files, rounds } of plan.commands.flatMap(({ files: counts, ...size }) =>
    counts.map((count) => ({ ...size, files: count })),
  )) {
    const folder = mkdtempSync(join(tmpdir(), "kcfg-bench-"));
    try {
      const kubeconfigs = FORMATS.map((format) => writeKubeconfigs(folder, contexts, files, format));
      for (const command of COMMANDS) {
        report(`${command}: ${contexts} contexts, files: ${files}`);
        const subjects = subjectsOf(command, nodes, kubectl, kubeconfigs);
        const samples = await alternate(subjects, rounds, repositoryRoot());
        results.push({ command, contexts, files, samples });
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return results;
}

/** Kubeconfigs of one format, and the environment that names them. */
interface Kubeconfigs {
  readonly format: Format;
  readonly files: readonly string[];
  readonly env: Program["env"];
}

function writeKubeconfigs(folder: string, contexts: number, count: number, format: Format): Kubeconfigs {
  const files = generateKubeconfigs(contexts, count, format).map((text, i) => {
    const file = join(folder, `${i}.${format}`);
    writeFileSync(file, text);
    return file;
  });
  return { format, files, env: { HOME: folder, USERPROFILE: folder, KUBECONFIG: files.join(delimiter) } };
}

function subjectsOf(
  command: string,
  nodes: readonly BenchNode[],
  kubectl: string | undefined,
  kubeconfigs: readonly Kubeconfigs[],
): Subjects {
  const words = command.split(" ");
  const subjects: Record<string, Program> = {};
  for (const node of nodes) {
    subjects[SUBJECT.bare(node)] = { command: node.path, args: ["-e", "0"], env: {} };
  }
  for (const { format, files, env } of kubeconfigs) {
    for (const node of nodes) {
      // kcfg keeps compiled code in the home of the password database; the bench has a home of its own.
      subjects[SUBJECT.kcfg(format, node)] = {
        command: node.path,
        args: [builtCli(), ...words],
        env: { ...env, NODE_COMPILE_CACHE: join(dirname(files[0] ?? ""), "compiled") },
      };
    }
    if (kubectl !== undefined) {
      subjects[SUBJECT.kubectl(format)] = { command: kubectl, args: ["config", ...words], env };
    }
    // Any use of the official client begins with this.
    if (command === VIEW) {
      for (const node of nodes) {
        const args = [OFFICIAL_PROGRAM, ...(files.length === 1 ? files : [])];
        subjects[SUBJECT.official(format, node)] = { command: node.path, args, env };
      }
    }
  }
  return subjects;
}
