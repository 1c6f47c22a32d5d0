import {
  REQUIREMENT_FIELDS,
  REQUIREMENTS_FIELDS,
  REQUIREMENTS_KIND,
  REQUIREMENTS_VERSION,
} from "../src/api/requirement-fields.ts";

type Schema = Readonly<Record<string, unknown>>;

const DIGEST: Schema = { type: "string", pattern: "^sha256:[0-9a-f]{64}$" };

/** The schema of each field of an entry. */
const ENTRY: Readonly<Record<keyof typeof REQUIREMENT_FIELDS, Schema>> = {
  command: {
    description: "The executable, as an entry of the kuberc's allowlist names it: best a full path.",
    type: "string",
    minLength: 1,
    examples: ["/usr/local/bin/aws-iam-authenticator"],
  },
  digest: {
    description: "The SHA-256 digest that its file must have, or several, one of which it must have.",
    oneOf: [DIGEST, { type: "array", items: DIGEST, minItems: 1 }],
  },
  args: {
    description: 'The arguments that it must have: "*" is any one, "**" at the end any further ones.',
    type: "array",
    items: { type: "string" },
    examples: [["token", "-i", "*"]],
  },
  env: {
    description:
      "The variables that a kubeconfig may set for it. Left out: all but those that give control over any program, such as LD_PRELOAD and PATH.",
    type: "array",
    items: { type: "string", pattern: "^[^=*]+$" },
    examples: [["AWS_PROFILE"]],
  },
};

/** The schema of each field of the document. */
const DOCUMENT: Readonly<Record<keyof typeof REQUIREMENTS_FIELDS, Schema>> = {
  kind: { description: "What the document is.", const: REQUIREMENTS_KIND },
  apiVersion: { description: "The version of the format.", const: REQUIREMENTS_VERSION },
  plugins: {
    description: "The entries. A plugin may run if it meets all conditions of one of them.",
    type: "array",
    items: object(REQUIREMENT_FIELDS, ENTRY, ["command"]),
  },
};

/** Returns the JSON Schema of a plugin requirements file. */
export function requirementsSchema(): Schema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "urn:kcfg:schema:plugin-requirements-v1alpha1",
    title: "Plugin requirements of kcfg",
    description:
      "What kcfg demands of credential plugins in addition to the plugin policy of the kuberc. A file that has anything else in it lets no plugin run.",
    ...object(REQUIREMENTS_FIELDS, DOCUMENT, ["apiVersion", "kind", "plugins"]),
  };
}

function object<Name extends string>(
  fields: Readonly<Record<Name, { readonly wire: string }>>,
  schemas: Readonly<Record<Name, Schema>>,
  required: readonly string[],
): Schema {
  const names = Object.keys(fields) as Name[];
  return {
    type: "object",
    required,
    additionalProperties: false,
    properties: Object.fromEntries(names.map((name) => [fields[name].wire, schemas[name]])),
  };
}
