import { PREFERENCE_FIELDS } from "../api/kuberc-fields.ts";
import { nearest } from "../codec/nearest.ts";
import { goQuote } from "../go/quote.ts";
import type { WireValue } from "../codec/json/wire-value.ts";
import { membersOf } from "../codec/json/wire-value.ts";

export const POLICY_FIELD = PREFERENCE_FIELDS.credentialPluginPolicy.wire;
export const ALLOWLIST_FIELD = PREFERENCE_FIELDS.credentialPluginAllowlist.wire;

/** The path of a field: keys and indexes from the top of the document. */
export type FieldPath = readonly (string | number)[];

/** Wrong names that people use for the two fields, apart from typos. */
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

/** The maximum number of wrong letters in a name that is still recognised. */
const SLIPS = 4;

/**
 * Returns the field of the plugin policy that a key is meant to be, ignoring case, punctuation and a few wrong letters;
 * undefined if neither.
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
 * Finds the keys that look like one of the two fields, anywhere in a document. Under `aliases`, `defaults` and the like
 * only the real names count, since `policy` may be the name of an option there.
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

/** Returns which of the two fields are repeated, from the strict-decoding warnings of their document. */
export function repeatedPolicyFields(complaints: readonly string[]): readonly string[] {
  return [POLICY_FIELD, ALLOWLIST_FIELD].filter((field) =>
    complaints.some(
      (complaint) =>
        complaint.includes(`key ${goQuote(field)} already set in map`) ||
        complaint === `duplicate field ${goQuote(field)}`,
    ),
  );
}

/** Reports whether a file that is not valid YAML seems to contain a plugin policy. */
export function mentionsPolicy(text: string): boolean {
  return /credential[\s_-]*plugin/i.test(text);
}

function isNearlyExact(key: string): boolean {
  const field = intendedField(key);
  return field !== undefined && Math.abs(field.length - key.length) <= SLIPS;
}
