import { spawnSync } from "node:child_process";
import { closeSync, constants, openSync, readdirSync, readFileSync } from "node:fs";
import process from "node:process";

/** A process that was started, with all that it started in turn. */
export interface ProcessTree {
  /** Sends a signal to all of them. On Windows it ends them, whatever the signal. */
  kill(signal: NodeJS.Signals): void;
  /** Whether any of those that were there at the last `kill` is still there. */
  isAlive(): boolean;
}

/**
 * Whether a process can be given a session of its own without losing anything: one without a terminal has no need to
 * share ours. With a terminal it must stay in our session, and in our process group, or it could neither ask its user
 * for a password nor be interrupted by Ctrl-C.
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
 * The tree of a process.
 *
 * @param hasOwnSession - whether it leads a process group; its children are then found even if it has ended before them
 */
export function processTree(pid: number, hasOwnSession: boolean): ProcessTree {
  if (process.platform === "win32") {
    return windowsTree(pid);
  }
  let known: readonly number[] = hasOwnSession ? [-pid] : [pid];
  return {
    kill: (signal) => {
      if (!hasOwnSession) {
        known = withDescendants(known);
      }
      known.forEach((each) => void tryKill(each, signal));
    },
    isAlive: () => known.some((each) => tryKill(each, 0)),
  };
}

function windowsTree(pid: number): ProcessTree {
  return {
    kill: () => {
      const tool = `${process.env["SystemRoot"] ?? "C:\\Windows"}\\System32\\taskkill.exe`;
      spawnSync(tool, ["/pid", String(pid), "/t", "/f"], { stdio: "ignore", windowsHide: true });
    },
    isAlive: () => tryKill(pid, 0),
  };
}

/** Sends a signal, to a group if the number is negative. Answers whether there was anybody to send it to. */
function tryKill(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

function withDescendants(roots: readonly number[]): readonly number[] {
  const parents = process.platform === "linux" ? parentsFromProc() : parentsFromPs();
  const found = new Set(roots);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const [pid, parent] of parents) {
      if (found.has(parent)) {
        found.add(pid);
      }
    }
  }
  return [...found];
}

/** The parent of every process, as Linux tells it. */
function parentsFromProc(): ReadonlyMap<number, number> {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((entry) => /^[0-9]+$/.test(entry))) {
    try {
      // The name of the program stands in brackets and may hold anything: `123 (a) b) S 1 …`.
      const stat = readFileSync(`/proc/${name}/stat`, "latin1");
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 1).split(" ")[2]));
    } catch {
      // It has ended meanwhile.
    }
  }
  return parents;
}

/** The parent of every process, as `ps` tells it. */
function parentsFromPs(): ReadonlyMap<number, number> {
  const { stdout } = spawnSync("/bin/ps", ["-A", "-o", "pid=,ppid="], { encoding: "latin1" });
  return new Map(
    (stdout ?? "").split("\n").flatMap((line) => {
      const [pid, parent] = line.trim().split(/\s+/).map(Number);
      return pid === undefined || parent === undefined ? [] : [[pid, parent] as const];
    }),
  );
}
