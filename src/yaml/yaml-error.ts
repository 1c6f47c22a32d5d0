import type { Position } from "../api/position.ts";

/** A string that go-yaml v2 or sigs.k8s.io/yaml would refuse. `message` has the reason, its place and the hint. */
export class YamlError extends Error {
  /** The name of the class. */
  override readonly name = "YamlError";
  /** The fault in go-yaml's words, but never with the contents of a scalar, which may be a secret. */
  readonly reason: string;
  /** The position of the fault, if it is at one place. */
  readonly position?: Position;
  /** How to fix the text, where that is known: a sentence without a full stop. */
  readonly hint?: string;

  constructor(reason: string, position?: Position, hint?: string) {
    const place = position === undefined ? "" : `line ${position.line}, column ${position.column}: `;
    super(`yaml: ${place}${reason}${hint === undefined ? "" : ` (${hint})`}`);
    this.reason = reason;
    if (position !== undefined) this.position = position;
    if (hint !== undefined) this.hint = hint;
  }
}
