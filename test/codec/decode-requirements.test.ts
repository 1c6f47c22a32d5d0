import { decodeRequirements, RequirementsFault } from "../../src/codec/requirements/decode-requirements.ts";
import { filepathFor } from "../../src/go/filepath.ts";
import { fakeHost, thrownBy } from "../support/fake-host.ts";

const filepath = filepathFor(fakeHost());
const HEAD = "apiVersion: kcfg/v1alpha1\nkind: PluginRequirements\n";
const ONE = `sha256:${"1".repeat(64)}`;
const read = (text: string): unknown => decodeRequirements(new TextEncoder().encode(text), filepath).plugins;

test("a requirements file has entries with conditions, and a lone digest is a list of one", () => {
  const text = `${HEAD}plugins:\n- command: aws\n  digest: ${ONE}\n  args: [eks, "*", "**"]\n  env: [AWS_PROFILE]\n- command: /bin/x\n`;
  expect(read(text)).toEqual([
    { command: "aws", digest: [ONE], args: ["eks", "*", "**"], env: ["AWS_PROFILE"] },
    { command: "/bin/x", digest: undefined, args: undefined, env: undefined },
  ]);
  expect(read(`---\n# all\n${HEAD}plugins: []\n`)).toEqual([]);
  expect(read(`{"apiVersion":"kcfg/v1alpha1","kind":"PluginRequirements","plugins":[]}`)).toEqual([]);
});

describe("a file that is not clear is refused, with the place and the fix", () => {
  const entry = (lines: string): string => `${HEAD}plugins:\n- command: aws\n${lines}`;
  test.each<[text: string, place: string, message: RegExp]>([
    ["", "", /empty; write apiVersion/],
    ["# nothing\n", "", /apiVersion|is no plugin/],
    ["[]", "1:1", /must be a mapping/],
    ["a: [", "", /yaml/],
    ["{", "", /invalid JSON/],
    [HEAD, "1:1", /has no plugins; write plugins: \[\]/],
    [`${HEAD}plugins:\n`, "3:9", /plugins is empty/],
    [`${HEAD}plugins: {}\n`, "3:1", /plugins must be a list/],
    [`${HEAD}plugins:\n-\n`, "4:2", /plugins\[0\] is empty/],
    [`${HEAD}plugins:\n- {}\n`, "4:3", /has no command/],
    [`${HEAD}plugins: []\n---\na: b\n`, "5:1", /second document/],
    [`${HEAD}plugins: []\nPlugins: []\n`, "4:1", /unknown field "Plugins"; .*plugins/],
    [`${HEAD}plugins: []\nplugins: []\n`, "4:1", /already set/],
    [
      "apiVersion: kcfg/v1\nkind: PluginRequirements\nplugins: []\n",
      "1:13",
      /write apiVersion: kcfg\/v1alpha1/,
    ],
    ["apiVersion: kcfg/v1alpha1\nkind: Preference\nplugins: []\n", "2:7", /kind: PluginRequirements/],
    [
      entry("  publicKey: x\n"),
      "5:3",
      /unknown field "plugins\[0\].publicKey"; remove it, or write one of command, digest/,
    ],
    [entry("  Digest: x\n"), "5:3", /unknown field/],
    [entry("  digest:\n"), "5:10", /digest is empty/],
    [entry("  digest: []\n"), "5:11", /digest is empty/],
    [entry("  digest: sha256:abc\n"), "5:11", /sha256sum prints/],
    [entry(`  digest: ${ONE.toUpperCase()}\n`), "5:11", /lower-case/],
    [entry(`  digest: [${ONE}, md5:0]\n`), "5:11", /number 2/],
    [entry("  digest: 5\n"), "5:3", /must be a list/],
    [entry("  args:\n"), "5:8", /args is empty/],
    [entry("  args: a\n"), "5:3", /must be a list/],
    [entry("  args: [1]\n"), "", /must be a string/],
    [entry("  args: [a, null]\n"), "5:13", /is empty/],
    [entry('  args: ["**", a]\n'), "5:9", /before the end/],
    [entry("  env: [AWS_*]\n"), "5:9", /without patterns/],
    [entry("  env: [A=b]\n"), "5:9", /not the name of a variable/],
    [`${HEAD}plugins:\n- command: /bin/../x\n`, "4:12", /write "\/x"/],
    [`${HEAD}plugins:\n- command: aws\n  command: aws\n`, "5:1", /already set/],
  ])("%j", (text, place, message) => {
    const fault = thrownBy(() => read(text));
    expect(fault).toBeInstanceOf(RequirementsFault);
    const { position, message: found } = fault as RequirementsFault;
    expect(found).toMatch(message);
    expect(found).toContain("; ");
    if (place !== "") {
      expect(`${position?.line}:${position?.column}`).toBe(place);
    }
  });
});
