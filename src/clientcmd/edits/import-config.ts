import { isDeepStrictEqual } from "node:util";
import type { AuthInfo } from "../../api/auth-info.ts";
import type { Cluster } from "../../api/cluster.ts";
import type { Config, Context } from "../../api/config.ts";
import { goQuote } from "../../go/quote.ts";
import { InvalidConfigurationError } from "../../errors.ts";

/** The result of importing one entry. */
export interface ImportedEntry {
  readonly noun: "cluster" | "user" | "context";
  /** Its name in the imported config. */
  readonly name: string;
  /** Its name in the result. */
  readonly as: string;
  /** Whether an equal entry exists already. */
  readonly isKnown: boolean;
}

/** How clashes are resolved: by other names, or not at all. */
export type RenameRule = ((name: string) => string) | undefined;

/**
 * Adds all entries of a config to another. An entry that exists already with the same content is skipped; one whose
 * name is taken by a different entry is renamed, and the contexts follow, or the import is refused. `current-context`
 * and preferences stay.
 *
 * @param resolve - makes the paths of a config absolute, as those of the imported one are: entries are compared that
 *   way
 * @param rename - makes another name, such as one with a suffix; called again with its result while that is taken
 * @throws InvalidConfigurationError with an error for every clash, if there is no `rename`
 */
export function importConfig(
  config: Config,
  imported: Config,
  resolve: (config: Config) => Config,
  rename: RenameRule,
): { readonly config: Config; readonly entries: readonly ImportedEntry[] } {
  const clashes: Error[] = [];
  const place = <E extends Located>(
    noun: ImportedEntry["noun"],
    entriesOf: (config: Config) => ReadonlyMap<string, E>,
    added: ReadonlyMap<string, E>,
    detach: (entry: E) => E,
  ): Placement<E> =>
    placeEntries(noun, entriesOf(config), entriesOf(resolved), added, detach, rename, clashes);
  const resolved = resolve(config);
  const here = { locationOfOrigin: "" };
  const clusters = place(
    "cluster",
    (each) => each.clusters,
    imported.clusters,
    (each) => each.with(here),
  );
  const users = place(
    "user",
    (each) => each.authInfos,
    imported.authInfos,
    (each) => each.with(here),
  );
  const following = new Map(
    Array.from(imported.contexts, ([name, context]): [string, Context] => [
      name,
      {
        ...context,
        cluster: clusters.names.get(context.cluster) ?? context.cluster,
        authInfo: users.names.get(context.authInfo) ?? context.authInfo,
      },
    ]),
  );
  const contexts = place(
    "context",
    (each) => each.contexts,
    following,
    (each) => ({ ...each, ...here }),
  );
  if (clashes.length > 0) {
    throw new InvalidConfigurationError(clashes);
  }
  return {
    config: {
      ...config,
      clusters: clusters.entries,
      authInfos: users.entries,
      contexts: contexts.entries,
    },
    entries: [...clusters.imported, ...users.imported, ...contexts.imported],
  };
}

type Located = Cluster | AuthInfo | Context;

interface Placement<E> {
  readonly entries: ReadonlyMap<string, E>;
  /** New names by old ones. */
  readonly names: ReadonlyMap<string, string>;
  readonly imported: readonly ImportedEntry[];
}

function placeEntries<E extends Located>(
  noun: ImportedEntry["noun"],
  known: ReadonlyMap<string, E>,
  resolved: ReadonlyMap<string, E>,
  added: ReadonlyMap<string, E>,
  detach: (entry: E) => E,
  rename: RenameRule,
  clashes: Error[],
): Placement<E> {
  const entries = new Map(known);
  const names = new Map<string, string>();
  const imported: ImportedEntry[] = [];
  for (const [name, entry] of added) {
    const isFree = (wish: string): boolean =>
      !entries.has(wish) || isSameEntry(resolved.get(wish) ?? entries.get(wish), entry);
    const as = rename === undefined || isFree(name) ? name : freeName(name, rename, isFree);
    if (!isFree(as)) {
      const file = entries.get(name)?.locationOfOrigin;
      clashes.push(new Error(`${noun} ${goQuote(name)} is in ${file} already, and is another one`));
      continue;
    }
    const isKnown = entries.has(as);
    if (!isKnown) {
      entries.set(as, detach(entry));
    }
    names.set(name, as);
    imported.push({ noun, name, as, isKnown });
  }
  return { entries, names, imported };
}

function freeName(name: string, rename: (name: string) => string, isFree: (name: string) => boolean): string {
  let wish = rename(name);
  while (!isFree(wish)) {
    wish = rename(wish);
  }
  return wish;
}

/** Compares entries regardless of their origin. */
function isSameEntry(one: Located | undefined, other: Located): boolean {
  return one !== undefined && isDeepStrictEqual(comparableFields(one), comparableFields(other));
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
