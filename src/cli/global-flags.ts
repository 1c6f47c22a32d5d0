import { Option } from "commander";
import { checkGoDuration, checkVModule, parseGoInt32 } from "../cobra/read-flag-value.ts";

/** The values of the flags that every command takes: those of `kubectl options`, with kubectl's defaults. */
export interface GlobalFlags {
  /** The user to act as. */
  readonly as: string;
  /** The groups to act as. */
  readonly asGroup: readonly string[];
  /** The uid to act as. */
  readonly asUid: string;
  /** Extra attributes of the user to act as, each `key=value`. */
  readonly asUserExtra: readonly string[];
  /** The folder for caches of servers; `""` for kubectl's: `$KUBECACHEDIR`, else `~/.kube/cache`. */
  readonly cacheDir: string;
  /** Path of a PEM file of certificate authorities. */
  readonly certificateAuthority: string;
  /** Path of a PEM client certificate. */
  readonly clientCertificate: string;
  /** Path of the PEM key of the client certificate. */
  readonly clientKey: string;
  /** The name of the cluster entry to use. */
  readonly cluster: string;
  /** The context to use instead of the current one. */
  readonly context: string;
  /** Do not ask the server for compressed responses. */
  readonly disableCompression: boolean;
  /** Do not check the server's certificate. */
  readonly insecureSkipTlsVerify: boolean;
  /** The only kubeconfig to use; `""` for those of the environment. */
  readonly kubeconfig: string;
  /** The kuberc to use; `""` for that of the environment. */
  readonly kuberc: string;
  /** Refuse a server of another version than the client's. */
  readonly matchServerVersion: boolean;
  /** The namespace, unchanged: kubectl strips no `ns/` from it. */
  readonly namespace: string;
  /** Password for basic authentication. Secret. */
  readonly password: string;
  /** The profile that kubectl would write. */
  readonly profile: string;
  /** How long one request may take, unparsed; `0` for no limit. */
  readonly requestTimeout: string;
  /** The address of the server. */
  readonly server: string;
  /** The name to check the server's certificate against. */
  readonly tlsServerName: string;
  /** Bearer token. Secret. */
  readonly token: string;
  /** The name of the user entry to use. */
  readonly user: string;
  /** User name for basic authentication. */
  readonly username: string;
  /** Verbosity of the log: kubectl's levels. */
  readonly v: number;
  /** Treat warnings of the server as errors. */
  readonly warningsAsErrors: boolean;
}

const GROUP = "Global Options:";

/** Reports whether an option is one of {@link globalFlags}, and not a command's own with the same name. */
export function isGlobalFlag({ helpGroupHeading }: Option): boolean {
  return helpGroupHeading === GROUP;
}

/**
 * Returns the flags that kubectl takes with every command and that concern the connection. `kubectl config` accepts
 * them all and honours few; so does kcfg, so that a command line can be shared.
 */
export function globalFlags(): readonly Option[] {
  return [
    text("--as <username>", "Username to impersonate for the operation."),
    list("--as-group <group...>", "Group to impersonate for the operation; can be repeated."),
    text("--as-uid <uid>", "UID to impersonate for the operation."),
    list("--as-user-extra <key=value...>", "User extra to impersonate for the operation; can be repeated."),
    text("--cache-dir <folder>", "Cache directory, if not $KUBECACHEDIR or ~/.kube/cache."),
    text("--certificate-authority <file>", "Path to a cert file for the certificate authority."),
    text("--client-certificate <file>", "Path to a client certificate file for TLS."),
    text("--client-key <file>", "Path to a client key file for TLS."),
    text("--cluster <cluster>", "The name of the kubeconfig cluster to use."),
    text("--context <context>", "The name of the kubeconfig context to use."),
    boolean("--disable-compression", "Opt out of response compression for all requests to the server."),
    boolean("--insecure-skip-tls-verify", "Do not check the server's certificate."),
    text("--kubeconfig <file>", "Use a particular kubeconfig file."),
    text("--kuberc <file>", "Use a particular kuberc file."),
    text("--log-flush-frequency <duration>", "Has no effect: each line of the log is written at once.")
      .default("5s")
      .argParser(checkGoDuration),
    boolean("--match-server-version", "Require server version to match client version."),
    text("-n, --namespace <namespace>", "The namespace scope of the request."),
    text("--password <password>", "Password for basic authentication to the API server."),
    text("--profile <kind>", "Has no effect unless it is refused: kcfg writes no profile but none.").default(
      "none",
    ),
    text("--profile-output <file>", "Has no effect: kcfg writes no profile.").default("profile.pprof"),
    text("--request-timeout <duration>", "How long to wait for a single server request.").default("0"),
    text("-s, --server <url>", "The address and port of the Kubernetes API server."),
    text("--tls-server-name <name>", "Server name to use for server certificate validation."),
    text("--token <token>", "Bearer token for authentication to the API server."),
    text("--user <user>", "The name of the kubeconfig user to use."),
    text("--username <name>", "Username for basic authentication to the API server."),
    new Option(
      "-v, --v <level>",
      "Verbosity of the log on standard error: 1 tells missing kubeconfigs, 6 also those that are read, requests and answers, 7 headers, 8 bodies of errors, 9 times. Credentials are masked.",
    )
      .default(0)
      .argParser(parseGoInt32)
      .helpGroup(GROUP),
    text("--vmodule <pattern=N,...>", "Has no effect: -v is for all parts of kcfg.").argParser(checkVModule),
    boolean("--warnings-as-errors", "Treat warnings from the server as errors."),
    boolean("-h, --help", "Show the help of the command."),
  ];
}

function text(flags: string, description: string): Option {
  return new Option(flags, description).default("").helpGroup(GROUP);
}

function list(flags: string, description: string): Option {
  return new Option(flags, description).default([]).helpGroup(GROUP);
}

function boolean(flags: string, description: string): Option {
  return new Option(flags, description).default(false).helpGroup(GROUP);
}
