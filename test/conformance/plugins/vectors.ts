import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../repository.ts";
import type { Recorded } from "../vector.ts";
import type { PluginCase } from "./world.ts";

/** A case with what every kubectl did. */
export interface PluginVector extends PluginCase {
  readonly kubectl: Recorded;
}

export function vectorFolder(): string {
  return join(repositoryRoot(), "test", "conformance", "plugins", "vectors");
}

/** Returns all recorded vectors, by topic. */
export function readPluginVectors(): readonly (readonly [about: string, vectors: readonly PluginVector[]])[] {
  return readdirSync(vectorFolder())
    .toSorted()
    .map((file) => [
      file.slice(0, -".json".length),
      JSON.parse(readFileSync(join(vectorFolder(), file), "utf8")) as readonly PluginVector[],
    ]);
}
