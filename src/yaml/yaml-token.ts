export const STREAM_END = 1;
export const VERSION_DIRECTIVE = 2;
export const TAG_DIRECTIVE = 3;
export const DOCUMENT_START = 4;
export const DOCUMENT_END = 5;
export const BLOCK_SEQUENCE_START = 6;
export const BLOCK_MAPPING_START = 7;
export const BLOCK_END = 8;
export const FLOW_SEQUENCE_START = 9;
export const FLOW_SEQUENCE_END = 10;
export const FLOW_MAPPING_START = 11;
export const FLOW_MAPPING_END = 12;
export const BLOCK_ENTRY = 13;
export const FLOW_ENTRY = 14;
export const KEY = 15;
export const VALUE = 16;
export const ALIAS = 17;
export const ANCHOR = 18;
export const TAG = 19;
export const SCALAR = 20;

/** A kind of token: one of the constants of this module. */
export type TokenType = number;

/**
 * A token, together with the tokens before it that have no string of their own: ends of block collections, then the
 * start of one, then a KEY. In libyaml those are tokens too, queued when a `:` shows that what came before was a key.
 */
export class Token {
  type: TokenType = STREAM_END;
  /** Offset of its first character. */
  readonly start: number;
  /** How many block collections end before it. */
  ends = 0;
  /** BLOCK_SEQUENCE_START or BLOCK_MAPPING_START if such a collection starts here, else 0. */
  opens: TokenType = 0;
  /** Whether a KEY precedes it. */
  isKey = false;
  /** Whether it may still turn out to be a key, if a `:` follows soon enough on the same line. */
  pending = false;
  /** Whether the parser has to wait until that is decided. */
  held = false;
  /** Whether the parser has taken it. */
  taken = false;
  /** Whether it must turn out to be one, since it is where only a key can be. */
  required = false;

  /** Whether it is a scalar without quotes that is not a block. */
  plain = false;
  /** The text of a scalar that cannot be sliced from the input; an anchor's name; a tag's or directive's handle. */
  text: string | undefined = undefined;
  /** A scalar without `text`: where its characters start and end. */
  from = 0;
  to = 0;
  /** What follows a tag's handle; the prefix that a `%TAG` directive gives. */
  suffix = "";

  constructor(start: number) {
    this.start = start;
  }
}
