import { randomBytes } from "node:crypto";
import type { Config } from "../../api/config.ts";
import { newConfig } from "../../api/config.ts";
import { decodeConfig } from "../../codec/kubeconfig/decode-config.ts";
import { encodeNewConfig } from "../../codec/kubeconfig/written-config.ts";
import { filepathFor } from "../../go/filepath.ts";
import { goQuote } from "../../go/quote.ts";
import type { Host } from "../../host/host.ts";
import type { LoadingRules } from "../../loading/loading-rules.ts";
import { KUBECONFIG_LIMIT } from "../../loading/size-limits.ts";
import type { IOStreams } from "../io-streams.ts";
import { readStateFile, stateFolder } from "../../writing/state-folder.ts";

/** The file that says which processes use a folder. */
const OWNERS = "owners.json";

/** How much of that file is read, in bytes. */
const OWNERS_LIMIT = 64 * 1024;

/** How long a folder is kept whose processes cannot be asked for, in milliseconds: those of another machine. */
const FOREIGN_LIFE = 30 * 24 * 60 * 60_000;

/** How long a process may take to start, in milliseconds. */
const STARTING_LIFE = 60_000;

/** How long a folder may be without a readable list of owners, in milliseconds. */
const UNOWNED_LIFE = 60 * 60_000;

/** The processes that use a folder. */
interface Owners {
  /** Where their numbers are valid. */
  readonly namespace: string;
  readonly processes: readonly { readonly pid: number; readonly mark: string | undefined }[];
  /** Whether another process is about to use it, whose number is not known yet. */
  readonly isStarting: boolean;
}

/** A folder for private kubeconfigs, which is removed when the last process that uses it has ended. */
export interface PrivateFolder {
  readonly path: string;
  /** Writes a file for the user alone, and returns its path. */
  write(name: string, content: string): string;
  /** Notes that a process is about to be started that will use the folder. */
  expectOwner(): void;
  /** Adds the process that uses the folder. */
  addOwner(pid: number): void;
  /**
   * Removes the folder, unless programs have added entries to one of its kubeconfigs.
   *
   * @returns the kubeconfigs that were kept for that
   */
  remove(): readonly string[];
}

/**
 * Makes a folder for private kubeconfigs in kcfg's own folder, and removes those that were left by processes which were
 * killed.
 *
 * @throws Error if kcfg's own folder cannot be used
 */
export function makePrivateFolder(host: Host): PrivateFolder {
  const filepath = filepathFor(host);
  const state = stateFolder(host, { create: true });
  if (state.path === undefined) {
    throw new Error(`there is no safe folder for a private kubeconfig: ${state.reason}`);
  }
  const parent = filepath.join(state.path, "shells");
  host.fs.createDirectory(parent, 0o700);
  if (host.fs.lookAt(parent).isSymbolicLink) {
    throw new Error(`there is no safe folder for a private kubeconfig: ${parent} is a symbolic link`);
  }
  sweep(host, parent);
  const path = filepath.join(parent, `${host.self.pid}-${randomBytes(4).toString("hex")}`);
  host.fs.createDirectory(path, 0o700);
  const write = (name: string, content: string): string => {
    const file = filepath.join(path, name);
    writeNow(host, file, new TextEncoder().encode(content));
    return file;
  };
  const owners: Owners["processes"][number][] = [];
  const writeOwners = (isStarting: boolean): void => {
    const content: Owners = { namespace: host.self.processNamespace(), processes: owners, isStarting };
    write(OWNERS, JSON.stringify(content));
  };
  const addOwner = (pid: number): void => {
    owners.push({ pid, mark: host.self.startOf(pid)?.mark });
    writeOwners(false);
  };
  addOwner(host.self.pid);
  return {
    path,
    write,
    expectOwner: () => writeOwners(true),
    addOwner,
    remove: () => removeFolder(host, path),
  };
}

/** Writes a file for the user alone, in one step. It need not outlast the machine, so nothing waits for the disk. */
function writeNow(host: Host, path: string, data: Uint8Array): void {
  const temporary = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  const file = host.fs.open(temporary, { follow: false, create: { mode: 0o600 } });
  try {
    file.write(data);
  } finally {
    file.close();
  }
  host.fs.rename(temporary, path);
}

/** Removes the folders of processes that have ended. Never fails: they are only in the way. */
function sweep(host: Host, parent: string): void {
  const filepath = filepathFor(host);
  for (const name of host.fs.list(parent)) {
    const path = filepath.join(parent, name);
    try {
      if (isLeft(host, path)) {
        removeFolder(host, path);
      }
    } catch {
      // Another kcfg may have removed it meanwhile.
    }
  }
}

function isLeft(host: Host, path: string): boolean {
  const { isSymbolicLink, modified } = host.fs.lookAt(path);
  if (isSymbolicLink) {
    return false;
  }
  const owners = readOwners(host, filepathFor(host).join(path, OWNERS));
  const age = host.now() - modified;
  if (owners === undefined) {
    return age > UNOWNED_LIFE;
  }
  const here = host.self.processNamespace();
  if (owners.namespace === here) {
    if (owners.isStarting && age < STARTING_LIFE) {
      return false;
    }
    return owners.processes.every(
      ({ pid, mark }) => !host.self.isRunning(pid) || host.self.startOf(pid)?.mark !== mark,
    );
  }
  const [machine, start] = here.split("/");
  const [otherMachine, otherStart] = owners.namespace.split("/");
  return (machine === otherMachine && start !== otherStart) || age > FOREIGN_LIFE;
}

function readOwners(host: Host, file: string): Owners | undefined {
  try {
    const content = readStateFile(host, file, OWNERS_LIMIT);
    const owners = JSON.parse(new TextDecoder().decode(content)) as Partial<Owners>;
    return typeof owners.namespace === "string" && Array.isArray(owners.processes)
      ? {
          namespace: owners.namespace,
          processes: owners.processes,
          isStarting: owners.isStarting === true,
        }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Removes a folder, unless a kubeconfig in it has entries that programs have added. Returns those that were kept. */
function removeFolder(host: Host, path: string): readonly string[] {
  const filepath = filepathFor(host);
  const files = host.fs.list(path).map((name) => filepath.join(path, name));
  const kept = files.filter((file) => file.endsWith(KUBECONFIG_END) && hasAddedEntries(host, file));
  for (const file of files.filter((each) => !kept.includes(each))) {
    host.fs.remove(file);
  }
  if (kept.length === 0) {
    host.fs.removeDirectory?.(path);
  }
  return kept;
}

/** The end of the names of private kubeconfigs. */
const KUBECONFIG_END = ".kubeconfig";

/** Reports whether a private kubeconfig has more than the context that kcfg wrote: programs add entries to the first file. */
function hasAddedEntries(host: Host, file: string): boolean {
  try {
    const content = readStateFile(host, file, KUBECONFIG_LIMIT);
    if (content === undefined) {
      return false;
    }
    const { clusters, authInfos, contexts } = decodeConfig(content);
    return clusters.size + authInfos.size > 0 || contexts.size > 1;
  } catch {
    // What cannot be read is not thrown away.
    return true;
  }
}

/** What a private kubeconfig is made from. */
export interface PrivateChoice {
  /** The merged config. */
  readonly config: Config;
  /** The name of the context, which exists. */
  readonly context: string;
  /** The namespace; `""` for that of the context. */
  readonly namespace: string;
  /** The kubeconfigs that follow the private one. */
  readonly files: readonly string[];
}

/**
 * Writes a kubeconfig that gives the current context and its namespace, and returns the value of KUBECONFIG that has it
 * first. The first file that defines a context keeps the whole entry; clusters and users come from the other files.
 *
 * @throws Error if a path cannot be in KUBECONFIG
 */
export function writePrivateKubeconfig(
  host: Host,
  folder: PrivateFolder,
  name: string,
  { config, context, namespace, files }: PrivateChoice,
): string {
  const entry = config.contexts.get(context);
  if (entry === undefined) {
    throw new Error(`no context exists with the name: ${goQuote(context)}`);
  }
  const content = encodeNewConfig({
    ...newConfig(),
    currentContext: context,
    contexts: new Map([[context, { ...entry, namespace: namespace || entry.namespace }]]),
    // Some programs fail on `clusters: null`, which is how kubectl writes an empty list.
  }).replaceAll(/^(?:clusters|users): null\n/gm, "");
  const file = folder.write(`${name}${KUBECONFIG_END}`, content);
  const filepath = filepathFor(host);
  const list = [
    file,
    ...files.map((each) => (filepath.isAbs(each) ? each : filepath.join(host.cwd(), each))),
  ];
  const separator = host.platform === "win32" ? ";" : ":";
  const bad = list.find((each) => each.includes(separator));
  if (bad !== undefined) {
    throw new Error(`${goQuote(bad)} cannot be in KUBECONFIG, because its name has a ${goQuote(separator)}`);
  }
  return list.join(separator);
}

/** Returns the kubeconfigs that rules name. */
export function filesOf({ explicitPath, precedence }: LoadingRules): readonly string[] {
  return explicitPath === "" ? precedence.filter((file) => file !== "") : [explicitPath];
}

/** Reports the private kubeconfigs that were kept. */
export function reportKept(streams: IOStreams, kept: readonly string[]): void {
  for (const file of kept) {
    streams.err.sayLine(`kept ${file}: programs have added entries to it; "kcfg import" takes them over`);
  }
}

/** Returns the environment with some variables set, and those that are undefined unset. */
export function withVariables(
  host: Host,
  changes: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries({ ...host.env, ...changes }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}
