import { CONTEXT_FIELDS, PREFERENCES_FIELDS } from "./fields.ts";
import { asEntryMap, asExtensionMap, entryMap, extensionMap } from "./entry-map.ts";
import type { Optional } from "./optional.ts";
import { withDefaults } from "./optional.ts";
import { entryMakerOf, makerOf } from "./struct.ts";
import type { AuthInfo } from "./auth-info.ts";
import type { Cluster } from "./cluster.ts";
import type { JsonValue } from "./json-value.ts";

/**
 * A kubeconfig: client-go's internal `clientcmd/api.Config`, in which named entries are maps.
 *
 * An empty string, `false`, an empty list and `undefined` all mean "not set", as the zero values do in Go.
 *
 * `JSON.stringify` and `util.inspect` show one without its secrets. `{ ...config, currentContext }` makes a copy with a change,
 * and `newConfig({ ...config, clusters })` one whose new maps are shown, too.
 */
export interface Config {
  /** Settings that nothing reads any more. */
  readonly preferences: Preferences;
  /** How to reach servers, by name. */
  readonly clusters: ReadonlyMap<string, Cluster>;
  /** Users: how a client identifies itself, by name; `users` in the file. */
  readonly authInfos: ReadonlyMap<string, AuthInfo>;
  /** Clusters and users that go together, by name. */
  readonly contexts: ReadonlyMap<string, Context>;
  /** The name of the context to use by default. */
  readonly currentContext: string;
  /** Data of other tools, by name. */
  readonly extensions: ReadonlyMap<string, JsonValue>;
}

/** Deprecated since Kubernetes 1.34 and used by nothing, but kept and merged as kubectl does. */
export interface Preferences {
  /** Was meant for coloured output. */
  readonly colors: boolean;
  /** Data of other tools, by name. */
  readonly extensions: ReadonlyMap<string, JsonValue>;
}

/** Names a cluster, a user and a namespace that are used together. */
export interface Context {
  /** The file that this entry was read from; `""` for one that was made in memory. Never written. */
  readonly locationOfOrigin: string;
  /** The name of a cluster. */
  readonly cluster: string;
  /** The name of a user. */
  readonly authInfo: string;
  /** The namespace of requests that name none; `""` for `default`. */
  readonly namespace: string;
  /** Data of other tools, by name. */
  readonly extensions: ReadonlyMap<string, JsonValue>;
}

/**
 * Returns an empty config, or one with the given fields.
 *
 * @throws TypeError for fields that a config does not have
 */
export function newConfig(fields: Optional<Config> = {}): Config {
  const empty: Config = {
    preferences: newPreferences(),
    clusters: entryMap(),
    authInfos: entryMap(),
    contexts: entryMap(),
    currentContext: "",
    extensions: extensionMap(),
  };
  const { preferences, clusters, authInfos, contexts, currentContext, extensions } = withDefaults(
    "newConfig",
    empty,
    fields,
  );
  return {
    preferences,
    clusters: asEntryMap(clusters),
    authInfos: asEntryMap(authInfos),
    contexts: asEntryMap(contexts),
    currentContext,
    extensions: asExtensionMap(extensions),
  };
}

/** Makes preferences that set nothing, or the given fields. */
export const newPreferences: (fields?: Optional<Preferences>) => Preferences = makerOf(
  "newPreferences",
  PREFERENCES_FIELDS,
);

const fillContext = entryMakerOf<Context>("newContext", CONTEXT_FIELDS);

/**
 * Returns an empty context, or one with the given fields.
 *
 * @throws TypeError for fields that a context does not have
 */
export function newContext(fields: Optional<Context> = {}): Context {
  return fillContext(fields);
}
