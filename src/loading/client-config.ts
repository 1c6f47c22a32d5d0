import type { Config } from "../api/config.ts";
import type { RestConfig } from "../api/rest-config.ts";
import type { ConfigAccess } from "./config-access.ts";

/** The namespace that requests go to. */
export interface EffectiveNamespace {
  /** Its name. */
  readonly namespace: string;
  /** Whether the user asked for this one by a flag, and it is not just the context's or the default. */
  readonly overridden: boolean;
}

/** What a client is to do, made of kubeconfigs, the environment and overrides. client-go's `ClientConfig`. */
export interface ClientConfig {
  /**
   * Returns the configuration as it was loaded, without the overrides.
   *
   * @throws InvalidConfigurationError or ConfigReadError as `loadConfig` does
   */
  rawConfig(): Config;
  /**
   * Returns the configuration with the overrides written into the chosen context, its cluster and its user.
   *
   * @throws InvalidConfigurationError if it cannot be used
   */
  mergedRawConfig(): Config;
  /**
   * Returns all that is needed to send requests. Files that hold tokens are read now; an interactive one may ask the
   * user for a name and a password, and keeps the answer.
   *
   * @throws InvalidConfigurationError for what cannot be used or does not exist
   * @throws ConfigReadError for a token that cannot be read
   */
  clientConfig(): Promise<RestConfig>;
  /** @throws InvalidConfigurationError if the configuration cannot be used */
  namespace(): EffectiveNamespace;
  /** Returns where the configuration comes from; undefined for one that comes from no file. */
  configAccess(): ConfigAccess | undefined;
}
