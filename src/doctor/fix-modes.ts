import { ConfigReadError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { describeErrno, withOpenFile } from "../loading/file-system.ts";
import { recordModes } from "../writing/history-store.ts";
import type { ModifyOptions } from "../writing/modify-config.ts";
import type { Recording } from "../writing/replace-locked.ts";
import type { Finding, Fix } from "./finding.ts";
import { formatMode, permissionsOf } from "./modes.ts";

/** The new modes of files. */
export interface FixedModes {
  /** By the paths that the files are named by. */
  readonly modes: ReadonlyMap<string, number>;
  /** The fixes in words, a line each. */
  readonly done: readonly string[];
}

type ModeFix = Extract<Fix, { kind: "mode" }>;

interface PlannedFix extends ModeFix {
  /** The names of the file. */
  readonly names: readonly string[];
  /** The kubeconfig whose history records the fix. */
  readonly kubeconfig: string;
}

/** Options of {@link fixModes}. */
export interface FixModesOptions extends Pick<ModifyOptions, "dryRun" | "warn" | "backupAs"> {
  /** The operation that they belong to, for `undo`. */
  readonly operation: string;
}

/** Sets the modes that findings ask for. Warns about a file that has changed since the examination. */
export function fixModes(
  host: Host,
  findings: readonly Finding[],
  { dryRun, warn = () => undefined, backupAs, operation }: FixModesOptions,
): FixedModes {
  const fixes = new Map<string, PlannedFix>();
  for (const { fix, file } of findings) {
    if (fix?.kind === "mode") {
      // Several findings may remove rights from one file, which may have several names.
      const { names, to } = fixes.get(fix.realPath) ?? { names: [], to: fix.to };
      fixes.set(fix.realPath, {
        ...fix,
        names: [...names, fix.path],
        to: fix.to & to,
        kubeconfig: file ?? fix.path,
      });
    }
  }
  if (dryRun !== true && backupAs !== undefined) {
    recordFixes(host, [...fixes.values()], { operation, command: backupAs, warn });
  }
  const done: string[] = [];
  const fixed = new Map<string, number>();
  for (const fix of fixes.values()) {
    const { path, names, from, to } = fix;
    try {
      if (dryRun !== true) {
        changeMode(host, fix);
      }
      names.forEach((name) => fixed.set(name, to));
      done.push(`${path}: changed mode from ${formatMode(from)} to ${formatMode(to)}`);
    } catch (error) {
      if (!(error instanceof ConfigReadError)) {
        throw error;
      }
      const reason = error.cause === undefined ? error.message : describeErrno(error.cause);
      warn(`warning: chmod ${path}: ${reason}`);
    }
  }
  return { modes: fixed, done };
}

/** Records changes for `undo`, which ignores those that are not made. */
function recordFixes(host: Host, fixes: readonly PlannedFix[], recording: Recording): void {
  for (const kubeconfig of new Set(fixes.map((fix) => fix.kubeconfig))) {
    const own = fixes.filter((fix) => fix.kubeconfig === kubeconfig);
    recordModes(
      host,
      kubeconfig,
      own.map(({ realPath: path, from, to }) => ({ path, from, to })),
      recording,
    );
  }
}

/**
 * Changes the mode of the examined file, and of no other.
 *
 * @throws ConfigReadError if another file is there now
 */
function changeMode(host: Host, { path, realPath, identity, from, to }: ModeFix): void {
  withOpenFile(host, realPath, { follow: false }, (file) => {
    const facts = file.stat();
    const isAsSeen =
      facts.kind === "file" &&
      facts.identity === identity &&
      permissionsOf(facts.mode) === from &&
      facts.user === host.self.user() &&
      facts.links === 1;
    if (!isAsSeen) {
      throw new ConfigReadError("the file has changed since it was looked at, so it was left alone", path);
    }
    file.changeMode(to);
  });
}
