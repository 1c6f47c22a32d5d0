import type { Config } from "../api/config.ts";
import type { Host } from "../host/host.ts";
import type { ConfigAccess } from "../loading/config-access.ts";
import { pathOptionsAccess } from "../loading/config-access.ts";
import type { LoadingRules } from "../loading/loading-rules.ts";
import { defaultLoadingRules as defaultLoadingRulesOn } from "../loading/loading-rules.ts";
import { publicAsyncFunction, publicFunction } from "../public-function.ts";
import type { PersistAuthProvider } from "../transport/oidc-token.ts";
import type { ModifyOptions } from "../writing/modify-config.ts";
import { RULES } from "./public-loading.ts";

/**
 * Finds which files a configuration is loaded from, and which file a change goes to: the file of the entry; for a new
 * one the explicit file, else the first of the list that exists, else the last. client-go's `PathOptions`, as `kubectl
 * config` uses it.
 *
 * @param options - how the rules differ from {@link defaultLoadingRules}
 */
export const pathOptions = publicFunction(
  "pathOptions",
  RULES,
  (host: Host, rules: Partial<LoadingRules>): ConfigAccess =>
    pathOptionsAccess(host, defaultLoadingRulesOn(host, rules)),
);

/**
 * Changes kubeconfigs: compares the wanted config with what the files hold, and writes each difference to the file it
 * belongs in. client-go's `ModifyConfig`. Differences: it waits for locks, which kubectl honours too; files are
 * replaced atomically, and keep comments, order and everything that did not change.
 *
 * @param access - see {@link pathOptions}; its host is the default one
 * @param change - returns the wanted config, given the present one. It is called while the files are locked, so that no
 *   change of another program is lost, and may be called more than once. Or the wanted config itself: then changes that
 *   others made since it was read are undone.
 * @throws ConfigLockError when another process keeps a lock
 * @throws InvalidConfigurationError, ConfigReadError or ConfigParseError when a file cannot be read, edited or written;
 *   nothing is changed then
 */
export const modifyConfig = publicAsyncFunction(
  "modifyConfig",
  {
    relativizePaths: "boolean",
    lockTimeout: "number",
    dryRun: "boolean",
    backupAs: "string",
    trustFolderOwner: "boolean",
    warn: "function",
  },
  async (
    host: Host,
    access: ConfigAccess,
    change: Config | ((starting: Config) => Config),
    options: ModifyOptions,
  ) => {
    // Loaded lazily: read-only callers do not need the editor.
    const writing = await import("../writing/modify-config.ts");
    return await writing.modifyConfig(host, access, change, options);
  },
);

/**
 * Undoes the last change of {@link modifyConfig} with `backupAs`, or of any editing command of kcfg.
 *
 * @param access - see {@link pathOptions}; its host is the default one
 * @throws ConfigLockError, ConfigReadError as {@link modifyConfig}
 */
export const undoChange = publicAsyncFunction(
  "undoChange",
  { dryRun: "boolean", lockTimeout: "number", trustFolderOwner: "boolean", warn: "function" },
  async (
    host: Host,
    access: ConfigAccess,
    options: Pick<ModifyOptions, "dryRun" | "lockTimeout" | "trustFolderOwner" | "warn">,
  ) => {
    const writing = await import("../writing/undo-change.ts");
    return await writing.undoChange(host, access, options);
  },
);

/**
 * Makes what `connect` takes as `persistAuthProvider`: it writes the tokens that the auth-provider of a user renewed to the
 * kubeconfig that has the user, as kubectl does. The file is locked meanwhile, and keeps its comments. client-go's
 * `PersisterForUser`.
 *
 * What it returns is rejected with the errors of {@link modifyConfig}.
 *
 * @param access - see {@link pathOptions}; its host is the default one. `configAccess()` of a client config returns one
 * @param user - the name of the user entry
 */
export const persisterForUser = publicFunction(
  "persisterForUser",
  { lockTimeout: "number", trustFolderOwner: "boolean", warn: "function" },
  (
    host: Host,
    access: ConfigAccess,
    user: string,
    options: Pick<ModifyOptions, "lockTimeout" | "trustFolderOwner" | "warn">,
  ): PersistAuthProvider =>
    async (settings) => {
      const writing = await import("../writing/persister-for-user.ts");
      await writing.persisterForUser(host, access, user, options)(settings);
    },
);
