import process from "node:process";
import type { ProcessTree } from "./node-process-tree.ts";

/** The signals by which users and systems end a process. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** How long processes have to end by themselves before they are killed, in milliseconds. */
const GRACE = 1000;

/** How long the system has to end killed processes, in milliseconds. */
const GRACE_AFTER_KILL = 500;

/** How often it checks whether they have ended, in milliseconds. */
const INTERVAL = 20;

/** The running processes, by their guards; undefined for one that is about to be started. */
const running = new Map<object, ProcessTree | undefined>();

/** What removes the files of running processes. */
const files = new Set<() => void>();

/**
 * Ends a process and its children together with this process, from its start until `release` is called. While there is
 * any such process, this one handles the signals that would end it. It does so from before the start, since a signal at
 * that moment would leave the process behind.
 */
export class ChildProcessGuard {
  #remove: (() => void) | undefined;

  constructor() {
    if (running.size === 0) {
      SIGNALS.forEach((signal) => process.on(signal, interrupt));
      process.on("exit", killAll);
    }
    running.set(this, undefined);
  }

  /** Adds the started process. Must be called right after the start. */
  bind(tree: ProcessTree): void {
    running.set(this, tree);
  }

  /** Adds a function that removes files of the process, to be called when it has ended, or this process ends. */
  removeAfterwards(remove: () => void): void {
    this.#remove = remove;
    files.add(remove);
  }

  release(): void {
    running.delete(this);
    if (this.#remove !== undefined) {
      files.delete(this.#remove);
      this.#remove();
    }
    if (running.size === 0 && interruption === undefined) {
      stopListening();
    }
  }
}

/** Asks processes to end, kills them if they do not, and waits until they have ended. */
export async function end(trees: readonly ProcessTree[], signal: NodeJS.Signals): Promise<void> {
  trees.forEach((tree) => tree.kill(signal));
  await waitForEnd(trees, GRACE);
  trees.filter((tree) => tree.isAlive()).forEach((tree) => tree.kill("SIGKILL"));
  await waitForEnd(trees, GRACE_AFTER_KILL);
}

async function waitForEnd(trees: readonly ProcessTree[], milliseconds: number): Promise<void> {
  const isAnyAlive = (): boolean => trees.some((tree) => tree.isAlive());
  for (let waited = 0; waited < milliseconds && isAnyAlive(); waited += INTERVAL) {
    await new Promise((resolve) => {
      setTimeout(resolve, INTERVAL);
    });
  }
}

/** Waits until a signal has been handled, which may end this process. */
export async function interruptionIsOver(): Promise<void> {
  await interruption;
}

let interruption: Promise<void> | undefined;

function interrupt(signal: NodeJS.Signals): void {
  if (interruption === undefined) {
    interruption = dealWith(signal);
  } else {
    // A user who asks twice does not want to wait.
    killAll();
  }
}

async function dealWith(signal: NodeJS.Signals): Promise<void> {
  await end(runningTrees(), signal);
  interruption = undefined;
  const isHeardByOthers = process.listenerCount(signal) > 1;
  if (!isHeardByOthers || running.size === 0) {
    stopListening();
  }
  if (!isHeardByOthers) {
    removeFiles();
    // Do now what would have happened without a handler.
    process.kill(process.pid, signal);
  }
}

function killAll(): void {
  runningTrees().forEach((tree) => tree.kill("SIGKILL"));
  removeFiles();
}

function removeFiles(): void {
  files.forEach((remove) => remove());
}

function runningTrees(): readonly ProcessTree[] {
  return [...running.values()].filter((tree) => tree !== undefined);
}

function stopListening(): void {
  SIGNALS.forEach((signal) => process.off(signal, interrupt));
  process.off("exit", killAll);
}
