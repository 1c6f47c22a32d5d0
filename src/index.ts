/**
 * kubeconfig and kuberc as kubectl has them: load, merge, resolve, edit, connect.
 *
 * @module kcfg
 */
export { AuthInfo, AuthProviderConfig } from "./api/auth-info.ts";
export type { AuthInfoFields, AuthInfoInput, AuthProviderFields } from "./api/auth-info.ts";
export { Cluster } from "./api/cluster.ts";
export type { ClusterFields } from "./api/cluster.ts";
export { newConfig, newContext } from "./api/config.ts";
export type { Config, Context, Preferences } from "./api/config.ts";
export { ExecConfig } from "./api/exec.ts";
export { ExecCredentialStatus } from "./api/exec-credential.ts";
export type { ExecClusterInfo, ExecCredentialStatusFields } from "./api/exec-credential.ts";
export type { ExecConfigFields, ExecEnvVar, ExecInteractiveMode } from "./api/exec.ts";
export type { JsonObject, JsonValue } from "./api/json-value.ts";
export type { Optional } from "./api/optional.ts";
export type { AllowlistEntry, PluginPolicy, PolicyType } from "./api/plugin-policy.ts";
export type {
  DigestReport,
  PluginOutcome,
  PluginReport,
  PolicyReport,
  RequirementsReport,
} from "./api/plugin-report.ts";
export type { Position } from "./api/position.ts";
export type { AliasOverride, CommandDefaults, CommandOptionDefault, Preference } from "./api/preference.ts";
export { mergeConfigs } from "./clientcmd/merge.ts";
export type { ScalarPrecedence } from "./clientcmd/merge.ts";
export { minifyConfig } from "./clientcmd/minify.ts";
export { redactSecrets, shortenConfig } from "./clientcmd/redact.ts";
export { decodeConfig } from "./codec/kubeconfig/decode-config.ts";
export { encodeConfig } from "./codec/kubeconfig/encode-config.ts";
export {
  ConfigLockError,
  ConfigParseError,
  ConfigReadError,
  ConnectionError,
  ContextNotFoundError,
  EmptyConfigError,
  ExecPluginError,
  InvalidConfigurationError,
  isConfigurationInvalid,
  isContextNotFound,
  isEmptyConfig,
  isFileNotFound,
  KcfgError,
  KubercError,
  PluginPolicyError,
} from "./errors.ts";
export type { KcfgErrorCode } from "./errors.ts";
export type { FileStat, Host, HostFileSystem, PathFacts } from "./host/host.ts";
export type { FileFacts, FileKind, OpenFile, OpenOptions } from "./host/open-file.ts";
export type { HostSelf, OtherProcess, ProcessStart } from "./host/self.ts";
export { nodeHost } from "./host/node-host.ts";
export type { FindingCode } from "./doctor/codes.ts";
export type { Diagnosis, Finding, Fix, Place, Severity } from "./doctor/finding.ts";
export { explicitKuberc } from "./kuberc/explicit-kuberc.ts";
export type { LoadingRules } from "./loading/loading-rules.ts";
export type { PluginUse, RequirementRule } from "./policy/check-requirements.ts";
export type { PluginDecision, PluginRule } from "./policy/decide.ts";
export type { OriginFile } from "./loading/load-origins.ts";
export type { ConfigPath, Definition, Origin } from "./clientcmd/origins.ts";
export type { ExecAuthenticator } from "./exec/authenticator.ts";
export type { PluginCall } from "./exec/run-plugin.ts";
export {
  buildConfigFromFlags,
  clientConfigFromBytes,
  inClusterConfig,
  isInCluster,
  newDefaultClientConfig,
  newInteractiveClientConfig,
  newInteractiveDeferredLoadingClientConfig,
  newNonInteractiveClientConfig,
  newNonInteractiveDeferredLoadingClientConfig,
  restConfigFromKubeconfig,
  terminalPrompter,
} from "./library/public-client-configs.ts";
export { connect, connectToCluster } from "./library/public-connect.ts";
export { diagnose } from "./library/public-diagnosis.ts";
export { modifyConfig, pathOptions, persisterForUser, undoChange } from "./library/public-editing.ts";
export { bindKubectlFlags } from "./library/public-kubectl-flags.ts";
export type { KubectlFlags, KubectlFlagsOptions } from "./library/public-kubectl-flags.ts";
export {
  applyKuberc,
  checkPlugins,
  decidePlugin,
  execAuthenticator,
  loadKuberc,
  runPlugin,
  validatePluginPolicy,
} from "./library/public-kuberc.ts";
export {
  confirmUsable,
  defaultLoadingRules,
  flattenConfig,
  loadConfig,
  loadConfigFromFile,
  loadOrigins,
  resolveLocalPaths,
  validateConfig,
  watchConfig,
} from "./library/public-loading.ts";
export type { WatchConfigOptions } from "./loading/watch-config.ts";
export type { DirectOptions, OverridesOption } from "./library/public-client-configs.ts";
export type { DiagnoseOptions } from "./library/public-diagnosis.ts";
export type {
  KubercOption,
  LoadedKuberc,
  PluginCallInput,
  RunPluginOptions,
  PluginRequirementsOption,
} from "./library/public-kuberc.ts";
export type { ConfigOrigins, ConfirmOptions, LoadingOptions, WarnOption } from "./library/public-loading.ts";
export type { HostOption, OptionsOf } from "./public-function.ts";
export { connectionMessage } from "./transport/connection-message.ts";
export { kubectlMessage } from "./transport/kubectl-message.ts";
export type { PersistAuthProvider } from "./transport/oidc-token.ts";
export type { FileChange } from "./writing/config-files.ts";
export type { ModifyOptions, ModifyResult } from "./writing/modify-config.ts";
export type { ModeChange } from "./writing/file-history.ts";
export type { UndoResult } from "./writing/undo-change.ts";
export type { ClusterConnection, ClusterOptions } from "./transport/connect-to-cluster.ts";
export type {
  Connection,
  ConnectionDispatcher,
  ConnectOptions,
  HttpsOptions,
} from "./transport/connection.ts";
export type { HeaderLine } from "./transport/headers.ts";
export type { Trace, TraceEvent } from "./transport/trace.ts";
export type { OnWarning, ServerWarning } from "./transport/warning-headers.ts";
export { ConfigOverrides } from "./api/overrides.ts";
export type { ConfigOverridesFields } from "./api/overrides.ts";
export { anonymousClientConfig, newTlsClientConfig, RestConfig } from "./api/rest-config.ts";
export type {
  BearerTokenSource,
  ImpersonationConfig,
  RestConfigFields,
  RestConfigInput,
  TlsClientConfig,
} from "./api/rest-config.ts";
export {
  bindAuthInfoFlags,
  bindClusterFlags,
  bindContextFlags,
  bindOverrideFlags,
} from "./cobra/bind-override-flags.ts";
export { bindBoolFlag, bindStringArrayFlag, bindStringFlag } from "./cobra/bind-flag.ts";
export { removeNamespacesPrefix } from "./clientcmd/flag-values.ts";
export {
  recommendedAuthOverrideFlags,
  recommendedClusterOverrideFlags,
  recommendedConfigOverrideFlags,
  recommendedContextOverrideFlags,
} from "./clientcmd/override-flags.ts";
export type {
  AuthOverrideFlags,
  ClusterOverrideFlags,
  ConfigOverrideFlags,
  ContextOverrideFlags,
  FlagInfo,
  FlagInput,
} from "./clientcmd/override-flags.ts";
export { parseTimeout } from "./clientcmd/timeout.ts";
export type { ClientConfig, EffectiveNamespace } from "./loading/client-config.ts";
export type { ConfigAccess } from "./loading/config-access.ts";
export type { DeferredRules } from "./loading/deferred-client-config.ts";
export type { Credentials, Prompter } from "./loading/prompt.ts";
export type { HostProcesses, RunOptions, RunResult } from "./host/processes.ts";
export type { HostTerminal, KeyListener, TerminalSize } from "./host/terminal.ts";
