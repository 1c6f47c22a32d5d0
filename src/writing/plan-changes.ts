import { isDeepStrictEqual } from "node:util";
import type { Config } from "../api/config.ts";
import { AUTH_INFO_FIELDS, CLUSTER_FIELDS } from "../api/fields.ts";
import type { Filepath } from "../go/filepath.ts";
import { absoluteDir } from "../clientcmd/paths.ts";
import { relativizePaths as relativize } from "../clientcmd/relativize.ts";
import type { ConfigAccess } from "../loading/config-access.ts";
import type { ConfigFiles } from "./config-files.ts";

/** How to write paths. */
export interface PathRules {
  readonly relativizePaths: boolean;
  readonly filepath: Filepath;
  /** The current directory. */
  readonly cwd: string;
}

/** A change to be planned. */
export interface Plan {
  readonly files: ConfigFiles;
  readonly access: ConfigAccess;
  /** The merged config as it is. */
  readonly starting: Config;
  /** The merged config as it is to become. */
  readonly next: Config;
}

/**
 * Distributes the differences of two merged configs over their files, as client-go's `ModifyConfig` does: a changed
 * entry goes to its file, a new one to the default file, a deleted one is removed from its file; `current-context` goes
 * to the default file, or is removed from the first file that sets it; preferences go to the first file where they
 * differ; each goes to the explicit file if there is one.
 *
 * Extensions, which client-go never writes, follow the rule of the entries.
 */
export function planChanges(plan: Plan, { relativizePaths, filepath, cwd }: PathRules): void {
  const { files, access, starting, next } = plan;
  if (starting.currentContext !== next.currentContext) {
    planCurrentContext(files, access, next.currentContext);
  }
  if (!isDeepStrictEqual(starting.preferences, next.preferences)) {
    planPreferences(files, access, next.preferences);
  }
  const baseOf = (file: string): string => absoluteDir(file, filepath, cwd);
  planEntries(
    plan,
    "clusters",
    (config) => config.clusters,
    (cluster, file, before) => {
      const moved = cluster.with({ locationOfOrigin: file });
      return relativizePaths ? relativize(moved, before, CLUSTER_FIELDS, baseOf(file), filepath) : moved;
    },
  );
  planEntries(
    plan,
    "contexts",
    (config) => config.contexts,
    (context, file) => ({ ...context, locationOfOrigin: file }),
  );
  planEntries(
    plan,
    "authInfos",
    (config) => config.authInfos,
    (user, file, before) => {
      const moved = user.with({ locationOfOrigin: file });
      return relativizePaths ? relativize(moved, before, AUTH_INFO_FIELDS, baseOf(file), filepath) : moved;
    },
  );
  planExtensions(plan);
}

function planCurrentContext(files: ConfigFiles, access: ConfigAccess, currentContext: string): void {
  const file =
    currentContext === "" && access.explicitFile === ""
      ? access.loadingPrecedence.find((each) => each !== "" && files.get(each).currentContext !== "")
      : access.defaultFilename;
  if (file === undefined) {
    throw new Error("no config found to write context");
  }
  files.update(file, () => ({ currentContext }));
}

function planPreferences(files: ConfigFiles, access: ConfigAccess, preferences: Config["preferences"]): void {
  const file =
    access.explicitFile ||
    access.loadingPrecedence.find(
      (each) => each !== "" && !isDeepStrictEqual(files.get(each).preferences, preferences),
    );
  if (file === undefined) {
    throw new Error("no config found to write preferences");
  }
  files.update(file, () => ({ preferences }));
}

interface Located {
  readonly locationOfOrigin: string;
}

function planEntries<E extends Located>(
  { files, access, starting, next }: Plan,
  section: "clusters" | "contexts" | "authInfos",
  entriesOf: (config: Config) => ReadonlyMap<string, E>,
  prepare: (entry: E, file: string, before: E | undefined) => E,
): void {
  // A file's entries are copied once, however many of them change.
  const copies = new Map<string, Map<string, E>>();
  const copyOf = (file: string): Map<string, E> => {
    const copy = copies.get(file) ?? new Map(entriesOf(files.get(file)));
    copies.set(file, copy);
    return copy;
  };
  const { defaultFilename } = access;
  for (const [name, entry] of entriesOf(next)) {
    const before = entriesOf(starting).get(name);
    if (before === undefined || !isDeepStrictEqual(entry, before)) {
      const file = entry.locationOfOrigin || defaultFilename;
      copyOf(file).set(name, prepare(entry, file, before));
    }
  }
  for (const [name, entry] of entriesOf(starting)) {
    if (!entriesOf(next).has(name)) {
      copyOf(entry.locationOfOrigin || defaultFilename).delete(name);
    }
  }
  for (const [file, entries] of copies) {
    files.update(file, () => ({ [section]: entries }));
  }
}

function planExtensions({ files, access, starting, next }: Plan): void {
  const names = new Set([...starting.extensions.keys(), ...next.extensions.keys()]);
  for (const name of names) {
    const [before, after] = [starting.extensions.get(name), next.extensions.get(name)];
    if (!isDeepStrictEqual(before, after)) {
      const origin = access.loadingPrecedence.find(
        (file) => file !== "" && files.get(file).extensions.has(name),
      );
      files.update(origin ?? access.defaultFilename, (config) => {
        const extensions = new Map(config.extensions);
        if (after === undefined) {
          extensions.delete(name);
        } else {
          extensions.set(name, after);
        }
        return { extensions };
      });
    }
  }
}
