import type { Optional } from "../api/optional.ts";
import { withDefaults } from "../api/optional.ts";

/**
 * The names and texts of a flag: client-go's `FlagInfo`. Plain data that may be changed before the flag is bound; see
 * {@link ConfigOverrideFlags}.
 */
export interface FlagInfo {
  /** The name after `--`; `""` leaves the flag out. */
  longName: string;
  /** The letter after `-`; `""` for none. */
  shortName: string;
  /** The value of a flag that is not given. */
  default: string;
  /** Its help text. */
  description: string;
  /** Whether its value is a credential, so that neither help nor errors may show it. client-go's `classified`. */
  secret: boolean;
}

/** A {@link FlagInfo} in part: what is missing or undefined is `""`, or not secret. */
export type FlagInput = Optional<FlagInfo>;

const NO_FLAG: FlagInfo = { longName: "", shortName: "", default: "", description: "", secret: false };

/**
 * Returns all fields of a flag.
 *
 * @throws TypeError for fields that a flag does not have
 */
export function completeFlag(given: FlagInput): FlagInfo {
  return withDefaults("the flag", NO_FLAG, given);
}

/** The flags that write a user entry. */
export interface AuthOverrideFlags {
  /** `--client-certificate`. */
  clientCertificate: FlagInfo;
  /** `--client-key`. */
  clientKey: FlagInfo;
  /** `--token`. */
  token: FlagInfo;
  /** `--as`. */
  impersonate: FlagInfo;
  /** `--as-uid`. */
  impersonateUid: FlagInfo;
  /** `--as-group`. */
  impersonateGroups: FlagInfo;
  /** kubectl's `--as-user-extra`, which client-go's own set lacks. */
  impersonateUserExtra: FlagInfo;
  /** `--username`. */
  username: FlagInfo;
  /** `--password`. */
  password: FlagInfo;
}

/** The flags that write a cluster entry. */
export interface ClusterOverrideFlags {
  /** `--server`. */
  apiServer: FlagInfo;
  /** `--certificate-authority`. */
  certificateAuthority: FlagInfo;
  /** `--insecure-skip-tls-verify`. */
  insecureSkipTlsVerify: FlagInfo;
  /** `--tls-server-name`. */
  tlsServerName: FlagInfo;
  /** `--proxy-url`. */
  proxyUrl: FlagInfo;
  /** `--disable-compression`. */
  disableCompression: FlagInfo;
}

/** The flags that write a context entry. */
export interface ContextOverrideFlags {
  /** `--cluster`. */
  clusterName: FlagInfo;
  /** `--user`. */
  authInfoName: FlagInfo;
  /** `--namespace`. */
  namespace: FlagInfo;
}

/**
 * All flags that write overrides: client-go's `ConfigOverrideFlags`. To remove a letter from a flag, or a flag from the
 * command, clear a name before binding: `flags.context.namespace.shortName = ""`, `flags.timeout.longName = ""`.
 */
export interface ConfigOverrideFlags {
  /** About the user. */
  auth: AuthOverrideFlags;
  /** About the cluster. */
  cluster: ClusterOverrideFlags;
  /** About the context. */
  context: ContextOverrideFlags;
  /** `--context`: the context to use. */
  currentContext: FlagInfo;
  /** `--request-timeout`. */
  timeout: FlagInfo;
}

/**
 * Returns the flags that a Kubernetes tool should have, with their usual names. client-go's
 * `RecommendedConfigOverrideFlags`.
 *
 * @param prefix - precedes each long name, as `from-` in `--from-context`; short names have none, so of two sets on one
 *   command only one can keep `-n`
 */
export function recommendedConfigOverrideFlags(prefix = ""): ConfigOverrideFlags {
  return {
    auth: recommendedAuthOverrideFlags(prefix),
    cluster: recommendedClusterOverrideFlags(prefix),
    context: recommendedContextOverrideFlags(prefix),
    currentContext: flag(`${prefix}context`, "Name of the kubeconfig context to use."),
    timeout: {
      ...flag(
        `${prefix}request-timeout`,
        "Time limit of one request to the server, with a unit (30s, 2m, 1h); 0 is no limit.",
      ),
      default: "0",
    },
  };
}

/** Returns the recommended flags about the user. client-go's `RecommendedAuthOverrideFlags`. */
export function recommendedAuthOverrideFlags(prefix = ""): AuthOverrideFlags {
  return {
    clientCertificate: secret(`${prefix}client-certificate`, "File of the TLS client certificate, in PEM."),
    clientKey: secret(`${prefix}client-key`, "File of the key of the TLS client certificate, in PEM."),
    token: secret(`${prefix}token`, "Bearer token to show to the server."),
    impersonate: secret(`${prefix}as`, "User to act as."),
    impersonateUid: secret(`${prefix}as-uid`, "UID of the user to act as."),
    impersonateGroups: secret(`${prefix}as-group`, "Group to act as a member of; can be repeated."),
    impersonateUserExtra: secret(
      `${prefix}as-user-extra`,
      "Extra attribute, as key=value, of the user to act as; can be repeated, also for one key.",
    ),
    username: secret(`${prefix}username`, "User name for basic authentication."),
    password: secret(`${prefix}password`, "Password for basic authentication."),
  };
}

/** Returns the recommended flags about the cluster. client-go's `RecommendedClusterOverrideFlags`. */
export function recommendedClusterOverrideFlags(prefix = ""): ClusterOverrideFlags {
  return {
    apiServer: flag(`${prefix}server`, "Address of the Kubernetes API server."),
    certificateAuthority: flag(
      `${prefix}certificate-authority`,
      "File of the authorities that may sign the server's certificate, in PEM.",
    ),
    insecureSkipTlsVerify: {
      ...flag(
        `${prefix}insecure-skip-tls-verify`,
        "Trust the server whatever certificate it shows. Connections are then not secure.",
      ),
      default: "false",
    },
    tlsServerName: flag(
      `${prefix}tls-server-name`,
      "Name to expect in the server's certificate, if not that of its address.",
    ),
    proxyUrl: flag(`${prefix}proxy-url`, "Proxy to reach the server through, as a URL."),
    disableCompression: flag(`${prefix}disable-compression`, "Do not ask the server to compress responses."),
  };
}

/** Returns the recommended flags about the context. client-go's `RecommendedContextOverrideFlags`. */
export function recommendedContextOverrideFlags(prefix = ""): ContextOverrideFlags {
  return {
    clusterName: flag(`${prefix}cluster`, "Name of the kubeconfig cluster to use."),
    authInfoName: flag(`${prefix}user`, "Name of the kubeconfig user to use."),
    namespace: { ...flag(`${prefix}namespace`, "Namespace to work in."), shortName: "n" },
  };
}

function flag(longName: string, description: string): FlagInfo {
  return { longName, shortName: "", default: "", description, secret: false };
}

function secret(longName: string, description: string): FlagInfo {
  return { ...flag(longName, description), secret: true };
}
