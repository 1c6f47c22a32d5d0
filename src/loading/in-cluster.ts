import type { ConfigOverridesFields } from "../api/overrides.ts";
import { ConfigOverrides } from "../api/overrides.ts";
import { newTlsClientConfig, RestConfig } from "../api/rest-config.ts";
import { decodePem } from "../go/pem.ts";
import { ConfigReadError, InvalidConfigurationError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { readCertificate } from "../x509/certificate.ts";
import { X509Error } from "../x509/x509-error.ts";
import type { EffectiveNamespace } from "./client-config.ts";
import { readFile, statIfPossible } from "./file-system.ts";
import { CREDENTIAL_LIMIT } from "./size-limits.ts";

/** Where Kubernetes mounts a pod's service account. */
const SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
const TOKEN_FILE = `${SERVICE_ACCOUNT}/token`;
const ROOT_CA_FILE = `${SERVICE_ACCOUNT}/ca.crt`;
const NAMESPACE_FILE = `${SERVICE_ACCOUNT}/namespace`;

/** The cluster that a process runs in. client-go's `InClusterConfig`. */
export interface InCluster {
  /** Reports whether the process seems to run in one. */
  possible(): boolean;
  clientConfig(): RestConfig;
  namespace(): EffectiveNamespace;
}

/**
 * Returns the cluster that this process runs in, with the overrides that count: a server, a token (or a file for it)
 * and a CA file. client-go's `inClusterClientConfig`.
 *
 * @param warn - receives a warning about a CA that cannot be used
 */
export function inCluster(
  host: Host,
  overrides: ConfigOverridesFields | undefined,
  warn: (text: string) => void,
): InCluster {
  return {
    possible: () => isInCluster(host),
    clientConfig: () => applyOverrides(inClusterConfig(host, warn), overrides),
    namespace: () => inClusterNamespace(host),
  };
}

/** Reports whether the process seems to run in a pod: the environment names the API server, and there is a token. */
export function isInCluster(host: Host): boolean {
  return (
    (host.env["KUBERNETES_SERVICE_HOST"] ?? "") !== "" &&
    (host.env["KUBERNETES_SERVICE_PORT"] ?? "") !== "" &&
    statIfPossible(host, TOKEN_FILE)?.isDirectory === false
  );
}

/**
 * Resolves the client configuration in a pod, as the library's `inClusterConfig` does.
 *
 * @param warn - receives, in client-go's words, that the CA file cannot be used; then the system's authorities are
 *   trusted
 */
export function inClusterConfig(host: Host, warn: (text: string) => void): RestConfig {
  const name = host.env["KUBERNETES_SERVICE_HOST"] ?? "";
  const port = host.env["KUBERNETES_SERVICE_PORT"] ?? "";
  if (name === "" || port === "") {
    throw new InvalidConfigurationError([
      new Error(
        "unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be defined",
      ),
    ]);
  }
  const bearerToken = Buffer.from(readFile(host, TOKEN_FILE, CREDENTIAL_LIMIT)).toString("utf8");
  const fault = certificatesFault(host, ROOT_CA_FILE);
  if (fault !== undefined) {
    warn(`Expected to load root CA config from ${ROOT_CA_FILE}, but got err: ${fault}`);
  }
  return new RestConfig({
    host: `https://${joinHostPort(name, port)}`,
    tls: newTlsClientConfig({ caFile: fault === undefined ? ROOT_CA_FILE : "" }),
    bearerToken,
    bearerTokenFile: TOKEN_FILE,
  });
}

/**
 * Returns the namespace of the pod: `POD_NAMESPACE`, else that of the service account, else `default`. client-go's
 * `inClusterClientConfig.Namespace`.
 */
export function inClusterNamespace(host: Host): EffectiveNamespace {
  const namespace = host.env["POD_NAMESPACE"] || readNamespace(host) || "default";
  return { namespace, overridden: false };
}

function applyOverrides(config: RestConfig, overrides: ConfigOverridesFields | undefined): RestConfig {
  const { cluster, authInfo } = new ConfigOverrides(overrides);
  const { server, certificateAuthority } = cluster;
  const { token, tokenFile } = authInfo;
  return config.with({
    host: server || config.host,
    ...(token !== "" || tokenFile !== "" ? { bearerToken: token, bearerTokenFile: tokenFile } : {}),
    tls: { ...config.tls, caFile: certificateAuthority || config.tls.caFile },
  });
}

/** Implements Go's `net.JoinHostPort`: an IPv6 address goes in brackets. */
function joinHostPort(host: string, port: string): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function readNamespace(host: Host): string {
  try {
    return Buffer.from(readFile(host, NAMESPACE_FILE, CREDENTIAL_LIMIT))
      .toString("utf8")
      .trim();
  } catch {
    return "";
  }
}

/** Returns why a file holds no usable certificates. client-go's `certutil.NewPool`. */
function certificatesFault(host: Host, file: string): string | undefined {
  try {
    const certificates = decodePem(readFile(host, file, CREDENTIAL_LIMIT)).blocks.filter(
      ({ type, hasHeaders }) => type === "CERTIFICATE" && !hasHeaders,
    );
    for (const { bytes } of certificates) {
      readCertificate(bytes);
    }
    return certificates.length > 0
      ? undefined
      : `error creating pool from ${file}: data does not contain any valid RSA or ECDSA certificates`;
  } catch (error) {
    if (error instanceof ConfigReadError) {
      return error.message;
    }
    if (error instanceof X509Error) {
      return `error creating pool from ${file}: ${error.message}`;
    }
    throw error;
  }
}
