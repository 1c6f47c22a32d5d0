import { decodeBase64 } from "../../../go/base64.ts";
import { fromBytes, toBytes } from "../jsonpath/byte-text.ts";
import { FunctionError } from "./function-error.ts";
import type { Value } from "./template-value.ts";

const PADDING = 0x3d;

/** kubectl's `base64decode`: standard base64 with padding. @throws FunctionError that tells where it goes wrong */
export function decodeBase64Text(value: Value): string {
  const text = typeof value === "string" ? value : "";
  const bytes = decodeBase64(text);
  if (bytes === undefined) {
    throw new FunctionError(
      `base64 decode failed: illegal base64 data at input byte ${firstIllegalByte(toBytes(text))}`,
    );
  }
  return fromBytes(bytes);
}

/** The place that Go's decoder complains about, which for missing characters is where their group of four begins. */
function firstIllegalByte(bytes: readonly number[]): number {
  let inGroup = 0;
  let groupStart = 0;
  for (const [at, byte] of bytes.entries()) {
    if (isLineEnd(byte)) {
      continue;
    }
    if (isDigit(byte)) {
      inGroup = (inGroup + 1) % 4;
      continue;
    }
    if (byte !== PADDING || inGroup < 2) {
      return at;
    }
    return illegalAfterPadding(bytes, at + 1, inGroup === 2);
  }
  groupStart = bytes.length - inGroup;
  return groupStart;
}

function illegalAfterPadding(bytes: readonly number[], start: number, wantsAnother: boolean): number {
  let at = skipLineEnds(bytes, start);
  if (wantsAnother) {
    if (bytes[at] !== PADDING) {
      return at === bytes.length ? at : at - 1;
    }
    at = skipLineEnds(bytes, at + 1);
  }
  return at;
}

function skipLineEnds(bytes: readonly number[], start: number): number {
  let at = start;
  while (at < bytes.length && isLineEnd(bytes[at] ?? 0)) {
    at++;
  }
  return at;
}

function isLineEnd(byte: number): boolean {
  return byte === 0x0a || byte === 0x0d;
}

function isDigit(byte: number): boolean {
  const lower = byte | 0x20;
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (lower >= 0x61 && lower <= 0x7a && byte < 0x7b && byte > 0x40) ||
    byte === 0x2b ||
    byte === 0x2f
  );
}
