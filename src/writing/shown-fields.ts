/** How a value of a kubeconfig may be shown. */
export type Visibility =
  | "shown"
  /** Shown but for the user and password in it. */
  | "url"
  /** Public, but of no use to people. */
  | "omitted"
  | "secret"
  | FieldsOf
  | readonly [Visibility];

/** The fields of a mapping; a list has one element, for all of its items. Whatever is not named is secret. */
export interface FieldsOf {
  readonly [field: string]: Visibility;
}

const EXTENSIONS: Visibility = [{ name: "shown" }];

const CLUSTER: Visibility = {
  server: "url",
  "tls-server-name": "shown",
  "insecure-skip-tls-verify": "shown",
  "certificate-authority": "shown",
  "certificate-authority-data": "omitted",
  "proxy-url": "url",
  "disable-compression": "shown",
  extensions: EXTENSIONS,
};

const CONTEXT: Visibility = {
  cluster: "shown",
  user: "shown",
  namespace: "shown",
  extensions: EXTENSIONS,
};

const EXEC: Visibility = {
  apiVersion: "shown",
  command: "shown",
  args: ["secret"],
  env: [{ name: "shown", value: "secret" }],
  installHint: "shown",
  interactiveMode: "shown",
  provideClusterInfo: "shown",
};

const USER: Visibility = {
  "client-certificate": "shown",
  "client-certificate-data": "omitted",
  "client-key": "shown",
  "client-key-data": "secret",
  token: "secret",
  tokenFile: "shown",
  as: "shown",
  "as-uid": "shown",
  "as-groups": ["shown"],
  username: "shown",
  password: "secret",
  "auth-provider": { name: "shown" },
  exec: EXEC,
  extensions: EXTENSIONS,
};

/**
 * What of a kubeconfig people may see: the fields known to hold no secret. Fields that kubectl does not know, and the
 * content of extensions, may hold anything.
 */
export const SHOWN_FIELDS: Visibility = {
  apiVersion: "shown",
  kind: "shown",
  preferences: { colors: "shown", extensions: EXTENSIONS },
  clusters: [{ name: "shown", cluster: CLUSTER }],
  users: [{ name: "shown", user: USER }],
  contexts: [{ name: "shown", context: CONTEXT }],
  "current-context": "shown",
  extensions: EXTENSIONS,
};
