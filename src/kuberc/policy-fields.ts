import { PREFERENCE_FIELDS } from "../api/kuberc-fields.ts";
import { nearest } from "../codec/nearest.ts";
import { goQuote } from "../go/quote.ts";
import type { WireValue } from "../codec/json/wire-value.ts";
import { membersOf } from "../codec/json/wire-value.ts";

export const POLICY_FIELD = PREFERENCE_FIELDS.policyType.wire;
export const ALLOWLIST_FIELD = PREFERENCE_FIELDS.allowlist.wire;

/** The way to a field: keys and indexes from the top of the document. */
export type FieldPath = readonly (string | number)[];

/** Names that people write for the two fields, beside slips of the pen. */
const MISNOMERS: ReadonlyMap<string, string> = new Map([
  ["pluginpolicy", POLICY_FIELD],
  ["credentialpolicy", POLICY_FIELD],
  ["execpluginpolicy", POLICY_FIELD],
  ["policy", POLICY_FIELD],
  ["pluginallowlist", ALLOWLIST_FIELD],
  ["credentialallowlist", ALLOWLIST_FIELD],
  ["execpluginallowlist", ALLOWLIST_FIELD],
  ["allowlist", ALLOWLIST_FIELD],
  ["credentialpluginwhitelist", ALLOWLIST_FIELD],
  ["credentialpluginallowedlist", ALLOWLIST_FIELD],
]);

/** How many letters may be wrong in a name that is still recognised. */
const SLIPS = 4;

/**
 * Which of the two fields of the plugin policy a key is meant to be, whatever its case, punctuation and a few wrong
 * letters; undefined if neither.
 */
export function intendedField(key: string): string | undefined {
  const letters = key
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^a-z]/g, "");
  const misnomer = MISNOMERS.get(letters);
  if (misnomer !== undefined) {
    return misnomer;
  }
  return nearest(letters, [POLICY_FIELD, ALLOWLIST_FIELD], () => SLIPS)?.candidate;
}

/**
 * Finds the keys that look like one of the two fields, wherever in a document they stand. Under `aliases`, `defaults`
 * and the like only the real names count, since `policy` may well be the name of an option there.
 */
export function findPolicyFields(document: WireValue): readonly FieldPath[] {
  const found: FieldPath[] = [];
  const pending: { readonly value: WireValue; readonly path: FieldPath }[] = [{ value: document, path: [] }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, path } = next;
    for (const [index, element] of Array.isArray(value) ? (value as readonly WireValue[]).entries() : []) {
      pending.push({ value: element, path: [...path, index] });
    }
    for (const [key, member] of membersOf(value) ?? []) {
      const place = [...path, key];
      if (path.length === 0 ? intendedField(key) !== undefined : isNearlyExact(key)) {
        found.push(place);
      } else {
        pending.push({ value: member, path: place });
      }
    }
  }
  return found;
}

/** Which of the two fields stand more than once, by what strict decoding says of their document. */
export function repeatedPolicyFields(complaints: readonly string[]): readonly string[] {
  return [POLICY_FIELD, ALLOWLIST_FIELD].filter((field) =>
    complaints.some(
      (complaint) =>
        complaint.includes(`key ${goQuote(field)} already set in map`) ||
        complaint === `duplicate field ${goQuote(field)}`,
    ),
  );
}

/** Whether a text that could not be read as YAML seems to hold a plugin policy. */
export function mentionsPolicy(text: string): boolean {
  return /credential[\s_-]*plugin/i.test(text);
}

function isNearlyExact(key: string): boolean {
  const field = intendedField(key);
  return field !== undefined && Math.abs(field.length - key.length) <= SLIPS;
}
