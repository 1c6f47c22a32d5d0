import { isDeepStrictEqual } from "node:util";
import type { JsonValue } from "../../../src/api/json-value.ts";
import { emitString } from "../../../src/yaml/emit-string.ts";
import type { Tape } from "./tape.ts";

/** A line of a document, and the entry that it belongs to. */
export interface Line {
  text: string;
  /** Such as `users/2`; `users` for a list in brackets; undefined outside of entries. */
  owner: string | undefined;
  /** Whether a comment may neither follow on it nor, further to the right, under it. */
  readonly isText: boolean;
}

interface Written {
  /** What follows a `:` or `-` on its line. */
  readonly head: string;
  readonly below: readonly Line[];
  readonly noComment: boolean;
}

/** Writes values in random layouts of YAML. */
export class RandomLayout {
  readonly #tape: Tape;
  readonly #plainness: number;
  readonly #anchors: { readonly name: string; readonly value: JsonValue }[] = [];
  #comments = 0;
  /** Whether comments, anchors, repeated keys and `?` may be written. */
  readonly #withAnchors: boolean;

  constructor(tape: Tape) {
    this.#tape = tape;
    this.#plainness = tape.of(1, 2, 4);
    this.#withAnchors = tape.chance(35);
  }

  get hasAnchors(): boolean {
    return this.#anchors.length > 0;
  }

  document(value: ReadonlyMap<string, JsonValue>): Line[] {
    return [...this.#map(value, this.#tape.chance(5) ? 2 : 0, "")];
  }

  #rare(percent: number): boolean {
    return this.#tape.chance(percent / this.#plainness);
  }

  #comment(): string {
    return `#${this.#tape.of(" ", "", "\t")}c${this.#comments++}c`;
  }

  /** Comment lines and empty ones before an entry at a column. `owner`s: the entry before and the one after. */
  #extras(column: number, before: string | undefined, after: string | undefined, deep: boolean): Line[] {
    const at = (indent: number, owner: string | undefined): Line => ({
      text: " ".repeat(indent) + this.#comment(),
      owner,
      isText: false,
    });
    const blank: Line = { text: "", owner: undefined, isText: false };
    if (!this.#rare(30)) {
      return [];
    }
    switch (this.#tape.pick(8)) {
      case 0:
        return [at(column, after)];
      case 1:
        return [blank];
      case 2:
        return [at(column, after), at(column, after)];
      case 3:
        return deep ? [at(column + 1 + this.#tape.pick(3), before)] : [];
      case 4:
        return [at(column, undefined), blank];
      case 5:
        return [blank, at(column, after)];
      case 6:
        return deep ? [at(column + 2, before), blank, at(column, after)] : [blank];
      default:
        return column > 0 ? [at(column - 1, undefined)] : [blank, blank];
    }
  }

  #map(map: ReadonlyMap<string, JsonValue>, column: number, path: string): Line[] {
    const lines: Line[] = [];
    let fields = [...map];
    const merged = this.#mergeable(map);
    if (merged !== undefined) {
      lines.push({ text: `${" ".repeat(column)}<<: *${merged.name}`, owner: undefined, isText: false });
      const given = merged.value as ReadonlyMap<string, JsonValue>;
      fields = fields.filter(([key]) => !given.has(key) || this.#tape.chance(20));
    }
    for (const [key, value] of fields) {
      if (this.#rare(3)) {
        lines.push({ text: `${" ".repeat(column)}${this.#key(key)}: old`, owner: undefined, isText: false });
      }
      lines.push(...this.#extras(column, lines.at(-1)?.owner, undefined, lines.at(-1)?.isText === false));
      lines.push(...this.#field(key, value, column, path === "" ? key : `${path}.${key}`));
    }
    return lines;
  }

  #mergeable(map: ReadonlyMap<string, JsonValue>): { name: string; value: JsonValue } | undefined {
    if (!this.#withAnchors) {
      return undefined;
    }
    const found = this.#anchors.filter(
      ({ value }) =>
        value instanceof Map &&
        value.size > 0 &&
        [...value].every(([k, v]) => map.has(k) && isDeepStrictEqual(map.get(k), v)),
    );
    return found.length > 0 && this.#tape.chance(60) ? found[this.#tape.pick(found.length)] : undefined;
  }

  #field(key: string, value: JsonValue, column: number, path: string): Line[] {
    const pad = " ".repeat(column);
    const explicit = this.#rare(3);
    const written = this.#value(value, column, path, "value");
    const gap = this.#rare(5) ? "  " : "";
    const lines: Line[] = explicit
      ? [
          { text: `${pad}? ${this.#key(key)}`, owner: undefined, isText: false },
          { text: `${pad}:${written.head}`, owner: undefined, isText: written.noComment },
        ]
      : [
          {
            text: `${pad}${this.#key(key)}${this.#rare(3) ? " " : ""}:${written.head === "" ? "" : gap}${written.head}`,
            owner: undefined,
            isText: written.noComment,
          },
        ];
    this.#trail(lines.at(-1));
    if (!path.includes(".")) {
      for (const line of lines) {
        line.owner = `key ${path}`;
      }
    }
    return [...lines, ...written.below];
  }

  #trail(line: Line | undefined): void {
    if (line !== undefined && !line.isText && this.#rare(12)) {
      line.text += `${this.#tape.of(" ", "   ", " \t")}${this.#comment()}`;
    }
  }

  #key(key: string): string {
    if (this.#rare(8)) {
      return this.#tape.pick(2) === 0 ? JSON.stringify(key) : `'${key}'`;
    }
    return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
  }

  #value(value: JsonValue, column: number, path: string, place: "value" | "item"): Written {
    if (this.#withAnchors) {
      const found = this.#anchors.filter((anchor) => isDeepStrictEqual(anchor.value, value));
      if (found.length > 0 && this.#tape.chance(50)) {
        return { head: ` *${found[this.#tape.pick(found.length)]?.name ?? ""}`, below: [], noComment: false };
      }
      if (this.#tape.chance(15) && value !== null) {
        const name = `n${this.#anchors.length}`;
        const written = this.#bare(value, column, path, place, true);
        this.#anchors.push({ name, value });
        return { ...written, head: ` &${name}${written.head}` };
      }
    }
    return this.#bare(value, column, path, place, false);
  }

  #bare(value: JsonValue, column: number, path: string, place: "value" | "item", anchored: boolean): Written {
    if (value === null || typeof value !== "object") {
      return this.#scalar(value, column, anchored);
    }
    const size = value instanceof Map ? value.size : (value as readonly JsonValue[]).length;
    if (size === 0 || this.#rare(12)) {
      return this.#flowLines(value, column, path);
    }
    if (value instanceof Map) {
      const inner = column + 1 + this.#tape.of(1, 3, 0, 2);
      return {
        head: "",
        below: this.#map(value as ReadonlyMap<string, JsonValue>, inner, path),
        noComment: false,
      };
    }
    const inner =
      column +
      (place === "value" && !path.includes("/") && column === 0
        ? this.#tape.of(0, 2, 4)
        : this.#tape.of(place === "value" ? 0 : 2, 2, 3));
    return { head: "", below: this.#list(value as readonly JsonValue[], inner, path), noComment: false };
  }

  #list(list: readonly JsonValue[], column: number, path: string): Line[] {
    const lines: Line[] = [];
    const owner = (i: number): string | undefined =>
      path.includes(".") || i < 0 ? undefined : `${path}/${i}`;
    const pad = " ".repeat(column);
    for (const [i, item] of list.entries()) {
      const deep = lines.at(-1)?.isText === false;
      lines.push(...this.#extras(column, owner(i - 1), owner(i), deep));
      const own = this.#item(item, column, pad, `${path}.${i}`);
      for (const line of own) {
        line.owner = owner(i);
      }
      lines.push(...own);
    }
    if (lines.at(-1)?.isText === false && this.#rare(6)) {
      lines.push({ text: `${pad}  ${this.#comment()}`, owner: owner(list.length - 1), isText: false });
    }
    return lines;
  }

  #item(item: JsonValue, column: number, pad: string, path: string): Line[] {
    if (item instanceof Map && item.size > 0 && this.#tape.pick(10) < 8) {
      const gap = 1 + this.#tape.of(0, 0, 2);
      const lines = this.#map(item as ReadonlyMap<string, JsonValue>, column + 1 + gap, path);
      const [first] = lines;
      if (first !== undefined && !/^\s*(?:#|$)/.test(first.text) && this.#tape.pick(10) < 8) {
        first.text = `${pad}-${" ".repeat(gap)}${first.text.trimStart()}`;
        return lines;
      }
      const dash: Line = { text: `${pad}-`, owner: undefined, isText: false };
      this.#trail(dash);
      return [dash, ...lines];
    }
    const written = this.#value(item, column, path, "item");
    const line: Line = { text: `${pad}-${written.head}`, owner: undefined, isText: written.noComment };
    this.#trail(line);
    return [line, ...written.below];
  }

  #scalar(value: null | boolean | number | bigint | string, column: number, anchored: boolean): Written {
    if (value === null) {
      return { head: this.#tape.of("", " null", " ~"), below: [], noComment: false };
    }
    if (typeof value !== "string") {
      return { head: ` ${String(value)}`, below: [], noComment: false };
    }
    const text = this.#text(value);
    if (typeof text === "string") {
      const spaced = value.includes(" ") && this.#rare(10) && /^[\w ,]+$/.test(text);
      if (spaced) {
        const at = text.indexOf(" ", 1);
        const rest = text.slice(at + 1);
        if (at > 0 && !rest.startsWith(" ") && rest !== "") {
          return {
            head: ` ${text.slice(0, at)}`,
            below: [{ text: `${" ".repeat(column + 3)}${rest}`, owner: undefined, isText: false }],
            noComment: true,
          };
        }
      }
      if (this.#rare(3) && !anchored) {
        return {
          head: "",
          below: [{ text: `${" ".repeat(column + 2)}${text}`, owner: undefined, isText: false }],
          noComment: false,
        };
      }
      return { head: ` ${text}`, below: [], noComment: false };
    }
    const pad = " ".repeat(column + this.#tape.of(2, 4, 1));
    return {
      head: ` ${text.head}`,
      below: text.lines.map((line) => ({
        text: line === "" ? "" : pad + line,
        owner: undefined,
        isText: true,
      })),
      noComment: true,
    };
  }

  /** One line, or a block. */
  #text(value: string): string | { readonly head: string; readonly lines: readonly string[] } {
    const isPlainLines = /^[\w.,:;/-][ -~]*(?:\n+[ -~]+)*\n*$/.test(value) && !/ \n|\n $/.test(value);
    if (isPlainLines && this.#rare(value.includes("\n") ? 70 : 5)) {
      const body = value.replace(/\n$/, "");
      const chomp = value.endsWith("\n\n") ? "+" : value.endsWith("\n") ? "" : "-";
      return { head: `|${chomp}`, lines: body.split("\n") };
    }
    switch (this.#tape.pick(4)) {
      case 2:
        return JSON.stringify(value).replaceAll(
          /[\u0085\u2028]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
        );
      case 3:
        if (/^[ -~]*$/.test(value)) {
          return `'${value.replaceAll("'", "''")}'`;
        }
        break;
      default:
    }
    return emitString(value, { column: 0, indent: 0, simpleKey: true });
  }

  #flowLines(value: JsonValue, column: number, path: string): Written {
    const isLong = this.#rare(30);
    const owner = path.includes(".") ? undefined : path;
    if (!isLong) {
      return { head: ` ${this.#flow(value)}`, below: [], noComment: false };
    }
    const pad = " ".repeat(column + 2);
    const [open, close] = value instanceof Map ? "{}" : "[]";
    const parts =
      value instanceof Map
        ? [...(value as ReadonlyMap<string, JsonValue>)].map(
            ([k, v]) => `${this.#flowText(k)}: ${this.#flow(v)}`,
          )
        : (value as readonly JsonValue[]).map((item) => this.#flow(item));
    const below = parts.map((part, i): Line => {
      const comma = i < parts.length - 1 || this.#rare(20) ? "," : "";
      const line: Line = { text: `${pad}${part}${comma}`, owner, isText: false };
      this.#trail(line);
      return line;
    });
    below.push({ text: `${this.#tape.of(pad, " ".repeat(column + 1))}${close}`, owner, isText: false });
    this.#trail(below.at(-1));
    return { head: ` ${open}`, below, noComment: false };
  }

  #flow(value: JsonValue): string {
    if (this.#withAnchors && value !== null) {
      const found = this.#anchors.find((anchor) => isDeepStrictEqual(anchor.value, value));
      if (found !== undefined && this.#tape.chance(30)) {
        return `*${found.name} `;
      }
    }
    const comma = this.#tape.of(", ", ",", " , ");
    if (value instanceof Map) {
      const fields = [...(value as ReadonlyMap<string, JsonValue>)];
      const inner = this.#tape.of("", " ");
      return `{${inner}${fields.map(([k, v]) => `${this.#flowText(k)}: ${this.#flow(v)}`).join(comma)}${inner}}`;
    }
    if (Array.isArray(value)) {
      return `[${(value as readonly JsonValue[]).map((item) => this.#flow(item)).join(comma)}]`;
    }
    return typeof value === "string" ? this.#flowText(value) : JSON.stringify(value);
  }

  #flowText(value: string): string {
    const isPlain =
      /^[A-Za-z_][\w./-]*$/.test(value) &&
      emitString(value, { column: 0, indent: 0, simpleKey: true }) === value;
    return isPlain && this.#tape.pick(3) < 2
      ? value
      : JSON.stringify(value).replaceAll(
          /[\u0085\u2028]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
        );
  }
}
