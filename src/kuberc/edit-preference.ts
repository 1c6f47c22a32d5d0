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
  /** Returns the change of the document that kubectl uses. */
  readonly plan: (document: KubercDocument, tree: NodeTree) => FieldChanges;
  /** Returns the preference that kubectl must read afterwards. @throws KubercError or PluginPolicyError if it is invalid */
  readonly wanted: (before: Preference) => Preference;
}

/**
 * Edits the document of a kuberc that kubectl uses, YAML or JSON. Only the changed fields are touched; all other documents
 * are kept byte for byte. A file with only comments gets a document. The result is read back, and refused unless kubectl
 * would read the wanted preference from it.
 *
 * @param data - the current file; empty for a new one
 * @throws KubercError when the file cannot be edited safely
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
    // A literal null cannot be extended to a document.
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

/** How many levels are edited in place: all, down to the entries, down to the lists, none. */
const DEPTHS = [Infinity, 2, 1, 0];

/** Returns an error that explains why a kuberc is not edited. */
export function refuseEdit(reason: string): KubercError {
  return new KubercError(`cannot edit the kuberc safely: ${reason}; nothing was changed`);
}

/** Decodes a kuberc. @throws KubercError if it is not UTF-8 */
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

/** Splits a file into the part before a document, the document with its own line endings, and the part after it. */
function cutOut(text: string, { line, data }: KubercDocument): readonly [string, string, string] {
  const lines = text.split(/(?<=\n)/);
  const first = line - 1;
  const end = first + data.filter((byte) => byte === LF).length;
  return [lines.slice(0, first).join(""), lines.slice(first, end).join(""), lines.slice(end).join("")];
}

const LF = 0x0a;

/** Returns why the result of an edit is wrong; undefined if it is right. */
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

/** Sorts the allowlist and removes duplicates, since neither order nor repetition has a meaning. */
function comparable(preference: Preference): Preference {
  const { credentialPluginPolicy: policyType, credentialPluginAllowlist: allowlist } =
    preference.pluginPolicy;
  const commands = allowlist && [...new Set(allowlist.map(({ command }) => command))].toSorted();
  return {
    ...preference,
    pluginPolicy: {
      credentialPluginPolicy: policyType,
      credentialPluginAllowlist: commands?.map((command) => ({ command })),
    },
  };
}

/** Returns the strict-decoding warnings about everything but the policy, without line numbers, which change. */
function complaintsOf({ used }: KubercFile): readonly string[] {
  return (used?.complaints ?? [])
    .filter((complaint) => !complaint.startsWith(`unknown field "${ALLOWLIST_FIELD}[`))
    .map((complaint) => complaint.replaceAll(/line \d+/g, "line"));
}
