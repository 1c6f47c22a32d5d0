import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../repository.ts";
import type { WireVector } from "./wire-case.ts";

/** The vectors of one rule. */
export type WireVectors = readonly [about: string, vectors: readonly WireVector[]];

function folder(): string {
  return join(repositoryRoot(), "test", "conformance", "wire", "vectors");
}

/** Returns all recorded vectors, by topic. */
export function readWireVectors(): readonly WireVectors[] {
  return readdirSync(folder())
    .toSorted()
    .map((file) => [
      file.slice(0, -".json".length),
      JSON.parse(readFileSync(join(folder(), file), "utf8")) as readonly WireVector[],
    ]);
}

export function writeWireVectors([about, vectors]: WireVectors): void {
  mkdirSync(folder(), { recursive: true });
  writeFileSync(join(folder(), `${about}.json`), `${JSON.stringify(vectors, null, 1)}\n`);
}
