import { goQuote } from "../../go/quote.ts";
import { RefusedDocument } from "./refused-document.ts";
import type { WireValue } from "./wire-value.ts";
import { membersOf } from "./wire-value.ts";

/** The Go type that a value is decoded into, as far as a kuberc needs types. */
export type Shape =
  | { readonly kind: "string" }
  | { readonly kind: "list"; readonly of: Shape }
  | { readonly kind: "struct"; readonly fields: Readonly<Record<string, Shape>> };

export const STRING: Shape = { kind: "string" };

export function listOf(of: Shape): Shape {
  return { kind: "list", of };
}

export function struct(fields: Readonly<Record<string, Shape>>): Shape {
  return { kind: "struct", fields };
}

/** A value of the wrong type: Go refuses the whole document. */
export class ShapeError extends RefusedDocument {
  override readonly name = "ShapeError";
}

/** Go accumulates no more complaints than these. */
const MAX_COMPLAINTS = 100;

/**
 * A variable of a Go type that JSON is decoded into, with the ways of Go's encoding/json (as sigs.k8s.io/json has it:
 * keys match to the letter). They show when a key stands twice: the second list is decoded over the elements of the
 * first, so that what it leaves out stays; null leaves texts and structs as they are and takes lists away.
 */
export abstract class Variable {
  /**
   * @param path - how a complaint names this place, `""` for the top
   * @param complaints - what Go's strict mode would say, in its order: `unknown field "a.b"`, `duplicate field "a"`
   * @throws ShapeError
   */
  abstract decode(value: WireValue, path: string, complaints: Set<string>): void;

  static of(shape: Shape): Variable {
    switch (shape.kind) {
      case "string":
        return new StringVariable();
      case "list":
        return new ListVariable(shape.of);
      default:
        return new StructVariable(shape.fields);
    }
  }
}

export class StringVariable extends Variable {
  text = "";

  override decode(value: WireValue, path: string): void {
    if (value === null) {
      return;
    }
    if (typeof value !== "string") {
      throw new ShapeError(`${path} must be a string`);
    }
    this.text = value;
  }
}

export class ListVariable extends Variable {
  readonly #of: Shape;
  /** Every element that was ever decoded, also those that a shorter list has hidden since. */
  #backing: Variable[] = [];
  #length: number | undefined;

  constructor(of: Shape) {
    super();
    this.#of = of;
  }

  /** Undefined for Go's nil. */
  get elements(): readonly Variable[] | undefined {
    return this.#length === undefined ? undefined : this.#backing.slice(0, this.#length);
  }

  override decode(value: WireValue, path: string, complaints: Set<string>): void {
    if (value === null) {
      this.#backing = [];
      this.#length = undefined;
      return;
    }
    if (!Array.isArray(value)) {
      throw new ShapeError(`${path} must be a list`);
    }
    for (const [index, element] of (value as readonly WireValue[]).entries()) {
      const variable = this.#backing[index] ?? Variable.of(this.#of);
      this.#backing[index] = variable;
      variable.decode(element, `${path}[${index}]`, complaints);
    }
    if (value.length === 0) {
      this.#backing = [];
    }
    this.#length = value.length;
  }
}

export class StructVariable extends Variable {
  readonly fields: ReadonlyMap<string, Variable>;

  constructor(fields: Readonly<Record<string, Shape>>) {
    super();
    this.fields = new Map(Object.entries(fields).map(([name, shape]) => [name, Variable.of(shape)]));
  }

  override decode(value: WireValue, path: string, complaints: Set<string>): void {
    if (value === null) {
      return;
    }
    const members = membersOf(value);
    if (members === undefined) {
      throw new ShapeError(`${path === "" ? "a kuberc" : path} must be a mapping`);
    }
    const seen = new Set<string>();
    for (const [key, member] of members) {
      const place = path === "" ? key : `${path}.${key}`;
      const variable = this.fields.get(key);
      if (variable === undefined) {
        complain(complaints, `unknown field ${goQuote(place)}`);
      } else {
        if (seen.has(key)) {
          complain(complaints, `duplicate field ${goQuote(place)}`);
        }
        seen.add(key);
        variable.decode(member, place, complaints);
      }
    }
  }
}

function complain(complaints: Set<string>, complaint: string): void {
  if (complaints.size < MAX_COMPLAINTS) {
    complaints.add(complaint);
  }
}
