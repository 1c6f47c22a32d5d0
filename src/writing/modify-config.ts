import type { Config } from "../api/config.ts";
import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import type { ConfigAccess } from "../loading/config-access.ts";
import { statIfPossible } from "../loading/file-system.ts";
import type { FileChange } from "./config-files.ts";
import { ConfigFiles, prepareFolder, refuseStreams } from "./config-files.ts";
import type { HeldLocks } from "./locks.ts";
import { DEFAULT_LOCK_TIMEOUT, lockFiles } from "./locks.ts";
import { waitForRunningKubectl } from "./running-kubectl.ts";
import { planChanges } from "./plan-changes.ts";
import { replaceLocked } from "./replace-locked.ts";
import { findShadowing } from "./find-shadowing.ts";
import { distinctFiles } from "./history-paths.ts";
import { newOperation } from "./history-store.ts";
import { refuseForeignWriters } from "./foreign-writers.ts";

/** Options of {@link modifyConfig}. */
export interface ModifyOptions {
  /** Writes changed paths relative to the file they go to; default false. */
  readonly relativizePaths?: boolean | undefined;
  /** How long to wait for a lock, in milliseconds; 0 for one attempt. Default: 10 seconds. */
  readonly lockTimeout?: number | undefined;
  /** Only returns what would change: takes no lock and writes nothing. Default false. */
  readonly dryRun?: boolean | undefined;
  /**
   * Keeps the previous content of each changed file in the user's state folder for `undo`, which shows the change by
   * this name. Default: `undo` does not know of it.
   */
  readonly backupAs?: string | undefined;
  /**
   * Lets root edit a file although another user owns one of its parent folders, and could replace the file meanwhile.
   * Default false: such an edit is refused.
   */
  readonly trustFolderOwner?: boolean | undefined;
  /** Receives warnings as they occur, one line each; default: they are dropped. */
  readonly warn?: ((message: string) => void) | undefined;
}

/** The result of {@link modifyConfig}, or of a dry run. */
export interface ModifyResult {
  /** The merged config as it was just before. */
  readonly before: Config;
  /** The merged config as it was to become. */
  readonly after: Config;
  /** The files that changed, with their old and new content, secrets and all. */
  readonly changes: readonly FileChange[];
  /** Where the change has no effect, or leaves `current-context` dangling. Also passed to `warn`. */
  readonly warnings: readonly string[];
}

/** Changes kubeconfigs as the library's `modifyConfig` does. A path that did not change is written as it was. */
export async function modifyConfig(
  host: Host,
  access: ConfigAccess,
  change: Config | ((starting: Config) => Config),
  options: ModifyOptions = {},
): Promise<ModifyResult> {
  const warn = options.warn ?? ((): void => undefined);
  const wanted = typeof change === "function" ? change : (): Config => change;
  refuseStreams(host, access.loadingPrecedence);
  if (options.dryRun === true) {
    const { result } = plan(host, access, wanted, options);
    result.warnings.forEach(warn);
    return result;
  }
  refuseForeignWriters(host, access.loadingPrecedence, options.trustFolderOwner);
  const { defaultFilename } = access;
  if (defaultFilename !== "" && statIfPossible(host, filepathFor(host).dir(defaultFilename)) === undefined) {
    // A refused change makes no folder.
    wanted(access.startingConfig());
    prepareFolder(host, defaultFilename, 0o755);
  }
  const locks = await lockFiles(
    host,
    access.loadingPrecedence,
    options.lockTimeout ?? DEFAULT_LOCK_TIMEOUT,
    warn,
  );
  try {
    const result = changeLocked(host, access, wanted, options, locks);
    result.warnings.forEach(warn);
    if (result.changes.length > 0) {
      await waitForRunningKubectl(host);
    }
    return result;
  } finally {
    await locks.release();
  }
}

function changeLocked(
  host: Host,
  access: ConfigAccess,
  wanted: (starting: Config) => Config,
  options: ModifyOptions,
  locks: HeldLocks,
): ModifyResult {
  const { backupAs, warn = () => undefined } = options;
  const { result } = replaceLocked(
    host,
    locks,
    () => {
      const { result: planned, previousContext } = plan(host, access, wanted, options);
      const previousContexts =
        previousContext === undefined ? undefined : new Map([[previousContext.file, previousContext.name]]);
      return { result: planned, changes: planned.changes, previousContexts };
    },
    backupAs === undefined ? undefined : { operation: newOperation(host), command: backupAs, warn },
    warn,
  );
  return result;
}

interface PreviousContext {
  readonly file: string;
  readonly name: string;
}

function plan(
  host: Host,
  access: ConfigAccess,
  wanted: (starting: Config) => Config,
  { relativizePaths = false }: ModifyOptions,
): { readonly result: ModifyResult; readonly previousContext: PreviousContext | undefined } {
  const starting = access.startingConfig();
  const next = wanted(starting);
  const files = new ConfigFiles(host);
  const rules = { relativizePaths, filepath: filepathFor(host), cwd: host.cwd() };
  planChanges({ files, access, starting, next }, rules);
  const changes = files.changes();
  const planned = distinctFiles(host, access.loadingPrecedence).map((file) => ({
    file,
    config: files.get(file),
  }));
  const name = starting.currentContext;
  const isPrevious = name !== "" && next.currentContext !== name && next.contexts.has(name);
  return {
    result: {
      before: starting,
      after: next,
      changes,
      warnings: changes.length === 0 ? [] : findShadowing(starting, next, planned),
    },
    previousContext: isPrevious ? { file: access.defaultFilename, name } : undefined,
  };
}
