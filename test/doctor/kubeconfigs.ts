/** A text in base64, as kubeconfigs hold data. */
export function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** A kubeconfig of one context, with the fields of its cluster and of its user in flow style. */
export function kubeconfig(parts: {
  readonly cluster?: string;
  readonly user?: string;
  readonly context?: string;
  readonly more?: string;
}): string {
  const {
    cluster = 'server: "https://h:6443"',
    user = "tokenFile: /home/u/.kube/token",
    context,
    more = "",
  } = parts;
  return [
    "apiVersion: v1",
    "kind: Config",
    "current-context: x",
    "clusters:",
    "- name: c",
    `  cluster: {${cluster}}`,
    "users:",
    "- name: u",
    `  user: {${user}}`,
    "contexts:",
    "- name: x",
    `  context: {${context ?? "cluster: c, user: u"}}`,
    more,
  ].join("\n");
}

/** The user's fields for a plugin. */
export function plugin(command: string, fields = "interactiveMode: Never"): string {
  return `exec: {apiVersion: client.authentication.k8s.io/v1, command: ${command}, ${fields}}`;
}

/** A JSON Web Token that nobody signed. */
export function webToken(claims: object): string {
  return `${tokenPart({ alg: "none" })}.${tokenPart(claims)}.c2lnbmF0dXJl`;
}

function tokenPart(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

export function kuberc(...fields: readonly string[]): string {
  return ["apiVersion: kubectl.config.k8s.io/v1beta1", "kind: Preference", ...fields, ""].join("\n");
}
