import { isDeepStrictEqual } from "node:util";
import type { PluginPolicy } from "../api/plugin-policy.ts";
import type { Filepath } from "../go/filepath.ts";
import type { KubercFile } from "../codec/kuberc/decode-kuberc.ts";
import { decodeKuberc } from "../codec/kuberc/decode-kuberc.ts";
import type { KubercDocument } from "../codec/kuberc/read-document.ts";
import { KubercError } from "../errors.ts";
import type { FieldLines } from "./field-lines.ts";
import { locateFields } from "./field-lines.ts";
import type { LineEdit } from "./line-edit.ts";
import { applyEdits, endOf } from "./line-edit.ts";
import { ALLOWLIST_FIELD, POLICY_FIELD, repeatedPolicyFields } from "./policy-fields.ts";
import { allowlistLines, policyLines } from "./policy-lines.ts";
import { writePolicyDocument } from "./policy-document.ts";
import { validatePreference } from "./validate-preference.ts";

/**
 * Puts a plugin policy into the text of a kuberc. Only the lines of its two fields change: every alias, default, comment
 * and other document stays as it stands. The result is read back, and refused unless kubectl would read the same as
 * before from it, save for the policy.
 *
 * @param data - the file as it is; empty for a new one
 * @throws KubercError when the file cannot be edited with certainty
 */
export function setPolicyInKuberc(data: Uint8Array, policy: PluginPolicy, filepath: Filepath): Uint8Array {
  const before = decodeKuberc(data);
  const edited = new TextEncoder().encode(editText(decodeText(data), before, policy));
  verify(before, decodeKuberc(edited), policy, filepath);
  return edited;
}

const NOWHERE: FieldLines = { first: 0, count: 0 };

/** An error that says why a kuberc is left as it is. */
export function refuseEdit(reason: string): KubercError {
  return new KubercError(`cannot edit the kuberc safely: ${reason}; nothing was changed`);
}

/** @throws KubercError for what is not UTF-8 */
export function decodeText(data: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    throw refuseEdit("it is not UTF-8");
  }
}

function editText(text: string, before: KubercFile, policy: PluginPolicy): string {
  const { used, attempted, separatorError } = before;
  if (separatorError !== undefined) {
    throw refuseEdit(separatorError.message);
  }
  if (used !== undefined) {
    return editDocument(text, used, policy);
  }
  if (attempted.some(({ value, refusal }) => value !== null || refusal?.startsWith("Object") !== true)) {
    throw refuseEdit("it has no document that kubectl can use");
  }
  // Nothing but comments: the policy becomes their document.
  return `${text === "" || text.endsWith("\n") ? text : `${text}\n`}${writePolicyDocument(policy)}`;
}

function editDocument(text: string, document: KubercDocument, policy: PluginPolicy): string {
  const version = document.meta?.version;
  if (version !== "v1beta1") {
    throw refuseEdit(
      `its apiVersion is ${version ?? ""}, which knows no plugin policy: make it v1beta1 first`,
    );
  }
  if (document.format === "json") {
    throw refuseEdit("it is JSON");
  }
  const [repeated] = repeatedPolicyFields(document.complaints);
  if (repeated !== undefined) {
    throw refuseEdit(`${repeated} stands more than once`);
  }
  const eol = /^[^\n]*\r\n/.test(text) ? "\r" : "";
  const lines = (text.endsWith("\n") ? text : `${text}${eol}\n`).split("\n");
  const located = locateFields(document, lines);
  if (located === undefined) {
    throw refuseEdit("its fields do not stand each on lines of their own");
  }
  const { indent, fields } = located;
  const linesOf = (field: FieldLines | undefined): readonly string[] =>
    field === undefined ? [] : lines.slice(field.first, field.first + field.count);
  const type = fields.get(POLICY_FIELD);
  const list = fields.get(ALLOWLIST_FIELD);
  const head = Math.max(...["apiVersion", "kind"].map((key) => endOf(fields.get(key) ?? NOWHERE)));
  const edits: LineEdit[] = [
    {
      at: type?.first ?? list?.first ?? head,
      remove: type?.count ?? 0,
      insert: policyLines(linesOf(type), policy, indent),
    },
  ];
  if (list !== undefined || policy.allowlist !== undefined) {
    edits.push({
      at: list?.first ?? (type === undefined ? head : endOf(type)),
      remove: list?.count ?? 0,
      insert: allowlistLines(linesOf(list), policy, indent),
    });
  }
  return applyEdits(lines, edits, eol).join("\n");
}

/** @throws KubercError if kubectl would now read something else than it shall */
function verify(before: KubercFile, after: KubercFile, policy: PluginPolicy, filepath: Filepath): void {
  const old = before.used?.preference;
  const preference = after.used?.preference;
  const isMoved = before.used !== undefined && after.attempted.length !== before.attempted.length;
  if (preference === undefined || isMoved) {
    throw refuseEdit("kubectl would not read the result");
  }
  if (
    !isDeepStrictEqual(preference.aliases, old?.aliases ?? []) ||
    !isDeepStrictEqual(preference.defaults, old?.defaults ?? [])
  ) {
    throw refuseEdit("its aliases and defaults would not stay as they are");
  }
  if (!isDeepStrictEqual(complaintsOf(after), complaintsOf(before))) {
    throw refuseEdit("it has fields that are unknown or stand twice, and are in the way");
  }
  if (!isSamePolicy(preference.pluginPolicy, policy)) {
    throw refuseEdit("kubectl would not read the new policy from the result");
  }
  validatePreference(preference, filepath);
}

/** What strict decoding says of everything but the policy, without the numbers of lines, which change. */
export function complaintsOf({ used }: KubercFile): readonly string[] {
  return (used?.complaints ?? [])
    .filter((complaint) => !complaint.startsWith(`unknown field "${ALLOWLIST_FIELD}[`))
    .map((complaint) => complaint.replaceAll(/line \d+/g, "line"));
}

function isSamePolicy(one: PluginPolicy, other: PluginPolicy): boolean {
  return one.policyType === other.policyType && isDeepStrictEqual(commandsOf(one), commandsOf(other));
}

function commandsOf({ allowlist }: PluginPolicy): readonly string[] | undefined {
  return allowlist?.map(({ command }) => command).toSorted();
}
