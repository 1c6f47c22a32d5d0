import type { Config } from "../api/config.ts";
import type { RestConfig } from "../api/rest-config.ts";
import type { ConfigAccess } from "./config-access.ts";

/** The namespace that requests go to. */
export interface EffectiveNamespace {
  /** Its name. */
  readonly namespace: string;
  /** Whether the user chose it by a flag, so it is not just the context's or the default. */
  readonly overridden: boolean;
}

/** The effective client configuration, from kubeconfigs, the environment and overrides. client-go's `ClientConfig`. */
export interface ClientConfig {
  /**
   * Returns the loaded configuration, without the overrides.
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
   * Returns everything that is needed to send requests. Reads token files now; an interactive one may prompt for a name
   * and a password, and keeps the answer.
   *
   * @throws InvalidConfigurationError for what cannot be used or does not exist
   * @throws ConfigReadError for a token that cannot be read
   */
  clientConfig(): Promise<RestConfig>;
  /**
   * Returns the namespace of requests.
   *
   * @throws InvalidConfigurationError if the configuration cannot be used
   */
  namespace(): EffectiveNamespace;
  /** Returns the files of the configuration; undefined if it comes from no file. */
  configAccess(): ConfigAccess | undefined;
}
