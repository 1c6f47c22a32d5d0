import type { ExecClusterInfo, ExecCredentialStatus } from "../api/exec-credential.ts";
import type { ExecConfig, ExecEnvVar } from "../api/exec.ts";
import type { PluginPolicy } from "../api/plugin-policy.ts";
import { filepathFor } from "../go/filepath.ts";
import { isSupportedApiVersion } from "../api/exec-versions.ts";
import {
  decodeExecCredential,
  ExecCredentialError,
} from "../codec/exec-credential/decode-exec-credential.ts";
import { encodeExecInfo } from "../codec/exec-credential/encode-exec-info.ts";
import { codeOf } from "../go/errno.ts";
import { formatGoDuration } from "../go/duration.ts";
import { goQuote } from "../go/quote.ts";
import { ExecPluginError, PluginPolicyError } from "../errors.ts";
import { startTimer } from "../host/long-timer.ts";
import type { Host } from "../host/host.ts";
import { BatchFileError } from "../host/batch-file.ts";
import type { RunResult } from "../host/processes.ts";
import { isWrongDigest } from "../host/processes.ts";
import { describeErrno } from "../loading/file-system.ts";
import { loadRequirements } from "../loading/load-requirements.ts";
import { CHANGING, executableFacts } from "../loading/look-path.ts";
import { digestError, filesOf } from "../policy/check-requirements.ts";
import { decidePlugin } from "../policy/decide.ts";
import { effectiveName } from "../policy/plugin-variables.ts";
import { policyFault } from "../policy/validate-policy.ts";
import { linkSignals } from "./abort-signals.ts";
import { CHAIN } from "./credential-chain.ts";
import type { InstallHint } from "./install-hint.ts";
import type { KeyPair } from "./read-key-pair.ts";
import { KeyPairError, readKeyPair } from "./read-key-pair.ts";
import { EXEC_INFO } from "../host/credential-plugin.ts";

/** A credential plugin, and everything that determines how it runs. */
export interface PluginCall {
  /** The configuration of the plugin. */
  readonly exec: ExecConfig;
  /** The cluster information for the plugin, if `exec.provideClusterInfo`; else it may be undefined. */
  readonly cluster: ExecClusterInfo | undefined;
  /** Decides whether the plugin may run. */
  readonly policy: PluginPolicy;
  /**
   * The plugin requirements that it must meet in addition: the value of `--plugin-requirements`. Default: the file that
   * KCFG_PLUGIN_REQUIREMENTS names, else `~/.kube/plugin-requirements.yaml` if there is one. Read before each run.
   */
  readonly pluginRequirements?: string | undefined;
  /** Why the plugin cannot use standard input; `""` if it can. client-go's `StdinUnavailableMessage`. */
  readonly stdinUnavailable: string;
  /**
   * The value of KCFG_CREDENTIAL_CHAIN for the plugin, which no kubeconfig can override: the users whose credentials are
   * being requested already. Undefined leaves that variable unchanged.
   */
  readonly chain?: string | undefined;
  /**
   * Receives the standard error of the plugin as it arrives: for people, and unescaped. The error of a failed plugin then
   * contains the end of it, escaped. If undefined, the plugin inherits this process's standard error, as in kubectl.
   */
  readonly onStderr?: ((text: string) => void) | undefined;
  /** How long a run may take, in milliseconds, before the plugin and its children are killed; default: 0, for no limit. */
  readonly timeout?: number | undefined;
}

/** The result of a plugin run. */
export interface PluginAnswer {
  readonly status: ExecCredentialStatus;
  /** Its certificate and key, if any. */
  readonly keyPair: KeyPair | undefined;
}

/** The limit for a plugin's output, in bytes. An ExecCredential has a few thousand. */
export const MAX_OUTPUT = 16 * 1024 * 1024;

/**
 * Refuses a plugin that must never run, without looking at the machine's files.
 *
 * @throws ExecPluginError `exec plugin: invalid apiVersion "…"`
 * @throws PluginPolicyError `invalid plugin policy: …`
 */
export function validatePluginCall(host: Host, { exec, policy }: PluginCall): void {
  if (!isSupportedApiVersion(exec.apiVersion)) {
    throw new ExecPluginError(`exec plugin: invalid apiVersion ${goQuote(exec.apiVersion)}`);
  }
  const fault = policyFault(policy, filepathFor(host));
  if (fault !== undefined) {
    throw new PluginPolicyError(fault);
  }
}

/**
 * Runs a credential plugin once, if the policy allows it, and reads its output. client-go's `refreshCredsLocked`.
 *
 * The policy is evaluated just before the start, and the file that it was evaluated for is started: there is no second
 * lookup, and no shell.
 *
 * @param signal - kills the plugin and its children
 * @throws ExecPluginError, PluginPolicyError in client-go's words, and without the plugin's standard output
 * @throws the signal's reason when it is aborted
 */
export async function runPluginOnce(
  host: Host,
  call: PluginCall,
  hint: InstallHint,
  signal: AbortSignal | undefined,
): Promise<PluginAnswer> {
  const { exec, cluster, stdinUnavailable, chain } = call;
  const interactive = isInteractive(host, exec.interactiveMode, stdinUnavailable);
  const execInfo = encodeExecInfo(exec.apiVersion, {
    interactive,
    cluster: exec.provideClusterInfo ? cluster : undefined,
  });
  const imposed = chain === undefined ? [] : [{ name: CHAIN, value: chain }];
  const env = pluginEnvironment(host, exec.env ?? [], execInfo, imposed);
  const limit = startLimit(call.timeout ?? 0, signal);
  const stderr = call.onStderr && new StderrReader(call.onStderr);
  try {
    const result = await start(host, call, {
      env,
      interactive,
      hint,
      signal: limit.signal,
      onStderr: stderr && ((chunk) => stderr.read(chunk)),
    });
    signal?.throwIfAborted();
    limit.signal?.throwIfAborted();
    refuseFailure(exec.command, result, host);
    return readAnswer(result.stdout, exec.apiVersion);
  } catch (error) {
    signal?.throwIfAborted();
    const fault = limit.isOver()
      ? new ExecPluginError(
          `exec: executable ${filepathFor(host).clean(exec.command)} did not end within ${formatGoDuration(call.timeout ?? 0)}`,
        )
      : error;
    throw fault instanceof ExecPluginError ? (stderr?.explain(fault) ?? fault) : fault;
  } finally {
    limit.clear();
  }
}

/** Starts the timeout of a run. */
function startLimit(
  timeout: number,
  signal: AbortSignal | undefined,
): {
  /** Aborted when the run must end. */
  readonly signal: AbortSignal | undefined;
  /** Reports whether the timeout has passed. */
  readonly isOver: () => boolean;
  readonly clear: () => void;
} {
  if (!(timeout > 0)) {
    return { signal, isOver: () => false, clear: () => undefined };
  }
  const limit = new AbortController();
  const stop = startTimer(timeout, () => limit.abort());
  const linked = signal && linkSignals(signal, limit.signal);
  return {
    signal: linked?.signal ?? limit.signal,
    isOver: () => limit.signal.aborted,
    clear: () => {
      stop();
      linked?.release();
    },
  };
}

/** How much of a plugin's standard error an error contains, in characters: the end, where the reason is. */
const MAX_WORDS = 1024;

/** Forwards a plugin's standard error, and keeps the end of it. */
class StderrReader {
  readonly #receive: (text: string) => void;
  readonly #decoder = new TextDecoder();
  #end = "";
  #isCut = false;

  constructor(receive: (text: string) => void) {
    this.#receive = receive;
  }

  read(chunk: Uint8Array): void {
    const text = this.#decoder.decode(chunk, { stream: true });
    const all = this.#end + text;
    this.#isCut ||= all.length > MAX_WORDS;
    this.#end = all.slice(-MAX_WORDS);
    try {
      const result: unknown = this.#receive(text);
      if (result instanceof Promise) {
        result.catch(() => undefined);
      }
    } catch {
      // A faulty receiver must not fail the plugin.
    }
  }

  /** Returns the error with the plugin's own output, in one line without terminal escapes. */
  explain(error: ExecPluginError): ExecPluginError {
    const words = this.#end.trim();
    return words === ""
      ? error
      : new ExecPluginError(`${error.message} (stderr: ${this.#isCut ? "..." : ""}${goQuote(words)})`);
  }
}

interface StartOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly interactive: boolean;
  readonly hint: InstallHint;
  readonly signal: AbortSignal | undefined;
  readonly onStderr: ((chunk: Uint8Array) => void) | undefined;
}

async function start(host: Host, call: PluginCall, options: StartOptions): Promise<RunResult> {
  const { exec, policy } = call;
  const filepath = filepathFor(host);
  const name = filepath.clean(exec.command);
  const requirements = loadRequirements(host, call.pluginRequirements);
  // The digest is that of what is started, so it is compared while that is opened.
  const facts = { ...executableFacts(host), digest: undefined };
  const decision = decidePlugin(policy, exec, filepath, facts, requirements);
  const { status, rule, error, isNotFound, resolvedPath } = decision;
  if (status === "denied" && rule !== "relative-path") {
    throw new PluginPolicyError(error);
  }
  if (status !== "allowed" || resolvedPath === undefined) {
    throw new ExecPluginError(isNotFound ? error + options.hint.next() : error);
  }
  if (
    Object.entries(options.env)
      .flat()
      .some((text) => text.includes("\0"))
  ) {
    throw new ExecPluginError("exec: exec: environment variable contains NUL");
  }
  try {
    return await host.processes.run(resolvedPath, {
      argv0: name,
      args: exec.args ?? [],
      digests: decision.digests,
      env: options.env,
      inheritStdin: options.interactive,
      maxOutput: MAX_OUTPUT,
      onStderr: options.onStderr,
      signal: options.signal,
    });
  } catch (reason) {
    options.signal?.throwIfAborted();
    if (isWrongDigest(reason)) {
      const found = reason.found === undefined ? { fault: CHANGING } : { digest: reason.found };
      throw new PluginPolicyError(
        digestError(resolvedPath, found, decision.digests ?? [], filesOf(requirements)),
      );
    }
    // The reason itself holds the arguments, so it must not become the cause.
    throw new ExecPluginError(`exec: fork/exec ${resolvedPath}: ${startFailure(reason)}`);
  }
}

/** Returns why a process could not be started, in Go's words. Contains no part of its arguments or environment. */
function startFailure(reason: unknown): string {
  if (reason instanceof BatchFileError) {
    return reason.message;
  }
  return codeOf(reason) === "" ? "it could not be started" : describeErrno(reason);
}

function refuseFailure(command: string, { exitCode, isTruncated }: RunResult, host: Host): void {
  const name = filepathFor(host).clean(command);
  if (isTruncated) {
    throw new ExecPluginError(`exec: executable ${name} printed more than ${MAX_OUTPUT} bytes`);
  }
  if (exitCode !== 0) {
    // Go reports -1 for a process that was killed by a signal.
    throw new ExecPluginError(`exec: executable ${name} failed with exit code ${exitCode ?? -1}`);
  }
}

/**
 * Reads what a plugin has printed, as client-go does.
 *
 * @throws ExecPluginError in client-go's words, and without any part of it
 */
export function readAnswer(stdout: Uint8Array, apiVersion: string): PluginAnswer {
  try {
    const status = decodeExecCredential(stdout, apiVersion);
    const { clientCertificateData, clientKeyData } = status;
    return {
      status,
      keyPair: clientCertificateData === "" ? undefined : readKeyPair(clientCertificateData, clientKeyData),
    };
  } catch (error) {
    if (error instanceof ExecCredentialError) {
      throw new ExecPluginError(error.message);
    }
    if (error instanceof KeyPairError) {
      throw new ExecPluginError(`failed parsing client key/certificate: ${error.message}`);
    }
    throw error;
  }
}

/**
 * Reports whether a plugin gets standard input, by its `interactiveMode`. client-go's `isInteractive`.
 *
 * @param stdinUnavailable - why standard input is unavailable; `""` if it is available
 * @throws ExecPluginError if the plugin requires it and it is unavailable, or if the mode is unknown
 */
function isInteractive(host: Host, interactiveMode: string, stdinUnavailable: string): boolean {
  const isTerminal = (): boolean => host.terminal.isTerminal("stdin");
  switch (interactiveMode) {
    case "Never":
      return false;
    case "IfAvailable":
      return stdinUnavailable === "" && isTerminal();
    case "Always":
      if (!isTerminal()) {
        throw refusal("standard input is not a terminal");
      }
      if (stdinUnavailable !== "") {
        throw refusal(`standard input is unavailable: ${stdinUnavailable}`);
      }
      return true;
    default:
      throw refusal(`unknown interactiveMode: ${goQuote(interactiveMode)}`);
  }
}

function refusal(reason: string): ExecPluginError {
  return new ExecPluginError(`exec plugin cannot support interactive mode: ${reason}`);
}

/**
 * Returns the environment of a plugin: this process's, then the plugin's `env`, then KUBERNETES_EXEC_INFO and the other
 * imposed variables, which the former cannot override. The last value of a variable counts. Go's `exec.dedupEnv`: a name
 * ends at the first `=`, and on Windows its case does not matter.
 */
function pluginEnvironment(
  host: Host,
  added: readonly ExecEnvVar[],
  execInfo: string,
  imposed: readonly ExecEnvVar[] = [],
): Readonly<Record<string, string>> {
  const inherited = Object.entries(host.env).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  );
  const variables = new Map<string, readonly [name: string, value: string]>();
  for (const { name, value } of [...inherited, ...added, ...imposed, { name: EXEC_INFO, value: execInfo }]) {
    const key = effectiveName({ name, value });
    if (key !== undefined) {
      const rest = `${name}=${value}`.slice(key.length + 1);
      variables.set(host.platform === "win32" ? key.toLowerCase() : key, [key, rest]);
    }
  }
  return Object.fromEntries(variables.values());
}
