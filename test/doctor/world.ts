import { dirname } from "node:path/posix";
import { diagnose, EXPIRING_WITHIN } from "../../src/doctor/diagnose.ts";
import type { Diagnosis, Finding } from "../../src/doctor/finding.ts";
import type { Host } from "../../src/host/host.ts";
import { defaultLoadingRules } from "../../src/loading/loading-rules.ts";
import { fakeHost } from "../support/fake-host.ts";

/** The time at which all examinations of these tests take place. */
export const NOW = Date.now();

export const HOME_CONFIG = "/home/u/.kube/config";

/** A machine to examine: every file is its owner's alone, unless another mode is given. */
export interface World {
  /** `~/.kube/config`. */
  readonly config?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** Paths of files and folders to modes. */
  readonly modes?: Readonly<Record<string, number>>;
  readonly executables?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly platform?: string;
  /** The value of `--kubeconfig`. */
  readonly explicitPath?: string;
  /** The value of `--context`. */
  readonly context?: string;
  /** Milliseconds after {@link NOW}. */
  readonly later?: number;
}

export function hostOf({ config, files, modes, executables, env, platform, later }: World): Host {
  const all = { ...(config !== undefined && { [HOME_CONFIG]: config }), ...files };
  const host = fakeHost({
    files: all,
    executables: executables ?? [],
    env: { HOME: "/home/u", PATH: "/usr/bin", ...env },
    ...(platform !== undefined && { platform }),
  });
  for (const file of Object.keys(all)) {
    changeMode(host, dirname(file), 0o700);
    changeMode(host, file, 0o600);
  }
  for (const [path, mode] of Object.entries(modes ?? {})) {
    changeMode(host, path, mode);
  }
  return { ...host, now: () => NOW + (later ?? 0) };
}

function changeMode(host: Host, path: string, mode: number): void {
  const file = host.fs.open(path, { follow: true });
  file.changeMode(mode);
  file.close();
}

export function examine(world: World): Diagnosis {
  return examineOn(hostOf(world), world);
}

export function examineOn(
  host: Host,
  { explicitPath = "", context = "" }: Pick<World, "explicitPath" | "context">,
): Diagnosis {
  return diagnose(host, defaultLoadingRules(host, { explicitPath }), {
    context,
    kuberc: "",
    expiringWithin: EXPIRING_WITHIN,
    ignore: new Set(),
  });
}

/** A finding as one line: `error unknown-user 3:4 user "x"`. */
export function lineOf({ severity, code, position, subject }: Finding): string {
  const place = position === undefined ? "-" : `${position.line}:${position.column}`;
  return `${severity} ${code} ${place} ${subject}`.trim();
}
