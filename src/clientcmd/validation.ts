import { AuthInfo } from "../api/auth-info.ts";
import type { Config, Context } from "../api/config.ts";
import { sortedByName } from "../go/order.ts";
import { goQuote } from "../go/quote.ts";
import { ContextNotFoundError, EmptyConfigError, InvalidConfigurationError } from "../errors.ts";
import type { OpenFault } from "./open-fault.ts";
import { validateAuthInfo } from "./validate-auth-info.ts";
import { validateCluster } from "./validate-cluster.ts";

/** A valid name of a namespace: a lower-case DNS label of RFC 1123. */
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * Refuses an invalid config, as the library's `validateConfig` does: contexts first, then users, then clusters, each in
 * the order of their names (in client-go that order is random).
 *
 * @param openFault - returns why a file cannot be opened
 */
export function validate(config: Config, openFault: OpenFault): void {
  if (isEmpty(config)) {
    throw emptyConfig();
  }
  const { currentContext, contexts, authInfos, clusters } = config;
  refuse([
    ...(currentContext !== "" && !contexts.has(currentContext) ? [contextNotFound(currentContext)] : []),
    ...sortedByName(contexts).flatMap(([name, context]) => validateContext(name, context, config)),
    ...sortedByName(authInfos).flatMap(([name, user]) => validateAuthInfo(name, user, openFault)),
    ...sortedByName(clusters).flatMap(([name, cluster]) => validateCluster(name, cluster, openFault)),
  ]);
}

/**
 * Refuses a config whose chosen context cannot be used, as the library's `confirmUsable` does.
 *
 * @param contextName - `""` for the current context
 * @param openFault - returns why a file cannot be opened
 */
export function confirmUsable(config: Config, contextName: string, openFault: OpenFault): void {
  if (isEmpty(config)) {
    throw emptyConfig();
  }
  const name = contextName || config.currentContext;
  if (name === "") {
    throw new ContextNotFoundError("no context chosen", "");
  }
  const context = config.contexts.get(name);
  if (context === undefined) {
    refuse([contextNotFound(name)]);
    return;
  }
  const { authInfo, cluster } = context;
  refuse([
    ...validateContext(name, context, config),
    ...validateAuthInfo(authInfo, config.authInfos.get(authInfo) ?? new AuthInfo(), openFault),
    ...validateCluster(cluster, config.clusters.get(cluster), openFault),
  ]);
}

/** Returns every fault of a context entry by itself. client-go's `validateContext`. */
export function validateContext(name: string, context: Context, config: Config): readonly Error[] {
  const { authInfo, cluster, namespace } = context;
  const faults = [
    name === "" && `empty context name for ${describeContext(context)} is not allowed`,
    missing("user", authInfo, config.authInfos, name),
    missing("cluster", cluster, config.clusters, name),
    namespace !== "" &&
      !DNS_LABEL.test(namespace) &&
      `namespace ${goQuote(namespace)} for context ${goQuote(name)} does not conform to the kubernetes DNS_LABEL rules`,
  ];
  return faults.filter((fault) => fault !== false).map((fault) => new Error(fault));
}

/** Makes the error for a chosen context that does not exist. client-go's `errContextNotFound`. */
export function contextNotFound(name: string): ContextNotFoundError {
  return new ContextNotFoundError(`context was not found for specified context: ${name}`, name);
}

/** Makes the error for a configuration without any server. client-go's `ErrEmptyConfig`, as a finding. */
export function emptyConfig(): InvalidConfigurationError {
  const error = new EmptyConfigError(
    "no configuration has been provided, try setting KUBERNETES_MASTER environment variable",
  );
  return new InvalidConfigurationError([error], { fromValidation: true });
}

/** Throws the findings, if there are any. */
export function refuse(faults: readonly Error[]): void {
  if (faults.length > 0) {
    throw new InvalidConfigurationError(faults, { fromValidation: true });
  }
}

function missing(
  noun: string,
  name: string,
  entries: ReadonlyMap<string, unknown>,
  context: string,
): string | false {
  if (name === "") {
    return `${noun} was not specified for context ${goQuote(context)}`;
  }
  return !entries.has(name) && `${noun} ${goQuote(name)} was not found for context ${goQuote(context)}`;
}

/** Implements Go's `%#v`, except for the content of extensions. */
function describeContext({ locationOfOrigin, cluster, authInfo, namespace }: Context): string {
  const fields = [
    `LocationOfOrigin:${goQuote(locationOfOrigin)}`,
    `Cluster:${goQuote(cluster)}`,
    `AuthInfo:${goQuote(authInfo)}`,
    `Namespace:${goQuote(namespace)}`,
    "Extensions:map[string]runtime.Object(nil)",
  ];
  return `api.Context{${fields.join(", ")}}`;
}

/** Implements client-go's `IsConfigEmpty`. */
function isEmpty({
  authInfos,
  clusters,
  contexts,
  currentContext,
  extensions,
  preferences,
}: Config): boolean {
  return (
    authInfos.size === 0 &&
    clusters.size === 0 &&
    contexts.size === 0 &&
    currentContext === "" &&
    extensions.size === 0 &&
    preferences.extensions.size === 0 &&
    !preferences.colors
  );
}
