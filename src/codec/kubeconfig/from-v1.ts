import { AuthInfo, AuthProviderConfig } from "../../api/auth-info.ts";
import type { AuthInfoFields, AuthProviderFields } from "../../api/auth-info.ts";
import { Cluster } from "../../api/cluster.ts";
import type { ClusterFields } from "../../api/cluster.ts";
import type { Config, Context, Preferences } from "../../api/config.ts";
import type { ExecConfigFields, ExecEnvVar } from "../../api/exec.ts";
import { ExecConfig } from "../../api/exec.ts";
import { defaultInteractiveMode } from "../../api/exec-versions.ts";
import type { Field, FieldKind, FieldTable, Section } from "../../api/fields.ts";
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
import type { NamedList, Reader, Source } from "../typed.ts";
import {
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
 * @param locationOfOrigin - set on every cluster, user and context
 * @param readData - how certificates and keys are read
 */
export function elementReaders(locationOfOrigin: string, readData: DataReader = readBytes): ElementReaders {
  const readCluster = fieldsReader<ClusterFields>(CLUSTER_FIELDS, readData);
  const readAuthInfo = fieldsReader<AuthInfoFields>(AUTH_INFO_FIELDS, readData);
  const readContext = fieldsReader<Context>(CONTEXT_FIELDS, readData);
  return {
    clusters: namedEntry(CLUSTERS, (value) => new Cluster({ locationOfOrigin, ...readCluster(value) })),
    users: namedEntry(USERS, (value) => new AuthInfo({ locationOfOrigin, ...readAuthInfo(value) })),
    contexts: namedEntry(CONTEXTS, (value) => ({ locationOfOrigin, ...readContext(value) })),
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
 * Turns a v1 document into a Config, as client-go's decoding, defaulting and conversion do: field names match to
 * the letter, unknown ones are ignored, null is the zero value. Elements that {@link elementReaders} have read are taken as
 * they are.
 *
 * @param locationOfOrigin - set on every cluster, user and context
 * @param readData - how certificates and keys are read
 * @throws DecodeError for a value of the wrong kind, or a name that stands twice in one list
 */
export function configFromV1(
  document: Source,
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
  authProvider: optional((value) => new AuthProviderConfig(readAuthProviderFields(value))),
  exec: optional((value) => {
    const exec = readExecFields(value);
    const interactiveMode = exec.interactiveMode || defaultInteractiveMode(exec.apiVersion);
    return new ExecConfig({ ...exec, interactiveMode });
  }),
};

/** A reader of a mapping as the fields of a table. */
function fieldsReader<F>(table: FieldTable<F>, readData?: DataReader): Reader<Omit<F, "locationOfOrigin">> {
  const rows = Object.entries<Field>(table).map(([key, field]) => ({
    key,
    wire: field.wire,
    zero: zeroOf(field),
    read: field.kind === "bytes" && readData !== undefined ? readData : READERS[field.kind],
  }));
  return (value) => {
    const object = readObject(value);
    const fields: Record<string, unknown> = {};
    for (const { key, wire, read, zero } of rows) {
      fields[key] = readField(object, wire, read) ?? zero;
    }
    return fields as Omit<F, "locationOfOrigin">;
  };
}

const readPreferences: Reader<Preferences> = fieldsReader<Preferences>(PREFERENCES_FIELDS);
const readAuthProviderFields = fieldsReader<AuthProviderFields>(AUTH_PROVIDER_FIELDS);
const readExecFields = fieldsReader<ExecConfigFields>(EXEC_FIELDS);
