import { closeSync, constants, openSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import process from "node:process";
import { childProcess } from "./node-late-modules.ts";

/** A started process with all its descendants. */
export interface ProcessTree {
  /** Sends a signal to all of them. On Windows it ends them, whatever the signal. */
  kill(signal: NodeJS.Signals): void;
  /** Reports whether any process of the last `kill` is still alive. */
  isAlive(): boolean;
}

/**
 * Reports whether a process can have a session of its own without losing anything: one without a terminal need not
 * share ours. With a terminal it must stay in our session and process group, or it could neither prompt for a password
 * nor be interrupted by Ctrl-C.
 */
export function canHaveOwnSession(): boolean {
  if (process.platform === "win32") {
    return false;
  }
  try {
    closeSync(openSync("/dev/tty", constants.O_RDONLY | constants.O_NOCTTY | constants.O_NONBLOCK));
    return false;
  } catch {
    return true;
  }
}

/**
 * Returns the tree of a process.
 *
 * @param hasOwnSession - whether it leads a process group; its children are then found even if it has ended before them
 */
export function processTree(pid: number, hasOwnSession: boolean): ProcessTree {
  if (process.platform === "win32") {
    return windowsTree(pid);
  }
  let known: readonly number[] = [pid];
  const output = outputOf(pid);
  return {
    kill: (signal) => {
      if (hasOwnSession) {
        tryKill(-pid, signal);
      } else {
        known = withDescendants(known, output);
        known.forEach((each) => void tryKill(each, signal));
      }
    },
    isAlive: () =>
      hasOwnSession
        ? isAnyAlive([-pid], ({ group }) => group === pid)
        : isAnyAlive(known, (each) => known.includes(each.pid)),
  };
}

function windowsTree(pid: number): ProcessTree {
  return {
    kill: () => {
      const tool = `${process.env["SystemRoot"] ?? "C:\\Windows"}\\System32\\taskkill.exe`;
      childProcess().spawnSync(tool, ["/pid", String(pid), "/t", "/f"], {
        stdio: "ignore",
        windowsHide: true,
      });
    },
    isAlive: () => tryKill(pid, 0),
  };
}

/** Sends a signal, to a group if the number is negative. Returns whether anything received it. */
function tryKill(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** Adds descendants, also those whose parents have ended, as far as they still hold the output of their ancestor. */
function withDescendants(roots: readonly number[], output: string | undefined): readonly number[] {
  const processes = process.platform === "linux" ? processesFromProc() : processesFromPs();
  const heirs =
    output === undefined
      ? []
      : processes.filter(({ pid }) => pid !== process.pid && outputOf(pid) === output);
  const found = new Set([...roots, ...heirs.map(({ pid }) => pid)]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const { pid, parent } of processes) {
      if (found.has(parent)) {
        found.add(pid);
      }
    }
  }
  return [...found];
}

/** Returns a unique name of the standard output of a process on Linux; undefined if it is unknown. */
function outputOf(pid: number): string | undefined {
  try {
    const name = process.platform === "linux" ? readlinkSync(`/proc/${pid}/fd/1`) : "";
    return /^(?:socket|pipe):/.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reports whether any target is alive. Ended processes remain until their parent collects them, which in a container
 * may be never: they do not count.
 */
function isAnyAlive(targets: readonly number[], isOne: (each: LinuxProcess) => boolean): boolean {
  if (!targets.some((each) => tryKill(each, 0))) {
    return false;
  }
  const processes = process.platform === "linux" ? processesFromProc() : [];
  // Where processes cannot be listed, any that can be signalled counts.
  return processes.length === 0 || processes.some((each) => isOne(each) && each.state !== "Z");
}

interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
}

interface LinuxProcess extends ProcessFacts {
  readonly group: number;
  /** `Z` for one that has ended. */
  readonly state: string;
}

/** Lists every process, from Linux's /proc. */
function processesFromProc(): readonly LinuxProcess[] {
  return namesIn("/proc").flatMap((name) => {
    try {
      // The name of the program is in parentheses and may hold anything: `123 (a) b) S 1 123 …`.
      const stat = /^[0-9]+$/.test(name) ? readFileSync(`/proc/${name}/stat`, "latin1") : ")";
      const [state = "", parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return state === "" ? [] : [{ pid: Number(name), state, parent: Number(parent), group: Number(group) }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

/** Lists the names in a folder; none if it does not exist, like /proc in a bare container. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Lists every process by `ps`; none if there is no such program. */
function processesFromPs(): readonly ProcessFacts[] {
  const { stdout } = childProcess().spawnSync("/bin/ps", ["-A", "-o", "pid=,ppid="], { encoding: "latin1" });
  // Node's types do not say so, but a program that could not be started has no output.
  return ((stdout as string | null) ?? "").split("\n").flatMap((line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    return pid === undefined || parent === undefined ? [] : [{ pid, parent }];
  });
}
