/**
 * What the parser expects next: one of the constants of this module. Numbers for speed: each node takes a step or two.
 */
export type State = number;

export const AT_DOCUMENT_END = 0;
export const AT_BLOCK_SEQUENCE_ENTRY = 1;
/** An item of a sequence that is no further to the right than its key. */
export const AT_INDENTLESS_SEQUENCE_ENTRY = 2;
export const AT_BLOCK_MAPPING_KEY = 3;
export const AT_BLOCK_MAPPING_VALUE = 4;
/** After a key and its `:` that {@link SimpleLines} took without tokens. */
export const AT_SIMPLE_KEY_VALUE = 5;
export const AT_FIRST_FLOW_SEQUENCE_ENTRY = 6;
export const AT_FLOW_SEQUENCE_ENTRY = 7;
/** A mapping of one pair, without braces, in a sequence. */
export const AT_PAIR_KEY = 8;
export const AT_PAIR_VALUE = 9;
export const AT_PAIR_END = 10;
export const AT_FIRST_FLOW_MAPPING_KEY = 11;
export const AT_FLOW_MAPPING_KEY = 12;
export const AT_FLOW_MAPPING_VALUE = 13;
export const AT_FLOW_MAPPING_EMPTY_VALUE = 14;
