import type { Host } from "../host/host.ts";
import { describeErrno } from "../loading/file-system.ts";
import type { Finding } from "./finding.ts";
import { formatMode } from "./modes.ts";

/** The modes that files got, or would get. */
export interface MendedModes {
  readonly modes: ReadonlyMap<string, number>;
  /** What was done, a line each. */
  readonly done: readonly string[];
}

/** Gives files the modes that findings ask for. A file that belongs to somebody else is warned of. */
export function mendModes(
  host: Host,
  findings: readonly Finding[],
  {
    dryRun,
    warn,
  }: { readonly dryRun?: boolean | undefined; readonly warn?: ((message: string) => void) | undefined },
): MendedModes {
  const modes = new Map<string, { readonly from: number; readonly to: number }>();
  for (const { fix } of findings) {
    if (fix?.kind === "mode") {
      const { path, from, to } = fix;
      // Several findings may take rights away from one file.
      modes.set(path, { from, to: to & (modes.get(path)?.to ?? to) });
    }
  }
  const done: string[] = [];
  const mended = new Map<string, number>();
  for (const [path, { from, to }] of modes) {
    try {
      if (dryRun !== true) {
        host.fs.changeMode(path, to);
      }
      mended.set(path, to);
      done.push(`${path}: changed mode from ${formatMode(from)} to ${formatMode(to)}`);
    } catch (error) {
      warn?.(`warning: chmod ${path}: ${describeErrno(error)}`);
    }
  }
  return { modes: mended, done };
}
