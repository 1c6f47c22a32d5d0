import type { Host } from "../host/host.ts";

/** Who made a lock. */
export interface LockOwner {
  readonly pid: number;
  /** The machine's name, for people. */
  readonly machine: string;
  /** Where the pid means something: `HostSelf.place`. */
  readonly place: string;
  /** Reports the locks of one process apart. */
  readonly serial: string;
  /** `ProcessStart.mark` of the process; undefined where that is not known. */
  readonly started?: string | undefined;
}

const HEAD = "kcfg-lock:";

let count = 0;

/** Returns the owner of a lock that this process is about to make. */
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

/** Returns the content of a lock: `kcfg-lock:pid=12&machine=here&…`. It fits into a symbolic link. */
export function formatOwner(owner: LockOwner): string {
  const fields = Object.entries(owner).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return `${HEAD}${fields.join("&")}`;
}

/**
 * Returns the owner that a lock's content names; undefined for a lock that is not kcfg's. Its text may be anybody's.
 */
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

/** As long as the target of a symbolic link can be. */
const LONGEST = 4096;

/** How exactly the start of a process and the time of a file can be compared, in milliseconds. */
const CLOCK_SLACK = 2000;

/**
 * Reports whether the owner certainly runs no more, though its number may be in use again. One on another machine, or
 * of before its last start, may run.
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

/** Returns the machine of an owner, fit for a message: the lock may be anybody's. */
export function describeMachine({ machine }: LockOwner): string {
  return machine.slice(0, LONGEST_NAME).replaceAll(/[^\w.:-]/g, "?");
}

/** As long as the name of a machine can be. */
const LONGEST_NAME = 253;
