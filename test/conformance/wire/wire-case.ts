import type { Reply } from "../../support/https-server.ts";
import type { KubectlVersion } from "../kubectl-version.ts";
import type { FileSpec, Outcome } from "../vector.ts";
import type { IdentityName } from "./identities.ts";

/** A server of a case. It speaks HTTPS as `api`, and HTTP/1.1 alone, by default. */
export interface ServerSpec {
  readonly plain?: true;
  readonly identity?: IdentityName;
  readonly http2?: true;
  /** The only cipher suites of TLS 1.2 that it accepts. */
  readonly ciphers?: string;
  readonly reply?: readonly Reply[];
}

/** A proxy of a case. */
export interface ProxySpec {
  readonly kind: "http" | "https" | "socks5";
  /** `user:password` that it requires. */
  readonly credentials?: string;
  /** The status, or the SOCKS code, with which it refuses everything. */
  readonly refuse?: number;
  readonly identity?: IdentityName;
}

/**
 * A request by command line, and its world.
 *
 * In files, environment and words, `$ROOT` is the temporary root, and these vary on each run:
 * `@{NAME}` and `@{NAME.port}` for the URL and the port of a server or proxy, `@{ca}`, `@{jane.crt}` and so on for the
 * base64 of each file of `$ROOT/pki`, `@{json jane.crt}` for its text as it is within a JSON string.
 */
export interface WireCase {
  /** A sentence that is true of kubectl. */
  readonly name: string;
  /** The path: the argument of `kubectl get --raw` and of `kcfg raw`. */
  readonly path: string;
  /** Words that both accept after it. */
  readonly flags: readonly string[];
  readonly files: Readonly<Record<string, FileSpec>>;
  /** In addition to PATH and HOME=$ROOT/home; null removes a variable. */
  readonly env: Readonly<Record<string, string | null>>;
  /** A file of the root that becomes the standard input. */
  readonly stdin?: string;
  readonly servers: Readonly<Record<string, ServerSpec>>;
  readonly proxies: Readonly<Record<string, ProxySpec>>;
}

/** A request in its compared form: headers sorted by name, in lower case. */
export interface Arrived {
  readonly at: string;
  readonly method: string;
  readonly target: string;
  readonly http: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly serverName?: string;
  readonly clientCertificate?: string;
}

/** A request for a tunnel or for forwarding, in its compared form. */
export interface Passed {
  readonly through: string;
  readonly kind: string;
  readonly target: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly credentials?: string;
}

export interface WireOutcome extends Outcome {
  readonly arrived: readonly Arrived[];
  readonly passed: readonly Passed[];
}

/** The outcome of kubectl: a single one when every version agrees, else one for each. */
export type WireRecorded =
  | { readonly every: WireOutcome }
  | { readonly [version in KubectlVersion]: WireOutcome };

export interface WireVector extends WireCase {
  readonly kubectl: WireRecorded;
}

export function wireOutcomeOf(recorded: WireRecorded, version: KubectlVersion): WireOutcome {
  return "every" in recorded ? recorded.every : recorded[version];
}
