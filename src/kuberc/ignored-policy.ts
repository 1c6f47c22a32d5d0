import { PREFERENCE_FIELDS } from "../api/kuberc-fields.ts";
import { fieldName, INTERNAL_VERSION } from "../api/wire-fields.ts";
import { goQuote } from "../go/quote.ts";
import type { KubercFile } from "../codec/kuberc/decode-kuberc.ts";
import type { KubercDocument } from "../codec/kuberc/read-document.ts";
import { formatPath } from "../codec/json/decode-json.ts";
import { fieldsOf } from "../codec/json/wire-value.ts";
import type { FieldPath } from "./policy-fields.ts";
import {
  ALLOWLIST_FIELD,
  findPolicyFields,
  intendedField,
  mentionsPolicy,
  POLICY_FIELD,
  repeatedPolicyFields,
} from "./policy-fields.ts";

/** A part of a plugin policy that kubectl ignores although it is written. */
export interface IgnoredPolicy {
  /** The line of the file, from 1; undefined if unknown. */
  readonly line: number | undefined;
  /** What is ignored, and why. */
  readonly message: string;
  /** How to make kubectl honour it. */
  readonly hint: string;
}

/**
 * Finds parts of a kuberc that look like a plugin policy but that kubectl ignores, so that it would allow every plugin or
 * check less than is written: kubectl fails open here, with a warning at most.
 */
export function findIgnoredPolicies(file: KubercFile): readonly IgnoredPolicy[] {
  const found = [
    ...file.attempted.flatMap((document) =>
      document === file.used ? inUsedDocument(document) : inOtherDocument(document, refusalOf(document)),
    ),
    ...file.later.flatMap((document) =>
      inOtherDocument(document, {
        because: `kubectl uses the document at line ${file.used?.line ?? 1} and looks at no later one`,
        hint: "move it into that document, and see that its apiVersion is kubectl.config.k8s.io/v1beta1",
      }),
    ),
  ];
  return found.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

interface Refusal {
  readonly because: string;
  readonly hint: string;
}

function refusalOf({ refusal = "" }: KubercDocument): Refusal {
  return {
    because: `kubectl passes over this document: ${refusal}`,
    hint: "mend the document; it needs apiVersion: kubectl.config.k8s.io/v1beta1 and kind: Preference",
  };
}

function inOtherDocument(document: KubercDocument, { because, hint }: Refusal): readonly IgnoredPolicy[] {
  const fields = findPolicyFields(document.value);
  if (fields.length > 0) {
    return fields.map((path) => ({
      line: lineOf(document, path),
      message: `${nameOf(path)} has no effect: ${because}`,
      hint,
    }));
  }
  return document.refusal !== undefined && mentionsPolicy(new TextDecoder().decode(document.data))
    ? [{ line: document.line, message: `the plugin policy has no effect: ${because}`, hint }]
    : [];
}

function inUsedDocument(document: KubercDocument): readonly IgnoredPolicy[] {
  const version = document.meta?.version ?? "";
  const isBeta = version === "v1beta1";
  const unknown = findPolicyFields(document.value)
    .filter((path) => !isBeta || path.length > 1 || !isRealName(path))
    .filter((path) => version !== INTERNAL_VERSION || path.length > 1 || !isGoName(path))
    .map((path): IgnoredPolicy => {
      const intended = intendedField(String(path.at(-1))) ?? POLICY_FIELD;
      return {
        line: lineOf(document, path),
        message: `${nameOf(path)} has no effect: ${reasonFor(version, path)}`,
        hint:
          version === "v1alpha1"
            ? "use apiVersion: kubectl.config.k8s.io/v1beta1, where overrides is called defaults, and flags options"
            : `write ${intended} at the top level`,
      };
    });
  return [...unknown, ...repeated(document), ...unknownCriteria(document), ...emptyPolicy(document)];
}

function reasonFor(version: string, path: FieldPath): string {
  if (version === "v1alpha1") {
    return "v1alpha1 knows no plugin policy";
  }
  return path.length > 1 && isRealName(path) ? "it is not at the top level" : "kubectl knows no such field";
}

/** Finds repeated keys: the last one counts, without an error. */
function repeated(document: KubercDocument): readonly IgnoredPolicy[] {
  return repeatedPolicyFields(document.complaints).map((field) => ({
    line: lineOf(document, [field]),
    message: `${field} stands more than once: only the last one has an effect`,
    hint: "keep one of them",
  }));
}

/** Finds unknown fields of an entry, such as a checksum: kubectl allows the plugin without checking them. */
function unknownCriteria(document: KubercDocument): readonly IgnoredPolicy[] {
  return document.complaints.flatMap((complaint) => {
    const [, index, field] =
      /^unknown field "credentialPluginAllowlist\[(\d+)\]\.(.*)"$/.exec(complaint) ?? [];
    if (index === undefined || field === undefined) {
      return [];
    }
    return [
      {
        line: lineOf(document, [ALLOWLIST_FIELD, Number(index), field]),
        message: `${ALLOWLIST_FIELD}[${index}].${field} has no effect: an entry has name or command alone`,
        hint: "remove it, and do not rely on it",
      },
    ];
  });
}

/** Finds a policy without a value, which allows everything. */
function emptyPolicy(document: KubercDocument): readonly IgnoredPolicy[] {
  const value = fieldsOf(document.value).get(POLICY_FIELD);
  return value === null && document.meta?.version === "v1beta1"
    ? [
        {
          line: lineOf(document, [POLICY_FIELD]),
          message: `${POLICY_FIELD} has no value, which allows every plugin`,
          hint: "write AllowAll, DenyAll or Allowlist",
        },
      ]
    : [];
}

function isRealName(path: FieldPath): boolean {
  return path.at(-1) === POLICY_FIELD || path.at(-1) === ALLOWLIST_FIELD;
}

function isGoName(path: FieldPath): boolean {
  const { credentialPluginPolicy: policyType, credentialPluginAllowlist: allowlist } = PREFERENCE_FIELDS;
  return [policyType, allowlist].some((field) => fieldName(field, INTERNAL_VERSION) === path.at(-1));
}

function lineOf(document: KubercDocument, path: FieldPath): number | undefined {
  return document.locate(path, "key")?.line ?? document.line;
}

function nameOf(path: FieldPath): string {
  return goQuote(formatPath(path));
}
