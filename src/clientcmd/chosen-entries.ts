import { AuthInfo } from "../api/auth-info.ts";
import { Cluster } from "../api/cluster.ts";
import type { Config, Context } from "../api/config.ts";
import { newContext } from "../api/config.ts";
import type { ConfigOverrides } from "../api/overrides.ts";
import { isSet } from "../api/struct.ts";
import { goQuote } from "../go/quote.ts";
import { InvalidConfigurationError } from "../errors.ts";
import { overlayAuthInfo, overlayCluster, overlayContext } from "./overlay.ts";

/** A config, the requested context (`""` for the current one), and the overrides. */
export interface ContextSelection {
  readonly config: Config;
  readonly contextName: string;
  readonly overrides: ConfigOverrides;
}

/** A name, and whether an override sets it, so that the entry must exist. */
interface ChosenName {
  readonly name: string;
  readonly required: boolean;
}

/** Returns the name of the context to use. client-go's `getContextName`. */
export function chosenContextName({ config, contextName, overrides }: ContextSelection): string {
  return overrides.currentContext || contextName || config.currentContext;
}

/**
 * Returns the context to use, with the overrides applied; an empty one if there is none of its name, unless an override
 * names it. client-go's `getContext`.
 *
 * @throws InvalidConfigurationError `context "x" does not exist`
 */
export function chosenContext(choice: ContextSelection): Context {
  const { config, overrides } = choice;
  const name = chosenContextName(choice);
  const context = config.contexts.get(name);
  if (context === undefined && overrides.currentContext !== "") {
    throw doesNotExist("context", name);
  }
  return overlayContext(context ?? newContext(), overrides.context);
}

/** Returns the name of the user entry. client-go's `getAuthInfoName`. */
export function chosenAuthInfoName(choice: ContextSelection): ChosenName {
  const { authInfo } = choice.overrides.context;
  return authInfo === ""
    ? { name: contextIfAny(choice).authInfo, required: false }
    : { name: authInfo, required: true };
}

/** Returns the name of the cluster entry. client-go's `getClusterName`. */
export function chosenClusterName(choice: ContextSelection): ChosenName {
  const { cluster } = choice.overrides.context;
  return cluster === ""
    ? { name: contextIfAny(choice).cluster, required: false }
    : { name: cluster, required: true };
}

/**
 * Returns the user to use, with the overrides applied. A key or a certificate among the overrides, as path or as data,
 * takes the place of both path and data. client-go's `getAuthInfo`.
 *
 * @throws InvalidConfigurationError `auth info "x" does not exist`
 */
export function chosenAuthInfo(choice: ContextSelection): AuthInfo {
  const { name, required } = chosenAuthInfoName(choice);
  const configured = choice.config.authInfos.get(name);
  if (configured === undefined && required) {
    throw doesNotExist("auth info", name);
  }
  const override = choice.overrides.authInfo;
  let user = overlayAuthInfo(configured ?? new AuthInfo(), override);
  if (override.clientKey !== "" || isSet(override.clientKeyData)) {
    user = user.with({ clientKey: override.clientKey, clientKeyData: override.clientKeyData });
  }
  if (override.clientCertificate !== "" || isSet(override.clientCertificateData)) {
    user = user.with({
      clientCertificate: override.clientCertificate,
      clientCertificateData: override.clientCertificateData,
    });
  }
  return user;
}

/**
 * Returns the cluster to use, over the defaults and under the overrides. An override that skips verification clears the
 * CA, and an override of the CA turns verification on again; an override of the server clears the TLS server name.
 * client-go's `getCluster`.
 *
 * @throws InvalidConfigurationError `cluster "x" does not exist`
 */
export function chosenCluster(choice: ContextSelection): Cluster {
  const { name, required } = chosenClusterName(choice);
  const configured = choice.config.clusters.get(name);
  if (configured === undefined && required) {
    throw doesNotExist("cluster", name);
  }
  const { cluster: override, clusterDefaults } = choice.overrides;
  const withDefaults = overlayCluster(
    overlayCluster(new Cluster(), clusterDefaults),
    configured ?? new Cluster(),
  );
  let cluster = overlayCluster(withDefaults, override);
  if (
    override.insecureSkipTlsVerify ||
    override.certificateAuthority !== "" ||
    isSet(override.certificateAuthorityData)
  ) {
    cluster = cluster.with({
      insecureSkipTlsVerify: override.insecureSkipTlsVerify,
      certificateAuthority: override.certificateAuthority,
      certificateAuthorityData: override.certificateAuthorityData,
    });
  }
  if (override.tlsServerName !== "" || override.server !== "") {
    cluster = cluster.with({ tlsServerName: override.tlsServerName });
  }
  return cluster;
}

/** Returns the context for looking up other names: a missing one that an override names counts as empty. */
function contextIfAny(choice: ContextSelection): Context {
  try {
    return chosenContext(choice);
  } catch {
    return newContext();
  }
}

function doesNotExist(noun: string, name: string): InvalidConfigurationError {
  return new InvalidConfigurationError([new Error(`${noun} ${goQuote(name)} does not exist`)]);
}
