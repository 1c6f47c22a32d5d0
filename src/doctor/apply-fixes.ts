import type { Config } from "../api/config.ts";
import { everyFileOpens } from "../clientcmd/open-fault.ts";
import { validateAuthInfo } from "../clientcmd/validate-auth-info.ts";
import { validateCluster } from "../clientcmd/validate-cluster.ts";
import { decodeConfig } from "../codec/kubeconfig/decode-config.ts";
import { editConfigText } from "../codec/kubeconfig-edit/edit-config-text.ts";
import { ConfigParseError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { readFile } from "../loading/file-system.ts";
import { EXAMINED_LIMIT } from "../loading/size-limits.ts";
import { changeContents } from "../writing/change-contents.ts";
import type { FileChange } from "../writing/config-files.ts";
import { textOf } from "../writing/config-files.ts";
import { findLock, removeAbandoned } from "../writing/lock-file.ts";
import { newOwner } from "../writing/lock-owner.ts";
import { newOperation } from "../writing/history-store.ts";
import type { ModifyOptions } from "../writing/modify-config.ts";
import type { Diagnosis, Finding, Fix } from "./finding.ts";
import { fixModes } from "./fix-modes.ts";
import type { KeyRename } from "../yaml/edit/rename-keys.ts";
import { renameKeys } from "../yaml/edit/rename-keys.ts";
import { unusedEntries } from "./unused-entries.ts";

/** The fixes that were made, or would be. */
export interface AppliedFixes {
  /** The changed contents, secrets included. */
  readonly changes: readonly FileChange[];
  /** The new modes of files, by path. */
  readonly modes: ReadonlyMap<string, number>;
  /** The stale locks that were removed. */
  readonly removed: ReadonlySet<string>;
  /** The fixes in words, a line each. */
  readonly done: readonly string[];
}

/**
 * Fixes what a diagnosis can fix: stale locks, modes, the names of fields, entries that nothing uses. Contents change under locks,
 * and `kcfg undo` reverts all but the locks.
 *
 * @param examine - makes the diagnosis; called again while the files are locked
 * @throws ConfigLockError, ConfigReadError or ConfigParseError when a file cannot be written; its content is then
 *   unchanged
 */
export async function applyFixes(
  host: Host,
  examine: () => Diagnosis,
  options: Omit<ModifyOptions, "relativizePaths">,
): Promise<AppliedFixes> {
  const first = examine();
  const unlocked = removeLocks(host, first.findings, options.dryRun === true);
  const done: string[] = [];
  const plan = (): readonly FileChange[] => {
    done.splice(0);
    const { files, findings } = examine();
    return planTexts(host, files, findings, done);
  };
  const operation = newOperation(host);
  const changes = first.findings.some(changesText)
    ? await changeContents(host, first.files, plan, { ...options, operation })
    : [];
  // Modes come last, because they need no lock. A replaced file is another file, with the same mode.
  const { findings } = changes.length > 0 && options.dryRun !== true ? examine() : first;
  const modes = fixModes(host, findings, { ...options, operation });
  return {
    changes,
    modes: modes.modes,
    removed: new Set(unlocked),
    done: [...unlocked.map((path) => `${path}: removed the stale lock`), ...modes.done, ...done],
  };
}

/** Removes the locks that were left behind; returns their paths. */
function removeLocks(host: Host, findings: readonly Finding[], isDryRun: boolean): readonly string[] {
  return fixesOf(findings, "unlock").flatMap(([{ path, identity }]) => {
    const lock = isDryRun ? undefined : findLock(host, path);
    const isRemoved =
      isDryRun || (lock?.identity === identity && removeAbandoned(host, lock, newOwner(host)));
    return isRemoved ? [path] : [];
  });
}

function changesText({ fix }: Finding): boolean {
  return fix?.kind === "rename" || fix?.kind === "remove";
}

/** The content of a file while it is being fixed. */
interface Draft {
  readonly file: string;
  readonly data: Uint8Array;
  readonly text: string;
  readonly config: Config;
}

function planTexts(
  host: Host,
  files: readonly string[],
  findings: readonly Finding[],
  done: string[],
): readonly FileChange[] {
  const present = files.filter((file) => isReadable(host, file));
  const drafts = present.map((file) => renamed(host, file, findings, done));
  // A field with its correct name may use an entry that was unused before.
  const unused = unusedEntries(drafts.map(({ config }) => config));
  const asked = (kind: "cluster" | "user", names: ReadonlySet<string>): ReadonlySet<string> =>
    new Set(
      fixesOf(findings, "remove").flatMap(([{ entry, name }]) =>
        entry === kind && names.has(name) ? [name] : [],
      ),
    );
  const clusters = asked("cluster", unused.clusters);
  const users = asked("user", unused.users);
  return drafts.flatMap((draft) => finish(draft, clusters, users, done));
}

function isReadable(host: Host, file: string): boolean {
  try {
    decodeConfig(readFile(host, file, EXAMINED_LIMIT), file);
    return true;
  } catch {
    return false;
  }
}

function renamed(host: Host, file: string, findings: readonly Finding[], done: string[]): Draft {
  const data = readFile(host, file, EXAMINED_LIMIT);
  const before: Draft = { file, data, text: textOf(data, file), config: decodeConfig(data, file) };
  const renames = fixesOf(findings, "rename").flatMap(([{ from, to }, finding]): readonly KeyRename[] =>
    finding.file === file && finding.position !== undefined ? [{ from, to, position: finding.position }] : [],
  );
  const all = withRenames(before, before.text, renames);
  const kept = all === undefined ? goodRenames(before, renames) : renames;
  const draft = all ?? withRenames(before, before.text, kept) ?? before;
  for (const { from, to, position } of draft === before ? [] : kept) {
    done.push(`${file}:${position.line}: renamed ${from} to ${to}`);
  }
  return draft;
}

/** Further renames are not tried one by one. */
const MOST_TRIES = 50;

/** Returns the renames that do no harm by themselves. */
function goodRenames(before: Draft, renames: readonly KeyRename[]): readonly KeyRename[] {
  const good: KeyRename[] = [];
  for (const rename of renames.slice(0, MOST_TRIES)) {
    if (withRenames(before, before.text, [...good, rename]) !== undefined) {
      good.push(rename);
    }
  }
  return good;
}

/**
 * Renames keys; undefined if kubectl would then refuse the file, or more of it than before, or if it would be less
 * safe.
 */
function withRenames(before: Draft, text: string, renames: readonly KeyRename[]): Draft | undefined {
  if (renames.length === 0) {
    return before;
  }
  const next = renameKeys(text, renames);
  if (next === undefined) {
    return undefined;
  }
  try {
    const config = decodeConfig(next, before.file);
    const isWorse = countFaults(config) > countFaults(before.config) || isLessSafe(config, before.config);
    return isWorse ? undefined : { ...before, text: next, config };
  } catch (error) {
    if (error instanceof ConfigParseError) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Reports whether a fix of a name would put a dangerous field into effect: a server that is not verified, a proxy, a
 * plugin. It may be deep inside the misspelt field.
 */
function isLessSafe(after: Config, before: Config): boolean {
  return (
    [...after.clusters].some(([name, { insecureSkipTlsVerify, proxyUrl }]) => {
      const old = before.clusters.get(name);
      return (
        (insecureSkipTlsVerify && old?.insecureSkipTlsVerify !== true) ||
        (proxyUrl !== "" && proxyUrl !== old?.proxyUrl)
      );
    }) ||
    [...after.authInfos].some(
      ([name, { exec }]) => exec !== undefined && exec.command !== before.authInfos.get(name)?.exec?.command,
    )
  );
}

function countFaults({ authInfos, clusters }: Config): number {
  let count = 0;
  for (const [name, user] of authInfos) {
    count += validateAuthInfo(name, user, everyFileOpens).length;
  }
  for (const [name, cluster] of clusters) {
    const hasCa = cluster.certificateAuthority !== "" || cluster.certificateAuthorityData !== undefined;
    count += validateCluster(name, cluster, everyFileOpens).length;
    count += cluster.insecureSkipTlsVerify && hasCa ? 1 : 0;
  }
  return count;
}

function finish(
  { file, data, text, config }: Draft,
  clusters: ReadonlySet<string>,
  users: ReadonlySet<string>,
  done: string[],
): readonly FileChange[] {
  const after: Config = {
    ...config,
    clusters: without(config.clusters, clusters, (name) => done.push(`${file}: removed cluster ${name}`)),
    authInfos: without(config.authInfos, users, (name) => done.push(`${file}: removed user ${name}`)),
  };
  const isSame =
    after.clusters.size === config.clusters.size && after.authInfos.size === config.authInfos.size;
  const result = isSame ? text : editConfigText(text, config, after, { file });
  const bytes = new TextEncoder().encode(result);
  return result === textOf(data, file) ? [] : [{ file, before: data, after: bytes }];
}

function without<T>(
  entries: ReadonlyMap<string, T>,
  names: ReadonlySet<string>,
  onRemoved: (name: string) => void,
): ReadonlyMap<string, T> {
  return new Map(
    [...entries].filter(([name]) => {
      if (names.has(name)) {
        onRemoved(name);
      }
      return !names.has(name);
    }),
  );
}

function fixesOf<K extends Fix["kind"]>(
  findings: readonly Finding[],
  kind: K,
): readonly (readonly [fix: Extract<Fix, { kind: K }>, finding: Finding])[] {
  return findings.flatMap((finding) =>
    finding.fix?.kind === kind ? [[finding.fix as Extract<Fix, { kind: K }>, finding] as const] : [],
  );
}
