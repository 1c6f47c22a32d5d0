import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { basename } from "node:path";
import process from "node:process";
import { readDescriptor } from "./node-open-file.ts";
import type { HostSelf, OtherProcess, ProcessStart } from "./self.ts";

/** This process of Node. */
export const nodeSelf: HostSelf = {
  pid: process.pid,
  nodeVersion: process.version,
  machine: () => hostname(),
  processNamespace,
  isRunning,
  startOf,
  others,
  sleep: (milliseconds) => new Promise((resolve) => void setTimeout(resolve, milliseconds)),
  beforeEnd,
  onSignal: hearSignals,
  accountHome,
  user: () => process.geteuid?.(),
  readInput: (limit) => readDescriptor(0, limit, { device: Infinity, pipe: Infinity, hasWriter: true }),
};

function processNamespace(): string {
  return [hostname(), read("/proc/sys/kernel/random/boot_id").trim().slice(0, 8), link("/proc/self/ns/pid")]
    .filter((part) => part !== "")
    .join("/");
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function accountHome(): string | undefined {
  try {
    return userInfo().homedir;
  } catch {
    // Containers often run as a user without an entry.
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // A process that this one may not signal is running too.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  // A zombie accepts signals and does nothing any more.
  return !/^\d+ \(.*\) Z /s.test(read(`/proc/${pid}/stat`));
}

/** The ticks of `/proc/PID/stat` in a second: the same on all machines that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * Returns when a process started; only Linux reports this in a file. The program's name, in parentheses, may hold
 * anything, parentheses included.
 */
function startOf(pid: number): ProcessStart | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const mark = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[STARTTIME];
  const booted = /^btime (\d+)$/m.exec(read("/proc/stat"))?.[1];
  return mark === undefined || !/^\d+$/.test(mark) || booted === undefined
    ? undefined
    : { mark, time: (Number(booted) + Number(mark) / TICKS_PER_SECOND) * 1000 };
}

/** Field 22, counted from the one after the name. */
const STARTTIME = 19;

function others(): readonly OtherProcess[] {
  let names: readonly string[] = [];
  try {
    names = process.platform === "linux" ? readdirSync("/proc") : [];
  } catch {
    return [];
  }
  return names
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name): readonly OtherProcess[] => {
      const [called, ...args] = read(`/proc/${name}/cmdline`).split("\0");
      return called === undefined || called === ""
        ? []
        : [{ pid: Number(name), program: basename(link(`/proc/${name}/exe`) || called), args }];
    });
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function beforeEnd(cleanUp: () => void): () => Promise<void> {
  const onSignal = (signal: NodeJS.Signals): void => {
    stop();
    cleanUp();
    // Another listener decides by itself; otherwise the process ends as it would have.
    if (process.listenerCount(signal) === 0) {
      process.kill(process.pid, signal);
    }
  };
  const stop = (): void => {
    process.off("exit", cleanUp);
    for (const signal of SIGNALS) {
      process.off(signal, onSignal);
    }
  };
  process.on("exit", cleanUp);
  for (const signal of SIGNALS) {
    process.on(signal, onSignal);
  }
  return async () => {
    // A signal that came while the process was busy is reported when the event loop turns; the first turn may be half
    // done.
    await nextTurn();
    await nextTurn();
    stop();
  };
}

function hearSignals(listener: (signal: string) => void): () => void {
  SIGNALS.forEach((signal) => process.on(signal, listener));
  return () => SIGNALS.forEach((signal) => process.off(signal, listener));
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
