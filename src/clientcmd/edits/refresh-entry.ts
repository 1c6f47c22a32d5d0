import type { AuthInfo } from "../../api/auth-info.ts";
import type { Cluster } from "../../api/cluster.ts";
import type { Context } from "../../api/config.ts";
import type { Field } from "../../api/fields.ts";
import { AUTH_INFO_FIELDS, CLUSTER_FIELDS } from "../../api/fields.ts";
import type { JsonValue } from "../../api/json-value.ts";
import type { Filepath } from "../../go/filepath.ts";
import type { Noun } from "../paths.ts";
import { mapPaths } from "../paths.ts";

/** An existing entry. */
export interface ExistingEntry<E> {
  /** With paths as they are written. */
  readonly written: E;
  /** With absolute paths. */
  readonly resolved: E;
}

/** An entry that replaces another, and what it keeps of that. */
export interface RefreshedEntry<E> {
  readonly entry: E;
  /** The names of the fields that stay, as in the file. */
  readonly kept: readonly string[];
}

/** Replaces a cluster. Its proxy stays if the new one has none, and so do the extensions that the new one lacks. */
export function refreshCluster(
  { written, resolved }: ExistingEntry<Cluster>,
  added: Cluster,
  filepath: Filepath,
): RefreshedEntry<Cluster> {
  const keepsProxy = written.proxyUrl !== "" && added.proxyUrl === "";
  const { locationOfOrigin } = written;
  const entry = withWrittenPaths(written, resolved, added, CLUSTER_FIELDS, filepath).with({
    locationOfOrigin,
    ...(keepsProxy && { proxyUrl: written.proxyUrl }),
    extensions: joinExtensions(written, added),
  });
  return { entry, kept: keptFields([["proxy-url", keepsProxy]], written, added) };
}

/** Replaces a user. The extensions that the new one lacks stay. */
export function refreshUser(
  { written, resolved }: ExistingEntry<AuthInfo>,
  added: AuthInfo,
  filepath: Filepath,
): RefreshedEntry<AuthInfo> {
  const { locationOfOrigin } = written;
  const entry = withWrittenPaths(written, resolved, added, AUTH_INFO_FIELDS, filepath).with({
    locationOfOrigin,
    extensions: joinExtensions(written, added),
  });
  return { entry, kept: keptFields([], written, added) };
}

/** Replaces a context. Its namespace stays, and so do the extensions that the new one lacks. */
export function refreshContext({ written }: ExistingEntry<Context>, added: Context): RefreshedEntry<Context> {
  const namespace = written.namespace || added.namespace;
  const { locationOfOrigin } = written;
  const extensions = joinExtensions(written, added);
  return {
    entry: { ...added, locationOfOrigin, namespace, extensions },
    kept: keptFields([["namespace", namespace !== added.namespace]], written, added),
  };
}

interface Extended {
  readonly extensions: ReadonlyMap<string, JsonValue>;
}

function joinExtensions(written: Extended, added: Extended): ReadonlyMap<string, JsonValue> {
  return new Map([...written.extensions, ...added.extensions]);
}

function keptFields(
  fields: readonly (readonly [name: string, isKept: boolean])[],
  written: Extended,
  added: Extended,
): readonly string[] {
  const keepsExtensions = [...written.extensions.keys()].some((name) => !added.extensions.has(name));
  return [...fields, ["extensions", keepsExtensions] as const]
    .filter(([, isKept]) => isKept)
    .map(([name]) => name);
}

/** Returns the new entry with those paths that lead to the same files as before written as before. */
function withWrittenPaths<E extends Noun>(
  written: E,
  resolved: E,
  added: E,
  fields: Readonly<Record<string, Field>>,
  filepath: Filepath,
): E {
  const before = pathsOf(written, fields, filepath);
  const places = pathsOf(resolved, fields, filepath);
  return mapPaths(added, fields, filepath, (path, _isCommand, key) =>
    places.get(key) === path ? (before.get(key) ?? path) : path,
  );
}

function pathsOf(
  entry: Noun,
  fields: Readonly<Record<string, Field>>,
  filepath: Filepath,
): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  mapPaths(entry, fields, filepath, (path, _isCommand, key) => {
    paths.set(key, path);
    return path;
  });
  return paths;
}
