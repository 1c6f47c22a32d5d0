import type { Host } from "../host/host.ts";
import { describeErrno } from "../loading/file-system.ts";
import type { Finding } from "./finding.ts";
import { formatMode } from "./modes.ts";

/**
 * Gives files the modes that findings ask for. A file that belongs to somebody else is warned of.
 *
 * @returns what was done, or would be, a line each
 */
export function mendModes(
  host: Host,
  findings: readonly Finding[],
  {
    dryRun,
    warn,
  }: { readonly dryRun?: boolean | undefined; readonly warn?: ((message: string) => void) | undefined },
): readonly string[] {
  const modes = new Map<string, { readonly from: number; readonly to: number }>();
  for (const { fix } of findings) {
    if (fix?.kind === "mode") {
      const { path, from, to } = fix;
      // Several findings may take rights away from one file.
      modes.set(path, { from, to: to & (modes.get(path)?.to ?? to) });
    }
  }
  return [...modes].flatMap(([path, { from, to }]) => {
    try {
      if (dryRun !== true) {
        host.fs.changeMode(path, to);
      }
      return [`${path}: changed mode from ${formatMode(from)} to ${formatMode(to)}`];
    } catch (error) {
      warn?.(`warning: chmod ${path}: ${describeErrno(error)}`);
      return [];
    }
  });
}
