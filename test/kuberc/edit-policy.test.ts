import { filepathFor } from "../../src/go/filepath.ts";
import type { PluginPolicy } from "../../src/api/plugin-policy.ts";
import { putPolicy, writePolicyDocument } from "../../src/kuberc/put-policy.ts";

const unix = filepathFor({ platform: "linux" });
const head = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n";

function policyFor(paths: readonly string[]): PluginPolicy {
  return paths.length === 0
    ? { credentialPluginPolicy: "DenyAll", credentialPluginAllowlist: undefined }
    : {
        credentialPluginPolicy: "Allowlist",
        credentialPluginAllowlist: paths.map((command) => ({ command })),
      };
}

function edit(text: string | Uint8Array, paths: readonly string[] = ["/bin/plug"]): string {
  const data = typeof text === "string" ? new TextEncoder().encode(text) : text;
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(putPolicy(data, policyFor(paths), unix));
}

const fresh = "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- name: /bin/plug\n";

test("a policy is written as a document of its own, each path once", () => {
  expect(writePolicyDocument(policyFor(["/b", "/a", "/b"]))).toBe(
    `${head}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- name: /b\n- name: /a\n`,
  );
  expect(writePolicyDocument(policyFor([]))).toBe(`${head}credentialPluginPolicy: DenyAll\n`);
});

describe("a policy is put into a kuberc, and all else stays", () => {
  test.each<[what: string, before: string, after: string]>([
    ["a new file", "", head + fresh],
    ["comments alone", "# mine\n", `# mine\n${head}${fresh}`],
    ["comments alone without a newline", "# mine", `# mine\n${head}${fresh}`],
    ["no policy", `${head}aliases: []\n`, `${head}${fresh}aliases: []\n`],
    ["no newline at the end, which gets none", head.trimEnd(), `${head}${fresh}`.trimEnd()],
    [
      "comments around",
      `# top\napiVersion: kubectl.config.k8s.io/v1beta1 # v\n\nkind: Preference # k\n# about aliases\naliases:\n- name: a # c\n  command: get\n# end\n`,
      `# top\napiVersion: kubectl.config.k8s.io/v1beta1 # v\n\nkind: Preference # k\n${fresh}# about aliases\naliases:\n- name: a # c\n  command: get\n# end\n`,
    ],
    [
      "another policy",
      `${head}# why\ncredentialPluginPolicy: DenyAll # because\n# then\ndefaults: []\n`,
      `${head}# why\ncredentialPluginPolicy: Allowlist # because\ncredentialPluginAllowlist:\n- name: /bin/plug\n# then\ndefaults: []\n`,
    ],
    [
      "entries that stay, and entries that go with their comments",
      `${head}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: # list\n  # ours\n  - name: "/bin/plug" # keep\n  # theirs\n  - name: old # gone\n  - command: older\ndefaults: []\n`,
      `${head}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: # list\n  # ours\n  - name: "/bin/plug" # keep\ndefaults: []\n`,
    ],
    [
      "the list before the policy",
      `${head}credentialPluginAllowlist:\n- name: a\naliases: []\ncredentialPluginPolicy: Allowlist\n`,
      `${head}credentialPluginAllowlist:\n- name: /bin/plug\naliases: []\ncredentialPluginPolicy: Allowlist\n`,
    ],
    ["a list without a policy", `${head}credentialPluginAllowlist: []\n`, `${head}${fresh}`],
    [
      "a flow list over lines",
      `${head}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [ # f\n  {name: a}, # x\n  # y\n  {name: b}]\ndefaults: []\n`,
      `${head}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [ # f\n  {name: /bin/plug} # x\n  # y\n  ]\ndefaults: []\n`,
    ],
    [
      "a flow list",
      `${head}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: a}, {name: /bin/plug}] # f\n`,
      `${head}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: /bin/plug}] # f\n`,
    ],
    [
      "an entry with a hash in its path, which goes whole",
      `${head}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- name: "/opt/tools #1/plug"\n- name: /bin/plug\n`,
      `${head}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- name: /bin/plug\n`,
    ],
    [
      "JSON",
      '{"apiVersion":"kubectl.config.k8s.io/v1beta1","kind":"Preference"}',
      '{"apiVersion":"kubectl.config.k8s.io/v1beta1","kind":"Preference","credentialPluginPolicy":"Allowlist","credentialPluginAllowlist":[{"name":"/bin/plug"}]}',
    ],
    [
      "flow YAML",
      "# c\n{apiVersion: kubectl.config.k8s.io/v1beta1, kind: Preference}\n",
      "# c\n{apiVersion: kubectl.config.k8s.io/v1beta1, kind: Preference, credentialPluginPolicy: Allowlist, credentialPluginAllowlist: [{name: /bin/plug}]}\n",
    ],
    [
      "a policy by a merge, which kubectl would warn of beside another",
      `${head}<<: {credentialPluginPolicy: DenyAll}\n`,
      `${head}${fresh}`,
    ],
    [
      "an anchor that is used elsewhere",
      `${head}credentialPluginPolicy: &x DenyAll\nmine: *x\n`,
      `${head}${fresh}mine: DenyAll\n`,
    ],
    [
      "an entry of several lines",
      `${head}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n-\n  name: /bin/plug\n  command: /bin/plug\n- name: >-\n    b\n`,
      `${head}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n-\n  name: /bin/plug\n  command: /bin/plug\n`,
    ],
    [
      "other documents",
      `kind: Other\napiVersion: v1\n--- # one\n${head}--- # two\na: 1\n`,
      `kind: Other\napiVersion: v1\n--- # one\n${head}${fresh}--- # two\na: 1\n`,
    ],
    [
      "a byte order mark and CR LF",
      `\ufeff${head}aliases: []\n`.replaceAll("\n", "\r\n"),
      `\ufeff${head}${fresh}aliases: []\n`.replaceAll("\n", "\r\n"),
    ],
    [
      "an indented mapping",
      "  apiVersion: kubectl.config.k8s.io/v1beta1\n  kind: Preference\n",
      "  apiVersion: kubectl.config.k8s.io/v1beta1\n  kind: Preference\n  credentialPluginPolicy: Allowlist\n  credentialPluginAllowlist:\n  - name: /bin/plug\n",
    ],
    ["a faulty policy", `${head}credentialPluginPolicy: denyall\n`, head + fresh],
    ["unknown fields", `${head}mine: 1\n`, `${head}${fresh}mine: 1\n`],
  ])("%s", (_what, before, after) => {
    expect(edit(before)).toBe(after);
    expect(edit(after)).toBe(after);
  });

  test("without any plugin the list goes with its comments", () => {
    const before = `${head}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: # l\n# c\n- name: a\ndefaults: []\n`;
    expect(edit(before, [])).toBe(`${head}credentialPluginPolicy: DenyAll\ndefaults: []\n`);
  });

  test("a path is written so that YAML reads it back", () => {
    const paths = ["/a b/#c", "/x: y", "/pl\u00fcg\u200b", "/new\nline", `/${"long ".repeat(60)}`];
    expect(() => edit(head, paths)).not.toThrow();
  });
});

describe("what cannot be edited with certainty is refused", () => {
  test.each<[what: string, text: string | Uint8Array, message: RegExp]>([
    ["v1alpha1", head.replace("v1beta1", "v1alpha1"), /v1alpha1, which knows no plugin policy/],
    ["a document that is not usable", "a: [\n", /no document that kubectl can use/],
    ["another kind", "apiVersion: v1\nkind: Pod\n", /no document that kubectl can use/],
    ["a bad separator", "--- x\n", /invalid Yaml document separator: x/],
    ["UTF-16", Uint8Array.of(0xff, 0xfe, 0x61, 0), /not UTF-8/],
    [
      "a policy twice",
      `${head}credentialPluginPolicy: DenyAll\ncredentialPluginPolicy: AllowAll\n`,
      /stands more than once/,
    ],
    ["an alias that kubectl refuses", `${head}aliases: [{name: a1, command: get}]\n`, /invalid alias name/],
  ])("%s", (_what, text, message) => {
    expect(() => edit(text)).toThrow(message);
  });
});
