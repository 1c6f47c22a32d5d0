import { trimSpace } from "../../go/space.ts";

/** One document of a file, as apimachinery splits it. */
export interface RawDocument {
  /** Its lines, each ended by LF alone. */
  readonly data: Uint8Array;
  /** The number of its first line in the file, from 1. */
  readonly line: number;
}

/** A line that begins like a separator but has other content behind it. */
export class SeparatorError extends Error {
  override readonly name = "SeparatorError";
  /** The number of the line, from 1. */
  readonly line: number;

  constructor(rest: string, line: number) {
    super(`invalid Yaml document separator: ${rest}`);
    this.line = line;
  }
}

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;

/**
 * Splits a file into its documents as apimachinery's `util/yaml.YAMLReader` does: at every line that begins with `---`,
 * inside a block scalar too; only a comment may follow on that line. Lazy: a caller that stops early does not get the error
 * of a later separator.
 *
 * A separator without a document before it opens the next one, so the first document may be a lone `---`.
 *
 * @throws SeparatorError
 */
export function* splitDocuments(data: Uint8Array): Generator<RawDocument> {
  let lines: Uint8Array[] = [];
  let first = 1;
  for (const [index, line] of linesOf(data).entries()) {
    if (isSeparator(line)) {
      const rest = trimSpace(decode(line.subarray(3)));
      if (rest !== "" && !rest.startsWith("#")) {
        throw new SeparatorError(rest, index + 1);
      }
      if (lines.length > 0) {
        yield { data: join(lines), line: first };
        lines = [];
        first = index + 2;
        continue;
      }
    }
    lines.push(line);
  }
  if (lines.length > 0) {
    yield { data: join(lines), line: first };
  }
}

/** Reports whether a document is only white space (Go's `bytes.TrimSpace`), so that kubectl skips it. */
export function isBlank(document: RawDocument): boolean {
  return trimSpace(decode(document.data)) === "";
}

function decode(data: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(data);
}

function isSeparator(line: Uint8Array): boolean {
  return line[0] === DASH && line[1] === DASH && line[2] === DASH;
}

/** Returns the lines without their LF or CRLF; an empty rest after the last LF is not a line. */
function linesOf(data: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < data.length;) {
    const found = data.indexOf(LF, start);
    const end = found === -1 ? data.length : found;
    const trimmed = found !== -1 && data[end - 1] === CR && end > start ? end - 1 : end;
    lines.push(data.subarray(start, trimmed));
    start = end + 1;
  }
  return lines;
}

function join(lines: readonly Uint8Array[]): Uint8Array {
  const data = new Uint8Array(lines.reduce((length, line) => length + line.length + 1, 0));
  let at = 0;
  for (const line of lines) {
    data.set(line, at);
    at += line.length + 1;
    data[at - 1] = LF;
  }
  return data;
}
