import type { Config } from "../api/config.ts";
import type { Host } from "../host/host.ts";
import { nodeHost } from "../host/node-host.ts";
import type { ConfigAccess } from "../loading/config-access.ts";
import { pathOptionsAccess } from "../loading/config-access.ts";
import type { LoadingRules } from "../loading/loading-rules.ts";
import { defaultLoadingRules } from "../loading/loading-rules.ts";
import type { ModifyOptions, ModifyResult } from "../writing/modify-config.ts";
import type { UndoResult } from "../writing/undo-change.ts";

/**
 * Where the configuration that some rules load comes from, and where changes to it go: the file that an entry came from;
 * for a new one the explicit file, else the first of the list that exists, else the last. client-go's `PathOptions`, as
 * `kubectl config` uses it.
 *
 * @param rules - default: those of kubectl
 * @param host - default: the machine that Node runs on
 */
export function pathOptions(rules?: LoadingRules, host: Host = nodeHost): ConfigAccess {
  return pathOptionsAccess(host, rules ?? defaultLoadingRules(host));
}

/**
 * Changes kubeconfigs: finds the differences from what the files hold, and writes each to the file where it belongs.
 * client-go's `ModifyConfig`. What is otherwise: it waits for locks, which kubectl heeds too; files are replaced in one
 * step, and keep comments, order and all that did not change.
 *
 * @param access - see {@link pathOptions}
 * @param change - gives the wanted config from the present one. It is called while the files are locked, so that no
 *   change of another program is lost; perhaps more than once. Or the wanted config itself: then whatever others changed
 *   since it was read is changed back.
 * @param host - default: the machine that Node runs on
 * @throws ConfigLockError when somebody else keeps a lock
 * @throws InvalidConfigurationError, ConfigReadError or ConfigParseError when a file cannot be read, edited or written;
 *   nothing is changed then
 */
export async function modifyConfig(
  access: ConfigAccess,
  change: Config | ((starting: Config) => Config),
  options: ModifyOptions = {},
  host: Host = nodeHost,
): Promise<ModifyResult> {
  // Who only reads does not load what edits.
  const { modifyConfig: modifyConfigOn } = await import("../writing/modify-config.ts");
  return await modifyConfigOn(host, access, change, options);
}

/**
 * Takes the last change back that was kept for that: {@link modifyConfig} with `backupAs`, or any editing command of kcfg.
 *
 * @param access - see {@link pathOptions}
 * @param host - default: the machine that Node runs on
 * @throws ConfigLockError, ConfigReadError as {@link modifyConfig}
 */
export async function undoChange(
  access: ConfigAccess,
  options: Pick<ModifyOptions, "dryRun" | "lockTimeout" | "trustFolderOwner" | "warn"> = {},
  host: Host = nodeHost,
): Promise<UndoResult> {
  const { undoChange: undoChangeOn } = await import("../writing/undo-change.ts");
  return await undoChangeOn(host, access, options);
}
