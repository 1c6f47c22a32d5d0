import type { Cursor } from "./text-cursor.ts";
import { MAPPING, SEQUENCE } from "./node-tree.ts";
import type { NodeKind } from "./node-tree.ts";
import {
  AT_BLOCK_MAPPING_KEY,
  AT_BLOCK_SEQUENCE_ENTRY,
  AT_DOCUMENT_END,
  AT_INDENTLESS_SEQUENCE_ENTRY,
  AT_SIMPLE_KEY_VALUE,
} from "./parser-state.ts";
import type { State } from "./parser-state.ts";
import type { Scanner } from "./scanner.ts";
import type { SimpleLines } from "./simple-lines.ts";
import { NO_PROPERTIES } from "./tree-builder.ts";
import type { TreeBuilder } from "./tree-builder.ts";

/** Parses block collections without tokens as long as their lines are simple. */
export class SimpleParser {
  readonly #cursor: Cursor;
  readonly #lines: SimpleLines;
  readonly #builder: TreeBuilder;
  readonly #states: State[];

  /**
   * Creates a parser.
   *
   * @param states - what to return to when the current node is complete
   */
  constructor(scanner: Scanner, builder: TreeBuilder, states: State[]) {
    this.#cursor = scanner.cursor;
    this.#lines = scanner.lines;
    this.#builder = builder;
    this.#states = states;
  }

  /**
   * Takes items of the innermost sequence.
   *
   * @param state - what kind of sequence it is
   * @returns what to expect next; undefined where tokens are needed
   */
  items(state: State): State | undefined {
    const lines = this.#lines;
    for (;;) {
      const depth = lines.depth();
      if (depth < 0) {
        // A sequence without indentation of its own ends with nothing to take.
        if (state === AT_BLOCK_SEQUENCE_ENTRY) lines.end();
        return this.#close();
      }
      if (depth !== 0) return undefined;
      if (lines.takeItem()) {
        this.#builder.plain(lines.from, lines.to);
      } else if (lines.takeItemOfKeys()) {
        return this.#open(MAPPING, AT_BLOCK_MAPPING_KEY, state);
      } else if (state === AT_INDENTLESS_SEQUENCE_ENTRY && lines.atKey()) {
        return this.#close();
      } else {
        return undefined;
      }
    }
  }

  /**
   * Takes keys of the innermost mapping, with their values.
   *
   * @returns what to expect next; undefined where tokens are needed
   */
  keys(): State | undefined {
    const lines = this.#lines;
    for (;;) {
      const depth = lines.depth();
      if (depth < 0) {
        lines.end();
        return this.#close();
      }
      if (depth !== 0 || !lines.takeKey()) return undefined;
      this.#builder.plain(lines.from, lines.to);
      if (!lines.takeValue()) return this.#collection();
      this.#builder.plain(lines.from, lines.to);
    }
  }

  /** Starts the collection that is the value of a key, if it is one. */
  #collection(): State {
    const lines = this.#lines;
    const depth = lines.depth();
    if (depth > 0 && lines.atKey()) {
      lines.open();
      return this.#open(MAPPING, AT_BLOCK_MAPPING_KEY, AT_BLOCK_MAPPING_KEY);
    }
    if (depth >= 0 && lines.atItem()) {
      if (depth === 0) return this.#open(SEQUENCE, AT_INDENTLESS_SEQUENCE_ENTRY, AT_BLOCK_MAPPING_KEY);
      lines.open();
      return this.#open(SEQUENCE, AT_BLOCK_SEQUENCE_ENTRY, AT_BLOCK_MAPPING_KEY);
    }
    return AT_SIMPLE_KEY_VALUE;
  }

  #open(kind: NodeKind, state: State, then: State): State {
    this.#builder.open(kind, this.#cursor.pos, NO_PROPERTIES);
    this.#states.push(then);
    return state;
  }

  #close(): State {
    this.#builder.close();
    return this.#states.pop() ?? AT_DOCUMENT_END;
  }
}
