import { ExecCredentialStatus } from "../api/exec-credential.ts";
import { ExecPluginError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { withErrorPrefix } from "./with-error-prefix.ts";
import { InstallHint } from "./install-hint.ts";
import type { PluginAnswer, PluginCall } from "./run-plugin.ts";
import { runPluginOnce, validatePluginCall } from "./run-plugin.ts";
import { SharedRun } from "./shared-run.ts";

/**
 * Gets credentials from a plugin, and keeps them while they are good: client-go's `exec.Authenticator`.
 *
 * The plugin never runs twice at once, however many callers wait. Inspecting one shows no secret.
 */
export interface ExecAuthenticator {
  /**
   * The credentials: those of the last run until they expire, else those of a new one, which all who wait share. The
   * same credentials are the same object. A certificate and its key come as plain PEM, the key in PKCS #8, however the
   * plugin spelled them.
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
   * @throws as `credentials`, but `refreshing credentials: …`; the old credentials stay then. kubectl logs such an
   *   error and goes on.
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
  validatePluginCall(host, call);
  return new Authenticator(host, call);
}

class Authenticator implements ExecAuthenticator {
  readonly #host: Host;
  readonly #call: PluginCall;
  readonly #hint: InstallHint;
  readonly #listeners = new Set<() => void>();
  /** What the last run that succeeded gave. */
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
    // Someone found the credentials refused and is getting new ones: those will be better.
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

  /** The credentials, if they have not expired. */
  get #current(): ExecCredentialStatus | undefined {
    const expiry = this.#credentials?.expirationTimestamp;
    return expiry !== undefined && this.#host.now() > expiry ? undefined : this.#credentials;
  }

  /** Joins the run that is under way, or begins one. */
  #refresh(signal: AbortSignal | undefined): Promise<ExecCredentialStatus> {
    if (this.#isClosed) {
      return Promise.reject(closed());
    }
    const before = this.#run;
    if (before !== undefined && !before.isGivenUp) {
      return before.join(signal);
    }
    const run = new SharedRun(async (abort) => {
      // A plugin that was given up may take a moment to end.
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
