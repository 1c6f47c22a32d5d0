import { AuthInfo } from "../api/auth-info.ts";
import type { ContextSelection } from "./chosen-entries.ts";
import { chosenAuthInfo, chosenAuthInfoName, chosenCluster, chosenClusterName } from "./chosen-entries.ts";
import { EmptyClusterError } from "./empty-cluster-error.ts";
import type { OpenFault } from "./open-fault.ts";
import { validateAuthInfo } from "./validate-auth-info.ts";
import { validateCluster } from "./validate-cluster.ts";
import { contextNotFound, emptyConfig, refuse } from "./validation.ts";

/**
 * Refuses a selection that cannot be used, overrides included, with every problem. If the only problem is a missing
 * server, the configuration counts as empty. client-go's `DirectClientConfig.ConfirmUsable`.
 *
 * Does not check the context that an override names, as client-go does not: {@link chosenContext} does.
 *
 * @throws InvalidConfigurationError with `fromValidation`
 */
export function confirmChosen(choice: ContextSelection, openFault: OpenFault): void {
  const { config, contextName } = choice;
  const name = contextName || config.currentContext;
  const user = ifPossible(() => chosenAuthInfo(choice)) ?? new AuthInfo();
  const cluster = ifPossible(() => chosenCluster(choice));
  const faults = [
    ...(name !== "" && !config.contexts.has(name) ? [contextNotFound(name)] : []),
    ...validateAuthInfo(chosenAuthInfoName(choice).name, user, openFault),
    ...validateCluster(chosenClusterName(choice).name, cluster, openFault),
  ];
  if (faults.length === 1 && faults[0] instanceof EmptyClusterError) {
    throw emptyConfig();
  }
  refuse(faults);
}

function ifPossible<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}
