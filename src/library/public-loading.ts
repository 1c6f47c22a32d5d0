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
import { defaultLoadingRules as defaultLoadingRulesOn } from "../loading/loading-rules.ts";
import type { HostOption, OptionsOf } from "../public-function.ts";
import { hostFunction, publicFunction } from "../public-function.ts";

/** Which kubeconfigs are loaded, and how: what is to differ from {@link defaultLoadingRules}. */
export type LoadingOptions = OptionsOf<LoadingRules>;

/** The kind of each option that a rule of loading has: see {@link LoadingOptions}. */
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
 * @param options - fields that are to be otherwise, such as `{ explicitPath: "./kubeconfig" }`
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
    loadConfigOn(host, defaultLoadingRulesOn(host, rules)),
);

/**
 * Loads one kubeconfig, with paths as they are written in it. client-go's `LoadFromFile`.
 *
 * @throws ConfigReadError when the file cannot be read
 * @throws ConfigParseError when kubectl would refuse its content
 */
export const loadConfigFromFile = hostFunction("loadConfigFromFile", (host: Host, file: string): Config =>
  loadConfigFromFileOn(host, file),
);

/** A merged config that knows where everything in it comes from. */
export type ConfigOrigins = Pick<AllOrigins, "config" | "files" | "find">;

/**
 * Loads and merges as {@link loadConfig} does, and finds for every value the file, line and column that it comes from,
 * and those that it shadows:
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
 * Makes a config self-contained: every certificate, key and CA file becomes data. client-go's `api.FlattenConfig`.
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
 * Refuses a config that is invalid, with every problem. client-go's `Validate`. The files that it names are opened.
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
 * Refuses a config of which one context cannot be used, with every problem of it, its user and its cluster; other entries
 * may be invalid. client-go's `ConfirmUsable`. The files that they name are opened.
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

/** The option of functions that have warnings. */
export interface WarnOption {
  /** Receives each warning, in kubectl's or client-go's words, without a newline at the end; default: it is dropped. */
  readonly warn?: (text: string) => void;
}

/** Drops a warning: the default of {@link WarnOption}. */
export function dropped(): void {}
