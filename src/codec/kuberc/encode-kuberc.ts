import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import type { KubercDocument } from "./read-document.ts";
import type { Spelling } from "./versions.ts";
import { spellingOf } from "./versions.ts";
import type { WireValue } from "./wire-value.ts";
import { membersOf } from "./wire-value.ts";

/**
 * Turns a kuberc into the document that `kubectl kuberc view` prints: in v1beta1's form, whatever the version, fields in
 * the order of kubectl's types, those that are empty left out where kubectl leaves them out. Of a v1alpha1 file kubectl
 * itself prints only what is spelt as in v1beta1.
 *
 * @param document - undefined for an empty kuberc
 */
export function encodeKuberc(document: KubercDocument | undefined): JsonObject {
  const spelling = spellingOf(document?.meta?.version ?? "v1beta1");
  const root = fieldsOf(document?.value ?? null);
  const { policy = "", allowlist = "", entry } = spelling;
  return new Map<string, JsonValue>([
    ["kind", "Preference"],
    ["apiVersion", "kubectl.config.k8s.io/v1beta1"],
    [
      "defaults",
      itemsOf(root.get(spelling.defaults)).map((item) => {
        const fields = fieldsOf(item);
        const options = fields.get(spelling.options) ?? null;
        return new Map<string, JsonValue>([
          ["command", textOf(fields.get(spelling.command))],
          ["options", options === null ? null : optionsOf(options, spelling)],
        ]);
      }),
    ],
    ["aliases", itemsOf(root.get(spelling.aliases)).map((item) => aliasOf(fieldsOf(item), spelling))],
    ...filled([["credentialPluginPolicy", textOf(root.get(policy))]]),
    ...filled([
      [
        "credentialPluginAllowlist",
        itemsOf(root.get(allowlist)).map((item) => {
          const fields = fieldsOf(item);
          return new Map(
            filled(["name", ...entry].map((field) => [field.toLowerCase(), textOf(fields.get(field))])),
          );
        }),
      ],
    ]),
  ]);
}

function aliasOf(fields: Fields, spelling: Spelling): JsonObject {
  const texts = (field: string): JsonValue => itemsOf(fields.get(field)).map(textOf);
  return new Map<string, JsonValue>([
    ["name", textOf(fields.get(spelling.name))],
    ["command", textOf(fields.get(spelling.command))],
    ...filled([
      ["prependArgs", texts(spelling.prependArgs)],
      ["appendArgs", texts(spelling.appendArgs)],
      ["options", optionsOf(fields.get(spelling.options), spelling)],
    ]),
  ]);
}

function optionsOf(value: WireValue | undefined, spelling: Spelling): readonly JsonValue[] {
  return itemsOf(value).map((item) => {
    const fields = fieldsOf(item);
    return new Map([
      ["name", textOf(fields.get(spelling.name))],
      ["default", textOf(fields.get(spelling.default))],
    ]);
  });
}

type Fields = ReadonlyMap<string, WireValue>;

function fieldsOf(value: WireValue): Fields {
  return new Map(membersOf(value) ?? []);
}

function itemsOf(value: WireValue | undefined): readonly WireValue[] {
  return Array.isArray(value) ? (value as readonly WireValue[]) : [];
}

function textOf(value: WireValue | undefined): string {
  return typeof value === "string" ? value : "";
}

/** Go's `omitempty`. */
function filled(
  fields: readonly (readonly [string, JsonValue])[],
): readonly (readonly [string, JsonValue])[] {
  return fields.filter(([, value]) => (Array.isArray(value) ? value.length > 0 : value !== ""));
}
