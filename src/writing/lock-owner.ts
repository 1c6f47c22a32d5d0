import type { Host } from "../host/host.ts";

/** The process that made a lock. */
export interface LockOwner {
  readonly pid: number;
  /** The machine's name, for people. */
  readonly machine: string;
  /** Where the pid is valid: `HostSelf.processNamespace`. */
  readonly place: string;
  /** Distinguishes the locks of one process. */
  readonly serial: string;
  /** `ProcessStart.mark` of the process; undefined where that is not known. */
  readonly started?: string | undefined;
}

const HEAD = "kcfg-lock:";

let count = 0;

/** Returns the owner for a lock of this process. */
export function newOwner(host: Host): LockOwner {
  count += 1;
  const { pid } = host.self;
  const serial = `${host.now().toString(36)}-${count}`;
  const started = host.self.startOf(pid)?.mark;
  return {
    pid,
    machine: host.self.machine(),
    place: host.self.processNamespace(),
    serial,
    ...(started !== undefined && { started }),
  };
}

/** Formats the content of a lock: `kcfg-lock:pid=12&machine=here&…`. It fits into a symbolic link. */
export function formatOwner(owner: LockOwner): string {
  const fields = Object.entries(owner).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return `${HEAD}${fields.join("&")}`;
}

/** Parses the owner from a lock's content; undefined for a lock that is not kcfg's. The content is untrusted. */
export function parseOwner(content: string): LockOwner | undefined {
  if (!content.startsWith(HEAD) || content.length > LONGEST) {
    return undefined;
  }
  const fields = new URLSearchParams(content.slice(HEAD.length));
  const [pid, machine, place, serial, started] = ["pid", "machine", "place", "serial", "started"].map(
    (name) => fields.get(name),
  );
  return pid && /^[1-9]\d{0,9}$/.test(pid) && machine && place && serial
    ? { pid: Number(pid), machine, place, serial, ...(started && { started }) }
    : undefined;
}

/** The longest target of a symbolic link. */
const LONGEST = 4096;

/** How exactly the start of a process and the time of a file can be compared, in milliseconds. */
const CLOCK_SLACK = 2000;

/**
 * Reports whether the owner has certainly ended, even if its number is in use again. One on another machine, or from
 * before its last start, may still run.
 *
 * @param made - when the lock was made, in milliseconds since 1970
 */
export function isDead(host: Host, owner: LockOwner, made: number): boolean {
  if (owner.place !== host.self.processNamespace()) {
    return false;
  }
  if (!host.self.isRunning(owner.pid)) {
    return true;
  }
  const start = host.self.startOf(owner.pid);
  if (start === undefined) {
    return false;
  }
  // Locks of older versions do not say when their owner started.
  return owner.started === undefined ? start.time > made + CLOCK_SLACK : owner.started !== start.mark;
}

/** Returns the machine of an owner, sanitized for a message: the lock is untrusted. */
export function describeMachine({ machine }: LockOwner): string {
  return machine.slice(0, LONGEST_NAME).replaceAll(/[^\w.:-]/g, "?");
}

/** The longest name of a machine. */
const LONGEST_NAME = 253;
