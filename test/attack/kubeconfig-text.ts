/** The token of these kubeconfigs: no file that others may read, no output and no error may hold it. */
export const SECRET = "SECRET-TOKEN-5f3a";

export interface KubeconfigParts {
  readonly server?: string;
  readonly current?: string;
  /** Fields of the cluster `c`, in YAML's flow style: `certificate-authority: ca.pem`. */
  readonly cluster?: string;
  /** Fields of the user `u`. */
  readonly user?: string;
  /** Further top-level lines. */
  readonly rest?: string;
}

/**
 * Returns a kubeconfig with the cluster `c`, the user `u`, and the contexts `dev` and `prod` (and `dev` is current).
 */
export function kubeconfig(parts: KubeconfigParts = {}): string {
  const cluster = parts.cluster === undefined ? "" : `, ${parts.cluster}`;
  return `apiVersion: v1
kind: Config
current-context: ${parts.current ?? "dev"}
clusters:
- {name: c, cluster: {server: "${parts.server ?? "https://127.0.0.1:1"}"${cluster}}}
contexts:
- {name: dev, context: {cluster: c, user: u}}
- {name: prod, context: {cluster: c, user: u}}
users:
- {name: u, user: {${parts.user ?? `token: ${SECRET}`}}}
${parts.rest ?? ""}`;
}

/** Returns the fields of a user with a credential plugin. */
export function plugin(
  command: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): string {
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1",
    command,
    args,
    env: Object.entries(env).map(([name, value]) => ({ name, value })),
    interactiveMode: "Never",
  };
  return `exec: ${JSON.stringify(exec)}`;
}

/** Returns a shell script that acts as a credential plugin, after it has run some lines. */
export function pluginScript(lines = ""): string {
  return `#!/bin/sh\n${lines}\necho '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t"}}'\n`;
}

/** Every command that edits a kubeconfig with the entries above, as arguments without `--kubeconfig`. */
export const EDITS: readonly (readonly string[])[] = [
  ["use-context", "prod"],
  ["set-context", "dev", "-n", "web"],
  ["set-cluster", "c", "--tls-server-name", "x"],
  ["set-credentials", "u", "--token", "t2"],
  ["set", "contexts.dev.namespace", "web"],
  ["unset", "current-context"],
  ["rename-context", "dev", "dev2"],
  ["rename-cluster", "c", "c2"],
  ["rename-user", "u", "u2"],
  ["delete-context", "prod"],
  ["delete-cluster", "c"],
  ["delete-user", "u"],
];
