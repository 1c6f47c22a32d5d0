import { isDeepStrictEqual } from "node:util";
import { readYaml } from "../yaml/read.ts";
import { isComment } from "./field-lines.ts";

/** The comment of a line that goes, as a line of its own; none if it has none. */
export function commentsOf(line: string, indent: string): readonly string[] {
  if (isComment(line)) {
    return [line];
  }
  const text = line.trim();
  for (const { index } of text.matchAll(/\s#/g)) {
    // It is a comment if the line means the same without it; a hash in quotes is none.
    if (isDeepStrictEqual(meaning(text.slice(0, index)), meaning(text))) {
      return [`${indent}${text.slice(index).trim()}`];
    }
  }
  return [];
}

/** What a line says by itself; undefined if nothing. */
function meaning(line: string): unknown {
  try {
    return readYaml(`${line}\n`).value;
  } catch {
    return undefined;
  }
}
