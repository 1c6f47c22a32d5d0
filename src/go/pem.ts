import { decodeBase64, encodeBase64 } from "./base64.ts";

/** One PEM block. */
export interface PemBlock {
  /** The word after BEGIN, such as `CERTIFICATE`. */
  readonly type: string;
  /** Whether lines such as `Proc-Type: 4,ENCRYPTED` precede the data. */
  readonly hasHeaders: boolean;
  readonly bytes: Uint8Array;
}

/** The blocks of a PEM file. */
export interface PemContent {
  readonly blocks: readonly PemBlock[];
  /** Whether anything follows the last block. */
  readonly hasRest: boolean;
}

const BEGIN = "-----BEGIN ";
const END = "\n-----END ";
const DASHES = "-----";

/**
 * Reads PEM as Go 1.26's `pem.Decode` does, called repeatedly: content between blocks is skipped, and so are malformed
 * blocks.
 */
export function decodePem(data: Uint8Array | string): PemContent {
  const text =
    typeof data === "string"
      ? data
      : Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("latin1");
  const blocks: PemBlock[] = [];
  let rest = 0;
  for (let found = nextBlock(text, rest); found !== undefined; found = nextBlock(text, rest)) {
    blocks.push(found.block);
    rest = found.next;
  }
  return { blocks, hasRest: rest < text.length };
}

/** Writes a block as PEM. */
export function encodePem(type: string, bytes: Uint8Array): string {
  const lines = encodeBase64(bytes).replaceAll(/.{64}(?=.)/g, "$&\n");
  return `-----BEGIN ${type}-----\n${lines}\n-----END ${type}-----\n`;
}

function nextBlock(
  text: string,
  from: number,
): { readonly block: PemBlock; readonly next: number } | undefined {
  for (let search = from; ;) {
    // The last BEGIN before an END counts, so that one without an END is passed over.
    const end = text.indexOf(END, search);
    if (end === -1) {
      return undefined;
    }
    const begin = text.slice(search, end).lastIndexOf(BEGIN) + search;
    const block = begin < search ? undefined : readBlock(text, from, begin, end);
    if (block !== undefined) {
      return { block, next: lineAt(text, end + 1).next };
    }
    search = end + END.length;
  }
}

/** Reads the block between a BEGIN and the END that follows it; undefined if it is malformed. */
function readBlock(text: string, from: number, begin: number, end: number): PemBlock | undefined {
  if (begin > from && text[begin - 1] !== "\n") {
    return undefined;
  }
  const title = lineAt(text, begin + BEGIN.length);
  if (!title.line.endsWith(DASHES)) {
    return undefined;
  }
  const type = title.line.slice(0, -DASHES.length);
  if (lineAt(text, end + END.length).line !== type + DASHES) {
    return undefined;
  }
  let body = title.next;
  for (let next = lineAt(text, body); body <= end && next.line.includes(":"); next = lineAt(text, body)) {
    body = next.next;
  }
  // An empty block has its END right after its BEGIN, one newline serving both.
  const bytes = decodeBase64(body > end ? "" : text.slice(body, end).replaceAll(/[ \t]+/g, ""));
  return bytes === undefined || body > end + 1 ? undefined : { type, hasHeaders: body > title.next, bytes };
}

/** Returns the line that starts at an offset, without trailing white space, and the start of the next one. */
function lineAt(text: string, start: number): { readonly line: string; readonly next: number } {
  const found = text.indexOf("\n", start);
  let end = found === -1 ? text.length : found;
  const next = found === -1 ? end : end + 1;
  while (end > start && " \t\r".includes(text.charAt(end - 1))) {
    end--;
  }
  return { line: text.slice(start, end), next };
}
