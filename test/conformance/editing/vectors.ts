import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../repository.ts";
import type { KubectlVersion } from "../kubectl-version.ts";
import type { EditOutcome, EditVector, RecordedEdit } from "./edit-case.ts";

/** The recorded sequences. */
export function readEditVectors(): readonly EditVector[] {
  return JSON.parse(readFileSync(file(), "utf8")) as readonly EditVector[];
}

export function writeEditVectors(vectors: readonly EditVector[]): void {
  writeFileSync(file(), `${JSON.stringify(vectors, null, 1)}\n`);
}

export function editOutcomeOf(recorded: RecordedEdit, version: KubectlVersion): EditOutcome {
  return "every" in recorded ? recorded.every : recorded[version];
}

function file(): string {
  return join(repositoryRoot(), "test", "conformance", "editing", "vectors", "editing.json");
}
