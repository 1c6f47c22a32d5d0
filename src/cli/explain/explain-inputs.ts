import type { Config } from "../../api/config.ts";
import type { ConfigOverrides } from "../../api/overrides.ts";
import type { RestConfig } from "../../api/rest-config.ts";
import type { ContextSelection } from "../../clientcmd/chosen-entries.ts";
import type { Host } from "../../host/host.ts";
import type { EffectiveNamespace } from "../../loading/client-config.ts";
import { clusterDefaults, defaultClientConfig } from "../../loading/client-configs.ts";
import { configAccess } from "../../loading/config-access.ts";
import { DeferredLoadingClientConfig, deferredParts } from "../../loading/deferred-client-config.ts";
import { DirectClientConfig } from "../../loading/direct-client-config.ts";
import type { InCluster } from "../../loading/in-cluster.ts";
import { inCluster } from "../../loading/in-cluster.ts";
import type { ConfigOrigins } from "../../loading/load-origins.ts";
import { loadOrigins } from "../../loading/load-origins.ts";
import type { LoadingRules } from "../../loading/loading-rules.ts";
import { defaultLoadingRules } from "../../loading/loading-rules.ts";
import { connectionFlags } from "../connection-flags.ts";
import type { GlobalFlags } from "../global-flags.ts";

/** A computed value, or why it could not be computed. */
export type ValueOrFault<T> = { readonly value: T } | { readonly fault: unknown };

/** The inputs of all explanations. */
export interface ExplainInputs {
  readonly host: Host;
  readonly flags: GlobalFlags;
  readonly overrides: ConfigOverrides;
  readonly origins: ConfigOrigins;
  /** The merged config, with absolute paths. */
  readonly config: Config;
  readonly choice: ContextSelection;
  /** The result of `kcfg resolve`. */
  readonly connection: ValueOrFault<RestConfig>;
  readonly namespace: ValueOrFault<EffectiveNamespace>;
  /** Whether the pod that this runs in provides the connection, or the namespace. */
  readonly fromPod: { readonly connection: boolean; readonly namespace: boolean };
  /** Whether a client would prompt for a user name and a password. */
  readonly wouldAsk: boolean;
}

/**
 * Computes the effective client configuration exactly as `kcfg resolve` does, except that it does not prompt for a
 * password, and keeps the origins.
 *
 * @param log - receives the files that are read, and that none exists
 * @throws ConfigReadError, InvalidConfigurationError as `loadConfig` does
 */
export async function gatherFacts(
  host: Host,
  flags: GlobalFlags,
  log: Pick<LoadingRules, "warn" | "loaded">,
): Promise<ExplainInputs> {
  const { explicitPath, overrides } = connectionFlags(flags);
  overrides.clusterDefaults = clusterDefaults(host);
  const rules = defaultLoadingRules(host, {
    explicitPath,
    ...log,
    defaultClientConfig: defaultClientConfig(host),
  });
  const origins = loadOrigins(host, rules);
  const { config } = origins;
  const fromPod = { connection: false, namespace: false };
  const asked = { once: false };
  const parts = deferredParts(
    host,
    rules,
    overrides,
    undefined,
    observed(inCluster(host, overrides, ignore), fromPod),
  );
  const answer = async (): Promise<string> => {
    asked.once = true;
    return "?";
  };
  const client = new DeferredLoadingClientConfig({
    ...parts,
    load: () =>
      new DirectClientConfig(host, {
        config,
        contextName: overrides.currentContext,
        overrides,
        prompter: { ask: answer, askSecret: answer },
        access: configAccess(host, rules),
      }),
  });
  const connection = await attempt(async () => await client.clientConfig());
  const namespace = await attempt(async () => client.namespace());
  const choice = { config, contextName: overrides.currentContext, overrides };
  return {
    host,
    flags,
    overrides,
    origins,
    config,
    choice,
    connection,
    namespace,
    fromPod,
    wouldAsk: asked.once,
  };
}

/** Notes what is read from the pod. */
function observed(pod: InCluster, fromPod: { connection: boolean; namespace: boolean }): InCluster {
  return {
    possible: () => pod.possible(),
    clientConfig: () => {
      fromPod.connection = true;
      return pod.clientConfig();
    },
    namespace: () => {
      fromPod.namespace = true;
      return pod.namespace();
    },
  };
}

function ignore(): void {}

async function attempt<T>(run: () => Promise<T>): Promise<ValueOrFault<T>> {
  try {
    return { value: await run() };
  } catch (fault) {
    return { fault };
  }
}
