import type { Position } from "../api/position.ts";

/**
 * A string that go-yaml v2 or sigs.k8s.io/yaml would refuse.
 *
 * `reason` keeps go-yaml's words but never holds the contents of a scalar, which may be a secret. `hint`, where there
 * is one, is a sentence without a full stop that says how to fix the text.
 */
export class YamlError extends Error {
  readonly reason: string;
  readonly position?: Position;
  readonly hint?: string;

  constructor(reason: string, position?: Position, hint?: string) {
    super(reason);
    this.name = "YamlError";
    this.reason = reason;
    if (position !== undefined) this.position = position;
    if (hint !== undefined) this.hint = hint;
  }
}
