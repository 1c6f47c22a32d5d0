import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/**
 * A command line of a client in a world of its own. In texts, `$ROOT` is the folder of the world, `$HTTPS`, `$HTTP` and
 * `$PROXY` are the addresses (`127.0.0.1:port`) of a server each, and nothing listens at `$NOBODY`.
 */
export interface ResolveCase {
  /** A few words about it. */
  readonly name: string;
  /** Contents by path. What is under `sa/` is found under `/var/run/secrets/kubernetes.io/serviceaccount/`. */
  readonly files: Readonly<Record<string, string>>;
  /** Beside HOME=$ROOT/home and PATH=$ROOT/bin. */
  readonly env: Readonly<Record<string, string>>;
  /** The flags, as kubectl takes them. */
  readonly flags: readonly string[];
  /** What is asked of the client: a path; or a token, for which it must know its namespace first. */
  readonly ask: "path" | "token";
  /** Its standard input, which is no terminal. */
  readonly stdin?: string;
}

/** What came of it. */
export interface Outcome {
  readonly exitCode: number;
  /** What it said on standard error, up to what was said for other reasons than its configuration. */
  readonly stderr: string;
  /** Whether it asked for a user name and a password. */
  readonly asked: boolean;
  /** What arrived at a server. */
  readonly request: SeenRequest | null;
}

/** A request as a server sees it. */
export interface SeenRequest {
  readonly server: "https" | "http" | "proxy";
  /** Of a proxy: what it is to connect to. */
  readonly path: string;
  readonly authorization: string;
  /** The headers of impersonation, in the order of their names. */
  readonly impersonation: readonly string[];
  readonly compression: boolean;
  readonly timeout: string;
  /** The name that the client asked TLS for. */
  readonly serverName: string;
  readonly certificate: boolean;
}

/** Where the world is, and at which addresses its servers listen. */
export interface Places {
  readonly root: string;
  readonly https: string;
  readonly http: string;
  readonly proxy: string;
  readonly nobody: string;
}

/** Addresses at which nobody need listen, for what is only foretold. */
export const idleAddresses: Omit<Places, "root"> = {
  https: "127.0.0.1:18443",
  http: "127.0.0.1:18080",
  proxy: "127.0.0.1:13128",
  nobody: "127.0.0.1:1",
};

/** Makes the files of a case, and says where; `remove` takes them away. */
export function buildWorld(
  wanted: ResolveCase,
  addresses: Omit<Places, "root">,
): { readonly places: Places; readonly remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), "kcfg-"));
  const places = { root, ...addresses };
  mkdirSync(join(root, "home"));
  for (const [path, text] of Object.entries(wanted.files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), fill(text, places), { mode: path.startsWith("bin/") ? 0o755 : 0o644 });
  }
  return { places, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** Puts places where texts name them. */
export function fill(text: string, places: Places): string {
  return text
    .replaceAll("$ROOT", places.root)
    .replaceAll("$HTTPS_PORT", places.https.replace(/^.*:/, ""))
    .replaceAll("$HTTPS", places.https)
    .replaceAll("$HTTP", places.http)
    .replaceAll("$PROXY", places.proxy)
    .replaceAll("$NOBODY", places.nobody);
}

/** Puts names where texts hold places. */
export function blank(text: string, places: Places): string {
  return text
    .replaceAll(places.root, "$ROOT")
    .replaceAll(places.https, "$HTTPS")
    .replaceAll(places.http, "$HTTP")
    .replaceAll(places.proxy, "$PROXY")
    .replaceAll(places.nobody, "$NOBODY");
}

/** The environment of a case, nothing but. */
export function environment(wanted: ResolveCase, places: Places): Record<string, string> {
  const env = { HOME: "$ROOT/home", PATH: "$ROOT/bin", ...wanted.env };
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value, places)]));
}
