import { AuthInfo, AuthProviderConfig } from "../../api/auth-info.ts";
import { Cluster } from "../../api/cluster.ts";
import type { Config, Context, Preferences } from "../../api/config.ts";
import { ExecConfig } from "../../api/exec.ts";
import type { ExecEnvVar } from "../../api/exec.ts";
import type { JsonValue } from "../../api/json-value.ts";
import type { Reader, Source } from "../typed.ts";
import {
  listOf,
  mapOf,
  namedEntries,
  optional,
  readAny,
  readBoolean,
  readBytes,
  readField,
  readObject,
  readString,
} from "../typed.ts";

/**
 * Turns a v1 document into a Config, as client-go's decoding, defaulting and conversion do: field names match to
 * the letter, unknown ones are ignored, null is the zero value.
 *
 * @param locationOfOrigin - set on every cluster, user and context
 * @throws DecodeError for a value of the wrong kind, or a name that stands twice in one list
 */
export function configFromV1(document: Source, locationOfOrigin: string): Config {
  const config = readObject(document);
  return {
    preferences: readField(config, "preferences", readPreferences),
    clusters: readField(
      config,
      "clusters",
      namedEntries(
        { element: "NamedCluster", entry: "*api.Cluster", field: "cluster" },
        readCluster(locationOfOrigin),
      ),
    ),
    authInfos: readField(
      config,
      "users",
      namedEntries(
        { element: "NamedAuthInfo", entry: "*api.AuthInfo", field: "user" },
        readAuthInfo(locationOfOrigin),
      ),
    ),
    contexts: readField(
      config,
      "contexts",
      namedEntries(
        { element: "NamedContext", entry: "*api.Context", field: "context" },
        readContext(locationOfOrigin),
      ),
    ),
    currentContext: readField(config, "current-context", readString),
    extensions: readField(config, "extensions", readExtensions),
  };
}

const readExtensions: Reader<ReadonlyMap<string, JsonValue>> = namedEntries(
  { element: "NamedExtension", entry: "runtime.Object", field: "extension" },
  readAny,
);

const readPreferences: Reader<Preferences> = (value) => {
  const preferences = readObject(value);
  return {
    colors: readField(preferences, "colors", readBoolean),
    extensions: readField(preferences, "extensions", readExtensions),
  };
};

function readCluster(locationOfOrigin: string): Reader<Cluster> {
  return (value) => {
    const cluster = readObject(value);
    return new Cluster({
      locationOfOrigin,
      server: readField(cluster, "server", readString),
      tlsServerName: readField(cluster, "tls-server-name", readString),
      insecureSkipTlsVerify: readField(cluster, "insecure-skip-tls-verify", readBoolean),
      certificateAuthority: readField(cluster, "certificate-authority", readString),
      certificateAuthorityData: readField(cluster, "certificate-authority-data", readBytes),
      proxyUrl: readField(cluster, "proxy-url", readString),
      disableCompression: readField(cluster, "disable-compression", readBoolean),
      extensions: readField(cluster, "extensions", readExtensions),
    });
  };
}

function readAuthInfo(locationOfOrigin: string): Reader<AuthInfo> {
  return (value) => {
    const user = readObject(value);
    return new AuthInfo({
      locationOfOrigin,
      clientCertificate: readField(user, "client-certificate", readString),
      clientCertificateData: readField(user, "client-certificate-data", readBytes),
      clientKey: readField(user, "client-key", readString),
      clientKeyData: readField(user, "client-key-data", readBytes),
      token: readField(user, "token", readString),
      tokenFile: readField(user, "tokenFile", readString),
      impersonate: readField(user, "as", readString),
      impersonateUid: readField(user, "as-uid", readString),
      impersonateGroups: readField(user, "as-groups", listOf(readString)) ?? [],
      impersonateUserExtra: readField(user, "as-user-extra", mapOf(listOf(readString))) ?? new Map(),
      username: readField(user, "username", readString),
      password: readField(user, "password", readString),
      authProvider: readField(user, "auth-provider", optional(readAuthProvider)),
      exec: readField(user, "exec", optional(readExec)),
      extensions: readField(user, "extensions", readExtensions),
    });
  };
}

const readAuthProvider: Reader<AuthProviderConfig> = (value) => {
  const provider = readObject(value);
  return new AuthProviderConfig({
    name: readField(provider, "name", readString),
    config: readField(provider, "config", mapOf(readString)),
  });
};

const readExec: Reader<ExecConfig> = (value) => {
  const exec = readObject(value);
  const apiVersion = readField(exec, "apiVersion", readString);
  return new ExecConfig({
    command: readField(exec, "command", readString),
    args: readField(exec, "args", listOf(readString)),
    env: readField(exec, "env", listOf(readExecEnvVar)),
    apiVersion,
    installHint: readField(exec, "installHint", readString),
    provideClusterInfo: readField(exec, "provideClusterInfo", readBoolean),
    interactiveMode: readField(exec, "interactiveMode", readString) || defaultInteractiveMode(apiVersion),
  });
};

/** client-go's `SetDefaults_ExecConfig`: only the versions before v1 have a default. */
function defaultInteractiveMode(apiVersion: string): string {
  return apiVersion === "client.authentication.k8s.io/v1beta1" ||
    apiVersion === "client.authentication.k8s.io/v1alpha1"
    ? "IfAvailable"
    : "";
}

const readExecEnvVar: Reader<ExecEnvVar> = (value) => {
  const variable = readObject(value);
  return { name: readField(variable, "name", readString), value: readField(variable, "value", readString) };
};

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
