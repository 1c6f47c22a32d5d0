import type { Config } from "../../api/config.ts";
import { visibleLine } from "../../go/visible.ts";
import type { Host } from "../../host/host.ts";
import type { ProcessEnd } from "../../host/processes.ts";
import { describeErrno } from "../../loading/file-system.ts";
import { hasColours } from "../colour.ts";
import { EXIT_NOT_STARTED, exitCodeOf } from "../exit-code.ts";
import type { IOStreams } from "../io-streams.ts";
import { cutApart, textOf } from "../picker/cut.ts";
import { contextColour } from "./context-colour.ts";
import { LineSplitter } from "./prefixed-lines.ts";
import type { PrivateFolder } from "./private-folder.ts";
import { withVariables, writePrivateKubeconfig } from "./private-folder.ts";

/** What to run, and where. */
export interface ContextRuns {
  readonly config: Config;
  /** The kubeconfigs. */
  readonly files: readonly string[];
  /** The names of the contexts, in the order in which they have their turn. */
  readonly contexts: readonly string[];
  /** The namespace; `""` for that of each context. */
  readonly namespace: string;
  /** The path of the program. */
  readonly program: string;
  /** The name of the program as it was given, and its arguments. */
  readonly argv: readonly [string, ...(readonly string[])];
  /** How many may run at once. */
  readonly jobs: number;
  /** Whether the first failure ends the others, and no more are started. */
  readonly failFast: boolean;
}

/** How the command ended in one context. */
export interface ContextEnd {
  readonly context: string;
  readonly exitCode: number;
  /** How it ended, for people: `exit code 1`, `SIGKILL`, or why it was not started. */
  readonly reason: string;
}

/** The result of all runs. */
export interface ContextResults {
  readonly ends: readonly ContextEnd[];
  /** The signal that ended all; undefined if there was none. */
  readonly interrupted: string | undefined;
}

/** Runs a command once per context. Its output is printed line by line, each with the name of the context in front. */
export async function runInContexts(
  host: Host,
  streams: IOStreams,
  folder: PrivateFolder,
  runs: ContextRuns,
): Promise<ContextResults> {
  const output = new ContextOutput(host, streams, runs.contexts);
  const stop = new AbortController();
  let interrupted: string | undefined;
  const release = host.self.onSignal?.((signal) => {
    interrupted ??= signal;
  });
  const ends: ContextEnd[] = [];
  const waiting = runs.contexts.map((context, index) => ({ context, index }));
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (interrupted !== undefined || stop.signal.aborted) {
        return;
      }
      const end = await runOne(host, output, folder, runs, next, stop);
      if (end !== undefined) {
        ends.push(end);
        if (end.exitCode !== 0 && runs.failFast) {
          stop.abort();
        }
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: runs.jobs }, () => work()));
  } finally {
    output.end();
    release?.();
  }
  return { ends, interrupted };
}

/** Runs the command in one context; undefined if it was stopped because it failed in another. */
async function runOne(
  host: Host,
  output: ContextOutput,
  folder: PrivateFolder,
  { config, files, namespace, program, argv }: ContextRuns,
  { context, index }: { readonly context: string; readonly index: number },
  stop: AbortController,
): Promise<ContextEnd | undefined> {
  output.started(context);
  const out = new LineSplitter();
  const err = new LineSplitter();
  try {
    const list = writePrivateKubeconfig(host, folder, `${index}`, { config, context, namespace, files });
    const [argv0, ...args] = argv;
    const end = await host.processes.run(program, {
      argv0,
      args,
      env: withVariables(host, { KUBECONFIG: list, KCFG_CONTEXT: context }),
      inheritStdin: false,
      maxOutput: Infinity,
      onStdout: async (chunk) => {
        if (!(await output.out(context, out.add(chunk)))) {
          stop.abort();
        }
      },
      onStderr: (chunk) => output.err(context, err.add(chunk)),
      signal: stop.signal,
    });
    const wasStopped = stop.signal.aborted && exitCodeOf(end) !== 0;
    return wasStopped ? undefined : { context, exitCode: exitCodeOf(end), reason: reasonOf(end) };
  } catch (error) {
    return stop.signal.aborted
      ? undefined
      : { context, exitCode: EXIT_NOT_STARTED, reason: describeErrno(error) };
  } finally {
    await output.out(context, out.end());
    output.err(context, err.end());
    output.ended(context);
  }
}

function reasonOf(end: ProcessEnd): string {
  return end.signal ?? `exit code ${exitCodeOf(end)}`;
}

/** The narrowest and the widest column for names on a terminal. */
const NARROWEST = 12;
const WIDEST = 40;

/** Prints lines with the name of their context in front, and on a terminal which contexts are at work. */
class ContextOutput {
  readonly #host: Host;
  readonly #streams: IOStreams;
  readonly #prefixes: ReadonlyMap<string, string>;
  readonly #hasColours: boolean;
  readonly #running = new Set<string>();
  #done = 0;

  constructor(host: Host, streams: IOStreams, contexts: readonly string[]) {
    this.#host = host;
    this.#streams = streams;
    this.#hasColours = hasColours(host, streams.out);
    const shown = contexts.map(visibleLine);
    const width = Math.min(WIDEST, Math.max(NARROWEST, Math.floor(host.terminal.size().columns / 3)));
    const names = streams.out.isTTY ? padded(cutApart(shown, width).map(textOf)) : shown;
    this.#prefixes = new Map(contexts.map((context, i) => [context, names[i] ?? context]));
  }

  started(context: string): void {
    this.#running.add(context);
    this.#showStatus();
  }

  ended(context: string): void {
    this.#running.delete(context);
    this.#done += 1;
    this.#showStatus();
  }

  /** Removes the status line. */
  end(): void {
    this.#streams.err.status("");
  }

  /** Prints lines of standard output. Returns whether anybody reads them. */
  async out(context: string, lines: readonly Uint8Array[]): Promise<boolean> {
    const { out, err } = this.#streams;
    if (lines.length > 0) {
      err.status("");
      for (const line of lines) {
        if (out.isTTY) {
          out.say(`${this.#painted(context)} | ${decode(line)}\n`);
        } else {
          out.data(
            Buffer.concat([Buffer.from(`${this.#prefixes.get(context)} | `), line, Buffer.from("\n")]),
          );
        }
      }
      this.#showStatus();
    }
    return await out.drained();
  }

  /** Prints lines of standard error. */
  err(context: string, lines: readonly Uint8Array[]): void {
    if (lines.length > 0) {
      this.#streams.err.status("");
      for (const line of lines) {
        this.#streams.err.say(`${this.#prefixes.get(context)} | ${decode(line)}\n`);
      }
      this.#showStatus();
    }
  }

  #painted(context: string): string {
    const prefix = this.#prefixes.get(context) ?? "";
    const colour = contextColour(context) ?? "cyan";
    return this.#hasColours ? this.#streams.out.paint(prefix, colour) : prefix;
  }

  #showStatus(): void {
    if (this.#streams.err.isTTY && this.#running.size > 0) {
      const all = this.#prefixes.size;
      const line = `[${this.#done}/${all}] ${[...this.#running].map(visibleLine).join(", ")}`;
      const { columns } = this.#host.terminal.size();
      this.#streams.err.status(textOf(cutApart([line], columns - 1)[0] ?? []));
    }
  }
}

function padded(names: readonly string[]): readonly string[] {
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name) => name.padEnd(width));
}

function decode(line: Uint8Array): string {
  return new TextDecoder("utf8", { ignoreBOM: true }).decode(line);
}
