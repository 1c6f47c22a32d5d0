import type { ExecClusterInfo, ExecCredentialStatus } from "../api/exec-credential.ts";
import type { ExecConfig } from "../api/exec.ts";
import type { PluginPolicy } from "../api/plugin-policy.ts";
import type { Host } from "../host/host.ts";

/** A credential plugin, and all that decides how it is run. */
export interface PluginCall {
  readonly exec: ExecConfig;
  /** What the plugin is told of its cluster, if `exec.provideClusterInfo`; else it may be undefined. */
  readonly cluster: ExecClusterInfo | undefined;
  readonly policy: PluginPolicy;
  /** Why the plugin may not have standard input; `""` if it may. client-go's `StdinUnavailableMessage`. */
  readonly stdinUnavailable: string;
}

/**
 * Gets credentials from a plugin, and keeps them while they are good: client-go's `exec.Authenticator`.
 *
 * The plugin never runs twice at once, however many callers wait. Inspecting one shows no secret.
 */
export interface ExecAuthenticator {
  /**
   * The credentials: those of the last run until they expire, else those of a new one, which all who wait share. The
   * same credentials are the same object.
   *
   * @param signal - stops the waiting; the plugin is killed once nobody waits for it any more
   * @throws ExecPluginError, PluginPolicyError in client-go's words: `getting credentials: exec: executable …`
   * @throws the signal's reason when it is aborted
   */
  credentials(signal?: AbortSignal): Promise<ExecCredentialStatus>;
  /**
   * To be called when the server answered 401 to these credentials: runs the plugin again, unless others have been got
   * since then. The request is not to be sent again. client-go's `maybeRefreshCreds`.
   *
   * @throws as `credentials`, with `refreshing credentials: ` in front; the old credentials stay then. kubectl logs such
   * an error and goes on.
   */
  invalidate(used: ExecCredentialStatus, signal?: AbortSignal): Promise<void>;
  /**
   * Calls the listener whenever a run gave another client certificate than the one before (or none any more): open
   * connections are then to be closed. Returns what ends that.
   */
  onCertificateChange(listener: () => void): () => void;
  /** Kills the plugin if it runs, and forgets the credentials; whoever waits gets an error. */
  close(): void;
}

/**
 * Makes the authenticator of a plugin. Nothing is run yet.
 *
 * @throws ExecPluginError `exec plugin: invalid apiVersion "…"`
 * @throws PluginPolicyError `invalid plugin policy: …`
 */
export function execAuthenticator(host: Host, call: PluginCall): ExecAuthenticator {
  throw new Error(`not built yet ${host.platform} ${call.exec.command}`);
}
