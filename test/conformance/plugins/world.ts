import type { Case, FileSpec } from "../vector.ts";

/**
 * A credential plugin that writes the path it was started by to `$ROOT/marks`: kubectl ran it if the file exists. It
 * needs nothing from PATH.
 */
export const plugin: FileSpec = {
  mode: "0755",
  text: [
    "#!/bin/sh",
    `printf '%s\\n' "$0" >> '$ROOT/marks'`,
    `printf '%s' '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t"}}'`,
    "",
  ],
};

/** Executables and things that only look like some, in all the places where a command or PATH may lead. */
export const world: Case["files"] = {
  "bin/plug": plugin,
  "bin/other": plugin,
  "bin/plug.sh": plugin,
  "bin/-plug": plugin,
  "bin/pl ug": plugin,
  "bin/PLUG": plugin,
  "bin/pl*g": plugin,
  "bin/~plug": plugin,
  "bin/pl\u00fcg": plugin,
  "bin/plu\u0308g": plugin,
  "bin/...": plugin,
  "bin/alias": { symlink: "plug" },
  "bin/dangling": { symlink: "nowhere" },
  "bin/sub/plug": plugin,
  "second/plug": plugin,
  "cfg/plug": plugin,
  "cfg/bin/plug": plugin,
  link: { symlink: "bin" },
  "dirs/plug/file": "",
  "plain/plug": "not an executable\n",
  "others/plug": { ...plugin, mode: "0701" },
  "writeonly/plug": { ...plugin, mode: "0200" },
};

/** A command line of a client that needs its credential plugin, and its world. */
export interface PluginCase {
  /** A sentence that is true of kubectl. */
  readonly name: string;
  /** In addition to the files of the world. */
  readonly files: Case["files"];
  /** In addition to HOME=$ROOT/home; null removes a variable. */
  readonly env: Readonly<Record<string, string | null>>;
  /** Relative to the root. */
  readonly cwd?: string;
  /** Flags that kubectl and kcfg both take. */
  readonly flags: readonly string[];
}

/**
 * Returns the case for kubectl. Nothing listens on the server's port, which kubectl finds out after the plugin has run.
 */
export function asKubectl(wanted: PluginCase): Case {
  return inWorld(wanted, ["get", "--raw", "/x", "--request-timeout=20s", ...wanted.flags]);
}

/** Returns the case for kcfg. */
export function asKcfg(wanted: PluginCase): Case {
  return inWorld(wanted, ["check-plugins", "--minify", "-o", "json", ...wanted.flags]);
}

function inWorld({ files, ...rest }: PluginCase, argv: readonly string[]): Case {
  return { ...rest, files: { ...world, ...files }, argv, observe: ["marks"] };
}

/**
 * Returns a kubeconfig whose current context has a user with this exec plugin. The command is a YAML scalar.
 *
 * @param more - other fields of the plugin
 * @param user - other fields of the user
 */
export function kubeconfig(
  command: string,
  more: Readonly<Record<string, unknown>> = {},
  user: Readonly<Record<string, unknown>> = {},
): FileSpec {
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1",
    interactiveMode: "Never",
    command,
    ...more,
  };
  return [
    "apiVersion: v1",
    "kind: Config",
    "clusters:",
    '- {name: c, cluster: {server: "https://127.0.0.1:1"}}',
    "contexts:",
    "- {name: x, context: {cluster: c, user: u}}",
    "current-context: x",
    "users:",
    "- name: u",
    "  user:",
    `    exec: ${JSON.stringify(exec)}`,
    ...Object.entries(user).map(([field, value]) => `    ${field}: ${JSON.stringify(value)}`),
    "",
  ];
}

/** Returns a kuberc with this policy. Entries are written as YAML strings. */
export function kuberc(policy: string | undefined, entries?: readonly string[], field = "name"): FileSpec {
  return [
    "apiVersion: kubectl.config.k8s.io/v1beta1",
    "kind: Preference",
    ...(policy === undefined ? [] : [`credentialPluginPolicy: ${JSON.stringify(policy)}`]),
    ...(entries === undefined ? [] : [`credentialPluginAllowlist: ${entries.length === 0 ? "[]" : ""}`]),
    ...(entries ?? []).map((entry) => `- ${field}: ${JSON.stringify(entry)}`),
    "",
  ];
}

/** Returns a case of one command under one policy, with the usual PATH and places. */
export function pluginCase(
  name: string,
  command: string,
  policy: FileSpec | undefined,
  more: Partial<Omit<PluginCase, "name">> = {},
): PluginCase {
  return {
    name,
    ...(more.cwd !== undefined && { cwd: more.cwd }),
    flags: more.flags ?? [],
    files: {
      "cfg/config": kubeconfig(command),
      ...(policy !== undefined && { "home/.kube/kuberc": policy }),
      ...more.files,
    },
    env: { KUBECONFIG: "$ROOT/cfg/config", PATH: "$ROOT/bin", ...more.env },
  };
}
