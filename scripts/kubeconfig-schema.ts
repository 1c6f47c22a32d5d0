import type { Field } from "../src/api/fields.ts";
import { PREFERENCES_FIELDS, SECTIONS, STRUCTS } from "../src/api/fields.ts";
import { SUPPORTED_API_VERSIONS } from "../src/api/exec-versions.ts";

type Schema = Readonly<Record<string, unknown>>;

/**
 * The parts of a field's JSON Schema beyond its type and its description, by the name of the structure and of the
 * field.
 */
const DETAILS: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  cluster: {
    server: { type: "string", examples: ["https://staging.example.com:6443"] },
    "tls-server-name": { examples: ["kubernetes.default.svc"] },
    "insecure-skip-tls-verify": { default: false },
    "certificate-authority": { examples: ["certs/staging-ca.crt"] },
    "proxy-url": {
      type: ["string", "null"],
      pattern: "^$|^(?:https?|socks5)://",
      examples: ["socks5://127.0.0.1:1080"],
    },
    "disable-compression": { default: false },
  },
  user: {
    tokenFile: { examples: ["/var/run/secrets/kubernetes.io/serviceaccount/token"] },
    as: { examples: ["jane@example.com"] },
    "as-groups": { examples: [["system:masters"]] },
    "as-user-extra": { examples: [{ scopes: ["view"] }] },
    username: { deprecated: true },
    password: { deprecated: true },
    "auth-provider": { deprecated: true },
  },
  context: {
    cluster: { type: "string", examples: ["staging"] },
    user: { type: "string", examples: ["developer"] },
    namespace: {
      type: ["string", "null"],
      pattern: "^$|^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$",
      examples: ["shop"],
    },
  },
  authProvider: { name: { examples: ["oidc"] } },
  exec: {
    apiVersion: { enum: SUPPORTED_API_VERSIONS },
    command: { type: "string", minLength: 1, examples: ["aws", "/usr/local/bin/corporate-login"] },
    args: { examples: [["eks", "get-token", "--cluster-name", "staging"]] },
    installHint: { examples: ["brew install corporate-login"] },
    provideClusterInfo: { default: false },
    interactiveMode: {
      oneOf: [
        { const: "Never", description: "It never reads standard input." },
        { const: "IfAvailable", description: "It reads standard input if there is one, and works without." },
        { const: "Always", description: "It is not run at all without standard input." },
      ],
    },
  },
};

const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const listOf = (items: Schema): Schema => ({ type: ["array", "null"], items });

function typeOf({ kind }: Field): Schema {
  switch (kind) {
    case "string":
      return ref("text");
    case "boolean":
      return ref("flag");
    case "bytes":
      return ref("base64");
    case "strings":
      return listOf(ref("text"));
    case "stringMap":
      return { type: ["object", "null"], additionalProperties: ref("text") };
    case "stringLists":
      return { type: ["object", "null"], additionalProperties: listOf(ref("text")) };
    case "environment":
      return listOf(ref("execEnvVar"));
    case "extensions":
      return listOf(ref("namedExtension"));
    default:
      return ref(kind);
  }
}

/** Returns the properties of a structure, from its table. */
function propertiesOf(structure: string, fields: Readonly<Record<string, Field>>): Schema {
  return Object.fromEntries(
    Object.values(fields).map((field) => {
      const details = DETAILS[structure]?.[field.wire] ?? {};
      const hasOwnType = "type" in details || "enum" in details || "oneOf" in details;
      return [field.wire, { description: field.doc, ...(hasOwnType ? {} : typeOf(field)), ...details }];
    }),
  );
}

const object = (description: string, properties: Schema, required: readonly string[] = []): Schema => ({
  description,
  type: "object",
  ...(required.length > 0 && { required }),
  additionalProperties: false,
  properties,
});

const objectOrNull = (description: string, properties: Schema): Schema => ({
  ...object(description, properties),
  type: ["object", "null"],
});

/** Makes a condition with its consequence. */
const implies = (condition: Schema, consequence: Schema): Schema => ({ if: condition, then: consequence });

/** Requires that a field is there and not empty. */
const given = (field: string, kind = "given"): Schema => ({
  required: [field],
  properties: { [field]: ref(kind) },
});

/** Refuses two fields together. */
const apart = (one: string, other: string, kinds: Schema): Schema => ({
  not: { type: "object", required: [one, other], properties: kinds },
});

const pathAndData = (name: string): Schema =>
  apart(name, `${name}-data`, { [name]: ref("given"), [`${name}-data`]: ref("givenData") });

/** Requires `as` next to a field that is not empty. */
const needsAs = (field: string, held: Schema): Schema =>
  implies({ type: "object", required: [field], properties: { [field]: held } }, { anyOf: [given("as")] });

const CERTIFICATE_NEEDS_KEY: Schema = {
  if: {
    anyOf: [
      { type: "null" },
      { not: { anyOf: [given("client-certificate"), given("client-certificate-data", "givenData")] } },
    ],
  },
  else: {
    allOf: [
      pathAndData("client-key"),
      { anyOf: [given("client-key"), given("client-key-data", "givenData")] },
    ],
  },
};

const USER_RULES: readonly Schema[] = [
  pathAndData("client-certificate"),
  CERTIFICATE_NEEDS_KEY,
  apart("token", "username", { token: ref("given"), username: ref("given") }),
  apart("token", "password", { token: ref("given"), password: ref("given") }),
  apart("exec", "auth-provider", { exec: { type: "object" }, "auth-provider": { type: "object" } }),
  needsAs("as-uid", ref("given")),
  needsAs("as-groups", { type: "array", minItems: 1 }),
  needsAs("as-user-extra", { type: "object", minProperties: 1 }),
];

function named(
  entry: "cluster" | "user" | "context",
  name: Schema,
  doc: string,
  required: readonly string[],
): Schema {
  const properties = { name: { ...name, type: "string" }, [entry]: { description: doc, ...ref(entry) } };
  return object(`A ${entry} and its name.`, properties, required);
}

const unique = (use: string): string => `The name ${use}. It is unique in the file.`;
const ENTRIES = (what: string): string =>
  `${what}, by name. Of several files, the first that defines a name keeps the whole entry.`;

/**
 * Returns the JSON Schema of a kubeconfig: the types and descriptions of the table of fields, and the rules that join
 * several fields.
 */
export function kubeconfigSchema(): Schema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "urn:kcfg:schema:kubeconfig-v1",
    title: "kubeconfig v1",
    description:
      "Clusters, users and contexts of Kubernetes clients: a Config of v1, as kubectl 1.36 reads it. kubectl silently ignores fields that are not listed here; so a field that is misspelt, or has the wrong case, is marked. So is what every client refuses as soon as the entry is used. Whether names that are referred to exist is not checked here, since files are merged.",
    type: "object",
    additionalProperties: false,
    properties: {
      apiVersion: { description: "The version of the format. Left out: v1.", const: "v1" },
      kind: { description: "What the document is. Left out: Config.", const: "Config" },
      "current-context": {
        description:
          "The context that clients use unless another one is asked for. Of several files, the first that sets one gives it.",
        ...ref("text"),
        examples: ["staging"],
      },
      clusters: { description: ENTRIES("Servers"), ...listOf(ref("namedCluster")) },
      users: { description: ENTRIES("Ways to authenticate"), ...listOf(ref("namedUser")) },
      contexts: { description: ENTRIES("Pairs of a cluster and a user"), ...listOf(ref("namedContext")) },
      preferences: {
        description: "Settings that nothing in Kubernetes reads any more. kuberc took their place.",
        deprecated: true,
        ...ref("preferences"),
      },
      extensions: { description: PREFERENCES_FIELDS.extensions.doc, ...listOf(ref("namedExtension")) },
    },
    $defs: {
      text: { type: ["string", "null"] },
      flag: { type: ["boolean", "null"] },
      given: { description: "A string that is not empty.", type: "string", minLength: 1 },
      givenData: { description: "Base64 of something.", type: "string", pattern: "[^\r\n]" },
      base64: {
        description: "Base64 in the standard alphabet, with padding. It may have line breaks.",
        type: ["string", "null"],
        contentEncoding: "base64",
        pattern:
          "^[\\r\\n]*(?:(?:[A-Za-z0-9+/][\\r\\n]*){4})*(?:(?:[A-Za-z0-9+/][\\r\\n]*){2}(?:=[\\r\\n]*){2}|(?:[A-Za-z0-9+/][\\r\\n]*){3}=[\\r\\n]*)?$",
      },
      namedCluster: named(
        "cluster",
        { description: unique("that contexts refer to"), examples: ["staging"] },
        "How to reach the servers.",
        ["name", "cluster"],
      ),
      namedUser: named(
        "user",
        { description: unique("that contexts refer to"), examples: ["developer"] },
        "How clients authenticate. Left out or empty: they do not.",
        ["name"],
      ),
      namedContext: named(
        "context",
        { description: unique("for `--context` and `current-context`"), examples: ["staging"] },
        "What the context joins.",
        ["name", "context"],
      ),
      namedExtension: object(
        "Data of another tool and its name.",
        {
          name: {
            description:
              "The name, by custom one of a domain of the tool. `client.authentication.k8s.io/exec` of a cluster is given to credential plugins, as `spec.cluster.config`.",
            type: "string",
            examples: ["client.authentication.k8s.io/exec"],
          },
          extension: { description: "Anything at all." },
        },
        ["name"],
      ),
      preferences: objectOrNull(
        "Settings that nothing in Kubernetes reads any more.",
        propertiesOf("preferences", PREFERENCES_FIELDS),
      ),
      cluster: {
        ...object(
          "How to reach the API servers of a cluster.",
          propertiesOf("cluster", SECTIONS.clusters.fields),
          ["server"],
        ),
        allOf: [pathAndData("certificate-authority")],
      },
      user: {
        ...objectOrNull(
          "How a client authenticates: a token, a client certificate, a credential plugin. At most one of token, password and plugin makes sense; a client certificate can be combined with them.",
          propertiesOf("user", SECTIONS.users.fields),
        ),
        allOf: USER_RULES,
      },
      authProvider: objectOrNull(
        "Authentication that is built into clients.",
        propertiesOf("authProvider", STRUCTS.authProvider),
      ),
      exec: {
        ...objectOrNull(
          "A credential plugin. The author of this decides what runs on the machine of the user: see the plugin policy of kuberc.",
          propertiesOf("exec", STRUCTS.exec),
        ),
        required: ["apiVersion", "command"],
        ...implies(
          { properties: { apiVersion: { const: "client.authentication.k8s.io/v1" } } },
          { required: ["interactiveMode"] },
        ),
      },
      execEnvVar: object(
        "A variable of the environment.",
        {
          name: { description: "Its name.", type: "string", minLength: 1, examples: ["AWS_PROFILE"] },
          value: {
            description: 'Its value. Always a string: quote "true", "no" and numbers.',
            ...ref("text"),
            examples: ["staging"],
          },
        },
        ["name"],
      ),
      context: object(
        "A cluster, a user for it, and perhaps a namespace.",
        propertiesOf("context", SECTIONS.contexts.fields),
        ["cluster", "user"],
      ),
    },
  };
}
