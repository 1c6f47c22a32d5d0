/** A kind of input that an attacker may control, and how kcfg processes it. */
export interface FuzzTarget {
  readonly name: string;
  /** How many cases CI runs, from a fixed seed: about 25 seconds. */
  readonly cases: number;
  /** Makes a case: bytes of a file, a response, or choices from which it is made. */
  readonly make: (random: Random, corpus: readonly Uint8Array[]) => Uint8Array;
  /**
   * Passes a case to kcfg.
   *
   * @throws Fault when the outcome is neither a value nor an error of kcfg's own, or breaks another promise
   */
  readonly run: (input: Uint8Array) => Promise<void> | void;
  /** Ends what the target started, such as a server. */
  readonly close?: () => Promise<void> | void;
}

/** A number from 0 to 1, the same for the same seed. */
export type Random = () => number;

/** A broken promise. */
export class Fault extends Error {
  override readonly name = "Fault";
}

/** Marks every secret: no error may show it. */
export const SECRET = "SECRET-9d1c-MARKER";

/** A line on which the marker is a secret, as in the examples; anywhere else it may be a name, which errors do show. */
const SECRET_LINE = /^\s*(?:token|password|refresh-token): "?SECRET-9d1c-MARKER"?$/u;

/**
 * Accepts an error of the expected classes.
 *
 * @throws Fault for any other error, or one that shows the marker of a secret in the input
 */
export function expected(
  error: unknown,
  classes: readonly (abstract new (...args: never) => Error)[],
  input?: string,
): void {
  if (!classes.some((known) => error instanceof known)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Fault(`no error of kcfg's own: ${text.slice(0, 1500)}`);
  }
  if (input !== undefined && onlySecrets(input) && shown(error as Error).includes(SECRET)) {
    throw new Fault(`the error shows the secret: ${(error as Error).message.slice(0, 500)}`);
  }
}

function shown(error: Error): string {
  return error.cause instanceof Error ? `${error.message}\n${shown(error.cause)}` : error.message;
}

/**
 * Reports whether the marker is only on lines of its own field, and no quote or block before could change its meaning.
 */
function onlySecrets(input: string): boolean {
  const before = input.slice(0, Math.max(input.indexOf(SECRET), 0));
  return (
    !/[|>&*!?]/u.test(before) &&
    (before.split('"').length % 2 === 1 || before.endsWith(': "')) &&
    before.split("'").length % 2 === 1 &&
    input.split(/\r?\n/u).every((line) => !line.includes(SECRET) || SECRET_LINE.test(line))
  );
}
