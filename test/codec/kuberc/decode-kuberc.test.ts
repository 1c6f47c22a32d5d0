import { decodeKuberc, strictDecodingError } from "../../../src/codec/kuberc/decode-kuberc.ts";
import { encodeKuberc } from "../../../src/codec/kuberc/encode-kuberc.ts";
import { writeJson } from "../../../src/go/json.ts";

const decode = (text: string) => decodeKuberc(new TextEncoder().encode(text));

const beta = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n";
const alpha = "apiVersion: kubectl.config.k8s.io/v1alpha1\nkind: Preference\n";
const json = '"apiVersion":"kubectl.config.k8s.io/v1beta1","kind":"Preference"';

describe("the versions of kuberc are read into one form", () => {
  test("v1beta1", () => {
    const text = `${beta}aliases:
- name: getn
  command: get
  prependArgs: [node]
  appendArgs: [--, x]
  options: [{name: output, default: wide}]
defaults:
- command: delete
  options: [{name: interactive, default: "true"}]
credentialPluginPolicy: Allowlist
credentialPluginAllowlist: [{name: a}, {command: b}, {name: c, command: c}]
`;
    expect(decode(text).used?.preference).toEqual({
      aliases: [
        {
          name: "getn",
          command: "get",
          prependArgs: ["node"],
          appendArgs: ["--", "x"],
          options: [{ name: "output", default: "wide" }],
        },
      ],
      defaults: [{ command: "delete", options: [{ name: "interactive", default: "true" }] }],
      pluginPolicy: {
        credentialPluginPolicy: "Allowlist",
        credentialPluginAllowlist: [{ command: "a" }, { command: "b" }, { command: "c" }],
      },
    });
  });

  test("v1alpha1, whose fields have other names and which has no policy", () => {
    const text = `${alpha}aliases: [{name: a, command: get, flags: [{name: v, default: "1"}]}]
overrides: [{command: get, flags: [{name: v, default: "2"}]}]
credentialPluginPolicy: DenyAll
`;
    const { used } = decode(text);
    expect(used?.preference).toEqual({
      aliases: [
        {
          name: "a",
          command: "get",
          prependArgs: [],
          appendArgs: [],
          options: [{ name: "v", default: "1" }],
        },
      ],
      defaults: [{ command: "get", options: [{ name: "v", default: "2" }] }],
      pluginPolicy: { credentialPluginPolicy: "", credentialPluginAllowlist: undefined },
    });
    expect(used?.complaints).toEqual(['unknown field "credentialPluginPolicy"']);
  });

  test("kubectl's internal version, which nobody should write", () => {
    const text = `apiVersion: kubectl.config.k8s.io/__internal
kind: Preference
CredentialPluginPolicy: Allowlist
CredentialPluginAllowlist: [{Command: a}]
`;
    expect(decode(text).used?.preference?.pluginPolicy).toEqual({
      credentialPluginPolicy: "Allowlist",
      credentialPluginAllowlist: [{ command: "a" }],
    });
  });
});

describe("a policy is read as Go reads it", () => {
  test.each<[text: string, policyType: string, allowlist: readonly string[] | undefined]>([
    ["", "", undefined],
    ["credentialPluginPolicy: ~\n", "", undefined],
    ["credentialPluginAllowlist: ~\n", "", undefined],
    ["credentialPluginAllowlist: []\n", "", []],
    ["credentialPluginAllowlist: [~]\n", "", [""]],
    ["credentialPluginPolicy: DenyAll\ncredentialPluginPolicy: AllowAll\n", "AllowAll", undefined],
    ["<<: {credentialPluginPolicy: DenyAll}\n", "DenyAll", undefined],
    ["credentialpluginpolicy: DenyAll\n", "", undefined],
  ])("%j", (fields, policyType, allowlist) => {
    expect(decode(beta + fields).used?.preference?.pluginPolicy).toEqual({
      credentialPluginPolicy: policyType,
      credentialPluginAllowlist: allowlist?.map((command) => ({ command })),
    });
  });

  test.each<[members: string, allowlist: readonly string[] | undefined]>([
    // What a later list leaves out of an element stays from the one before.
    ['"credentialPluginAllowlist":[{"name":"a"},{"name":"b"}],"credentialPluginAllowlist":[{}]', ["a"]],
    [
      '"credentialPluginAllowlist":[{"name":"a"}],"credentialPluginAllowlist":[null,{"name":"c"}]',
      ["a", "c"],
    ],
    // Even from one that was cut off in between.
    [
      '"credentialPluginAllowlist":[{"name":"a"},{"name":"b"}],"credentialPluginAllowlist":[{}],"credentialPluginAllowlist":[{},{}]',
      ["a", "b"],
    ],
    [
      '"credentialPluginAllowlist":[{"name":"a"}],"credentialPluginAllowlist":[],"credentialPluginAllowlist":[{}]',
      [""],
    ],
    [
      '"credentialPluginAllowlist":[{"name":"a"}],"credentialPluginAllowlist":null,"credentialPluginAllowlist":[{}]',
      [""],
    ],
    ['"credentialPluginAllowlist":[{"name":"a"}],"credentialPluginAllowlist":null', undefined],
    ['"credentialPluginAllowlist":[{"name":"a","name":null}]', ["a"]],
  ])("JSON: %s", (members, allowlist) => {
    const { used } = decode(`{${json},${members}}`);
    expect(used?.preference?.pluginPolicy.credentialPluginAllowlist).toEqual(
      allowlist?.map((command) => ({ command })),
    );
    expect(used?.complaints).toContainEqual(expect.stringMatching(/^duplicate field "credentialPlugin/));
  });
});

describe("the first document that can be used counts", () => {
  test.each<[what: string, text: string, line: number | undefined, refusals: readonly string[]]>([
    ["one document", beta, 1, []],
    [
      "a document of another kind first",
      `apiVersion: v1\nkind: Pod\n---\n${beta}`,
      4,
      ['no kind "Pod" is registered for version "v1"'],
    ],
    ["a broken document first", `a: [\n---\n${beta}`, 3, [expect.stringMatching(/^yaml: /)]],
    ["v1alpha1 first", `${alpha}---\n${beta}`, 1, []],
    ["a blank document first", `\n---\n${beta}`, 3, []],
    ["a wrong type", `${beta}aliases: x\n`, undefined, ["aliases must be a list"]],
    [
      "a wrong type within",
      `${beta}defaults: [{command: 1}]\n`,
      undefined,
      ["defaults[0].command must be a string"],
    ],
    [
      "names that differ",
      `${beta}credentialPluginAllowlist: [{name: a, command: b}]\n`,
      undefined,
      [expect.stringMatching(/^both `Name` and `Command`/)],
    ],
    ["no kind", "apiVersion: kubectl.config.k8s.io/v1beta1\n", undefined, ["Object 'Kind' is missing"]],
    ["no version", "kind: Preference\n", undefined, ["Object 'apiVersion' is missing"]],
    [
      "a version in the wrong case",
      beta.replace("v1beta1", "V1beta1"),
      undefined,
      [expect.stringContaining("no kind")],
    ],
    ["a kind that is a number", "kind: 1\n", undefined, ["couldn't get version/kind; kind must be a string"]],
    ["a list", "- a\n", undefined, ["couldn't get version/kind; a kuberc must be a mapping"]],
    [
      "too many slashes",
      "apiVersion: a/b/c\nkind: Preference\n",
      undefined,
      ["unexpected GroupVersion string: a/b/c"],
    ],
    [
      "flow YAML, which is taken for JSON",
      "{kind: Preference}\n",
      undefined,
      ["invalid JSON at character 2"],
    ],
  ])("%s", (_what, text, line, refusals) => {
    const { used, attempted } = decode(text);
    expect(used?.line).toBe(line);
    expect(attempted.map(({ refusal }) => refusal).filter((refusal) => refusal !== undefined)).toEqual(
      refusals,
    );
  });

  test("keys that say what a document is match whatever their case, the last one in order", () => {
    expect(decode(`KIND: Pod\n${beta}`).used?.complaints).toEqual(['unknown field "KIND"']);
    expect(decode(`${beta}kIND: Pod\n`).attempted[0]?.refusal).toBeUndefined();
    expect(decode(`${beta}\u212aind: Pod\n`).used).toBeUndefined();
  });

  test("a bad separator is an error unless that document has ended before", () => {
    expect(decode(`---x\n${beta}`).separatorError?.message).toBe("invalid Yaml document separator: x");
    expect(decode(`${beta}---x\n`).separatorError?.line).toBe(3);
    expect(decode(`${beta}---\na: 1\n---x\n`).separatorError).toBeUndefined();
  });

  test("later documents are kept apart", () => {
    expect(decode(`${alpha}---\n${beta}`).later.map(({ line }) => line)).toEqual([4]);
  });
});

test("strict decoding complains of keys that stand twice, then of unknown fields in Go's order", () => {
  const text = `${beta}z: {x: 1, x: 2}\na: 1\na: 2\naliases:\n- foo: 1\n  name: b\n  options: [{bar: 1}]\n`;
  const { used } = decode(text);
  expect(used && strictDecodingError(used)).toBe(
    'strict decoding error: yaml: unmarshal errors:\n  line 3: key "x" already set in map\n' +
      '  line 5: key "a" already set in map, unknown field "a", unknown field "aliases[0].foo", ' +
      'unknown field "aliases[0].options[0].bar", unknown field "z"',
  );
});

test("no more than 100 fields are complained of", () => {
  const unknown = Array.from({ length: 150 }, (_, i) => `x${i}: 1\n`).join("");
  expect(decode(beta + unknown).used?.complaints).toHaveLength(100);
});

test("positions count lines in the whole file", () => {
  const { used } = decode(`a: 1\n---\n# c\n${beta}credentialPluginPolicy: DenyAll\n`);
  expect(used?.locate(["credentialPluginPolicy"])).toEqual({ line: 6, column: 25 });
});

test("of keys that stand twice kubectl decodes the second over the first, and shows the last alone", () => {
  const text = `{${json},"aliases":[{"name":"a","command":"get","appendArgs":["x"]},{"name":"b"}],"aliases":[{"command":"describe"}]}`;
  const { used } = decode(text);
  expect(used?.preference?.aliases).toEqual([
    { name: "a", command: "describe", prependArgs: [], appendArgs: ["x"], options: [] },
  ]);
  // Recorded from `kubectl kuberc view -o json` 1.36.3.
  expect(writeJson(encodeKuberc(used))).toBe(
    '{"kind":"Preference","apiVersion":"kubectl.config.k8s.io/v1beta1","defaults":[],"aliases":[{"name":"","command":"describe"}]}',
  );
});
