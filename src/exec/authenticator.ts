import { ExecCredentialStatus } from "../api/exec-credential.ts";
import { ExecPluginError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { withErrorPrefix } from "./with-error-prefix.ts";
import { InstallHint } from "./install-hint.ts";
import type { PluginAnswer, PluginCall } from "./run-plugin.ts";
import { runPluginOnce, validatePluginCall } from "./run-plugin.ts";
import { SharedRun } from "./shared-run.ts";

/**
 * Gets credentials from a plugin, and caches them while they are valid: client-go's `exec.Authenticator`.
 *
 * The plugin never runs twice at once, however many callers wait. Inspecting an authenticator shows no secret.
 */
export interface ExecAuthenticator {
  /**
   * Returns the credentials: those of the last run until they expire, else those of a new run, which all waiting callers
   * share. The same credentials are the same object. A certificate and its key are plain PEM, the key in PKCS #8,
   * whatever form the plugin printed.
   *
   * @param signal - stops waiting; the plugin is killed once no caller waits for it
   * @throws ExecPluginError, PluginPolicyError in client-go's words: `getting credentials: exec: executable …`
   * @throws the signal's reason when it is aborted
   */
  credentials(signal?: AbortSignal): Promise<ExecCredentialStatus>;
  /**
   * Runs the plugin again, unless the credentials have been replaced since. Must be called when the server responded 401
   * to these credentials; the request must not be sent again. client-go's `maybeRefreshCreds`.
   *
   * @throws as `credentials`, but `refreshing credentials: …`; the old credentials are kept then. kubectl logs such an
   *   error and continues.
   */
  invalidate(used: ExecCredentialStatus, signal?: AbortSignal): Promise<void>;
  /**
   * Calls the listener whenever a run returned a different client certificate than the previous one, or none any more:
   * open connections must be closed then. Returns a function that removes the listener.
   */
  onCertificateChange(listener: () => void): () => void;
  /** Kills the plugin if it runs, and clears the credentials; waiting callers get an error. */
  close(): void;
}

/**
 * Creates the authenticator of a plugin. Does not run the plugin.
 *
 * @throws ExecPluginError `exec plugin: invalid apiVersion "…"`
 * @throws PluginPolicyError `invalid plugin policy: …`
 */
export function execAuthenticator(host: Host, call: PluginCall): ExecAuthenticator {
  validatePluginCall(host, call);
  return new Authenticator(host, call);
}

class Authenticator implements ExecAuthenticator {
  readonly #host: Host;
  readonly #call: PluginCall;
  readonly #hint: InstallHint;
  readonly #listeners = new Set<() => void>();
  /** The result of the last successful run. */
  #credentials: ExecCredentialStatus | undefined;
  #run: SharedRun<ExecCredentialStatus> | undefined;
  #isClosed = false;

  constructor(host: Host, call: PluginCall) {
    this.#host = host;
    this.#call = call;
    this.#hint = new InstallHint(call.exec.installHint, () => host.now());
  }

  async credentials(signal?: AbortSignal): Promise<ExecCredentialStatus> {
    signal?.throwIfAborted();
    // Another caller is already replacing the refused credentials: wait for the new ones.
    const isRunning = this.#run !== undefined && !this.#run.isGivenUp;
    if (!isRunning && this.#current !== undefined) {
      return this.#current;
    }
    try {
      return await this.#refresh(signal);
    } catch (error) {
      if (this.#current !== undefined && signal?.aborted !== true) {
        return this.#current;
      }
      throw signal?.aborted === true ? error : withErrorPrefix("getting credentials", error);
    }
  }

  async invalidate(used: ExecCredentialStatus, signal?: AbortSignal): Promise<void> {
    if (used !== this.#credentials) {
      return;
    }
    try {
      await this.#refresh(signal);
    } catch (error) {
      throw signal?.aborted === true ? error : withErrorPrefix("refreshing credentials", error);
    }
  }

  onCertificateChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.#isClosed = true;
    this.#run?.giveUp(closed());
    this.#credentials = undefined;
    this.#listeners.clear();
  }

  /** The credentials, unless they have expired. */
  get #current(): ExecCredentialStatus | undefined {
    const expiry = this.#credentials?.expirationTimestamp;
    return expiry !== undefined && this.#host.now() > expiry ? undefined : this.#credentials;
  }

  /** Joins the current run, or starts one. */
  #refresh(signal: AbortSignal | undefined): Promise<ExecCredentialStatus> {
    if (this.#isClosed) {
      return Promise.reject(closed());
    }
    const before = this.#run;
    if (before !== undefined && !before.isGivenUp) {
      return before.join(signal);
    }
    const run = new SharedRun(async (abort) => {
      // A killed plugin may take a moment to exit.
      await before?.ended();
      abort.throwIfAborted();
      try {
        return this.#accept(await runPluginOnce(this.#host, this.#call, this.#hint, abort), abort);
      } finally {
        if (this.#run === run) {
          this.#run = undefined;
        }
      }
    });
    this.#run = run;
    return run.join(signal);
  }

  #accept({ status, keyPair }: PluginAnswer, abort: AbortSignal): ExecCredentialStatus {
    abort.throwIfAborted();
    const before = this.#credentials;
    const credentials = new ExecCredentialStatus({
      expirationTimestamp: status.expirationTimestamp,
      token: status.token,
      clientCertificateData: keyPair?.certificate ?? "",
      clientKeyData: keyPair?.key() ?? "",
    });
    this.#credentials = credentials;
    if (before !== undefined && !hasSameCertificate(before, credentials)) {
      this.#listeners.forEach((listener) => listener());
    }
    return credentials;
  }
}

function hasSameCertificate(one: ExecCredentialStatus, other: ExecCredentialStatus): boolean {
  return (
    one.clientCertificateData === other.clientCertificateData && one.clientKeyData === other.clientKeyData
  );
}

function closed(): ExecPluginError {
  return new ExecPluginError("the client was closed");
}
