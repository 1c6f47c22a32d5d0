import type { AuthInfoFields, AuthProviderConfig, AuthProviderFields } from "./auth-info.ts";
import type { ClusterFields } from "./cluster.ts";
import type { Context, Preferences } from "./config.ts";
import type { ExecConfig, ExecConfigFields, ExecEnvVar } from "./exec.ts";
import type { JsonValue } from "./json-value.ts";

/**
 * The fields of a kubeconfig, each once. Reading, writing, hiding, checking, setting and explaining a field, making its
 * path relative, completing it and the JSON Schema all follow from its row: a field without one does not compile.
 */
export interface Field<Kind extends FieldKind = FieldKind> {
  /** Its name in a file. */
  readonly wire: string;
  /** The Go type it has. */
  readonly kind: Kind;
  /** Written even where it is not set: a field without Go's `omitempty`. A list or map of such a field may be nil. */
  readonly always?: true;
  /** How its value may be shown. Default: bytes are `omitted`, everything else is `shown`. */
  readonly visibility?: Visibility;
  /** Its name in a property path of `set` and `unset`, where it differs from the one in a file. */
  readonly property?: string;
  /** What it names: a file, or an entry. A `command` is a path only if it has a separator. */
  readonly names?: "file" | "command" | "cluster" | "user" | "namespace";
  /** The flag that takes precedence over it. */
  readonly flag?: string;
  /** Flags that empty it. */
  readonly clearedBy?: readonly string[];
  /** What it is for, in one line. Markdown. */
  readonly doc: string;
}

/** How a value may be shown: whole, but for a user and password in a URL, as `DATA+OMITTED`, or not at all. */
export type Visibility = "shown" | "url" | "omitted" | "secret";

/** The type of a field. */
export type FieldKind =
  | "string"
  | "boolean"
  | "bytes"
  | "strings"
  /** A map from strings to strings. */
  | "stringMap"
  /** A map from strings to lists of strings. */
  | "stringLists"
  /** A list of variables with name and value. */
  | "environment"
  /** A list of named values of other programs. */
  | "extensions"
  | "authProvider"
  | "exec";

type KindOf<V> = V extends string
  ? "string"
  : V extends boolean
    ? "boolean"
    : V extends Uint8Array | undefined
      ? "bytes"
      : V extends readonly string[] | undefined
        ? "strings"
        : V extends readonly ExecEnvVar[] | undefined
          ? "environment"
          : V extends ReadonlyMap<string, string> | undefined
            ? "stringMap"
            : V extends ReadonlyMap<string, readonly string[] | undefined>
              ? "stringLists"
              : V extends AuthProviderConfig | undefined
                ? "authProvider"
                : V extends ExecConfig | undefined
                  ? "exec"
                  : V extends ReadonlyMap<string, JsonValue>
                    ? "extensions"
                    : never;

/** A row for each field of a noun, in the order of client-go's v1 type. Where an entry came from is never written. */
export type FieldTable<F> = {
  readonly [K in Exclude<keyof F, "locationOfOrigin">]-?: Field<KindOf<F[K]>>;
};

const EXTENSIONS = {
  wire: "extensions",
  kind: "extensions",
  doc: "Data of other tools, by name. Clients keep it when they write the file.",
} as const satisfies Field;

const TLS_FLAGS = ["--certificate-authority", "--insecure-skip-tls-verify"] as const;

export const CLUSTER_FIELDS = {
  server: {
    wire: "server",
    kind: "string",
    always: true,
    visibility: "url",
    flag: "--server",
    doc: "The address of the API servers: https://HOST:PORT, with a path if there is one. Without a scheme it is HTTPS if there is a certificate authority, a client certificate or `insecure-skip-tls-verify`, else HTTP.",
  },
  tlsServerName: {
    wire: "tls-server-name",
    kind: "string",
    flag: "--tls-server-name",
    clearedBy: ["--server"],
    doc: "The name that the server's certificate must have, and that is sent for SNI. Left out: the host of `server`.",
  },
  insecureSkipTlsVerify: {
    wire: "insecure-skip-tls-verify",
    kind: "boolean",
    flag: "--insecure-skip-tls-verify",
    clearedBy: TLS_FLAGS,
    doc: "Accept any certificate. Anyone on the network path can then read and change everything, credentials included. Not together with a certificate authority.",
  },
  certificateAuthority: {
    wire: "certificate-authority",
    kind: "string",
    names: "file",
    flag: "--certificate-authority",
    clearedBy: TLS_FLAGS,
    doc: "Path of a PEM file with the certificate authorities of the server; a relative one counts from the folder of the kubeconfig. Left out, with the data left out too: the system's authorities.",
  },
  certificateAuthorityData: {
    wire: "certificate-authority-data",
    kind: "bytes",
    clearedBy: TLS_FLAGS,
    doc: "PEM certificate authorities of the server, in base64. Not together with `certificate-authority`.",
  },
  proxyUrl: {
    wire: "proxy-url",
    kind: "string",
    visibility: "url",
    doc: "The proxy for all requests, with the scheme http, https or socks5. Left out: HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment.",
  },
  disableCompression: {
    wire: "disable-compression",
    kind: "boolean",
    flag: "--disable-compression",
    doc: "Do not ask for compressed responses, which saves time on fast networks.",
  },
  extensions: EXTENSIONS,
} as const satisfies FieldTable<ClusterFields>;

export const AUTH_INFO_FIELDS = {
  clientCertificate: {
    wire: "client-certificate",
    kind: "string",
    names: "file",
    flag: "--client-certificate",
    doc: "Path of a PEM file with a client certificate and its intermediate certificates; a relative one counts from the folder of the kubeconfig. It needs a key.",
  },
  clientCertificateData: {
    wire: "client-certificate-data",
    kind: "bytes",
    clearedBy: ["--client-certificate"],
    doc: "A PEM client certificate and its intermediate certificates, in base64. Not together with `client-certificate`.",
  },
  clientKey: {
    wire: "client-key",
    kind: "string",
    names: "file",
    flag: "--client-key",
    doc: "Path of a PEM file with the key of the client certificate; a relative one counts from the folder of the kubeconfig.",
  },
  clientKeyData: {
    wire: "client-key-data",
    kind: "bytes",
    visibility: "secret",
    clearedBy: ["--client-key"],
    doc: "The PEM key of the client certificate, in base64. Secret. Not together with `client-key`.",
  },
  token: {
    wire: "token",
    kind: "string",
    visibility: "secret",
    flag: "--token",
    doc: "A bearer token. Secret. If there is a `tokenFile` too, the file takes precedence as long as it can be read.",
  },
  tokenFile: {
    wire: "tokenFile",
    kind: "string",
    names: "file",
    doc: "Path of a file with a bearer token, which is read again from time to time; a relative one counts from the folder of the kubeconfig.",
  },
  impersonate: {
    wire: "as",
    kind: "string",
    property: "act-as",
    flag: "--as",
    doc: "The user to act as. The server must allow it.",
  },
  impersonateUid: {
    wire: "as-uid",
    kind: "string",
    property: "act-as-uid",
    flag: "--as-uid",
    doc: "The uid to act as. It needs `as`.",
  },
  impersonateGroups: {
    wire: "as-groups",
    kind: "strings",
    property: "act-as-groups",
    flag: "--as-group",
    doc: "The groups to act as. They need `as`.",
  },
  impersonateUserExtra: {
    wire: "as-user-extra",
    kind: "stringLists",
    visibility: "secret",
    property: "act-as-user-extra",
    flag: "--as-user-extra",
    doc: "Further attributes of the user to act as, each with its values. They need `as`.",
  },
  username: {
    wire: "username",
    kind: "string",
    flag: "--username",
    doc: "The name for basic authentication, which API servers have not had since Kubernetes 1.19. A proxy in front of one may.",
  },
  password: {
    wire: "password",
    kind: "string",
    visibility: "secret",
    flag: "--password",
    doc: "The password for basic authentication. Secret.",
  },
  authProvider: {
    wire: "auth-provider",
    kind: "authProvider",
    doc: "Authentication that is built into clients. All but `oidc` were removed in Kubernetes 1.26: use `exec`.",
  },
  exec: {
    wire: "exec",
    kind: "exec",
    doc: "A credential plugin: a command that prints a token or a client certificate as an ExecCredential.",
  },
  extensions: EXTENSIONS,
} as const satisfies FieldTable<AuthInfoFields>;

export const CONTEXT_FIELDS = {
  cluster: {
    wire: "cluster",
    kind: "string",
    always: true,
    names: "cluster",
    flag: "--cluster",
    doc: "The name of the cluster.",
  },
  authInfo: {
    wire: "user",
    kind: "string",
    always: true,
    names: "user",
    flag: "--user",
    doc: "The name of the user.",
  },
  namespace: {
    wire: "namespace",
    kind: "string",
    names: "namespace",
    flag: "--namespace",
    doc: "The namespace of requests that name none. Left out: `default`.",
  },
  extensions: EXTENSIONS,
} as const satisfies FieldTable<Context>;

export const EXEC_FIELDS = {
  command: {
    wire: "command",
    kind: "string",
    always: true,
    names: "command",
    doc: "The executable: a path, or a name that is looked up in PATH. A relative path with a slash counts from the folder of the kubeconfig.",
  },
  args: {
    wire: "args",
    kind: "strings",
    always: true,
    visibility: "secret",
    doc: "The arguments, each by itself: no shell splits or expands them.",
  },
  env: {
    wire: "env",
    kind: "environment",
    always: true,
    visibility: "secret",
    doc: "Variables added to the client's environment for the plugin.",
  },
  apiVersion: {
    wire: "apiVersion",
    kind: "string",
    doc: "The version of ExecCredential that the plugin is asked in and must answer in. v1alpha1 was removed in Kubernetes 1.24.",
  },
  installHint: {
    wire: "installHint",
    kind: "string",
    doc: "Shown when the executable is not found: how to get it.",
  },
  provideClusterInfo: {
    wire: "provideClusterInfo",
    kind: "boolean",
    always: true,
    doc: "Pass the cluster to the plugin in KUBERNETES_EXEC_INFO: the server, its certificate authorities, its extension `client.authentication.k8s.io/exec`.",
  },
  interactiveMode: {
    wire: "interactiveMode",
    kind: "string",
    doc: "Whether the plugin may ask the user on standard input. Required with v1; with v1beta1 the default is IfAvailable.",
  },
} as const satisfies FieldTable<ExecConfigFields>;

export const AUTH_PROVIDER_FIELDS = {
  name: { wire: "name", kind: "string", always: true, doc: "Which one. `gcp` and `azure` no longer exist." },
  config: {
    wire: "config",
    kind: "stringMap",
    always: true,
    visibility: "secret",
    doc: "Its settings, secrets and tokens included.",
  },
} as const satisfies FieldTable<AuthProviderFields>;

export const PREFERENCES_FIELDS = {
  colors: { wire: "colors", kind: "boolean", doc: "Was meant for coloured output." },
  extensions: EXTENSIONS,
} as const satisfies FieldTable<Preferences>;

/** The lists of named entries, by their names in a file. */
export type EntrySection = "clusters" | "users" | "contexts";

/** Describes a list of named entries. */
export interface Section {
  /** Its name in a Config. */
  readonly property: "clusters" | "authInfos" | "contexts";
  /** The field of an element that holds its entry; also the noun for one. */
  readonly entry: "cluster" | "user" | "context";
  /** The Go types of an element and of its entry, which client-go's errors name. */
  readonly goTypes: readonly [element: string, entry: string];
  readonly fields: Readonly<Record<string, Field>>;
}

export const SECTIONS = {
  clusters: {
    property: "clusters",
    entry: "cluster",
    goTypes: ["NamedCluster", "*api.Cluster"],
    fields: CLUSTER_FIELDS,
  },
  users: {
    property: "authInfos",
    entry: "user",
    goTypes: ["NamedAuthInfo", "*api.AuthInfo"],
    fields: AUTH_INFO_FIELDS,
  },
  contexts: {
    property: "contexts",
    entry: "context",
    goTypes: ["NamedContext", "*api.Context"],
    fields: CONTEXT_FIELDS,
  },
} as const satisfies Record<EntrySection, Section>;

/** The fields of the structures that are the value of a field. */
export const STRUCTS = { authProvider: AUTH_PROVIDER_FIELDS, exec: EXEC_FIELDS } as const;

/** Returns how the value of a field may be shown. */
export function visibilityOf({ visibility, kind }: Field): Visibility {
  return visibility ?? (kind === "bytes" ? "omitted" : "shown");
}
