import { isSet } from "../api/struct.ts";
import type { Content, Machine } from "./machine.ts";

/** What an entry gives as data or as a file. */
export interface Given {
  /** The field that counts; `""` if nothing is given. */
  readonly field: string;
  /** Whether both are given, which kubectl refuses. */
  readonly isTwice: boolean;
  readonly content: Content | undefined;
}

/**
 * Reads what `field` (a file) and `field-data` give; the data counts.
 *
 * @param path - as it is looked up; `""` for none
 */
export function givenBytes(
  machine: Machine,
  field: string,
  path: string,
  data: Uint8Array | undefined,
): Given {
  const hasData = data !== undefined && isSet(data);
  const isTwice = hasData && path !== "";
  if (hasData) {
    return { field: `${field}-data`, isTwice, content: { data } };
  }
  return path === ""
    ? { field: "", isTwice, content: undefined }
    : { field, isTwice, content: machine.read(path) };
}
