import { ConfigReadError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { describeErrno, withOpenFile } from "../loading/file-system.ts";
import { rememberModes } from "../writing/history-store.ts";
import type { ModifyOptions } from "../writing/modify-config.ts";
import type { Remembering } from "../writing/replace-locked.ts";
import type { Finding, Fix } from "./finding.ts";
import { formatMode, permissionsOf } from "./modes.ts";

/** The modes that files got, or would get. */
export interface FixedModes {
  /** By the paths that the files are named by. */
  readonly modes: ReadonlyMap<string, number>;
  /** What was done, a line each. */
  readonly done: readonly string[];
}

type ModeFix = Extract<Fix, { kind: "mode" }>;

interface PlannedFix extends ModeFix {
  /** How the file is named. */
  readonly names: readonly string[];
  /** The kubeconfig whose history is to know of it. */
  readonly kubeconfig: string;
}

/** How modes are fixed. */
export interface FixModesOptions extends Pick<ModifyOptions, "dryRun" | "warn" | "backupAs"> {
  /** The operation that they are a part of, for `undo`. */
  readonly operation: string;
}

/** Gives files the modes that findings ask for. A file that is not as it was seen is warned of. */
export function fixModes(
  host: Host,
  findings: readonly Finding[],
  { dryRun, warn = () => undefined, backupAs, operation }: FixModesOptions,
): FixedModes {
  const fixes = new Map<string, PlannedFix>();
  for (const { fix, file } of findings) {
    if (fix?.kind === "mode") {
      // Several findings may take rights away from one file, which may be named in several ways.
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
    rememberFixes(host, [...fixes.values()], { operation, command: backupAs, warn });
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

/** Has `undo` know of changes, which may turn out not to be made: it passes those over. */
function rememberFixes(host: Host, fixes: readonly PlannedFix[], remembering: Remembering): void {
  for (const kubeconfig of new Set(fixes.map((fix) => fix.kubeconfig))) {
    const own = fixes.filter((fix) => fix.kubeconfig === kubeconfig);
    rememberModes(
      host,
      kubeconfig,
      own.map(({ realPath: path, from, to }) => ({ path, from, to })),
      remembering,
    );
  }
}

/**
 * Changes the mode of the file that was looked at, and of no other.
 *
 * @throws ConfigReadError if something else is there now
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
