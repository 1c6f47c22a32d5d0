import { decodeKuberc } from "../../src/codec/kuberc/decode-kuberc.ts";
import { findIgnoredPolicies } from "../../src/kuberc/ignored-policy.ts";
import { intendedField } from "../../src/kuberc/policy-fields.ts";

const beta = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n";
const alpha = "apiVersion: kubectl.config.k8s.io/v1alpha1\nkind: Preference\n";
const deny = "credentialPluginPolicy: DenyAll\n";

const find = (text: string) => findIgnoredPolicies(decodeKuberc(new TextEncoder().encode(text)));

describe("a policy that kubectl heeds is none that it ignores", () => {
  test.each([
    ["a policy", beta + deny],
    ["no policy", `${beta}aliases: [{name: a, command: get}]\n`],
    ["v1alpha1 without a policy", `${alpha}overrides: [{command: get, flags: []}]\n`],
    ["a policy after other documents", `apiVersion: v1\nkind: Pod\n---\n${beta}${deny}`],
    [
      "options that are called policy",
      `${beta}defaults: [{command: policy, options: [{name: policy, default: x}]}]\n`,
    ],
    [
      "the internal version",
      "apiVersion: kubectl.config.k8s.io/__internal\nkind: Preference\nCredentialPluginPolicy: DenyAll\n",
    ],
    ["an empty file", ""],
  ])("%s", (_what, text) => {
    expect(find(text)).toEqual([]);
  });
});

describe("a policy that kubectl ignores is told with its line", () => {
  test.each<[what: string, text: string, line: number, message: RegExp, hint: RegExp]>([
    [
      "a wrong case",
      `${beta}credentialpluginpolicy: DenyAll\n`,
      3,
      /^"credentialpluginpolicy" has no effect: kubectl knows no such field$/,
      /^write credentialPluginPolicy at the top level$/,
    ],
    ["a slip", `${beta}credentialPluginPolcy: DenyAll\n`, 3, /no such field/, /write credentialPluginPolicy/],
    [
      "a plural",
      `${beta}${deny}credentialPluginAllowlists: []\n`,
      4,
      /no such field/,
      /write credentialPluginAllowlist/,
    ],
    [
      "a capital list",
      `${beta}${deny}credentialPluginAllowList: []\n`,
      4,
      /no such field/,
      /write credentialPluginAllowlist/,
    ],
    [
      "snake case",
      `${beta}credential_plugin_policy: DenyAll\n`,
      3,
      /no such field/,
      /write credentialPluginPolicy/,
    ],
    ["a short name", `${beta}pluginPolicy: DenyAll\n`, 3, /no such field/, /write credentialPluginPolicy/],
    [
      "letters that look alike",
      `${beta}crеdentialPluginPolicy: DenyAll\n`,
      3,
      /no such field/,
      /write credentialPluginPolicy/,
    ],
    [
      "a wrong place",
      `${beta}spec:\n  credentialPluginPolicy: DenyAll\n`,
      4,
      /"spec\.credentialPluginPolicy" has no effect: it is not at the top level/,
      /at the top level/,
    ],
    ["v1alpha1", alpha + deny, 3, /v1alpha1 knows no plugin policy/, /v1beta1/],
    [
      "v1alpha1 before v1beta1",
      `${alpha}---\n${beta}${deny}`,
      6,
      /kubectl uses the document at line 1/,
      /move it/,
    ],
    [
      "a later document",
      `${beta}${deny}---\n${beta}credentialPluginPolicy: AllowAll\n`,
      7,
      /looks at no later one/,
      /move it/,
    ],
    [
      "a document of another kind",
      `kind: Other\napiVersion: v1\n${deny}`,
      3,
      /passes over this document: no kind "Other"/,
      /kind: Preference/,
    ],
    [
      "a misspelt version",
      beta.replace("v1beta1", "v1betta1") + deny,
      3,
      /passes over this document/,
      /v1beta1/,
    ],
    [
      "a broken document",
      `---\n${beta}${deny}a: [\n`,
      1,
      /^the plugin policy has no effect: kubectl passes over this document: yaml: /,
      /mend/,
    ],
    [
      "a conflict",
      `${beta}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: a, command: b}]\n`,
      3,
      /both `Name` and `Command`/,
      /mend/,
    ],
    [
      "a repeated policy",
      `${beta}${deny}credentialPluginPolicy: AllowAll\n`,
      4,
      /stands more than once/,
      /keep one/,
    ],
    [
      "a criterion that is not known",
      `${beta}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- name: a\n  sha256: b\n`,
      6,
      /credentialPluginAllowlist\[0\]\.sha256 has no effect/,
      /do not rely on it/,
    ],
    [
      "no value",
      `${beta}credentialPluginPolicy:\n`,
      3,
      /has no value, which allows every plugin/,
      /write AllowAll/,
    ],
  ])("%s", (_what, text, line, message, hint) => {
    expect(find(text)[0]).toEqual({
      line,
      message: expect.stringMatching(message) as unknown,
      hint: expect.stringMatching(hint) as unknown,
    });
  });

  test("in JSON too, where the line is that of the document", () => {
    const json = '{"apiVersion":"kubectl.config.k8s.io/v1beta1","kind":"Preference"';
    expect(
      find(`${json},"credentialPluginPolicy":"DenyAll","credentialPluginPolicy":"AllowAll"}`),
    ).toMatchObject([
      { line: 1, message: "credentialPluginPolicy stands more than once: only the last one has an effect" },
    ]);
  });
});

describe("which field a key is meant to be", () => {
  test.each([
    ["credentialPluginPolicy", "credentialPluginPolicy"],
    ["CredentialPluginAllowlist", "credentialPluginAllowlist"],
    ["credentialPluginsPolicies", "credentialPluginPolicy"],
    ["credentialPluginWhitelist", "credentialPluginAllowlist"],
    ["allowlist", "credentialPluginAllowlist"],
    ["policy", "credentialPluginPolicy"],
    ["aliases", undefined],
    ["credentials", undefined],
    ["", undefined],
  ])("%j: %j", (key, want) => {
    expect(intendedField(key)).toBe(want);
  });
});
