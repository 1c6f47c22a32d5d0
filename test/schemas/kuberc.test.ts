import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { filepathFor } from "../../src/go/filepath.ts";
import { writeJson } from "../../src/go/json.ts";
import type { JsonValue } from "../../src/api/json-value.ts";
import { decodeKuberc } from "../../src/codec/kuberc/decode-kuberc.ts";
import { readYaml } from "../../src/yaml/read.ts";
import { findIgnoredPolicies } from "../../src/kuberc/ignored-policy.ts";
import { validatePreference } from "../../src/kuberc/validate-preference.ts";
import { fakeHost } from "../support/fake-host.ts";
import { repositoryFolder } from "../support/run-bin.ts";

function read(file: string): string {
  return readFileSync(join(repositoryFolder, file), "utf8");
}

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
const VERSIONS = ["v1beta1", "v1alpha1"] as const;
const validators = {
  v1beta1: ajv.compile(JSON.parse(read("schemas/kuberc-v1beta1.schema.json")) as object),
  v1alpha1: ajv.compile(JSON.parse(read("schemas/kuberc-v1alpha1.schema.json")) as object),
};
const filepath = filepathFor(fakeHost());

/** Where the schema finds faults; nowhere, if the text is valid. */
function faults(version: (typeof VERSIONS)[number], text: string): readonly string[] {
  const value: JsonValue = readYaml(new TextEncoder().encode(text)).value;
  const validate = validators[version];
  validate(JSON.parse(writeJson(value, 0)));
  return [...new Set(validate.errors?.map(({ instancePath }) => instancePath))];
}

/** Whether kubectl uses a text without a word about it. */
function isTaken(text: string): boolean {
  const file = decodeKuberc(new TextEncoder().encode(text));
  if (file.used?.preference === undefined || file.used.complaints.length > 0) {
    return false;
  }
  try {
    validatePreference(file.used.preference, filepath);
    return true;
  } catch {
    return false;
  }
}

function head(version: string): string {
  return `apiVersion: kubectl.config.k8s.io/${version}\nkind: Preference\n`;
}

describe.each(VERSIONS)("the schema of kuberc %s", (version) => {
  test("takes the example, which names the schema for editors", () => {
    const file = version === "v1beta1" ? "kuberc.yaml" : "kuberc-v1alpha1.yaml";
    const text = read(`examples/${file}`);
    expect(faults(version, text)).toEqual([]);
    expect(isTaken(text)).toBe(true);
    expect(text.split("\n")[0]).toBe(
      `# yaml-language-server: $schema=../schemas/kuberc-${version}.schema.json`,
    );
  });

  test("describes every field", () => {
    const undescribed: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value === "object" && value !== null) {
        for (const [key, child] of Object.entries(value)) {
          if (
            path.endsWith("/properties") &&
            !/\/(if|then|else|anyOf)/.test(path) &&
            !("description" in child)
          ) {
            undescribed.push(`${path}/${key}`);
          }
          visit(child, `${path}/${key}`);
        }
      }
    };
    visit(JSON.parse(read(`schemas/kuberc-${version}.schema.json`)), "");
    expect(undescribed).toEqual([]);
  });
});

describe("a schema takes what kubectl takes", () => {
  test.each([
    ["v1beta1", ""],
    ["v1beta1", "defaults: []\naliases: []"],
    ["v1beta1", "defaults:\naliases: null\ncredentialPluginAllowlist: null"],
    ["v1beta1", "defaults: [{command: get}]"],
    ["v1beta1", "defaults: [{command: get, options: [{name: output, default: ''}]}]"],
    ["v1beta1", "defaults: [{command: get, options: [{name: output}]}]"],
    ["v1beta1", "aliases: [{name: a, command: get, prependArgs: [], appendArgs: null}]"],
    ["v1beta1", "aliases: [{name: a, command: get, prependArgs: [null]}]"],
    ["v1beta1", "credentialPluginPolicy: AllowAll"],
    ["v1beta1", "credentialPluginPolicy: DenyAll"],
    ["v1beta1", "credentialPluginPolicy: ''"],
    ["v1beta1", "credentialPluginPolicy: DenyAll\ncredentialPluginAllowlist: null"],
    ["v1beta1", "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: a}]"],
    ["v1beta1", "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{command: /a/b}]"],
    ["v1beta1", "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: a, command: a}]"],
    ["v1beta1", "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: '', command: a}]"],
    ["v1alpha1", ""],
    ["v1alpha1", "overrides:\naliases: [{name: a, command: get, flags: null}]"],
  ] as const)("%s: %j", (version, text) => {
    expect(isTaken(head(version) + text)).toBe(true);
    expect(faults(version, head(version) + text)).toEqual([]);
  });
});

describe("a schema marks what kubectl refuses, ignores or takes for something else", () => {
  test.each([
    // refused, or passed over as no kuberc
    ["v1beta1", "credentialPluginPolicy: denyall", "/credentialPluginPolicy"],
    ["v1beta1", "credentialPluginPolicy: true", "/credentialPluginPolicy"],
    ["v1beta1", "credentialPluginPolicy: Allowlist", ""],
    [
      "v1beta1",
      "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: null",
      "/credentialPluginAllowlist",
    ],
    [
      "v1beta1",
      "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: []",
      "/credentialPluginAllowlist",
    ],
    [
      "v1beta1",
      "credentialPluginPolicy: DenyAll\ncredentialPluginAllowlist: []",
      "/credentialPluginAllowlist",
    ],
    ["v1beta1", "credentialPluginAllowlist: [{name: a}]", "/credentialPluginAllowlist"],
    [
      "v1beta1",
      "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{}]",
      "/credentialPluginAllowlist/0",
    ],
    [
      "v1beta1",
      "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: ''}]",
      "/credentialPluginAllowlist/0",
    ],
    [
      "v1beta1",
      "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [null]",
      "/credentialPluginAllowlist/0",
    ],
    [
      "v1beta1",
      "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [a]",
      "/credentialPluginAllowlist/0",
    ],
    [
      "v1beta1",
      "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: ./a}]",
      "/credentialPluginAllowlist/0/name",
    ],
    ["v1beta1", "aliases: [{name: a-b, command: get}]", "/aliases/0/name"],
    ["v1beta1", "aliases: [{command: get}]", "/aliases/0"],
    ["v1beta1", "aliases: {name: a}", "/aliases"],
    ["v1beta1", "aliases: [{name: a, command: get, prependArgs: nodes}]", "/aliases/0/prependArgs"],
    ["v1beta1", "aliases: [{name: a, command: get, prependArgs: [1]}]", "/aliases/0/prependArgs/0"],
    [
      "v1beta1",
      "defaults: [{command: get, options: [{name: -o, default: a}]}]",
      "/defaults/0/options/0/name",
    ],
    [
      "v1beta1",
      "defaults: [{command: get, options: [{name: watch, default: true}]}]",
      "/defaults/0/options/0/default",
    ],
    ["v1beta1", "defaults: [{command: get, options: {output: wide}}]", "/defaults/0/options"],
    ["v1alpha1", "aliases: [{name: 'a b', command: get}]", "/aliases/0/name"],
    // ignored
    ["v1beta1", "credentialpluginpolicy: DenyAll", ""],
    ["v1beta1", "overrides: []", ""],
    ["v1beta1", "credentialPluginPolicy: null", "/credentialPluginPolicy"],
    [
      "v1beta1",
      "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: a, sha256: b}]",
      "/credentialPluginAllowlist/0",
    ],
    ["v1beta1", "aliases: [{name: a, command: get, flags: []}]", "/aliases/0"],
    ["v1beta1", "defaults: [{command: get, Options: []}]", "/defaults/0"],
    ["v1beta1", "defaults: [null]", "/defaults/0"],
    ["v1beta1", "defaults: [{command: get, options: [{default: a}]}]", "/defaults/0/options/0"],
    ["v1alpha1", "credentialPluginPolicy: DenyAll", ""],
    ["v1alpha1", "defaults: []", ""],
    ["v1alpha1", "overrides: [{command: get, options: []}]", "/overrides/0"],
  ] as const)("%s: %j, at %j", (version, text, place) => {
    expect(faults(version, head(version) + text)).toContain(place);
  });

  test.each([
    ["v1beta1", "kind: Preference"],
    ["v1beta1", "apiVersion: kubectl.config.k8s.io/v1beta1"],
    ["v1beta1", head("v1alpha1")],
    ["v1beta1", head("v1")],
    ["v1alpha1", head("v1beta1")],
    ["v1beta1", "apiVersion: kubectl.config.k8s.io/v1beta1\nKIND: Preference"],
    ["v1beta1", "[]"],
  ] as const)("%s: a document that is none of this version: %j", (version, text) => {
    expect(faults(version, text)).not.toEqual([]);
  });
});

const word = fc.constantFrom(
  "",
  "a",
  "get",
  "x y",
  "-o",
  "./a",
  "/a/b",
  "/a/../b",
  "../a",
  "DenyAll",
  "Allowlist",
);
const scalar = fc.oneof(
  { weight: 8, arbitrary: word },
  { weight: 1, arbitrary: fc.constantFrom(null, true, 1) },
);
function list<T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[] | null> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.array(item, { maxLength: 2 }) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}
const options = list(fc.record({ name: scalar, default: scalar, extra: scalar }, { requiredKeys: [] }));
const kuberc = fc.record(
  {
    defaults: list(fc.record({ command: scalar, options }, { requiredKeys: [] })),
    aliases: list(
      fc.record(
        { name: scalar, command: scalar, prependArgs: list(scalar), appendArgs: list(scalar), options },
        { requiredKeys: ["name"] },
      ),
    ),
    credentialPluginPolicy: fc.oneof(fc.constantFrom("Allowlist", "DenyAll", "AllowAll", ""), scalar),
    credentialPluginAllowlist: list(fc.record({ name: scalar, command: scalar }, { requiredKeys: [] })),
    CredentialPluginPolicy: scalar,
  },
  { requiredKeys: [] },
);

/** An option without a name serves no command, and a policy that is in vain is to be marked. */
function isInPartIgnored(text: string): boolean {
  const file = decodeKuberc(new TextEncoder().encode(text));
  const { defaults = [], aliases = [] } = file.used?.preference ?? {};
  return (
    [...defaults, ...aliases].some(({ options: given }) => given.some(({ name }) => name === "")) ||
    findIgnoredPolicies(file).length > 0
  );
}

describe("of random documents", () => {
  test("whatever kubectl takes is valid, except what it takes and ignores", () => {
    fc.assert(
      fc.property(kuberc, (fields) => {
        const text = head("v1beta1") + fieldsOf(fields);
        return !isTaken(text) || faults("v1beta1", text).length === 0 || isInPartIgnored(text);
      }),
      { numRuns: 500 },
    );
  });

  test("whatever is valid kubectl takes, except what no schema can tell", () => {
    fc.assert(
      fc.property(kuberc, (fields) => {
        const names = (fields.aliases ?? []).map(({ name }) => name);
        const differ = (fields.credentialPluginAllowlist ?? []).some(
          ({ name, command }) => Boolean(name) && Boolean(command) && name !== command,
        );
        const text = head("v1beta1") + fieldsOf(fields);
        const isBeyond = differ || new Set(names).size < names.length;
        return faults("v1beta1", text).length > 0 || isBeyond || isTaken(text);
      }),
      { numRuns: 500 },
    );
  });

  test("a path is valid exactly if Go's filepath.Clean leaves it alone", () => {
    const path = fc.array(fc.constantFrom("/", ".", "..", "a", ".b", "c."), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(path, (parts) => {
        const name = parts.join("");
        const text = `${head("v1beta1")}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: "${name}"}]`;
        return (faults("v1beta1", text).length === 0) === (filepath.clean(name) === name);
      }),
      { numRuns: 1000 },
    );
  });
});

/** A field a line, each in JSON. */
function fieldsOf(fields: object): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join("");
}
