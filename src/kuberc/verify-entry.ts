import { isDeepStrictEqual } from "node:util";
import type { AliasOverride, CommandDefaults, Preference } from "../api/preference.ts";
import type { KubercFile } from "../codec/kuberc/decode-kuberc.ts";
import { complaintsOf, refuseEdit } from "./edit-policy.ts";

/** What is put into a kuberc. */
export type KubercEntry =
  | { readonly section: "aliases"; readonly entry: AliasOverride }
  | { readonly section: "defaults"; readonly entry: CommandDefaults };

/**
 * Compares what kubectl reads before and after an edit: nothing may differ but the entry.
 *
 * @param index - which entry is replaced; undefined if one is added
 * @throws KubercError if kubectl would now read something else than it shall
 */
export function verifyEntry(
  before: KubercFile,
  after: KubercFile,
  change: KubercEntry,
  index: number | undefined,
): void {
  const { used: document, attempted, later } = after;
  if (document?.preference === undefined) {
    throw refuseEdit("kubectl would not read the result");
  }
  const isMoved =
    before.used !== undefined &&
    (attempted.length !== before.attempted.length || later.length !== before.later.length);
  if (isMoved || !isDeepStrictEqual(document.preference, expected(before.used?.preference, change, index))) {
    throw refuseEdit("kubectl would not read from the result what it shall");
  }
  if (!isDeepStrictEqual(complaintsOf(after), complaintsOf(before))) {
    throw refuseEdit("it has fields that are unknown or stand twice, and are in the way");
  }
}

function expected(old: Preference | undefined, change: KubercEntry, index: number | undefined): Preference {
  const preference: Preference = old ?? {
    aliases: [],
    defaults: [],
    pluginPolicy: { policyType: "", allowlist: undefined },
  };
  return change.section === "aliases"
    ? { ...preference, aliases: replaced(preference.aliases, change.entry, index) }
    : { ...preference, defaults: replaced(preference.defaults, change.entry, index) };
}

function replaced<T>(entries: readonly T[], entry: T, index: number | undefined): readonly T[] {
  return index === undefined ? [...entries, entry] : entries.toSpliced(index, 1, entry);
}
