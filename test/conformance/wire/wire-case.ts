import type { Reply } from "../../support/https-server.ts";
import type { KubectlVersion } from "../kubectl-version.ts";
import type { FileSpec, Outcome } from "../vector.ts";
import type { IdentityName } from "./identities.ts";

/** A server that a case is made with. It speaks HTTPS as `api`, and HTTP/1.1 alone, unless it is said otherwise. */
export interface ServerSpec {
  readonly plain?: true;
  readonly identity?: IdentityName;
  readonly http2?: true;
  readonly reply?: readonly Reply[];
}

/** A proxy that a case is made with. */
export interface ProxySpec {
  readonly kind: "http" | "https" | "socks5";
  /** `user:password` that it asks for. */
  readonly credentials?: string;
  /** The status, or the SOCKS code, that it refuses everything with. */
  readonly refuse?: number;
  readonly identity?: IdentityName;
}

/**
 * A request that is made by command line, and the world that it is made in.
 *
 * In files, environment and words, `$ROOT` stands for the temporary root, and these for what is another on each run:
 * `@{NAME}` and `@{NAME.port}` for the URL and the port of a server or proxy, `@{ca}`, `@{jane.crt}` and so on for the
 * base64 of each file of `$ROOT/pki`, `@{json jane.crt}` for its text as it stands within a JSON string.
 */
export interface WireCase {
  /** A sentence that is true of kubectl. */
  readonly name: string;
  /** What is asked for: the argument of `kubectl get --raw` and of `kcfg raw`. */
  readonly path: string;
  /** Words that both take after it. */
  readonly flags: readonly string[];
  readonly files: Readonly<Record<string, FileSpec>>;
  /** Beside PATH and HOME=$ROOT/home; null takes a variable away. */
  readonly env: Readonly<Record<string, string | null>>;
  /** A file of the root that becomes the standard input. */
  readonly stdin?: string;
  readonly servers: Readonly<Record<string, ServerSpec>>;
  readonly proxies: Readonly<Record<string, ProxySpec>>;
}

/** A request as it is compared: headers in the order of their names, which are in lower case. */
export interface Arrived {
  readonly at: string;
  readonly method: string;
  readonly target: string;
  readonly http: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly serverName?: string;
  readonly clientCertificate?: string;
}

/** A request for a tunnel or for forwarding, as it is compared. */
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

/** What kubectl did: one outcome when every version agrees, else one for each. */
export type WireRecorded =
  | { readonly every: WireOutcome }
  | { readonly [version in KubectlVersion]: WireOutcome };

export interface WireVector extends WireCase {
  readonly kubectl: WireRecorded;
}

export function wireOutcomeOf(recorded: WireRecorded, version: KubectlVersion): WireOutcome {
  return "every" in recorded ? recorded.every : recorded[version];
}
