import type { Position } from "./api/position.ts";

/** Every way in which kcfg fails. The set is closed, and each code has one class. */
export type KcfgErrorCode =
  | "ConfigRead"
  | "ConfigParse"
  | "InvalidConfiguration"
  | "EmptyConfig"
  | "ContextNotFound"
  | "ConfigLock"
  | "Kuberc"
  | "PluginPolicy"
  | "ExecPlugin"
  | "Connection";

/**
 * The base of all errors that kcfg throws. `message` keeps clientcmd's words where clientcmd has words, because scripts
 * search for them. No message holds a token, a password, a key or an argument of a plugin.
 */
export abstract class KcfgError extends Error {
  /** The code of the error, for a `switch`: each class has its own. */
  abstract readonly code: KcfgErrorCode;
  /** The name of the class. */
  abstract override readonly name: string;
}

/** A file that could not be read (or, in a migration, written). `message` reads as Go's: `open F: permission denied`. */
export class ConfigReadError extends KcfgError {
  readonly code = "ConfigRead";
  override readonly name = "ConfigReadError";
  /** The file. */
  readonly file: string;

  constructor(message: string, file: string, cause?: unknown) {
    super(message, { cause });
    this.file = file;
  }
}

/** A string or file that kubectl refuses as a kubeconfig. */
export class ConfigParseError extends KcfgError {
  readonly code = "ConfigParse";
  override readonly name = "ConfigParseError";
  /** The file; `undefined` where the content was passed as a string. */
  readonly file: string | undefined;
  /** The position of the fault in the content, if it is at one place. */
  readonly position: Position | undefined;
  /** The fault, without the position. */
  readonly reason: string;
  /** How to fix it, where that is known. */
  readonly hint: string | undefined;

  constructor(
    reason: string,
    place: {
      readonly file?: string | undefined;
      readonly position?: Position | undefined;
      readonly hint?: string | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    const { file, position, hint, cause } = place;
    super(describeParseError(reason, place), { cause });
    this.file = file;
    this.position = position;
    this.reason = reason;
    this.hint = hint;
  }
}

function describeParseError(
  reason: string,
  {
    file,
    position,
    hint,
  }: {
    readonly file?: string | undefined;
    readonly position?: Position | undefined;
    readonly hint?: string | undefined;
  },
): string {
  const prefix = file === undefined ? "" : `error loading config file "${file}": `;
  const place = position === undefined ? "" : `line ${position.line}, column ${position.column}: `;
  return `${prefix}${place}${reason}${hint === undefined ? "" : ` (${hint})`}`;
}

/** A configuration that cannot be used. `errors` lists every problem. */
export class InvalidConfigurationError extends KcfgError {
  readonly code = "InvalidConfiguration";
  override readonly name = "InvalidConfigurationError";
  /** Each problem by itself; at least one. */
  readonly errors: readonly Error[];
  /**
   * Whether these are clientcmd's findings about a configuration that could be read (client-go's
   * `errConfigurationInvalid`), and not errors of reading it. Then `message` begins with `invalid configuration: `.
   */
  readonly fromValidation: boolean;

  constructor(errors: readonly Error[], { fromValidation = false } = {}) {
    const message = aggregateMessage(errors.map((error) => error.message));
    super(fromValidation ? `invalid configuration: ${message}` : message);
    this.errors = errors;
    this.fromValidation = fromValidation;
  }
}

/** Joins messages as Go's `utilerrors.Aggregate`: one message unchanged, several in brackets, each only once. */
function aggregateMessage(messages: readonly string[]): string {
  const distinct = [...new Set(messages)];
  return distinct.length === 1 ? (distinct[0] ?? "") : `[${distinct.join(", ")}]`;
}

/** Thrown when nothing says which server to connect to. client-go's `ErrEmptyConfig`. */
export class EmptyConfigError extends KcfgError {
  readonly code = "EmptyConfig";
  override readonly name = "EmptyConfigError";
}

/** The context that was asked for does not exist. client-go's `errContextNotFound`. */
export class ContextNotFoundError extends KcfgError {
  readonly code = "ContextNotFound";
  override readonly name = "ContextNotFoundError";
  /** The name of the context. */
  readonly contextName: string;

  constructor(message: string, contextName: string) {
    super(message);
    this.contextName = contextName;
  }
}

/** A kubeconfig that another process keeps locked. */
export class ConfigLockError extends KcfgError {
  readonly code = "ConfigLock";
  override readonly name = "ConfigLockError";
  /** The lock file. */
  readonly file: string;

  constructor(message: string, file: string, cause?: unknown) {
    super(message, { cause });
    this.file = file;
  }
}

/**
 * A kuberc that kubectl refuses to work with. `message` is what kubectl prints after `error occurred while applying
 * preferences `.
 */
export class KubercError extends KcfgError {
  readonly code = "Kuberc";
  override readonly name = "KubercError";
  /** The kuberc; `undefined` where the fault is not in one file. */
  readonly file: string | undefined;

  constructor(message: string, file?: string, cause?: unknown) {
    super(message, { cause });
    this.file = file;
  }
}

/** An invalid plugin policy, or a plugin that the policy denies. `message` has client-go's words. */
export class PluginPolicyError extends KcfgError {
  readonly code = "PluginPolicy";
  override readonly name = "PluginPolicyError";
}

/**
 * A credential plugin that could not be run, or whose output is invalid. Never holds what the plugin printed on standard
 * output; the end of what it printed on standard error only if the program receives that: see `onPluginStderr`.
 */
export class ExecPluginError extends KcfgError {
  readonly code = "ExecPlugin";
  override readonly name = "ExecPluginError";
}

/** A connection that could not be set up, or a request that could not be sent. `message` reads as client-go's. */
export class ConnectionError extends KcfgError {
  readonly code = "Connection";
  override readonly name = "ConnectionError";
  /**
   * `host:port` of the server that the request was for: kubectl then begins with `Unable to connect to the server: `.
   * Undefined while the connection is set up, and for a response that broke off.
   */
  readonly server: string | undefined;
  /** Whether the server, or a proxy before it, takes no connections at its port. */
  readonly isRefused: boolean;

  constructor(
    message: string,
    {
      server,
      isRefused = false,
      cause,
    }: {
      readonly server?: string | undefined;
      readonly isRefused?: boolean;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause });
    this.server = server;
    this.isRefused = isRefused;
  }
}

/** Reports whether the error says that no server is configured, and nothing else. client-go's `IsEmptyConfig`. */
export function isEmptyConfig(error: unknown): boolean {
  if (error instanceof InvalidConfigurationError && error.fromValidation) {
    return error.errors.length === 1 && error.errors[0] instanceof EmptyConfigError;
  }
  return error instanceof EmptyConfigError;
}

/**
 * Reports whether the error says, by itself or among others, that the chosen context does not exist, or that none was
 * chosen. client-go's `IsContextNotFound`. client-go, and so this function, does not count a context that was asked for
 * by name and is missing: `context "x" does not exist`.
 */
export function isContextNotFound(error: unknown): boolean {
  return (
    error instanceof ContextNotFoundError ||
    (error instanceof InvalidConfigurationError && error.errors.some(isContextNotFound))
  );
}

/**
 * Reports whether the error is clientcmd's verdict about a configuration that could be read, as opposed to an error of
 * reading it. client-go's `IsConfigurationInvalid`.
 */
export function isConfigurationInvalid(error: unknown): boolean {
  return (error instanceof InvalidConfigurationError && error.fromValidation) || isContextNotFound(error);
}

/** Reports whether the error says that a file does not exist. */
export function isFileNotFound(error: unknown): boolean {
  return error instanceof ConfigReadError && hasErrno(error.cause, "ENOENT");
}

/**
 * Reports whether the error is a file system error with this code. Does not use `instanceof Error`, which fails across
 * realms.
 */
export function hasErrno(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
