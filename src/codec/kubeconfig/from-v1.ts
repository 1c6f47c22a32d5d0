import { AuthInfo, AuthProviderConfig } from "../../api/auth-info.ts";
import { Cluster } from "../../api/cluster.ts";
import type { Config, Context } from "../../api/config.ts";
import { newContext, newPreferences } from "../../api/config.ts";
import type { ExecEnvVar } from "../../api/exec.ts";
import { ExecConfig } from "../../api/exec.ts";
import { defaultInteractiveMode } from "../../api/exec-versions.ts";
import type { Field, FieldKind, Section } from "../../api/fields.ts";
import {
  AUTH_INFO_FIELDS,
  AUTH_PROVIDER_FIELDS,
  CLUSTER_FIELDS,
  CONTEXT_FIELDS,
  EXEC_FIELDS,
  PREFERENCES_FIELDS,
  SECTIONS,
} from "../../api/fields.ts";
import type { JsonValue } from "../../api/json-value.ts";
import { zeroOf } from "../../api/struct.ts";
import type { NamedEntry } from "../named-entry.ts";
import type { NamedList, Reader, DecodedValue } from "../typed.ts";
import {
  forEachField,
  listOf,
  mapOf,
  namedEntries,
  namedEntry,
  optional,
  readAny,
  readBoolean,
  readBytes,
  readField,
  readObject,
  readString,
} from "../typed.ts";

/** A reader of certificates and keys. */
export type DataReader = Reader<Uint8Array | undefined>;

/** Readers of the elements of each list of entries. */
export interface ElementReaders {
  readonly clusters: Reader<NamedEntry<Cluster>>;
  readonly users: Reader<NamedEntry<AuthInfo>>;
  readonly contexts: Reader<NamedEntry<Context>>;
}

/**
 * Makes the readers of the elements.
 *
 * @param locationOfOrigin - set on every cluster, user and context
 * @param readData - reads certificates and keys
 */
export function elementReaders(locationOfOrigin: string, readData: DataReader = readBytes): ElementReaders {
  const cluster = new Cluster({ locationOfOrigin });
  const authInfo = new AuthInfo({ locationOfOrigin });
  const context = newContext({ locationOfOrigin });
  return {
    clusters: namedEntry(CLUSTERS, nounReader(CLUSTER_FIELDS, cluster, readData)),
    users: namedEntry(USERS, nounReader(AUTH_INFO_FIELDS, authInfo, readData)),
    contexts: namedEntry(CONTEXTS, nounReader(CONTEXT_FIELDS, context)),
  };
}

function namedList({ goTypes: [element, entry], entry: field }: Section): NamedList {
  return { element, entry, field };
}

const CLUSTERS = namedList(SECTIONS.clusters);
const USERS = namedList(SECTIONS.users);
const CONTEXTS = namedList(SECTIONS.contexts);
const EXTENSIONS: NamedList = { element: "NamedExtension", entry: "runtime.Object", field: "extension" };

/**
 * Converts a v1 document into a Config, as client-go's decoding, defaulting and conversion do: field names must match
 * exactly, unknown ones are ignored, null is the zero value. Elements that {@link elementReaders} have read are taken
 * as they are.
 *
 * @param locationOfOrigin - set on every cluster, user and context
 * @param readData - reads certificates and keys
 * @throws DecodeError for a value of the wrong kind, or a name that is twice in one list
 */
export function configFromV1(
  document: DecodedValue,
  locationOfOrigin: string,
  readData: DataReader = readBytes,
): Config {
  const config = readObject(document);
  const readers = elementReaders(locationOfOrigin, readData);
  return {
    preferences: readField(config, "preferences", readPreferences),
    clusters: readField(config, "clusters", namedEntries(CLUSTERS, readers.clusters)),
    authInfos: readField(config, "users", namedEntries(USERS, readers.users)),
    contexts: readField(config, "contexts", namedEntries(CONTEXTS, readers.contexts)),
    currentContext: readField(config, "current-context", readString),
    extensions: readField(config, "extensions", readExtensions),
  };
}

const readStrings = listOf(readString);

const readExtensions: Reader<ReadonlyMap<string, JsonValue>> = namedEntries(
  EXTENSIONS,
  namedEntry(EXTENSIONS, readAny),
);

const readEnvironment = listOf((value): ExecEnvVar => {
  const variable = readObject(value);
  return { name: readField(variable, "name", readString), value: readField(variable, "value", readString) };
});

/** The reader of each kind of field. */
const READERS: Readonly<Record<FieldKind, Reader<unknown>>> = {
  string: readString,
  boolean: readBoolean,
  bytes: readBytes,
  strings: readStrings,
  stringMap: mapOf(readString),
  stringLists: mapOf(readStrings),
  environment: readEnvironment,
  extensions: readExtensions,
  authProvider: optional((value) => readAuthProvider(value)),
  exec: optional((value) => {
    const exec = readExec(value);
    const interactiveMode = exec.interactiveMode || defaultInteractiveMode(exec.apiVersion);
    return interactiveMode === exec.interactiveMode ? exec : exec.with({ interactiveMode });
  }),
};

/**
 * Returns a reader of a mapping as a noun with the fields of a table.
 *
 * @param empty - the noun without any field set
 */
function nounReader<F extends object>(
  table: Readonly<Record<string, Field>>,
  empty: F,
  readData: DataReader = readBytes,
): Reader<F> {
  const rows = new Map(
    Object.entries(table).map(([key, field]) => {
      const read = field.kind === "bytes" ? readData : READERS[field.kind];
      return [field.wire, { key, read, zero: zeroOf(field) }];
    }),
  );
  const prototype = Object.getPrototypeOf(empty) as object;
  return (value) => {
    // A copy that changes some fields: building each noun field by field would take most of the time.
    const noun = { ...empty } as Record<string, unknown>;
    forEachField(readObject(value), (wire, field) => {
      const row = rows.get(wire);
      if (row !== undefined) {
        noun[row.key] = row.read(field) ?? row.zero;
      }
    });
    return Object.setPrototypeOf(noun, prototype) as F;
  };
}

const readPreferences = nounReader(PREFERENCES_FIELDS, newPreferences());
const readAuthProvider = nounReader(AUTH_PROVIDER_FIELDS, new AuthProviderConfig());
const readExec = nounReader(EXEC_FIELDS, new ExecConfig());
