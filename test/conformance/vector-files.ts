import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "./repository.ts";
import type { Vector } from "./vector.ts";

/** A file of vectors. */
export interface VectorFile {
  readonly rule: string;
  readonly vectors: readonly Vector[];
}

export function readVectorFiles(): readonly VectorFile[] {
  const names = readdirSync(folder()).filter((name) => name.endsWith(".json"));
  return names.toSorted().map((name) => ({
    rule: name.slice(0, -".json".length),
    vectors: JSON.parse(readFileSync(join(folder(), name), "utf8")) as readonly Vector[],
  }));
}

export function readVectors(): readonly Vector[] {
  return readVectorFiles().flatMap((file) => file.vectors);
}

export function writeVectorFile(file: VectorFile): void {
  mkdirSync(folder(), { recursive: true });
  writeFileSync(join(folder(), `${file.rule}.json`), `${JSON.stringify(file.vectors, null, 1)}\n`);
}

function folder(): string {
  return join(repositoryRoot(), "test", "conformance", "vectors");
}
