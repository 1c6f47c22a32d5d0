import { isDeepStrictEqual } from "node:util";
import type { AuthInfo } from "../../api/auth-info.ts";
import type { Cluster } from "../../api/cluster.ts";
import type { Config, Context } from "../../api/config.ts";
import type { Filepath } from "../../go/filepath.ts";
import { goQuote } from "../../go/quote.ts";
import { InvalidConfigurationError } from "../../errors.ts";
import { resolveLocalPaths } from "../paths.ts";
import type { ExistingEntry, RefreshedEntry } from "./refresh-entry.ts";
import { refreshCluster, refreshContext, refreshUser } from "./refresh-entry.ts";

/** The result of importing one entry. */
export interface ImportedEntry {
  readonly noun: "cluster" | "user" | "context";
  /** Its name in the imported config. */
  readonly name: string;
  /** Its name in the result. */
  readonly as: string;
  /** `same`: an equal entry exists already. */
  readonly state: "added" | "same" | "replaced";
  /** The fields of the existing entry that stay, if it is replaced. */
  readonly kept: readonly string[];
}

/** A config to import, with absolute paths. */
export interface ImportedConfig {
  /** Its name in errors. */
  readonly label: string;
  readonly config: Config;
}

/** How configs are imported. */
export interface ImportOptions {
  /** What happens to an entry whose name is taken by a different one. */
  readonly onClash: "refuse" | "rename" | "replace";
  readonly filepath: Filepath;
  /** The current directory, to which paths in entries without a file of their own are relative. */
  readonly cwd: string;
  /** Says what to do about clashes; `isBetweenImports`: whether one of them is of two imported configs. */
  readonly advice: (isBetweenImports: boolean) => string;
}

/** The step of an import that adds one config. */
export interface ImportStep {
  readonly before: Config;
  readonly after: Config;
  readonly entries: readonly ImportedEntry[];
}

/**
 * Adds all entries of some configs to another, one after the other. An entry that exists already with the same content
 * is skipped. One whose name is taken by a different entry is refused, or gets another name, which contexts follow
 * (`rename`), or replaces the existing one (`replace`), whose namespace, proxy and extensions stay. One imported config
 * never replaces the entries of another. `current-context` and preferences stay.
 *
 * @throws InvalidConfigurationError with an error for every clash, and the advice
 */
export function importConfigs(
  config: Config,
  imported: readonly ImportedConfig[],
  options: ImportOptions,
): readonly ImportStep[] {
  const { filepath, cwd } = options;
  const resolved = resolveLocalPaths(config, filepath, cwd);
  const clashes: Clash[] = [];
  const shared = { options, clashes, here: { locationOfOrigin: "" } };
  const clusters = new EntryImport("cluster", config.clusters, resolved.clusters, shared, {
    refresh: (existing, added) => refreshCluster(existing, added, filepath),
    detach: (entry, here) => entry.with(here),
  });
  const users = new EntryImport("user", config.authInfos, resolved.authInfos, shared, {
    refresh: (existing, added) => refreshUser(existing, added, filepath),
    detach: (entry, here) => entry.with(here),
  });
  const contexts = new EntryImport("context", config.contexts, resolved.contexts, shared, {
    refresh: refreshContext,
    detach: (entry, here) => ({ ...entry, ...here }),
  });
  let before = config;
  const steps = imported.map(({ label, config: added }): ImportStep => {
    const clusterNames = clusters.add(label, added.clusters);
    const userNames = users.add(label, added.authInfos);
    const following = Array.from(added.contexts, ([name, context]): readonly [string, Context] => [
      name,
      {
        ...context,
        cluster: clusterNames.get(context.cluster) ?? context.cluster,
        authInfo: userNames.get(context.authInfo) ?? context.authInfo,
      },
    ]);
    contexts.add(label, new Map(following));
    const after = {
      ...config,
      clusters: clusters.entries,
      authInfos: users.entries,
      contexts: contexts.entries,
    };
    const step = {
      before,
      after,
      entries: [...clusters.taken(), ...users.taken(), ...contexts.taken()],
    };
    before = after;
    return step;
  });
  if (clashes.length > 0) {
    throw new InvalidConfigurationError([
      ...clashes.map(({ message }) => new Error(message)),
      new Error(options.advice(clashes.some(({ isBetweenImports }) => isBetweenImports))),
    ]);
  }
  return steps;
}

interface Clash {
  readonly message: string;
  readonly isBetweenImports: boolean;
}

interface Located {
  readonly locationOfOrigin: string;
}

interface Shared {
  readonly options: ImportOptions;
  readonly clashes: Clash[];
  readonly here: Located;
}

interface EntryRules<E> {
  readonly refresh: (existing: ExistingEntry<E>, added: E) => RefreshedEntry<E>;
  readonly detach: (entry: E, here: Located) => E;
}

/** The entries of one kind, while configs are added. */
class EntryImport<E extends Cluster | AuthInfo | Context> {
  readonly #noun: ImportedEntry["noun"];
  readonly #resolved: Map<string, E>;
  readonly #shared: Shared;
  readonly #rules: EntryRules<E>;
  /** The imported configs that entries come from, by the entries' names. */
  readonly #sources = new Map<string, string>();
  #entries: ReadonlyMap<string, E>;
  #taken: ImportedEntry[] = [];

  constructor(
    noun: ImportedEntry["noun"],
    entries: ReadonlyMap<string, E>,
    resolved: ReadonlyMap<string, E>,
    shared: Shared,
    rules: EntryRules<E>,
  ) {
    this.#noun = noun;
    this.#entries = entries;
    this.#resolved = new Map(resolved);
    this.#shared = shared;
    this.#rules = rules;
  }

  get entries(): ReadonlyMap<string, E> {
    return this.#entries;
  }

  /** Returns the entries that were taken from the config that was added last. */
  taken(): readonly ImportedEntry[] {
    return this.#taken;
  }

  /** Adds the entries of one config. Returns their new names by their own. */
  add(label: string, added: ReadonlyMap<string, E>): ReadonlyMap<string, string> {
    const entries = new Map(this.#entries);
    const names = new Map<string, string>();
    this.#taken = [];
    for (const [name, entry] of added) {
      const as = this.#freeName(name, entry);
      const place = this.#place(as, entry, entries, label);
      if (place !== undefined) {
        names.set(name, as);
        this.#taken.push({ noun: this.#noun, name, as, ...place });
      }
    }
    this.#entries = entries;
    return names;
  }

  #freeName(name: string, entry: E): string {
    let wish = name;
    while (this.#shared.options.onClash === "rename" && !this.#isFree(wish, entry)) {
      wish = nextName(wish);
    }
    return wish;
  }

  #isFree(name: string, entry: E): boolean {
    const existing = this.#resolved.get(name);
    return existing === undefined || isSameEntry(existing, entry);
  }

  /** Puts an entry under a name. Returns undefined for a clash. */
  #place(
    name: string,
    entry: E,
    entries: Map<string, E>,
    label: string,
  ): Pick<ImportedEntry, "state" | "kept"> | undefined {
    const [written, resolved] = [entries.get(name), this.#resolved.get(name)];
    if (written === undefined || resolved === undefined) {
      entries.set(name, this.#rules.detach(entry, this.#shared.here));
      this.#resolved.set(name, entry);
      this.#sources.set(name, label);
      return { state: "added", kept: [] };
    }
    if (isSameEntry(resolved, entry)) {
      return { state: "same", kept: [] };
    }
    const source = this.#sources.get(name);
    if (source !== undefined || this.#shared.options.onClash !== "replace") {
      const both = `${source ?? written.locationOfOrigin} and ${label}`;
      this.#shared.clashes.push({
        message: `${both} have different ${this.#noun}s named ${goQuote(name)}`,
        isBetweenImports: source !== undefined,
      });
      return undefined;
    }
    this.#sources.set(name, label);
    this.#resolved.set(name, entry);
    const { entry: refreshed, kept } = this.#rules.refresh({ written, resolved }, entry);
    if (isSameEntry(written, refreshed)) {
      return { state: "same", kept: [] };
    }
    entries.set(name, refreshed);
    return { state: "replaced", kept };
  }
}

/** Returns the next name: `name`, `name-2`, `name-3` … */
function nextName(name: string): string {
  const { stem = name, number = "1" } =
    /^(?<stem>.*)-(?<number>[2-9]|[1-9]\d{1,5})$/s.exec(name)?.groups ?? {};
  return `${stem}-${Number(number) + 1}`;
}

/** Compares entries regardless of their origin. */
function isSameEntry(one: Located, other: Located): boolean {
  return isDeepStrictEqual(comparableFields(one), comparableFields(other));
}

/** Returns the fields, with bytes in a comparable form. */
function comparableFields(entry: Located): object {
  const fields = Object.entries(Object.assign({}, entry, { locationOfOrigin: "" }));
  return Object.fromEntries(
    fields.map(([name, value]) => [
      name,
      value instanceof Uint8Array ? Buffer.from(value).toString("base64") : (value as unknown),
    ]),
  );
}
