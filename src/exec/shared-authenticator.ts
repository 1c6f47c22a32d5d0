import { createHash } from "node:crypto";
import type { ExecCredentialStatus } from "../api/exec-credential.ts";
import { encodeExecInfo } from "../codec/exec-credential/encode-exec-info.ts";
import { ExecPluginError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { execAuthenticator } from "./authenticator.ts";
import type { ExecAuthenticator } from "./authenticator.ts";
import { linkSignals } from "./abort-signals.ts";
import type { PluginCall } from "./run-plugin.ts";

/** An authenticator, and the number of open handles to it. */
interface Shared {
  readonly authenticator: ExecAuthenticator;
  handles: number;
}

const machines = new WeakMap<Host, Map<string, Shared>>();

/**
 * Creates an authenticator as {@link execAuthenticator} does, but all clients of this process that call a plugin in exactly
 * the same way share one run and its credentials, as long as one of them is open. client-go's `globalCache`, which keeps
 * them forever.
 *
 * Closing one does not affect the others.
 *
 * @throws ExecPluginError, PluginPolicyError as `execAuthenticator` does
 */
export function sharedAuthenticator(host: Host, call: PluginCall): ExecAuthenticator {
  const known = machines.get(host) ?? new Map<string, Shared>();
  machines.set(host, known);
  const key = cacheKey(call);
  const shared = known.get(key) ?? { authenticator: execAuthenticator(host, call), handles: 0 };
  known.set(key, shared);
  shared.handles++;
  return new Handle(shared.authenticator, () => {
    shared.handles--;
    if (shared.handles === 0) {
      known.delete(key);
      shared.authenticator.close();
    }
  });
}

/** Returns a digest of everything that affects a plugin: the data itself is partly secret. client-go's `cacheKey`. */
export function cacheKey(call: PluginCall): string {
  const { exec, cluster, policy, pluginRequirements, stdinUnavailable, chain, onStderr, timeout } = call;
  const parts = [
    exec.command,
    exec.args ?? null,
    exec.env?.map(({ name, value }) => [name, value]) ?? null,
    exec.installHint,
    exec.provideClusterInfo,
    exec.interactiveMode,
    encodeExecInfo(exec.apiVersion, { interactive: false, cluster }),
    policy.credentialPluginPolicy,
    policy.credentialPluginAllowlist?.map(({ command }) => command) ?? null,
    pluginRequirements ?? "",
    stdinUnavailable,
    chain ?? null,
    timeout ?? 0,
    onStderr === undefined ? null : numberOf(onStderr),
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64");
}

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/** Returns a number that is unique to a function. */
function numberOf(receiver: object): number {
  const number = numbers.get(receiver) ?? ++lastNumber;
  numbers.set(receiver, number);
  return number;
}

class Handle implements ExecAuthenticator {
  readonly #authenticator: ExecAuthenticator;
  readonly #release: () => void;
  readonly #closing = new AbortController();
  readonly #unsubscribe: (() => void)[] = [];

  constructor(authenticator: ExecAuthenticator, release: () => void) {
    this.#authenticator = authenticator;
    this.#release = release;
  }

  credentials(signal?: AbortSignal): Promise<ExecCredentialStatus> {
    return this.#untilClosed(signal, (linked) => this.#authenticator.credentials(linked));
  }

  invalidate(used: ExecCredentialStatus, signal?: AbortSignal): Promise<void> {
    return this.#untilClosed(signal, (linked) => this.#authenticator.invalidate(used, linked));
  }

  onCertificateChange(listener: () => void): () => void {
    const unsubscribe = this.#authenticator.onCertificateChange(() => listener());
    this.#unsubscribe.push(unsubscribe);
    return unsubscribe;
  }

  close(): void {
    if (!this.#closing.signal.aborted) {
      this.#closing.abort(new ExecPluginError("getting credentials: the client was closed"));
      this.#unsubscribe.forEach((unsubscribe) => unsubscribe());
      this.#release();
    }
  }

  async #untilClosed<T>(
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const closing = this.#closing.signal;
    if (signal === undefined) {
      return await work(closing);
    }
    const linked = linkSignals(signal, closing);
    try {
      return await work(linked.signal);
    } finally {
      linked.release();
    }
  }
}
