import type { PluginPolicy } from "../api/plugin-policy.ts";
import type { JsonObject, JsonValue } from "../api/json-value.ts";
import type { Filepath } from "../go/filepath.ts";
import type { FieldChange, FieldChanges, Removal } from "../yaml/edit/change.ts";
import { REMOVE } from "../yaml/edit/change.ts";
import { entryNodes, fieldNode, keyText } from "../yaml/edit/node-lookup.ts";
import { valueOf } from "../yaml/edit/value-of.ts";
import type { NodeTree } from "../yaml/node-tree.ts";
import type { KubercDocument } from "../codec/kuberc/read-document.ts";
import type { PreferenceChange } from "./edit-preference.ts";
import { editPreference, refuseEdit } from "./edit-preference.ts";
import { ALLOWLIST_FIELD, POLICY_FIELD, repeatedPolicyFields } from "./policy-fields.ts";
import { validatePreference } from "./validate-preference.ts";

/**
 * Sets the plugin policy in the content of a kuberc. Only its two fields change, and in an allowlist only the entries that
 * are removed or added.
 *
 * @param data - the current file; empty for a new one
 * @throws KubercError when the file cannot be edited safely
 * @throws PluginPolicyError when kubectl would refuse the policy
 */
export function putPolicy(data: Uint8Array, policy: PluginPolicy, filepath: Filepath): Uint8Array {
  const { plan, wanted } = policyChange(policy);
  return editPreference(data, {
    plan,
    wanted: (before) => {
      const preference = wanted(before);
      validatePreference(preference, filepath);
      return preference;
    },
  });
}

/** Returns a complete kuberc, as YAML, that contains only a policy. */
export function writePolicyDocument(policy: PluginPolicy): string {
  return new TextDecoder().decode(editPreference(new Uint8Array(), policyChange(policy)));
}

function policyChange(policy: PluginPolicy): PreferenceChange {
  return {
    plan: (document, tree) => {
      refuseVersion(document);
      return planPolicy(tree, policy);
    },
    wanted: (before) => ({ ...before, pluginPolicy: policy }),
  };
}

function refuseVersion({ meta, complaints }: KubercDocument): void {
  if (meta?.version !== "v1beta1") {
    throw refuseEdit(
      `its apiVersion is ${meta?.version ?? ""}, which knows no plugin policy: make it v1beta1 first`,
    );
  }
  const [repeated] = repeatedPolicyFields(complaints);
  if (repeated !== undefined) {
    throw refuseEdit(`${repeated} stands more than once`);
  }
}

function planPolicy(
  tree: NodeTree,
  { credentialPluginPolicy: policyType, credentialPluginAllowlist: allowlist }: PluginPolicy,
): FieldChanges {
  const names = entryNodes(tree, 0).map(({ key }) => keyText(tree, key));
  const list = fieldNode(tree, 0, ALLOWLIST_FIELD);
  const type = fieldNode(tree, 0, POLICY_FIELD);
  const fields = new Map<string, FieldChange>();
  if (type === undefined || valueOf(tree, type) !== policyType) {
    fields.set(POLICY_FIELD, { kind: "put", value: policyType });
  }
  if (allowlist !== undefined) {
    const commands = allowlist.map(({ command }) => command);
    fields.set(ALLOWLIST_FIELD, planAllowlist(list === undefined ? null : valueOf(tree, list), commands));
  } else if (list !== undefined) {
    fields.set(ALLOWLIST_FIELD, REMOVE);
  }
  const header = names.findLast((name) => name === "apiVersion" || name === "kind");
  return { kind: "fields", fields, after: names.includes(POLICY_FIELD) ? POLICY_FIELD : header };
}

/** Plans the change of an allowlist: kept entries are not touched; new ones use `name`, which kubectl 1.35 and 1.36 support. */
function planAllowlist(old: JsonValue, commands: readonly string[]): FieldChange {
  const entries = Array.isArray(old) ? (old as readonly JsonValue[]) : [];
  const missing = new Set(commands);
  const items = new Map<number, Removal>();
  for (const [i, entry] of entries.entries()) {
    const command = commandOf(entry);
    if (command === undefined || !missing.delete(command)) {
      items.set(i, REMOVE);
    }
  }
  const added = [...missing].map((command): JsonObject => new Map([["name", command]]));
  return { kind: "items", items, inserts: new Map([[entries.length, added]]) };
}

/** Returns the command of an entry; undefined if it has none, or has other fields too. */
function commandOf(entry: JsonValue): string | undefined {
  if (!(entry instanceof Map)) {
    return undefined;
  }
  const [command, ...others] = new Set<unknown>(entry.values());
  const isCommand = [...entry.keys()].every((field) => field === "name" || field === "command");
  return isCommand && others.length === 0 && typeof command === "string" ? command : undefined;
}
