import { unquoteGo } from "../../go/unquote.ts";
import { isGoDigit } from "../../go/unicode.ts";
import type { JsonPathActionNode, JsonPathNode, JsonPathTextNode, SliceNode } from "./ast.ts";
import { describeCharacter, END_OF_INPUT, isEndOfLine, isTerminator, isWordStart } from "./characters.ts";
import { JsonPathCursor } from "./jsonpath-cursor.ts";
import { parseGoFloat, parseGoInt, addInt64, isAsciiDigits } from "./jsonpath-integer.ts";
import { JsonPathError } from "./json-path-error.ts";

/**
 * Brackets inside brackets inside quotes: the two kinds of quotes bound what a filter may hold, so there can be only a
 * few levels. The limit guards against a change of the grammar.
 */
const MAX_NESTING = 32;

/**
 * Parses a template (client-go, `util/jsonpath/parser.go`).
 *
 * @throws JsonPathError in client-go's words.
 */
export function parseTemplate(template: string): readonly (JsonPathTextNode | JsonPathActionNode)[] {
  return new TemplateParser(template, 0).parse();
}

class TemplateParser {
  readonly #cursor: JsonPathCursor;
  readonly #nesting: number;
  #steps: JsonPathNode[] = [];

  constructor(template: string, nesting: number) {
    if (nesting > MAX_NESTING) {
      throw new JsonPathError("expressions are nested too deeply");
    }
    this.#cursor = new JsonPathCursor(template);
    this.#nesting = nesting;
  }

  parse(): readonly (JsonPathTextNode | JsonPathActionNode)[] {
    const nodes: (JsonPathTextNode | JsonPathActionNode)[] = [];
    for (;;) {
      this.#cursor.skipTo("{");
      const text = this.#cursor.take();
      if (text !== "") {
        nodes.push({ kind: "text", text });
      }
      if (this.#cursor.peek() === END_OF_INPUT) {
        return nodes;
      }
      this.#cursor.skip("{");
      this.#cursor.take();
      nodes.push({ kind: "action", steps: this.#action() });
    }
  }

  /** Reads an action, with its closing brace. */
  #action(): readonly JsonPathNode[] {
    this.#steps = [];
    while (!this.#cursor.lookingAt("}")) {
      this.#step();
    }
    this.#cursor.skip("}");
    this.#cursor.take();
    return this.#steps;
  }

  #step(): void {
    if (this.#cursor.lookingAt("[?(")) {
      this.#filter();
      return;
    }
    if (this.#cursor.lookingAt("..")) {
      this.#recursive();
      return;
    }
    const c = this.#cursor.next();
    if (c === END_OF_INPUT || isEndOfLine(c)) {
      throw new JsonPathError("unclosed action");
    }
    switch (String.fromCodePoint(c)) {
      case " ":
      case "@":
      case "$":
        this.#cursor.take();
        return;
      case "[":
        this.#brackets();
        return;
      case '"':
      case "'":
        this.#quoted(c);
        return;
      case ".":
        this.#field();
        return;
      case "+":
      case "-":
        this.#number();
        return;
      default:
    }
    if (isGoDigit(c)) {
      this.#number();
    } else if (isWordStart(c)) {
      this.#word();
    } else {
      throw new JsonPathError(`unrecognized character in action: ${describeCharacter(c)}`);
    }
  }

  #recursive(): void {
    if (this.#steps.at(-1)?.kind === "recursive") {
      throw new JsonPathError("invalid multiple recursive descent");
    }
    this.#cursor.skip("..");
    this.#cursor.take();
    this.#steps.push({ kind: "recursive" });
    if (isWordStart(this.#cursor.peek())) {
      this.#field();
    }
  }

  #field(): void {
    this.#cursor.take();
    for (;;) {
      const c = this.#cursor.next();
      if (c === 0x5c) {
        this.#cursor.next();
      } else if (isTerminator(c)) {
        this.#cursor.back();
        break;
      }
    }
    const name = this.#cursor.take();
    this.#steps.push(
      name === "*" ? { kind: "wildcard" } : { kind: "field", name: name.replaceAll("\\", "") },
    );
  }

  #word(): void {
    while (!isTerminator(this.#cursor.next())) {
      // A word includes everything up to the next terminator, quotes and parentheses too.
    }
    this.#cursor.back();
    const name = this.#cursor.take();
    const isBoolean = name === "true" || name === "false";
    this.#steps.push(isBoolean ? { kind: "literal", value: name === "true" } : { kind: "identifier", name });
  }

  /** Reads the rest of a number after its first character, a sign or a digit. */
  #number(): void {
    for (;;) {
      const c = this.#cursor.next();
      if (c !== 0x2e && !isGoDigit(c)) {
        this.#cursor.back();
        break;
      }
    }
    const text = this.#cursor.take();
    const value = parseGoInt(text) ?? parseGoFloat(text);
    if (value === undefined) {
      throw new JsonPathError(`cannot parse number ${text}`);
    }
    this.#steps.push({ kind: "literal", value });
  }

  #quoted(quote: number): void {
    for (;;) {
      const c = this.#cursor.next();
      if (c === END_OF_INPUT || c === 0x0a) {
        throw new JsonPathError("unterminated quoted string");
      }
      if (c === quote && !this.#cursor.afterBackslash()) {
        break;
      }
    }
    const quoted = this.#cursor.take();
    const text = quoted.includes("\\") ? unquoteGo(quoted) : quoted.slice(1, -1);
    if (text === undefined) {
      throw new JsonPathError(`unquote string ${quoted} error invalid syntax`);
    }
    this.#steps.push({ kind: "text", text });
  }

  /** Reads the rest of `[…]`. The first `]` ends it, even inside quotes. */
  #brackets(): void {
    for (;;) {
      const c = this.#cursor.next();
      if (c === END_OF_INPUT || c === 0x0a) {
        throw new JsonPathError("unterminated array");
      }
      if (c === 0x5d) {
        break;
      }
    }
    const text = this.#cursor.take().slice(1, -1);
    if (text.includes(",")) {
      const branches = text.split(",").map((branch) => this.#nested(`[${trimSpaces(branch)}]`));
      this.#steps.push({ kind: "union", branches });
    } else if (isQuotedKey(text)) {
      // The key is read as a path: ['a.b'] is .a.b, not the key "a.b".
      for (const step of this.#nested(`.${text.slice(1, -1)}`)) {
        this.#steps.push(step);
      }
    } else {
      this.#steps.push(parseSlice(text === "*" ? ":" : text));
    }
  }

  #filter(): void {
    this.#cursor.skip("[?(");
    this.#cursor.take();
    this.#skipFilterText();
    if (this.#cursor.next() !== 0x5d) {
      throw new JsonPathError("unclosed array expect ]");
    }
    const { left, operator, right } = splitComparison(this.#cursor.take().slice(0, -2));
    this.#steps.push({
      kind: "filter",
      left: this.#nested(left),
      comparison: operator === undefined ? undefined : { operator, right: this.#nested(right) },
    });
  }

  /** Skips the rest of a filter, with its `)`. Only the first pair of quotes hides a `)`. */
  #skipFilterText(): void {
    let quote: number | undefined;
    let closed = false;
    for (;;) {
      const c = this.#cursor.next();
      if (c === END_OF_INPUT || c === 0x0a) {
        throw new JsonPathError("unterminated filter");
      }
      if (c === 0x29 && (quote === undefined || closed)) {
        return;
      }
      if (c === 0x22 || c === 0x27) {
        if (quote === undefined) {
          quote = c;
        } else if (c === quote && !this.#cursor.afterBackslash()) {
          closed = true;
        }
      }
    }
  }

  /** Parses a nested expression. A `}` inside it ends it: the rest is checked and then left out, as client-go does. */
  #nested(text: string): readonly JsonPathNode[] {
    const [first] = new TemplateParser(`{${text}}`, this.#nesting + 1).parse();
    return first?.kind === "action" ? first.steps : [];
  }
}

function trimSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charAt(start) === " ") {
    start++;
  }
  while (end > start && text.charAt(end - 1) === " ") {
    end--;
  }
  return text.slice(start, end);
}

function isQuotedKey(text: string): boolean {
  return text.length >= 2 && text.startsWith("'") && text.indexOf("'", 1) === text.length - 1;
}

interface FilterText {
  readonly left: string;
  readonly operator: string | undefined;
  readonly right: string;
}

/** Splits at the first run of operator characters, even inside quotes. Neither side may be empty. */
function splitComparison(text: string): FilterText {
  const isOperator = (index: number) => index < text.length && "!<>=".includes(text.charAt(index));
  let start = 0;
  while (start < text.length && !isOperator(start)) {
    start++;
  }
  let end = start;
  while (isOperator(end)) {
    end++;
  }
  // A run that reaches the end gives its last character to the right side.
  end = Math.min(end, text.length - 1);
  if (start === 0 || end <= start) {
    return { left: text, operator: undefined, right: "" };
  }
  return { left: text.slice(0, start), operator: text.slice(start, end), right: text.slice(end) };
}

/**
 * Parses the content of `[…]` as an index or a slice.
 *
 * @throws JsonPathError `invalid array index …`, or `array index … is not a number` for a number beyond 64 bits.
 */
function parseSlice(text: string): SliceNode {
  const parts = text.split(":");
  if (parts.length > 3 || !parts.every(isSignedDigits)) {
    throw new JsonPathError(`invalid array index ${text}`);
  }
  const [start, end, step] = parts.map(parsePart);
  const endDerived = parts.length === 1;
  return { kind: "slice", start, end: endDerived ? addInt64(start ?? 0n, 1n) : end, endDerived, step };
}

/** Reports whether a string consists of digits with an optional minus; "" and "-" count too. */
function isSignedDigits(text: string): boolean {
  const digits = text.startsWith("-") ? text.slice(1) : text;
  return digits === "" || isAsciiDigits(digits);
}

function parsePart(text: string): bigint | undefined {
  if (text === "") {
    return undefined;
  }
  const value = parseGoInt(text);
  if (value === undefined) {
    throw new JsonPathError(`array index ${text} is not a number`);
  }
  return value;
}
