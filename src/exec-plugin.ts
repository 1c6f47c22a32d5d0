/**
 * The other side of the protocol of credential plugins: for programs that kubectl and other clients run.
 *
 * @module kcfg/exec-plugin
 */

export {
  encodeExecCredential,
  loadExecCredential,
  loadExecCredentialFromEnv,
  pluginPrompter,
  readExecInfo,
} from "./library/public-exec-plugin.ts";
export { ExecPluginError } from "./errors.ts";
export type { ExecClusterInfo } from "./api/exec-credential.ts";
export type { ExecInfo, ExecInfoWithCluster } from "./exec/exec-info.ts";
export type { PluginCredential } from "./exec/checked-credential.ts";
export type { Prompter } from "./loading/prompt.ts";
export type { RestConfig } from "./api/rest-config.ts";
