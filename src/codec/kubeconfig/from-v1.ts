import { AuthInfo, AuthProviderConfig } from "../../api/auth-info.ts";
import { Cluster } from "../../api/cluster.ts";
import type { Config, Context, Preferences } from "../../api/config.ts";
import { ExecConfig } from "../../api/exec.ts";
import type { ExecEnvVar } from "../../api/exec.ts";
import { emptyMap } from "../../api/empty-map.ts";
import type { JsonValue } from "../../api/json-value.ts";
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
  return {
    clusters: namedEntry(CLUSTERS, readCluster(locationOfOrigin, readData)),
    users: namedEntry(USERS, readAuthInfo(locationOfOrigin, readData)),
    contexts: namedEntry(CONTEXTS, readContext(locationOfOrigin)),
  };
}

const CLUSTERS: NamedList = { element: "NamedCluster", entry: "*api.Cluster", field: "cluster" };
const USERS: NamedList = { element: "NamedAuthInfo", entry: "*api.AuthInfo", field: "user" };
const CONTEXTS: NamedList = { element: "NamedContext", entry: "*api.Context", field: "context" };
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
const readStringMap = mapOf(readString);
const readUserExtra = mapOf(readStrings);

const readExtensions: Reader<ReadonlyMap<string, JsonValue>> = namedEntries(
  EXTENSIONS,
  namedEntry(EXTENSIONS, readAny),
);

const readPreferences: Reader<Preferences> = (value) => {
  const preferences = readObject(value);
  return {
    colors: readField(preferences, "colors", readBoolean),
    extensions: readField(preferences, "extensions", readExtensions),
  };
};

function readCluster(locationOfOrigin: string, readData: DataReader): Reader<Cluster> {
  return (value) => {
    const cluster = readObject(value);
    return new Cluster({
      locationOfOrigin,
      server: readField(cluster, "server", readString),
      tlsServerName: readField(cluster, "tls-server-name", readString),
      insecureSkipTlsVerify: readField(cluster, "insecure-skip-tls-verify", readBoolean),
      certificateAuthority: readField(cluster, "certificate-authority", readString),
      certificateAuthorityData: readField(cluster, "certificate-authority-data", readData),
      proxyUrl: readField(cluster, "proxy-url", readString),
      disableCompression: readField(cluster, "disable-compression", readBoolean),
      extensions: readField(cluster, "extensions", readExtensions),
    });
  };
}

function readAuthInfo(locationOfOrigin: string, readData: DataReader): Reader<AuthInfo> {
  return (value) => {
    const user = readObject(value);
    return new AuthInfo({
      locationOfOrigin,
      clientCertificate: readField(user, "client-certificate", readString),
      clientCertificateData: readField(user, "client-certificate-data", readData),
      clientKey: readField(user, "client-key", readString),
      clientKeyData: readField(user, "client-key-data", readData),
      token: readField(user, "token", readString),
      tokenFile: readField(user, "tokenFile", readString),
      impersonate: readField(user, "as", readString),
      impersonateUid: readField(user, "as-uid", readString),
      impersonateGroups: readField(user, "as-groups", readStrings) ?? [],
      impersonateUserExtra: readField(user, "as-user-extra", readUserExtra) ?? emptyMap(),
      username: readField(user, "username", readString),
      password: readField(user, "password", readString),
      authProvider: readField(user, "auth-provider", readAuthProvider),
      exec: readField(user, "exec", readExec),
      extensions: readField(user, "extensions", readExtensions),
    });
  };
}

const readAuthProvider: Reader<AuthProviderConfig | undefined> = optional((value) => {
  const provider = readObject(value);
  return new AuthProviderConfig({
    name: readField(provider, "name", readString),
    config: readField(provider, "config", readStringMap),
  });
});

const readExecEnv = listOf((value): ExecEnvVar => {
  const variable = readObject(value);
  return { name: readField(variable, "name", readString), value: readField(variable, "value", readString) };
});

const readExec: Reader<ExecConfig | undefined> = optional((value) => {
  const exec = readObject(value);
  const apiVersion = readField(exec, "apiVersion", readString);
  return new ExecConfig({
    command: readField(exec, "command", readString),
    args: readField(exec, "args", readStrings),
    env: readField(exec, "env", readExecEnv),
    apiVersion,
    installHint: readField(exec, "installHint", readString),
    provideClusterInfo: readField(exec, "provideClusterInfo", readBoolean),
    interactiveMode: readField(exec, "interactiveMode", readString) || defaultInteractiveMode(apiVersion),
  });
});

/** client-go's `SetDefaults_ExecConfig`: only the versions before v1 have a default. */
function defaultInteractiveMode(apiVersion: string): string {
  return apiVersion === "client.authentication.k8s.io/v1beta1" ||
    apiVersion === "client.authentication.k8s.io/v1alpha1"
    ? "IfAvailable"
    : "";
}

function readContext(locationOfOrigin: string): Reader<Context> {
  return (value) => {
    const context = readObject(value);
    return {
      locationOfOrigin,
      cluster: readField(context, "cluster", readString),
      authInfo: readField(context, "user", readString),
      namespace: readField(context, "namespace", readString),
      extensions: readField(context, "extensions", readExtensions),
    };
  };
}
