import { isDeepStrictEqual } from "node:util";
import type { Preference } from "../api/preference.ts";
import type { KubercFile } from "../codec/kuberc/decode-kuberc.ts";
import { decodeKuberc } from "../codec/kuberc/decode-kuberc.ts";
import type { KubercDocument } from "../codec/kuberc/read-document.ts";
import { KubercError } from "../errors.ts";
import { addDocument } from "../yaml/edit/add-document.ts";
import type { FieldChanges } from "../yaml/edit/change.ts";
import { editText } from "../yaml/edit/edit-yaml.ts";
import type { NodeTree } from "../yaml/node-tree.ts";
import { ALLOWLIST_FIELD } from "./policy-fields.ts";

/** A change of the preferences in a kuberc. */
export interface PreferenceChange {
  /** Gives the change of the document that kubectl uses. */
  readonly plan: (document: KubercDocument, tree: NodeTree) => FieldChanges;
  /** What kubectl is to read afterwards. @throws KubercError or PluginPolicyError where it would refuse that */
  readonly wanted: (before: Preference) => Preference;
}

/**
 * Edits the document of a kuberc that kubectl uses, YAML or JSON, and touches only what changes; all other documents stay
 * byte for byte. A file with nothing but comments gets a document. The result is read back, and refused unless kubectl
 * would read from it what is wanted.
 *
 * @param data - the file as it is; empty for a new one
 * @throws KubercError when the file cannot be edited with certainty
 */
export function editPreference(data: Uint8Array, { plan, wanted }: PreferenceChange): Uint8Array {
  const before = decodeKuberc(data);
  const text = decodeText(data);
  const { used, attempted, separatorError } = before;
  if (separatorError !== undefined) {
    throw refuseEdit(separatorError.message);
  }
  if (used?.preference === undefined) {
    const isEmpty = attempted.every(
      ({ value, refusal }) => value === null && refusal?.startsWith("Object") === true,
    );
    const started = encodeText(addDocument(text, undefined, NEW_DOCUMENT));
    // A null that is written out leaves no room for a document.
    if (!isEmpty || decodeKuberc(started).used === undefined) {
      throw refuseEdit("it has no document that kubectl can use");
    }
    return editPreference(started, { plan, wanted });
  }
  const preference = wanted(used.preference);
  const [head, document, tail] = cutOut(text, used);
  let fault = "its text leaves no room for the change";
  for (const depth of DEPTHS) {
    const edited = editText(document, (tree) => plan(used, tree), { depth, keepsOrder: true });
    if (edited !== undefined) {
      const result = encodeText(`${head}${edited}${tail}`);
      const difference = differenceFrom(before, decodeKuberc(result), preference);
      if (difference === undefined) {
        return result;
      }
      fault = difference;
    }
  }
  throw refuseEdit(fault);
}

const NEW_DOCUMENT = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n";

/** How many levels are edited in place: all, those down to the entries, the lists, none. */
const DEPTHS = [Infinity, 2, 1, 0];

/** An error that says why a kuberc is left as it is. */
export function refuseEdit(reason: string): KubercError {
  return new KubercError(`cannot edit the kuberc safely: ${reason}; nothing was changed`);
}

/** @throws KubercError for what is not UTF-8 */
function decodeText(data: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    throw refuseEdit("it is not UTF-8");
  }
}

function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** What is before a document, the document with its own line ends, and what is after it. */
function cutOut(text: string, { line, data }: KubercDocument): readonly [string, string, string] {
  const lines = text.split(/(?<=\n)/);
  const first = line - 1;
  const end = first + data.filter((byte) => byte === LF).length;
  return [lines.slice(0, first).join(""), lines.slice(first, end).join(""), lines.slice(end).join("")];
}

const LF = 0x0a;

/** Why the result of an edit is not what it is to be; undefined if it is. */
function differenceFrom(before: KubercFile, after: KubercFile, wanted: Preference): string | undefined {
  const isMoved =
    after.attempted.length !== before.attempted.length || after.later.length !== before.later.length;
  const preference = after.used?.preference;
  if (preference === undefined || isMoved || !isDeepStrictEqual(comparable(preference), comparable(wanted))) {
    return "kubectl would not read from the result what it should";
  }
  return isDeepStrictEqual(complaintsOf(after), complaintsOf(before))
    ? undefined
    : "it has fields that are unknown or repeated, and are in the way";
}

/** Preferences whose allowlist is in order and names each command once, since neither means anything. */
function comparable(preference: Preference): Preference {
  const { policyType, allowlist } = preference.pluginPolicy;
  const commands = allowlist && [...new Set(allowlist.map(({ command }) => command))].toSorted();
  return {
    ...preference,
    pluginPolicy: { policyType, allowlist: commands?.map((command) => ({ command })) },
  };
}

/** What strict decoding says of everything but the policy, without the numbers of lines, which change. */
function complaintsOf({ used }: KubercFile): readonly string[] {
  return (used?.complaints ?? [])
    .filter((complaint) => !complaint.startsWith(`unknown field "${ALLOWLIST_FIELD}[`))
    .map((complaint) => complaint.replaceAll(/line \d+/g, "line"));
}
