import type { Reply } from "../../../support/https-server.ts";
import type { FileSpec } from "../../vector.ts";
import type { ProxySpec, WireCase } from "../wire-case.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * The special parts of a case. The rest is a file with one context, of one user with a token, at one trusted server.
 */
export interface Special {
  /** Fields of the cluster in addition to its server and authority; null removes one of those. */
  readonly cluster?: Fields;
  readonly user?: Fields;
  readonly context?: Fields;
  /** A whole file instead of these. */
  readonly config?: FileSpec;
  readonly files?: WireCase["files"];
  readonly env?: WireCase["env"];
  readonly flags?: readonly string[];
  readonly path?: string;
  readonly stdin?: string;
  /** The server's response. */
  readonly reply?: Reply | readonly Reply[];
  /** Servers instead of the one called `server`, which speaks HTTPS. */
  readonly servers?: WireCase["servers"];
  readonly proxies?: Readonly<Record<string, ProxySpec>>;
}

export function wire(name: string, special: Special): WireCase {
  const { files = {}, env = {}, flags = [], path = "/x", stdin, reply, proxies = {} } = special;
  const replies = reply === undefined ? undefined : isMany(reply) ? reply : [reply];
  return {
    name,
    path,
    flags,
    files: { config: special.config ?? kubeconfig(special), ...files },
    env: { KUBECONFIG: "$ROOT/config", ...env },
    ...(stdin !== undefined && { stdin }),
    servers: special.servers ?? { server: replies === undefined ? {} : { reply: replies } },
    proxies,
  };
}

function isMany(reply: Reply | readonly Reply[]): reply is readonly Reply[] {
  return Array.isArray(reply);
}

/** Returns a kubeconfig with one context. */
export function kubeconfig({ cluster, user, context }: Special): FileSpec {
  const usual = { server: "@{server}", "certificate-authority-data": "@{ca.crt}" };
  const entries = Object.entries({ ...usual, ...cluster }).filter(([, value]) => value !== null);
  return [
    "apiVersion: v1",
    "kind: Config",
    "clusters:",
    `- {name: c, cluster: ${JSON.stringify(Object.fromEntries(entries))}}`,
    "users:",
    `- {name: u, user: ${JSON.stringify(user ?? { token: "abc" })}}`,
    "contexts:",
    `- {name: x, context: ${JSON.stringify({ cluster: "c", user: "u", ...context })}}`,
    "current-context: x",
    "",
  ];
}

const own = "client.authentication.k8s.io";

/** Returns the exec section of a user whose plugin is `$ROOT/plugin`. */
export function execUser(more: Fields = {}, user: Fields = {}): Fields {
  return {
    exec: { apiVersion: `${own}/v1`, command: "$ROOT/plugin", interactiveMode: "Never", ...more },
    ...user,
  };
}

/** Returns the output of a plugin. */
export function credential(status: unknown, version = "v1"): string {
  return JSON.stringify({ kind: "ExecCredential", apiVersion: `${own}/${version}`, status });
}

/**
 * Returns a credential plugin that records in `$ROOT/saw` how it was called, with which of its variables and which
 * standard input, and then runs these lines.
 */
export function plugin(...does: readonly string[]): FileSpec {
  return {
    mode: "0755",
    text: [
      "#!/bin/sh",
      "{",
      `  printf 'run as %s' "$0"`,
      `  for word in "$@"; do printf ' <%s>' "$word"; done`,
      `  printf '\\nin %s\\nreading %s\\n' "$(/bin/pwd)" "$(/usr/bin/readlink /proc/$$/fd/0)"`,
      `  /usr/bin/tr '\\0' '\\n' < /proc/$$/environ | /bin/grep -E '^(PLUG|KUBERNETES_EXEC_INFO=)' | /usr/bin/sort`,
      `} >> "$ROOT/saw"`,
      ...does,
      "",
    ],
  };
}

/** Returns a plugin that prints this. */
export function printing(text: string): FileSpec {
  return plugin("/bin/cat <<'END'", text, "END");
}
