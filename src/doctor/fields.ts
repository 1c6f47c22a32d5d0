/** What may stand at a place of a kubeconfig. */
export type Shape =
  | "text"
  | "flag"
  | "bytes"
  /** Anything: what other programs keep. */
  | "free"
  | StructShape
  | { readonly kind: "list"; readonly items: Shape }
  | { readonly kind: "map"; readonly values: Shape };

/** A mapping with fields of its own. */
export interface StructShape {
  readonly kind: "struct";
  readonly fields: ReadonlyMap<string, Shape>;
}

function struct(fields: Readonly<Record<string, Shape>>): StructShape {
  return { kind: "struct", fields: new Map(Object.entries(fields)) };
}

function list(items: Shape): Shape {
  return { kind: "list", items };
}

function map(values: Shape): Shape {
  return { kind: "map", values };
}

function named(field: string, entry: Shape): Shape {
  return list(struct({ name: "text", [field]: entry }));
}

const EXTENSIONS = named("extension", "free");

const CLUSTER = struct({
  server: "text",
  "tls-server-name": "text",
  "insecure-skip-tls-verify": "flag",
  "certificate-authority": "text",
  "certificate-authority-data": "bytes",
  "proxy-url": "text",
  "disable-compression": "flag",
  extensions: EXTENSIONS,
});

const EXEC = struct({
  command: "text",
  args: list("text"),
  env: list(struct({ name: "text", value: "text" })),
  apiVersion: "text",
  installHint: "text",
  provideClusterInfo: "flag",
  interactiveMode: "text",
});

const USER = struct({
  "client-certificate": "text",
  "client-certificate-data": "bytes",
  "client-key": "text",
  "client-key-data": "bytes",
  token: "text",
  tokenFile: "text",
  as: "text",
  "as-uid": "text",
  "as-groups": list("text"),
  "as-user-extra": map(list("text")),
  username: "text",
  password: "text",
  "auth-provider": struct({ name: "text", config: map("text") }),
  exec: EXEC,
  extensions: EXTENSIONS,
});

const CONTEXT = struct({ cluster: "text", user: "text", namespace: "text", extensions: EXTENSIONS });

/** A kubeconfig as client-go's `clientcmd/api/v1.Config` has it. */
export const KUBECONFIG: StructShape = struct({
  apiVersion: "text",
  kind: "text",
  preferences: struct({ colors: "flag", extensions: EXTENSIONS }),
  clusters: named("cluster", CLUSTER),
  users: named("user", USER),
  contexts: named("context", CONTEXT),
  "current-context": "text",
  extensions: EXTENSIONS,
});
