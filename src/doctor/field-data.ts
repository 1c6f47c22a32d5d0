import { isSet } from "../api/struct.ts";
import type { ExaminationInput } from "./examination-input.ts";
import type { Content, Machine } from "./machine.ts";
import { findMisspelling, hintForMisspelling } from "./misspelt-paths.ts";

/** The data of an entry's field, inline or from a file. */
export interface FieldData {
  /** The effective field; `""` if nothing is set. */
  readonly field: string;
  /** Whether both are set, which kubectl refuses. */
  readonly isTwice: boolean;
  readonly content: Content | undefined;
}

/**
 * Reads `field` (a file) or `field-data`; the data takes precedence.
 *
 * @param path - as it is looked up; `""` for none
 */
export function readFieldData(
  machine: Machine,
  field: string,
  path: string,
  data: Uint8Array | undefined,
): FieldData {
  const hasData = data !== undefined && isSet(data);
  const isTwice = hasData && path !== "";
  if (hasData) {
    return { field: `${field}-data`, isTwice, content: { data } };
  }
  return path === ""
    ? { field: "", isTwice, content: undefined }
    : { field, isTwice, content: machine.read(path) };
}

/**
 * Returns the hint for a file that cannot be read, if its path is written as for a shell.
 *
 * @param written - the path as the kubeconfig has it
 */
export function hintForReference(facts: ExaminationInput, written: string): string | undefined {
  const misspelling = findMisspelling(written, { ...facts, separators: "" });
  return misspelling && hintForMisspelling(misspelling);
}
