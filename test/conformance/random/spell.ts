import type { Entry, Node } from "./document.ts";
import { isCollection } from "./document.ts";
import type { Random } from "./random.ts";

/** How a document is written: the habits of one author. */
interface Habits {
  readonly step: number;
  readonly flow: number;
  readonly quotes: number;
  readonly blocks: number;
  readonly comments: number;
  readonly listsIndented: boolean;
  readonly anchors: number;
}

/** Spells a document in YAML, in one of the many ways there are. */
export function spell(random: Random, document: Node): string {
  if (random.chance(0.1)) {
    return `${json(document)}\n`;
  }
  const writer = new Writer(random, {
    step: random.pick([1, 2, 2, 2, 3, 4, 8]),
    flow: random.pick([0, 0.05, 0.2, 0.6]),
    quotes: random.pick([0, 0.1, 0.5, 1]),
    blocks: random.pick([0, 0.1, 0.5]),
    comments: random.pick([0, 0, 0.1, 0.4]),
    listsIndented: random.chance(0.5),
    anchors: random.pick([0, 0, 0.05]),
  });
  const body = writer.block(document, 0).replace(/^ *\n/u, "");
  const start = random.pick([
    "",
    "",
    "",
    "---\n",
    "# a comment\n",
    "%YAML 1.1\n---\n",
    "--- # start\n",
    "\n\n",
  ]);
  const end = random.pick([
    "",
    "",
    "",
    "",
    "...\n",
    "---\n",
    "---\nanother: [document\n",
    "# the end",
    "\n\n",
  ]);
  return start + body + (body.endsWith("\n") ? "" : "\n") + end;
}

function json(node: Node): string {
  switch (node.kind) {
    case "text":
      return JSON.stringify(node.value).replaceAll(/[\u007F-\u00A0\u2028\u2029\uFEFF]/gu, (character) => {
        const code = character.charCodeAt(0);
        return `\\u${code.toString(16).padStart(4, "0")}`;
      });
    case "plain":
      return node.yaml === "" ? "null" : node.yaml;
    case "list":
      return `[${node.items.map(json).join(",")}]`;
    case "map":
      return `{${node.entries.map(({ key, value }) => `${json(key)}: ${json(value)}`).join(", ")}}`;
    default:
      return node satisfies never;
  }
}

class Writer {
  readonly #random: Random;
  readonly #habits: Habits;
  readonly #anchors: string[] = [];

  constructor(random: Random, habits: Habits) {
    this.#random = random;
    this.#habits = habits;
  }

  /** Writes a node after a key or a dash: what follows on the same line, or a line end and the lines below. */
  block(node: Node, indent: number): string {
    const random = this.#random;
    if (!isCollection(node)) {
      const written = this.#scalar(node, indent);
      return ` ${written}${/^[|>]/u.test(written) ? "" : this.#comment()}\n`;
    }
    if (random.chance(this.#habits.anchors) && this.#anchors.length > 0 && random.chance(0.3)) {
      return ` *${random.pick(this.#anchors)}\n`;
    }
    const isEmpty =
      node.kind === "list" ? node.items.length === 0 : node.kind === "map" && node.entries.length === 0;
    const written =
      isEmpty || random.chance(this.#habits.flow)
        ? ` ${this.#flow(node)}${this.#comment()}\n`
        : `${this.#comment().replace("\t", " ")}\n${this.#lines(node, indent)}`;
    // Only a complete node can be referred to: one inside itself is an error.
    return random.chance(this.#habits.anchors) ? ` &${this.#newAnchor()}${written}` : written;
  }

  #lines(node: Node, indent: number): string {
    switch (node.kind) {
      case "list":
        return node.items.map((item) => this.#decorated(this.#item(item, indent), indent)).join("");
      case "map":
        return node.entries.map((entry) => this.#decorated(this.#entry(entry, indent), indent)).join("");
      default:
        throw new Error(`a ${node.kind} has no lines of its own`);
    }
  }

  #item(item: Node, indent: number): string {
    const random = this.#random;
    const pad = " ".repeat(indent);
    if (item.kind === "map" && item.entries.length > 0 && random.chance(0.85)) {
      const gap = random.chance(0.9) ? 1 : 1 + random.below(3);
      const inner = indent + 1 + gap;
      const lines = item.entries.map((entry) => this.#entry(entry, inner));
      return `${pad}-${lines.join("").slice(indent + 1)}`;
    }
    return `${pad}-${this.block(item, indent + this.#habits.step)}`;
  }

  #entry({ key, value }: Entry, indent: number): string {
    const random = this.#random;
    const pad = " ".repeat(indent);
    const written = this.#key(key);
    if (random.chance(0.01)) {
      return `${pad}? ${written}\n${pad}:${this.block(value, indent + this.#habits.step)}`;
    }
    const deeper = value.kind === "list" && !this.#habits.listsIndented ? indent : indent + this.#habits.step;
    const colon = random.slip(0.03) ? random.pick([" :", ": ", ":\t"]) : ":";
    return `${pad}${written}${colon}${this.block(value, deeper)}`;
  }

  #decorated(line: string, indent: number): string {
    const random = this.#random;
    if (!random.chance(this.#habits.comments * 0.3)) {
      return line;
    }
    return `${random.pick([`${" ".repeat(indent)}# c\n`, "# at the margin\n", "\n", "   \n"])}${line}`;
  }

  #comment(): string {
    return this.#random.chance(this.#habits.comments) ? this.#random.pick([" # c", " #", "\t# c", "  "]) : "";
  }

  #newAnchor(): string {
    const name = `x${this.#anchors.length}`;
    this.#anchors.push(name);
    return name;
  }

  #flow(node: Node): string {
    const random = this.#random;
    const gap = random.pick([" ", " ", "", "  ", "\n        "]);
    switch (node.kind) {
      case "list":
        return `[${node.items.map((item) => this.#flow(item)).join(`,${gap}`)}${node.items.length > 0 && random.chance(0.05) ? "," : ""}]`;
      case "map":
        return `{${node.entries.map(({ key, value }) => `${this.#key(key)}: ${this.#flow(value)}`).join(`,${gap}`)}}`;
      case "plain":
        return node.yaml === "" ? "~" : node.yaml;
      case "text":
        return this.#quoted(node.value, true);
      default:
        return node satisfies never;
    }
  }

  #key(key: Node): string {
    return key.kind === "text" ? this.#quoted(key.value, true) : key.kind === "plain" ? key.yaml : "key";
  }

  #scalar(node: Node, indent: number): string {
    const random = this.#random;
    if (node.kind === "plain") {
      return node.yaml;
    }
    if (node.kind !== "text") {
      return this.#flow(node);
    }
    if (
      random.chance(this.#habits.blocks) &&
      /^[^\s\p{Cc}\u2028\u2029\uFEFF](?:[^\p{Cc}\u2028\u2029\uFEFF]|\n)*$/u.test(node.value)
    ) {
      const chomping = node.value.endsWith("\n\n") ? "+" : node.value.endsWith("\n") ? "" : "-";
      const pad = " ".repeat(Math.max(indent, 1));
      const lines = node.value.replace(/\n$/u, "").split("\n");
      return `${random.pick(["|", "|", ">"])}${chomping}\n${lines.map((line) => (line === "" ? "" : pad + line)).join("\n")}`;
    }
    return this.#quoted(node.value, false);
  }

  #quoted(value: string, inFlow: boolean): string {
    const random = this.#random;
    const isSafe = inFlow
      ? /^[A-Za-z][\w./@-]*$/u.test(value)
      : /^[A-Za-z](?:[\w./@ ,{}-]|:(?=\S))*(?<! )$/u.test(value);
    const isWord = /^(?:y|n|yes|no|on|off|true|false|null)$/iu.test(value) && !random.slip(0.1);
    if ((isSafe && !isWord && !random.chance(this.#habits.quotes)) || random.slip(0.002)) {
      return value;
    }
    if (random.chance(0.4) && /^[\u0020-\u007E\u00A1-\uD7FF]*$/u.test(value)) {
      return `'${value.replaceAll("'", "''")}'`;
    }
    return this.#doubleQuoted(value);
  }

  #doubleQuoted(value: string): string {
    const random = this.#random;
    const escaped = Array.from(value, (character) => {
      const code = character.codePointAt(0) ?? 0;
      const mustEscape =
        character === '"' ||
        character === "\\" ||
        code < 0x20 ||
        (code > 0x7e && code < 0xa1) ||
        code === 0x2028 ||
        code === 0xfeff;
      if (!mustEscape && !random.chance(0.02)) {
        return character;
      }
      const short = new Map([
        ["\n", "\\n"],
        ["\t", "\\t"],
        ['"', '\\"'],
        ["\\", "\\\\"],
        ["\0", "\\0"],
        ["\u001B", "\\e"],
        ["\r", "\\r"],
        [" ", "\\ "],
        ["\u0085", "\\N"],
        ["\u00A0", "\\_"],
        ["\u2028", "\\L"],
      ]).get(character);
      if (short !== undefined && random.chance(0.8)) {
        return short;
      }
      return code < 0x100 && random.chance(0.5)
        ? `\\x${code.toString(16).padStart(2, "0")}`
        : code < 0x10000
          ? `\\u${code.toString(16).padStart(4, "0")}`
          : `\\U${code.toString(16).padStart(8, "0")}`;
    });
    return `"${escaped.join("")}"`;
  }
}
