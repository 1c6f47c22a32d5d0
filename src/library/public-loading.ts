import { decodeConfig } from "../codec/kubeconfig/decode-config.ts";
import type { Config } from "../api/config.ts";
import { resolveLocalPaths as resolveLocalPathsWith } from "../clientcmd/paths.ts";
import { confirmUsable as confirmUsableWith, validate } from "../clientcmd/validation.ts";
import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import { nodeHost } from "../host/node-host.ts";
import { fileOpenError } from "../loading/file-open-error.ts";
import { flattenConfig as flattenConfigOn } from "../loading/flatten.ts";
import type { ConfigOrigins as AllOrigins } from "../loading/load-origins.ts";
import { loadOrigins as loadOriginsOn } from "../loading/load-origins.ts";
import { loadConfig as loadConfigOn, loadConfigFromFile as loadConfigFromFileOn } from "../loading/load.ts";
import type { LoadingRules } from "../loading/loading-rules.ts";
import type { WatchConfigOptions } from "../loading/watch-config.ts";
import { watchConfig as watchConfigOn } from "../loading/watch-config.ts";
import { defaultLoadingRules as defaultLoadingRulesOn } from "../loading/loading-rules.ts";
import type { HostOption, OptionsOf } from "../public-function.ts";
import { hostFunction, publicFunction } from "../public-function.ts";

/** Options that choose which kubeconfigs are loaded, and how: the differences from {@link defaultLoadingRules}. */
export type LoadingOptions = OptionsOf<LoadingRules>;

/** The kind of each loading option: see {@link LoadingOptions}. */
export const RULES = {
  explicitPath: "string",
  precedence: "array",
  migrationRules: "object",
  resolvePaths: "boolean",
  warnIfAllMissing: "boolean",
  warn: "function",
  loaded: "function",
  scalarPrecedence: "string",
  defaultClientConfig: "object",
} as const;

/**
 * Returns the rules of kubectl: the files of the `KUBECONFIG` list, or `~/.kube/config` when that is not set; migration
 * from the very old `~/.kube/.kubeconfig`; paths made absolute; warnings dropped. client-go's
 * `NewDefaultClientConfigLoadingRules`.
 *
 * @param options - fields to change, such as `{ explicitPath: "./kubeconfig" }`
 */
export const defaultLoadingRules = publicFunction(
  "defaultLoadingRules",
  RULES,
  (host: Host, changes: Partial<LoadingRules>): LoadingRules & HostOption => ({
    ...defaultLoadingRulesOn(host, changes),
    // Rules of another machine load the files of that machine.
    ...(host !== nodeHost && { host }),
  }),
);

/**
 * Loads and merges kubeconfig files, by {@link defaultLoadingRules} as the options change them. client-go's
 * `ClientConfigLoadingRules.Load`.
 *
 * @throws ConfigReadError when the explicit path does not exist
 * @throws InvalidConfigurationError with an error for every file that could not be read or parsed
 */
export const loadConfig = publicFunction(
  "loadConfig",
  RULES,
  (host: Host, rules: Partial<LoadingRules>): Config =>
    loadConfigOn(host, defaultLoadingRulesOn(host, rules), decodeConfig),
);

/**
 * Loads and merges kubeconfig files as {@link loadConfig} does, and again whenever they have changed: for dashboards,
 * editors and operators. Yields the first config at once, and each that differs from the one before.
 *
 *     for await (const config of watchConfig({ onError: (error) => console.error(error.message) })) { … }
 *
 * The loop ends by `break`, or when `signal` is aborted. What makes the files unreadable is given to `onError`; the last
 * config remains good, and the next one follows when they can be read. Files are watched where the system reports changes,
 * and looked at each `pollInterval` everywhere.
 */
export const watchConfig = publicFunction(
  "watchConfig",
  { ...RULES, signal: "object", onError: "function", pollInterval: "number" },
  (
    host: Host,
    { signal, onError, pollInterval, ...rules }: WatchConfigOptions & Partial<LoadingRules>,
  ): AsyncIterable<Config> =>
    watchConfigOn(host, () => defaultLoadingRulesOn(host, rules), { signal, onError, pollInterval }),
);

/**
 * Loads one kubeconfig, with paths as they are written in it. client-go's `LoadFromFile`.
 *
 * @throws ConfigReadError when the file cannot be read
 * @throws ConfigParseError when kubectl would refuse its content
 */
export const loadConfigFromFile = hostFunction("loadConfigFromFile", (host: Host, file: string): Config =>
  loadConfigFromFileOn(host, file, decodeConfig),
);

/** A merged config that knows the origin of every value. */
export type ConfigOrigins = Pick<AllOrigins, "config" | "files" | "find">;

/**
 * Loads and merges as {@link loadConfig} does, and finds the file, line and column of every value, and the values that
 * it shadows:
 *
 * ```ts
 * loadOrigins().find(["clusters", "staging", "server"])?.position.line;
 * ```
 *
 * @throws ConfigReadError when the explicit path does not exist
 * @throws InvalidConfigurationError with an error for every file that could not be read or parsed
 */
export const loadOrigins = publicFunction(
  "loadOrigins",
  RULES,
  (host: Host, rules: Partial<LoadingRules>): ConfigOrigins =>
    loadOriginsOn(host, defaultLoadingRulesOn(host, rules)),
);

/**
 * Makes a config self-contained: replaces the path of every certificate, key and CA file by its data. client-go's
 * `api.FlattenConfig`.
 *
 * @throws ConfigReadError when a file cannot be read
 * @throws InvalidConfigurationError for an entry that has both a path and data
 */
export const flattenConfig = hostFunction("flattenConfig", flattenConfigOn);

/**
 * Makes every relative path of a config absolute, against the folder of its file. client-go's `ResolveLocalPaths`.
 * {@link loadConfig} does so by itself.
 */
export const resolveLocalPaths = hostFunction("resolveLocalPaths", (host: Host, config: Config): Config =>
  resolveLocalPathsWith(config, filepathFor(host), host.cwd()),
);

/**
 * Refuses an invalid config, with every problem. Opens the files that it names. client-go's `Validate`.
 *
 * @throws InvalidConfigurationError with every problem in `errors`
 */
export const validateConfig = hostFunction("validateConfig", (host: Host, config: Config): void =>
  validate(config, fileOpenError(host)),
);

/** Options of {@link confirmUsable}. */
export interface ConfirmOptions {
  /** The name of the context; default: the current context. */
  readonly context?: string;
}

/**
 * Refuses a config whose chosen context cannot be used, with every problem of it, its user and its cluster; other
 * entries may be invalid. Opens the files that they name. client-go's `ConfirmUsable`.
 *
 * @throws InvalidConfigurationError with every problem in `errors`
 * @throws ContextNotFoundError if no context is chosen
 */
export const confirmUsable = publicFunction(
  "confirmUsable",
  { context: "string" },
  (host: Host, config: Config, { context = "" }: ConfirmOptions): void =>
    confirmUsableWith(config, context, fileOpenError(host)),
);

/** The option of functions that report warnings. */
export interface WarnOption {
  /**
   * Receives each warning, in kubectl's or client-go's words, without a trailing newline; default: warnings are
   * dropped.
   */
  readonly warn?: (text: string) => void;
}

/** Drops a warning: the default of {@link WarnOption}. */
export function dropped(): void {}
