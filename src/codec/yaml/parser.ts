import { Scanner } from "./scanner.ts";
import { TagHandles } from "./tag-handles.ts";
import type { YamlInput } from "./input.ts";
import {
  ALIAS_NODE,
  MAPPING,
  NodeTree,
  OTHER_TEXT,
  PLAIN,
  PLAIN_TEXT,
  QUOTED,
  SEQUENCE,
} from "./node-tree.ts";
import {
  ALIAS,
  ANCHOR,
  BLOCK_END,
  BLOCK_ENTRY,
  BLOCK_MAPPING_START,
  BLOCK_SEQUENCE_START,
  DOCUMENT_END,
  DOCUMENT_START,
  FLOW_ENTRY,
  FLOW_MAPPING_END,
  FLOW_MAPPING_START,
  FLOW_SEQUENCE_END,
  FLOW_SEQUENCE_START,
  KEY,
  SCALAR,
  STREAM_END,
  TAG,
  TAG_DIRECTIVE,
  VALUE,
  VERSION_DIRECTIVE,
} from "./token.ts";
import type { TokenType } from "./token.ts";

/** What the parser expects next. */
type State =
  | "document end"
  | "block sequence entry"
  | "indentless sequence entry"
  | "block mapping key"
  | "block mapping value"
  | "first flow sequence entry"
  | "flow sequence entry"
  | "pair key"
  | "pair value"
  | "pair end"
  | "first flow mapping key"
  | "flow mapping key"
  | "flow mapping value"
  | "flow mapping empty value";

/**
 * Parses the first document of a stream by libyaml's grammar, and reads no further.
 *
 * @returns undefined for a stream without a document.
 * @throws YamlError
 */
export function parseDocument(input: YamlInput): NodeTree | undefined {
  return new Parser(input).parse();
}

/** The states are kept on a stack of its own, so that nesting costs no stack frames. */
class Parser {
  readonly #scanner: Scanner;
  readonly #tree: NodeTree;
  readonly #tagHandles = new TagHandles();
  readonly #anchors = new Map<string, number>();
  /** What to return to when the current node is complete. */
  readonly #states: State[] = [];
  /** The collections that are open. */
  readonly #open: number[] = [];

  constructor(input: YamlInput) {
    this.#scanner = new Scanner(input);
    this.#tree = new NodeTree(input.text);
  }

  parse(): NodeTree | undefined {
    let type = this.#scanner.peek();
    if (type === STREAM_END) return undefined;
    let explicit = false;
    if (type === DOCUMENT_START || isDirective(type)) {
      explicit = true;
      this.#directives();
      type = this.#next();
    }
    if (explicit && (isDirective(type) || isDocumentBoundary(type))) {
      this.#empty();
    } else {
      this.#states.push("document end");
      for (let state = this.#node(true, false); state !== "document end";) state = this.#step(state);
    }
    // A fault right after the document is seen, since go-yaml looks for its end.
    this.#scanner.peek();
    return this.#tree;
  }

  #step(state: State): State {
    switch (state) {
      case "block mapping key":
        return this.#blockMappingKey();
      case "block mapping value":
        return this.#blockMappingValue();
      case "block sequence entry":
        return this.#blockSequenceEntry();
      case "indentless sequence entry":
        return this.#indentlessSequenceEntry();
      case "first flow sequence entry":
        return this.#flowSequenceEntry(true);
      case "flow sequence entry":
        return this.#flowSequenceEntry(false);
      case "pair key":
        return this.#pairKey();
      case "pair value":
        return this.#pairValue();
      case "pair end":
        this.#close();
        return "flow sequence entry";
      case "first flow mapping key":
        return this.#flowMappingKey(true);
      case "flow mapping key":
        return this.#flowMappingKey(false);
      case "flow mapping value":
        return this.#flowMappingValue();
      case "flow mapping empty value":
        this.#scanner.peek();
        this.#empty();
        return "flow mapping key";
      default:
        return state;
    }
  }

  #directives(): void {
    const scanner = this.#scanner;
    let type = scanner.peek();
    let versionSeen = false;
    for (; isDirective(type); type = this.#next()) {
      const { token } = scanner;
      if (type === VERSION_DIRECTIVE) {
        if (versionSeen) throw this.#error("found duplicate %YAML directive");
        if (token.text !== "1.1") {
          throw scanner.cursor.error(
            "found incompatible YAML document",
            token.start,
            "kubectl reads YAML 1.1: remove the %YAML line",
          );
        }
        versionSeen = true;
      } else if (!this.#tagHandles.define(token.text ?? "", token.suffix)) {
        throw this.#error("found duplicate %TAG directive");
      }
    }
    if (type !== DOCUMENT_START) {
      throw scanner.cursor.error(
        "did not find expected <document start>",
        scanner.token.start,
        "put a line `---` between directives and the document",
      );
    }
  }

  /** Parses the properties and the start of a node, and answers what to expect next. */
  #node(block: boolean, indentless: boolean): State {
    const scanner = this.#scanner;
    const tree = this.#tree;
    let type = scanner.peek();
    let { token } = scanner;
    if (type === SCALAR) return this.#scalar(undefined, undefined);
    if (type === ALIAS) {
      const target = this.#anchors.get(token.text ?? "");
      if (target === undefined) throw this.#unknownAnchor(token.start, token.text ?? "");
      tree.add(ALIAS_NODE, token.start, target);
      scanner.skip();
      return this.#pop();
    }
    const { start } = token;
    let anchor: string | undefined;
    let tag: string | undefined;
    // One of each at most, in any order.
    for (let i = 0; i < 2; i++) {
      if (type === ANCHOR && anchor === undefined) {
        anchor = token.text ?? "";
      } else if (type === TAG && tag === undefined) {
        tag = this.#fullTag(token.text ?? "", token.suffix, token.start);
      } else {
        break;
      }
      type = this.#next();
      ({ token } = scanner);
    }
    if (indentless && type === BLOCK_ENTRY) return this.#start(SEQUENCE, anchor, "indentless sequence entry");
    switch (type) {
      case SCALAR:
        return this.#scalar(anchor, tag);
      case FLOW_SEQUENCE_START:
        return this.#enter(SEQUENCE, anchor, "first flow sequence entry");
      case FLOW_MAPPING_START:
        return this.#enter(MAPPING, anchor, "first flow mapping key");
      case BLOCK_SEQUENCE_START:
        if (block) return this.#enter(SEQUENCE, anchor, "block sequence entry");
        break;
      case BLOCK_MAPPING_START:
        if (block) return this.#enter(MAPPING, anchor, "block mapping key");
        break;
    }
    if (anchor === undefined && tag === undefined) {
      throw this.#error("did not find expected node content");
    }
    const node = tag === undefined ? tree.add(PLAIN, start, start) : tree.addText(OTHER_TEXT, start, "");
    this.#describe(node, anchor, tag);
    return this.#pop();
  }

  #scalar(anchor: string | undefined, tag: string | undefined): State {
    const tree = this.#tree;
    const { token } = this.#scanner;
    const { start, text } = token;
    let node;
    if (text !== undefined) {
      node = tree.addText(token.plain ? PLAIN_TEXT : OTHER_TEXT, start, text);
    } else {
      node = tree.add(token.plain ? PLAIN : QUOTED, start, token.to);
    }
    if (anchor !== undefined || tag !== undefined) this.#describe(node, anchor, tag);
    this.#scanner.skip();
    return this.#pop();
  }

  #describe(node: number, anchor: string | undefined, tag: string | undefined): void {
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    if (tag !== undefined) this.#tree.tags.set(node, tag);
  }

  /** Opens a collection whose first token belongs to its first entry. */
  #start(kind: number, anchor: string | undefined, state: State): State {
    const node = this.#tree.add(kind, this.#scanner.token.start, 0);
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    this.#open.push(node);
    return state;
  }

  /** Opens a collection that has a token for its start. */
  #enter(kind: number, anchor: string | undefined, state: State): State {
    this.#start(kind, anchor, state);
    this.#scanner.skip();
    return state;
  }

  #close(): void {
    this.#tree.close(this.#open.pop() ?? 0);
  }

  /** Closes a collection and takes the token that ends it. */
  #leave(): State {
    this.#close();
    this.#scanner.skip();
    return this.#pop();
  }

  #blockSequenceEntry(): State {
    const type = this.#scanner.peek();
    if (type === BLOCK_END) return this.#leave();
    if (type !== BLOCK_ENTRY) {
      throw this.#error("did not find expected '-' indicator", "check the indentation of this line");
    }
    const next = this.#next();
    if (next !== BLOCK_ENTRY && next !== BLOCK_END) {
      this.#states.push("block sequence entry");
      return this.#node(true, false);
    }
    this.#empty();
    return "block sequence entry";
  }

  #indentlessSequenceEntry(): State {
    const type = this.#scanner.peek();
    if (type !== BLOCK_ENTRY) {
      this.#close();
      return this.#pop();
    }
    const next = this.#next();
    if (next !== BLOCK_ENTRY && next !== KEY && next !== VALUE && next !== BLOCK_END) {
      this.#states.push("indentless sequence entry");
      return this.#node(true, false);
    }
    this.#empty();
    return "indentless sequence entry";
  }

  #blockMappingKey(): State {
    const type = this.#scanner.peek();
    if (type === BLOCK_END) return this.#leave();
    if (type !== KEY) throw this.#error("did not find expected key", "check the indentation of this line");
    return this.#blockMappingNode("block mapping value");
  }

  #blockMappingValue(): State {
    if (this.#scanner.peek() === VALUE) return this.#blockMappingNode("block mapping key");
    this.#empty();
    return "block mapping key";
  }

  /** Takes a KEY or VALUE and starts the node after it, if there is one. */
  #blockMappingNode(then: State): State {
    const next = this.#next();
    if (next !== KEY && next !== VALUE && next !== BLOCK_END) {
      this.#states.push(then);
      return this.#node(true, true);
    }
    this.#empty();
    return then;
  }

  #flowSequenceEntry(first: boolean): State {
    let type = this.#scanner.peek();
    if (type === FLOW_SEQUENCE_END) return this.#leave();
    if (!first) {
      if (type !== FLOW_ENTRY) throw this.#unclosed("did not find expected ',' or ']'", "bracket");
      type = this.#next();
      if (type === FLOW_SEQUENCE_END) return this.#leave();
    }
    if (type === KEY) return this.#enter(MAPPING, undefined, "pair key");
    this.#states.push("flow sequence entry");
    return this.#node(false, false);
  }

  #pairKey(): State {
    const type = this.#scanner.peek();
    if (type !== VALUE && type !== FLOW_ENTRY && type !== FLOW_SEQUENCE_END) {
      this.#states.push("pair value");
      return this.#node(false, false);
    }
    // libyaml takes the token although the pair's value, or the sequence, still needs it. So does go-yaml.
    this.#empty();
    this.#scanner.skip();
    return "pair value";
  }

  #pairValue(): State {
    if (this.#scanner.peek() === VALUE) {
      const next = this.#next();
      if (next !== FLOW_ENTRY && next !== FLOW_SEQUENCE_END) {
        this.#states.push("pair end");
        return this.#node(false, false);
      }
    }
    this.#empty();
    return "pair end";
  }

  #flowMappingKey(first: boolean): State {
    let type = this.#scanner.peek();
    if (type === FLOW_MAPPING_END) return this.#leave();
    if (!first) {
      if (type !== FLOW_ENTRY) throw this.#unclosed("did not find expected ',' or '}'", "brace");
      type = this.#next();
      if (type === FLOW_MAPPING_END) return this.#leave();
    }
    if (type !== KEY) {
      this.#states.push("flow mapping empty value");
      return this.#node(false, false);
    }
    return this.#flowMappingNode("flow mapping value");
  }

  #flowMappingValue(): State {
    if (this.#scanner.peek() === VALUE) {
      const next = this.#next();
      if (next !== FLOW_ENTRY && next !== FLOW_MAPPING_END) {
        this.#states.push("flow mapping key");
        return this.#node(false, false);
      }
    }
    this.#empty();
    return "flow mapping key";
  }

  #flowMappingNode(then: State): State {
    const next = this.#next();
    if (next !== VALUE && next !== FLOW_ENTRY && next !== FLOW_MAPPING_END) {
      this.#states.push(then);
      return this.#node(false, false);
    }
    this.#empty();
    return then;
  }

  /** Adds the null that stands where nothing is written. */
  #empty(): void {
    const { start } = this.#scanner.token;
    this.#tree.add(PLAIN, start, start);
  }

  /** Takes a token and looks at the one after it. */
  #next(): TokenType {
    this.#scanner.skip();
    return this.#scanner.peek();
  }

  #pop(): State {
    return this.#states.pop() ?? "document end";
  }

  #fullTag(handle: string, suffix: string, offset: number): string {
    if (handle === "") return suffix;
    const prefix = this.#tagHandles.prefix(handle);
    if (prefix === undefined) {
      throw this.#scanner.cursor.error(
        "found undefined tag handle",
        offset,
        "quote a value that starts with `!`",
      );
    }
    return prefix + suffix;
  }

  #unknownAnchor(offset: number, name: string): Error {
    // Where no anchor exists at all, what looks like an alias may be a password that starts with a `*`.
    const reason =
      this.#anchors.size > 0
        ? `unknown anchor '${name.slice(0, 100)}' referenced`
        : "unknown anchor referenced";
    return this.#scanner.cursor.error(
      reason,
      offset,
      "define the anchor before it is used, or quote a value that starts with `*`",
    );
  }

  #unclosed(reason: string, what: string): Error {
    const scanner = this.#scanner;
    if (scanner.peek() !== STREAM_END) return this.#error(reason);
    const opening = this.#tree.offset(this.#open.at(-1) ?? 0);
    return scanner.cursor.error(reason, opening, `close the ${what} that opens here`);
  }

  #error(reason: string, mend?: string): Error {
    return this.#scanner.cursor.error(reason, this.#scanner.token.start, mend);
  }
}

function isDirective(type: TokenType): boolean {
  return type === VERSION_DIRECTIVE || type === TAG_DIRECTIVE;
}

function isDocumentBoundary(type: TokenType): boolean {
  return type === DOCUMENT_START || type === DOCUMENT_END || type === STREAM_END;
}
