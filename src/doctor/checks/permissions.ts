import type { AuthInfo } from "../../api/auth-info.ts";
import type { Config } from "../../api/config.ts";
import { redactUrlPassword } from "../../api/redaction.ts";
import { listOf, shellWord, subjectOf } from "../describe.ts";
import type { EntryKind, Facts } from "../facts.ts";
import { findingAt, scoped, wholeFile } from "../facts.ts";
import type { Finding, Place } from "../finding.ts";
import {
  forOwnerAlone,
  formatMode,
  isReadableByOthers,
  isWritableByAll,
  permissionsOf,
  writableByOwnerAlone,
} from "../modes.ts";

/** Files that others may read or write, though they hold secrets or say where secrets go. */
export function* checkPermissions(facts: Facts): Generator<Finding> {
  if (!facts.machine.hasModes) {
    return;
  }
  const folders = new Set<string>();
  for (const { file, state, config } of facts.files) {
    if (state !== "missing" && state !== "unreadable") {
      yield* checkWritable(facts, file, wholeFile(file), "", folders);
      yield* checkKubeconfig(facts, file, config);
    }
  }
  yield* checkReferences(facts, folders);
}

function* checkKubeconfig(facts: Facts, file: string, config: Config | undefined): Generator<Finding> {
  const mode = facts.machine.stat(file)?.mode ?? 0;
  const secrets = config === undefined ? [] : secretsIn(config);
  if (isReadableByOthers(mode) && secrets.length > 0) {
    yield findingAt("file-readable-by-others", wholeFile(file), {
      message: `Its mode is ${formatMode(mode)}, and it holds ${listOf(secrets)}.`,
      mend: `chmod go= ${shellWord(file)}`,
      fix: { kind: "mode", path: file, from: permissionsOf(mode), to: forOwnerAlone(mode) },
    });
  }
}

/** @param folders - those that have been told already */
function* checkWritable(
  facts: Facts,
  path: string,
  place: Place,
  subject: string,
  folders: Set<string>,
): Generator<Finding> {
  const { machine, filepath } = facts;
  const stat = machine.stat(path);
  if (stat === undefined || !stat.isFile) {
    return;
  }
  if (isWritableByAll(stat.mode)) {
    yield findingAt("file-writable-by-others", place, {
      subject,
      message: `The mode of ${path} is ${formatMode(stat.mode)}: everybody may write it.`,
      mend: `chmod go-w ${shellWord(path)}`,
      fix: { kind: "mode", path, from: permissionsOf(stat.mode), to: writableByOwnerAlone(stat.mode) },
    });
  }
  for (const folder of new Set([filepath.dir(path), filepath.dir(machine.realPath(path))])) {
    const mode = machine.stat(folder)?.mode ?? 0;
    if (isWritableByAll(mode) && !isSticky(mode) && !folders.has(folder)) {
      folders.add(folder);
      yield findingAt("file-writable-by-others", place, {
        subject,
        message: `The mode of its folder ${folder} is ${formatMode(mode)}: everybody may put another file in its place.`,
        mend: `chmod go-w ${shellWord(folder)}`,
      });
    }
  }
}

/** In a sticky folder, such as /tmp, nobody may replace the files of others. */
function isSticky(mode: number): boolean {
  return (mode & 0o1000) !== 0;
}

/** Which kinds of secrets a kubeconfig holds. */
function secretsIn({ clusters, authInfos }: Config): readonly string[] {
  const found = new Set<string>();
  for (const user of authInfos.values()) {
    for (const [noun, isThere] of SECRETS) {
      if (isThere(user)) {
        found.add(noun);
      }
    }
  }
  for (const { server, proxyUrl } of clusters.values()) {
    if (hasPassword(server) || hasPassword(proxyUrl)) {
      found.add("passwords");
    }
  }
  return [...found];
}

const SECRETS: readonly (readonly [noun: string, isThere: (user: AuthInfo) => boolean])[] = [
  ["tokens", ({ token }) => token !== ""],
  ["passwords", ({ password }) => password !== ""],
  ["keys", ({ clientKeyData }) => (clientKeyData?.length ?? 0) > 0],
  ["settings of auth-providers", ({ authProvider }) => (authProvider?.config?.size ?? 0) > 0],
];

function hasPassword(url: string): boolean {
  return redactUrlPassword(url) !== url;
}

/** The files that entries name: keys and tokens may not be read, and nothing may be written, by others. */
function* checkReferences(facts: Facts, folders: Set<string>): Generator<Finding> {
  const told = new Set<string>();
  const references: [EntryKind, string, field: string, path: string, isSecret: boolean][] = [];
  for (const [name, cluster] of scoped(facts, "cluster", facts.resolved.clusters)) {
    references.push(["cluster", name, "certificate-authority", cluster.certificateAuthority, false]);
  }
  for (const [name, user] of scoped(facts, "user", facts.resolved.authInfos)) {
    references.push(["user", name, "client-key", user.clientKey, true]);
    references.push(["user", name, "tokenFile", user.tokenFile, true]);
  }
  for (const [kind, name, field, path, isSecret] of references) {
    if (path === "" || told.has(path)) {
      continue;
    }
    told.add(path);
    const place = facts.locate(kind, name, field);
    const subject = subjectOf(kind, name);
    yield* checkWritable(facts, path, place, subject, folders);
    const stat = facts.machine.stat(path);
    if (isSecret && stat?.isFile === true && isReadableByOthers(stat.mode)) {
      yield findingAt("credential-readable-by-others", place, {
        subject,
        message: `The mode of its ${field} ${path} is ${formatMode(stat.mode)}.`,
        mend: `chmod go= ${shellWord(path)}`,
        fix: { kind: "mode", path, from: permissionsOf(stat.mode), to: forOwnerAlone(stat.mode) },
      });
    }
  }
}
