import type { FileSpec, Vector } from "../vector.ts";
import { joinText } from "../vector.ts";

/** Longer strings would slow a run down without finding more. */
const longest = 2000;

/** Returns the strings of recorded vectors, each once: seeds for damaged files. */
export function corpusOf(vectors: readonly Vector[]): readonly string[] {
  const texts = vectors.flatMap(({ files }) => Object.values(files)).flatMap((spec) => textOf(spec) ?? []);
  return [...new Set(texts)].filter((text) => text.length <= longest);
}

function textOf(spec: FileSpec): string | undefined {
  return typeof spec === "string" || Array.isArray(spec) ? joinText(spec) : undefined;
}
