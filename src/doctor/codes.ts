import type { CodeFacts } from "./code-facts.ts";
import { CLUSTER_CODES } from "./codes/cluster-codes.ts";
import { FILE_CODES } from "./codes/file-codes.ts";
import { MERGING_CODES } from "./codes/merging-codes.ts";
import { PLUGIN_CODES } from "./codes/plugin-codes.ts";
import { TEXT_CODES } from "./codes/text-codes.ts";
import { USER_CODES } from "./codes/user-codes.ts";

/** Every code, in the order of the documentation. Codes are never reused or renamed. */
export const CODES = {
  ...FILE_CODES,
  ...TEXT_CODES,
  ...MERGING_CODES,
  ...CLUSTER_CODES,
  ...USER_CODES,
  ...PLUGIN_CODES,
} as const;

/** The code of a finding. */
export type FindingCode = keyof typeof CODES;

/** Reports whether a string is the code of a finding. */
export function isFindingCode(text: string): text is FindingCode {
  return Object.hasOwn(CODES, text);
}

/** Returns the documentation of a code. */
export function codeFacts(code: FindingCode): CodeFacts {
  return CODES[code];
}
