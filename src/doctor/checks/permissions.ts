import type { AuthInfo } from "../../api/auth-info.ts";
import type { Config } from "../../api/config.ts";
import { redactUrlPassword } from "../../api/redaction.ts";
import { joinWords, shellWord, subjectOf } from "../describe.ts";
import type { EntryKind, ExaminationInput } from "../examination-input.ts";
import { findingAt, scoped, wholeFile } from "../examination-input.ts";
import type { Details, Finding, Place } from "../finding.ts";
import {
  forOwnerAlone,
  formatMode,
  isReadableByOthers,
  isSticky,
  isWritableByAll,
  permissionsOf,
  writableByOwnerAlone,
} from "../modes.ts";
import { findOwnFile } from "../own-file.ts";

/** Checks for files that others may read or write, although they hold secrets or determine where secrets go. */
export function* checkPermissions(facts: ExaminationInput): Generator<Finding> {
  if (!facts.machine.hasModes) {
    return;
  }
  const folders = new Set<string>();
  // A file before those of the chosen context could define its names first.
  const last = facts.files.findLastIndex(({ file }) => facts.isFileInScope(file));
  for (const { file, state, config } of facts.files.slice(0, last + 1)) {
    if (state !== "missing" && state !== "unreadable") {
      yield* checkWritable(
        facts,
        { kubeconfig: file, path: file, place: wholeFile(file), subject: "" },
        folders,
      );
      if (facts.isFileInScope(file)) {
        yield* checkKubeconfig(facts, file, config);
      }
    }
  }
  yield* checkReferences(facts, folders);
}

function* checkKubeconfig(
  facts: ExaminationInput,
  file: string,
  config: Config | undefined,
): Generator<Finding> {
  const mode = facts.machine.stat(file)?.mode ?? 0;
  const secrets = config === undefined ? [] : secretsIn(config);
  if (isReadableByOthers(mode) && secrets.length > 0) {
    yield findingAt("file-readable-by-others", wholeFile(file), {
      message: `Its mode is ${formatMode(mode)}, and it holds ${joinWords(secrets)}.`,
      ...modeFix(facts, file, file, { chmod: "go=", from: mode, to: forOwnerAlone(mode) }),
    });
  }
}

/** A file, and where it is named. */
interface NamedFile {
  /** The kubeconfig that names it, or the file itself. */
  readonly kubeconfig: string;
  readonly path: string;
  readonly place: Place;
  readonly subject: string;
  /** The expected content; undefined for a kubeconfig, whose content is known. */
  readonly content?: FileContent | undefined;
}

/**
 * Checks whether others may write a file or its folder.
 *
 * @param folders - those that have been reported already
 */
function* checkWritable(
  facts: ExaminationInput,
  { kubeconfig, path, place, subject, content }: NamedFile,
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
      ...modeFix(facts, kubeconfig, path, {
        content,
        chmod: "go-w",
        from: stat.mode,
        to: writableByOwnerAlone(stat.mode),
      }),
    });
  }
  for (const folder of new Set([filepath.dir(path), filepath.dir(machine.realPath(path))])) {
    const mode = machine.stat(folder)?.mode ?? 0;
    if (isWritableByAll(mode) && !isSticky(mode) && !folders.has(folder)) {
      folders.add(folder);
      yield findingAt("file-writable-by-others", place, {
        subject,
        message: `The mode of its folder ${folder} is ${formatMode(mode)}: everybody may put another file in its place.`,
        hint: `chmod go-w ${shellWord(folder)}`,
      });
    }
  }
}

/** The expected content of a file that an entry names. */
type FileContent = "a token" | "a private key" | "certificates";

/** RFC 6750's `b64token`, and the colon that some servers have in theirs. */
const TOKEN = /^[\w.~+/=-]+(?::[\w.~+/=-]{16,})?$/;

/** Reports whether a file has the expected content, and not something that others may have to read. */
function isOf(content: FileContent, data: Uint8Array | undefined): boolean {
  const text = Buffer.from(data ?? []).toString("latin1");
  switch (content) {
    case "a token":
      return TOKEN.test(text.trim());
    case "a private key":
      return text.includes("PRIVATE KEY-----");
    default:
      return text.includes("-----BEGIN ");
  }
}

/** Returns the hint for a mode; with a fix if `--fix` may safely change the file. */
function modeFix(
  { machine, filepath }: ExaminationInput,
  kubeconfig: string,
  path: string,
  {
    content,
    chmod,
    from,
    to,
  }: {
    readonly content?: FileContent | undefined;
    readonly chmod: string;
    readonly from: number;
    readonly to: number;
  },
): Pick<Details, "hint" | "fix"> {
  const hint = `chmod ${chmod} ${shellWord(path)}`;
  const own =
    content === undefined || isOf(content, machine.read(path).data)
      ? findOwnFile(machine, filepath, kubeconfig, path)
      : { reason: `it does not look like ${content}` };
  return own.path === undefined
    ? { hint: `${hint} if that is right; --fix leaves the file alone, since ${own.reason}` }
    : {
        hint,
        fix: {
          kind: "mode",
          path,
          realPath: own.path,
          identity: own.identity,
          from: permissionsOf(from),
          to,
        },
      };
}

/** Returns the kinds of secrets that a kubeconfig holds. */
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

/** A file that an entry names. */
interface Reference {
  readonly kind: EntryKind;
  readonly name: string;
  readonly field: string;
  /** The kubeconfig that the entry is in. */
  readonly kubeconfig: string;
  readonly path: string;
  readonly content: FileContent;
}

/** Checks the files that entries name: others may not read keys and tokens, and may not write any of them. */
function* checkReferences(facts: ExaminationInput, folders: Set<string>): Generator<Finding> {
  const reported = new Set<string>();
  const references: Reference[] = [];
  for (const [name, cluster] of scoped(facts, "cluster", facts.resolved.clusters)) {
    const { locationOfOrigin: kubeconfig, certificateAuthority: path } = cluster;
    references.push({
      kind: "cluster",
      name,
      field: "certificate-authority",
      kubeconfig,
      path,
      content: "certificates",
    });
  }
  for (const [name, user] of scoped(facts, "user", facts.resolved.authInfos)) {
    const { locationOfOrigin: kubeconfig, clientKey, tokenFile } = user;
    const reference = { kind: "user", name, kubeconfig } as const;
    references.push({ ...reference, field: "client-key", path: clientKey, content: "a private key" });
    references.push({ ...reference, field: "tokenFile", path: tokenFile, content: "a token" });
  }
  for (const { kind, name, field, kubeconfig, path, content } of references) {
    if (path === "" || reported.has(path)) {
      continue;
    }
    reported.add(path);
    const place = facts.locate(kind, name, field);
    const subject = subjectOf(kind, name);
    yield* checkWritable(facts, { kubeconfig, path, place, subject, content }, folders);
    const stat = facts.machine.stat(path);
    if (content !== "certificates" && stat?.isFile === true && isReadableByOthers(stat.mode)) {
      yield findingAt("credential-readable-by-others", place, {
        subject,
        message: `The mode of its ${field} ${path} is ${formatMode(stat.mode)}.`,
        ...modeFix(facts, kubeconfig, path, {
          content,
          chmod: "go=",
          from: stat.mode,
          to: forOwnerAlone(stat.mode),
        }),
      });
    }
  }
}
