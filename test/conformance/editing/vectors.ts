import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../repository.ts";
import type { KubectlVersion } from "../kubectl-version.ts";
import type { EditOutcome, EditVector, RecordedEdit } from "./edit-case.ts";

/** Returns the recorded sequences. */
export function readEditVectors(): readonly EditVector[] {
  return readdirSync(folder())
    .toSorted()
    .flatMap((name) => JSON.parse(readFileSync(join(folder(), name), "utf8")) as readonly EditVector[]);
}

export function writeEditVectors(rule: string, vectors: readonly EditVector[]): void {
  mkdirSync(folder(), { recursive: true });
  writeFileSync(join(folder(), `${rule}.json`), `${JSON.stringify(vectors, null, 1)}\n`);
}

export function editOutcomeOf(recorded: RecordedEdit, version: KubectlVersion): EditOutcome {
  return "every" in recorded ? recorded.every : recorded[version];
}

function folder(): string {
  return join(repositoryRoot(), "test", "conformance", "editing", "vectors");
}
