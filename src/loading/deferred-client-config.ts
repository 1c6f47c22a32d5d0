import { decodeConfig } from "../codec/kubeconfig/decode-config.ts";
import { isDeepStrictEqual } from "node:util";
import type { Config } from "../api/config.ts";
import type { Optional } from "../api/optional.ts";
import type { ConfigOverridesFields } from "../api/overrides.ts";
import type { RestConfig } from "../api/rest-config.ts";
import { isEmptyConfig } from "../errors.ts";
import type { Host } from "../host/host.ts";
import type { ClientConfig, EffectiveNamespace } from "./client-config.ts";
import type { ConfigAccess } from "./config-access.ts";
import { configAccess } from "./config-access.ts";
import { DirectClientConfig } from "./direct-client-config.ts";
import type { InCluster } from "./in-cluster.ts";
import { loadConfig } from "./load.ts";
import type { LoadingRules } from "./loading-rules.ts";
import { defaultLoadingRules } from "./loading-rules.ts";
import type { Prompter } from "./prompt.ts";

/**
 * Rules, or a function that returns them when they are needed, for instance after the command line has been parsed.
 * What they leave out is as `defaultLoadingRules` has it.
 */
export type DeferredRules = Optional<LoadingRules> | (() => Optional<LoadingRules>);

/** The parts of a {@link DeferredLoadingClientConfig}. */
export interface DeferredParts {
  readonly overrides: ConfigOverridesFields | undefined;
  /** Loads the config and makes a client config from it. Called once, unless it throws. */
  readonly load: () => ClientConfig;
  readonly access: () => ConfigAccess;
  /** client-go's `DefaultClientConfig`, if there is one. */
  readonly defaultClientConfig: () => LoadingRules["defaultClientConfig"];
  readonly inCluster: InCluster;
}

/**
 * A client config that loads nothing, and reads no rule and no override, until it is first used; then it keeps what it
 * loaded. Where nothing else is configured it uses the cluster that the process runs in. client-go's
 * `DeferredLoadingClientConfig`.
 */
export class DeferredLoadingClientConfig implements ClientConfig {
  readonly #parts: DeferredParts;
  #loaded: ClientConfig | undefined;

  constructor(parts: DeferredParts) {
    this.#parts = parts;
  }

  rawConfig(): Config {
    return this.#load().rawConfig();
  }

  mergedRawConfig(): Config {
    return this.#load().mergedRawConfig();
  }

  async clientConfig(): Promise<RestConfig> {
    const loaded = this.#load();
    const { inCluster } = this.#parts;
    let config: RestConfig;
    try {
      config = await loaded.clientConfig();
    } catch (error) {
      if (isEmptyConfig(error) && inCluster.possible()) {
        return inCluster.clientConfig();
      }
      throw error;
    }
    return (await this.#isDefault(config)) && inCluster.possible() ? inCluster.clientConfig() : config;
  }

  namespace(): EffectiveNamespace {
    const loaded = this.#load();
    const { inCluster } = this.#parts;
    let found: EffectiveNamespace;
    try {
      found = loaded.namespace();
    } catch (error) {
      if (isEmptyConfig(error) && inCluster.possible()) {
        return inCluster.namespace();
      }
      throw error;
    }
    if (found.overridden || !inCluster.possible() || this.#isExplicit(found.namespace, loaded)) {
      return found;
    }
    return inCluster.namespace();
  }

  configAccess(): ConfigAccess {
    return this.#parts.access();
  }

  /** Reports whether the configuration names this namespace: `default` is also the result if nothing names one. */
  #isExplicit(namespace: string, loaded: ClientConfig): boolean {
    if (namespace !== "default") {
      return namespace !== "";
    }
    const { contexts, currentContext } = loaded.rawConfig();
    const name = this.#parts.overrides?.currentContext || currentContext;
    return (contexts.get(name)?.namespace ?? "") !== "";
  }

  async #isDefault(config: RestConfig): Promise<boolean> {
    const source = this.#parts.defaultClientConfig();
    if (source === undefined) {
      return false;
    }
    try {
      return isDeepStrictEqual(config, await source.clientConfig());
    } catch {
      return false;
    }
  }

  #load(): ClientConfig {
    this.#loaded ??= this.#parts.load();
    return this.#loaded;
  }
}

/** Makes the parts of a client config that loads by the rules of kubeconfig files. */
export function deferredParts(
  host: Host,
  rules: DeferredRules,
  overrides: ConfigOverridesFields | undefined,
  prompter: Prompter | undefined,
  inCluster: InCluster,
): DeferredParts {
  // Rules that are made by hand may leave out what has a default.
  const currentRules = (): LoadingRules => {
    const { host: _host, ...changes }: Optional<LoadingRules> & { readonly host?: unknown } =
      typeof rules === "function" ? rules() : rules;
    return defaultLoadingRules(host, changes);
  };
  const access = (): ConfigAccess => configAccess(host, currentRules());
  return {
    overrides,
    load: () =>
      new DirectClientConfig(host, {
        config: loadConfig(host, currentRules(), decodeConfig),
        contextName: overrides?.currentContext ?? "",
        overrides,
        prompter,
        access: access(),
      }),
    access,
    defaultClientConfig: () => currentRules().defaultClientConfig,
    inCluster,
  };
}
