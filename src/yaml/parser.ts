import { Directives, isDirective } from "./directives.ts";
import type { YamlInput } from "./input.ts";
import { CHECK_INDENTATION, quoteStart } from "./hints.ts";
import { MAPPING, SEQUENCE } from "./node-tree.ts";
import type { NodeKind, NodeTree } from "./node-tree.ts";
import {
  AT_BLOCK_MAPPING_KEY,
  AT_BLOCK_MAPPING_VALUE,
  AT_BLOCK_SEQUENCE_ENTRY,
  AT_DOCUMENT_END,
  AT_FIRST_FLOW_MAPPING_KEY,
  AT_FIRST_FLOW_SEQUENCE_ENTRY,
  AT_FLOW_MAPPING_EMPTY_VALUE,
  AT_FLOW_MAPPING_KEY,
  AT_FLOW_MAPPING_VALUE,
  AT_FLOW_SEQUENCE_ENTRY,
  AT_INDENTLESS_SEQUENCE_ENTRY,
  AT_PAIR_END,
  AT_PAIR_KEY,
  AT_PAIR_VALUE,
  AT_SIMPLE_KEY_VALUE,
} from "./parser-state.ts";
import type { State } from "./parser-state.ts";
import { Scanner } from "./scanner.ts";
import { SimpleParser } from "./simple-parser.ts";
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
  VALUE,
} from "./yaml-token.ts";
import type { Token, TokenType } from "./yaml-token.ts";
import { NO_PROPERTIES, TreeBuilder } from "./tree-builder.ts";
import type { Properties } from "./tree-builder.ts";
import type { YamlError } from "./yaml-error.ts";

/**
 * Parses the first document of a stream by libyaml's grammar, and reads no further.
 *
 * @returns undefined for a stream without a document.
 * @throws YamlError
 */
export function parseDocument(input: YamlInput): NodeTree | undefined {
  return new Parser(input).parse();
}

/** Keeps its states on a stack of its own, so that nesting costs no stack frames. */
class Parser {
  readonly #scanner: Scanner;
  readonly #builder: TreeBuilder;
  readonly #directives = new Directives();
  readonly #simple: SimpleParser;
  /** The states to return to when the current node is complete. */
  readonly #states: State[] = [];
  /** The end of the last token, if it is an indicator. */
  #lastEnd = 0;

  constructor(input: YamlInput) {
    this.#scanner = new Scanner(input);
    this.#builder = new TreeBuilder(this.#scanner.cursor);
    this.#simple = new SimpleParser(this.#scanner, this.#builder, this.#states);
  }

  parse(): NodeTree | undefined {
    const type = this.#scanner.peek();
    if (type === STREAM_END) return undefined;
    const explicit = type === DOCUMENT_START || isDirective(type);
    if (explicit) this.#documentStart();
    if (explicit && isDocumentBoundary(this.#scanner.peek())) {
      this.#empty();
    } else {
      this.#states.push(AT_DOCUMENT_END);
      for (let state = this.#node(true, false); state !== AT_DOCUMENT_END;) state = this.#step(state);
    }
    // go-yaml looks for the end of the document, and so reports a fault right after it.
    this.#scanner.peek();
    return this.#builder.tree;
  }

  #step(state: State): State {
    switch (state) {
      case AT_BLOCK_MAPPING_KEY:
        return this.#blockMappingKey();
      case AT_BLOCK_MAPPING_VALUE:
        return this.#blockMappingValue();
      case AT_SIMPLE_KEY_VALUE:
        this.#lastEnd = this.#scanner.lines.to + 1;
        return this.#blockMappingNode(this.#scanner.peek(), AT_BLOCK_MAPPING_KEY);
      case AT_BLOCK_SEQUENCE_ENTRY:
        return this.#blockSequenceEntry();
      case AT_INDENTLESS_SEQUENCE_ENTRY:
        return this.#indentlessSequenceEntry();
      case AT_FIRST_FLOW_SEQUENCE_ENTRY:
        return this.#flowSequenceEntry(true);
      case AT_FLOW_SEQUENCE_ENTRY:
        return this.#flowSequenceEntry(false);
      case AT_PAIR_KEY:
        return this.#pairKey();
      case AT_PAIR_VALUE:
        return this.#pairValue();
      case AT_PAIR_END:
        this.#builder.close();
        return AT_FLOW_SEQUENCE_ENTRY;
      case AT_FIRST_FLOW_MAPPING_KEY:
        return this.#flowMappingKey(true);
      case AT_FLOW_MAPPING_KEY:
        return this.#flowMappingKey(false);
      case AT_FLOW_MAPPING_VALUE:
        return this.#flowMappingValue();
      case AT_FLOW_MAPPING_EMPTY_VALUE:
        this.#scanner.peek();
        this.#empty();
        return AT_FLOW_MAPPING_KEY;
      default:
        return state;
    }
  }

  #documentStart(): void {
    const scanner = this.#scanner;
    this.#directives.take(scanner);
    if (scanner.peek() !== DOCUMENT_START) {
      throw this.#error(
        "did not find expected <document start>",
        "put a line `---` between directives and the document",
      );
    }
    scanner.skip();
  }

  /** Parses a scalar, or the start of a collection, and returns what to expect next. */
  #node(block: boolean, indentless: boolean): State {
    const scanner = this.#scanner;
    const type = scanner.peek();
    if (type === ALIAS) {
      this.#builder.alias(scanner.token);
      scanner.skip();
      return this.#pop();
    }
    if (type !== ANCHOR && type !== TAG) {
      const state = this.#content(type, NO_PROPERTIES, block, indentless);
      if (state === undefined) throw this.#error("did not find expected node content");
      return state;
    }
    const { start } = scanner.token;
    const properties = this.#properties();
    const state = this.#content(scanner.peek(), properties, block, indentless);
    if (state !== undefined) return state;
    this.#builder.empty(start, properties);
    return this.#pop();
  }

  /** Parses the content after a node's properties. Returns undefined if the next token does not start a node. */
  #content(type: TokenType, properties: Properties, block: boolean, indentless: boolean): State | undefined {
    switch (type) {
      case SCALAR:
        this.#builder.scalar(this.#scanner.token, properties);
        this.#scanner.skip();
        return this.#pop();
      case BLOCK_ENTRY:
        // The sequence has no token for its start: this one belongs to its first entry.
        if (!indentless) return undefined;
        this.#builder.open(SEQUENCE, this.#scanner.token.start, properties);
        return AT_INDENTLESS_SEQUENCE_ENTRY;
      case FLOW_SEQUENCE_START:
        return this.#enter(SEQUENCE, properties, AT_FIRST_FLOW_SEQUENCE_ENTRY);
      case FLOW_MAPPING_START:
        return this.#enter(MAPPING, properties, AT_FIRST_FLOW_MAPPING_KEY);
      case BLOCK_SEQUENCE_START:
        return block ? this.#enter(SEQUENCE, properties, AT_BLOCK_SEQUENCE_ENTRY) : undefined;
      case BLOCK_MAPPING_START:
        return block ? this.#enter(MAPPING, properties, AT_BLOCK_MAPPING_KEY) : undefined;
      default:
        return undefined;
    }
  }

  /** Takes an anchor, a tag, or one of each in any order. */
  #properties(): Properties {
    let anchor: string | undefined;
    let tag: string | undefined;
    for (let type = this.#scanner.peek(); ; type = this.#next()) {
      const { token } = this.#scanner;
      if (type === ANCHOR && anchor === undefined) {
        anchor = token.text;
      } else if (type === TAG && tag === undefined) {
        tag = this.#fullTag(token);
      } else {
        return { anchor, tag };
      }
    }
  }

  #fullTag(token: Token): string {
    const tag = this.#directives.fullTag(token.text ?? "", token.suffix);
    if (tag === undefined) throw this.#error("found undefined tag handle", quoteStart("`!`"));
    return tag;
  }

  /** Opens a collection and takes the token that starts it. */
  #enter(kind: NodeKind, properties: Properties, state: State): State {
    this.#builder.open(kind, this.#scanner.token.start, properties);
    this.#scanner.skip();
    return state;
  }

  /** Closes a collection and takes the token that ends it. */
  #leave(): State {
    this.#builder.close();
    this.#scanner.skip();
    return this.#pop();
  }

  #blockSequenceEntry(): State {
    const simple = this.#simple.items(AT_BLOCK_SEQUENCE_ENTRY);
    if (simple !== undefined) return simple;
    const type = this.#scanner.peek();
    if (type === BLOCK_END) return this.#leave();
    if (type !== BLOCK_ENTRY) {
      throw this.#error("did not find expected '-' indicator", CHECK_INDENTATION);
    }
    const next = this.#next();
    if (next !== BLOCK_ENTRY && next !== BLOCK_END) {
      this.#states.push(AT_BLOCK_SEQUENCE_ENTRY);
      return this.#node(true, false);
    }
    this.#empty();
    return AT_BLOCK_SEQUENCE_ENTRY;
  }

  #indentlessSequenceEntry(): State {
    const simple = this.#simple.items(AT_INDENTLESS_SEQUENCE_ENTRY);
    if (simple !== undefined) return simple;
    const type = this.#scanner.peek();
    if (type !== BLOCK_ENTRY) {
      this.#builder.close();
      return this.#pop();
    }
    const next = this.#next();
    if (next !== BLOCK_ENTRY && next !== KEY && next !== VALUE && next !== BLOCK_END) {
      this.#states.push(AT_INDENTLESS_SEQUENCE_ENTRY);
      return this.#node(true, false);
    }
    this.#empty();
    return AT_INDENTLESS_SEQUENCE_ENTRY;
  }

  #blockMappingKey(): State {
    const simple = this.#simple.keys();
    if (simple !== undefined) return simple;
    const type = this.#scanner.peek();
    if (type === BLOCK_END) return this.#leave();
    if (type !== KEY) throw this.#error("did not find expected key", CHECK_INDENTATION);
    return this.#blockMappingNode(this.#next(), AT_BLOCK_MAPPING_VALUE);
  }

  #blockMappingValue(): State {
    if (this.#scanner.peek() === VALUE) return this.#blockMappingNode(this.#next(), AT_BLOCK_MAPPING_KEY);
    this.#empty();
    return AT_BLOCK_MAPPING_KEY;
  }

  /** Starts the node after a KEY or VALUE, if there is one. */
  #blockMappingNode(next: TokenType, then: State): State {
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
    if (type === KEY) return this.#enter(MAPPING, NO_PROPERTIES, AT_PAIR_KEY);
    this.#states.push(AT_FLOW_SEQUENCE_ENTRY);
    return this.#node(false, false);
  }

  #pairKey(): State {
    const type = this.#scanner.peek();
    if (type !== VALUE && type !== FLOW_ENTRY && type !== FLOW_SEQUENCE_END) {
      this.#states.push(AT_PAIR_VALUE);
      return this.#node(false, false);
    }
    // libyaml takes the token although the pair's value, or the sequence, still needs it. So does go-yaml.
    this.#empty();
    this.#scanner.skip();
    return AT_PAIR_VALUE;
  }

  #pairValue(): State {
    if (this.#scanner.peek() === VALUE) {
      const next = this.#next();
      if (next !== FLOW_ENTRY && next !== FLOW_SEQUENCE_END) {
        this.#states.push(AT_PAIR_END);
        return this.#node(false, false);
      }
    }
    this.#empty();
    return AT_PAIR_END;
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
      this.#states.push(AT_FLOW_MAPPING_EMPTY_VALUE);
      return this.#node(false, false);
    }
    return this.#flowMappingNode(AT_FLOW_MAPPING_VALUE);
  }

  #flowMappingValue(): State {
    if (this.#scanner.peek() === VALUE) {
      const next = this.#next();
      if (next !== FLOW_ENTRY && next !== FLOW_MAPPING_END) {
        this.#states.push(AT_FLOW_MAPPING_KEY);
        return this.#node(false, false);
      }
    }
    this.#empty();
    return AT_FLOW_MAPPING_KEY;
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

  /** Adds the null of an omitted node. */
  #empty(): void {
    const { token } = this.#scanner;
    this.#builder.empty(Math.min(this.#lastEnd, token.start), NO_PROPERTIES);
  }

  /** Takes a token and returns the type of the one after it. */
  #next(): TokenType {
    this.#lastEnd = this.#scanner.token.start + 1;
    this.#scanner.skip();
    return this.#scanner.peek();
  }

  #pop(): State {
    return this.#states.pop() ?? AT_DOCUMENT_END;
  }

  #unclosed(reason: string, what: string): YamlError {
    const scanner = this.#scanner;
    if (scanner.peek() !== STREAM_END) return this.#error(reason);
    return scanner.cursor.error(reason, this.#builder.openOffset, `close the ${what} that opens here`);
  }

  #error(reason: string, hint?: string): YamlError {
    return this.#scanner.cursor.error(reason, this.#scanner.token.start, hint);
  }
}

function isDocumentBoundary(type: TokenType): boolean {
  return isDirective(type) || type === DOCUMENT_START || type === DOCUMENT_END || type === STREAM_END;
}
