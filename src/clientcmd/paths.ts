import { entryMap } from "../api/entry-map.ts";
import type { Config } from "../api/config.ts";
import type { Field } from "../api/fields.ts";
import { AUTH_INFO_FIELDS, CLUSTER_FIELDS, STRUCTS } from "../api/fields.ts";
import type { Filepath } from "../go/filepath.ts";

/**
 * Makes every relative path of a config absolute, against the folder of its file: CA, client certificate, client key,
 * tokenFile, and an exec command that contains a separator. Entries without an origin stay. client-go's
 * `ResolveLocalPaths`.
 *
 * @param cwd - the current directory, against which a relative origin is resolved
 */
export function resolveLocalPaths(config: Config, filepath: Filepath, cwd: string): Config {
  const bases = new Map<string, string>();
  const resolve = <T extends Noun & { readonly locationOfOrigin: string }>(
    entries: ReadonlyMap<string, T>,
    fields: Readonly<Record<string, Field>>,
  ): ReadonlyMap<string, T> =>
    entryMap(
      Array.from(entries, ([name, entry]) => {
        const { locationOfOrigin } = entry;
        if (locationOfOrigin === "") {
          return [name, entry];
        }
        const base = bases.get(locationOfOrigin) ?? absoluteDir(locationOfOrigin, filepath, cwd);
        bases.set(locationOfOrigin, base);
        return [name, mapPaths(entry, fields, filepath, (path) => resolvePath(path, base, filepath))];
      }),
    );
  return {
    ...config,
    clusters: resolve(config.clusters, CLUSTER_FIELDS),
    authInfos: resolve(config.authInfos, AUTH_INFO_FIELDS),
  };
}

/** Returns the folder of a file as an absolute path. */
export function absoluteDir(file: string, filepath: Filepath, cwd: string): string {
  const dir = filepath.dir(file);
  return filepath.isAbs(dir) ? dir : filepath.join(cwd, dir);
}

/** Makes a path absolute against `base`; an empty or absolute one stays. client-go's `api.ResolvePath`. */
export function resolvePath(path: string, base: string, filepath: Filepath): string {
  return path === "" || filepath.isAbs(path) ? path : filepath.join(base, path);
}

/** A noun that can be copied with changes. */
export interface Noun {
  with(changes: object): this;
}

/**
 * Returns a noun with other paths: fields that name files, and a plugin's command if it has a separator. Returns the
 * same object if none changes.
 *
 * @param change - receives the path, and whether it is a command
 */
export function mapPaths<T extends Noun>(
  noun: T,
  fields: Readonly<Record<string, Field>>,
  filepath: Filepath,
  change: (path: string, isCommand: boolean, key: string) => string,
): T {
  const changes: Record<string, unknown> = {};
  for (const [key, { names, kind }] of Object.entries(fields)) {
    const value: unknown = Reflect.get(noun, key);
    let changed = value;
    if (typeof value === "string") {
      const isCommand = names === "command" && value.includes(filepath.separator);
      changed = names === "file" || isCommand ? change(value, isCommand, key) : value;
    } else if (kind === "exec" && value !== undefined) {
      changed = mapPaths(value as Noun, STRUCTS.exec, filepath, change);
    }
    if (changed !== value) {
      changes[key] = changed;
    }
  }
  return Object.keys(changes).length === 0 ? noun : noun.with(changes);
}
