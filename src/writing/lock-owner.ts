import type { Host } from "../host/host.ts";

/** Who made a lock. */
export interface LockOwner {
  readonly pid: number;
  /** The machine's name, for people. */
  readonly machine: string;
  /** Where the pid means something: `HostSelf.place`. */
  readonly place: string;
  /** Tells the locks of one process apart. */
  readonly serial: string;
}

const HEAD = "kcfg-lock:";

let count = 0;

/** The owner of a lock that this process is about to make. */
export function newOwner(host: Host): LockOwner {
  count += 1;
  const { pid } = host.self;
  const serial = `${host.now().toString(36)}-${count}`;
  return { pid, machine: host.self.machine(), place: host.self.place(), serial };
}

/** The content of a lock: `kcfg-lock:pid=12&machine=here&…`. It fits into a symbolic link. */
export function formatOwner(owner: LockOwner): string {
  const fields = Object.entries(owner).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return `${HEAD}${fields.join("&")}`;
}

/** The owner that a lock's content tells; undefined for a lock that is not kcfg's. */
export function parseOwner(content: string): LockOwner | undefined {
  if (!content.startsWith(HEAD)) {
    return undefined;
  }
  const fields = new URLSearchParams(content.slice(HEAD.length));
  const [pid, machine, place, serial] = ["pid", "machine", "place", "serial"].map((name) => fields.get(name));
  return pid && /^[1-9]\d{0,9}$/.test(pid) && machine && place && serial
    ? { pid: Number(pid), machine, place, serial }
    : undefined;
}

/** Whether the owner certainly runs no more. One on another machine, or of before its last start, may run. */
export function isDead(host: Host, owner: LockOwner): boolean {
  return owner.place === host.self.place() && !host.self.isRunning(owner.pid);
}
