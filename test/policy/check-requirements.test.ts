import * as fc from "fast-check";
import type { PluginPolicy } from "../../src/api/plugin-policy.ts";
import { NO_POLICY } from "../../src/api/plugin-policy.ts";
import type { PluginRequirement } from "../../src/api/requirement-fields.ts";
import { filepathFor } from "../../src/go/filepath.ts";
import { executableFacts } from "../../src/loading/look-path.ts";
import type { FileRequirements, PluginUse } from "../../src/policy/check-requirements.ts";
import type { PluginDecision } from "../../src/policy/decide.ts";
import { decidePlugin } from "../../src/policy/decide.ts";
import { fakeHost } from "../support/fake-host.ts";

const host = fakeHost({
  executables: ["/bin/plug", "/bin/other", "/second/plug"],
  env: { PATH: "/bin:/second" },
});
const facts = executableFacts(host);
const FOUND = facts.digest("/bin/plug").digest ?? "";
const WRONG = `sha256:${"0".repeat(64)}`;

const entry = (fields: Partial<PluginRequirement>): PluginRequirement => ({
  command: "plug",
  digest: undefined,
  args: undefined,
  env: undefined,
  ...fields,
});
const file = (...plugins: readonly Partial<PluginRequirement>[]): FileRequirements => ({
  file: "/req",
  plugins: plugins.map(entry),
});

function decide(plugin: string | PluginUse, ...files: readonly FileRequirements[]): PluginDecision {
  return decidePlugin(NO_POLICY, plugin, filepathFor(host), facts, files);
}

const env = (...names: readonly string[]): PluginUse => ({
  command: "plug",
  env: names.map((name) => ({ name, value: "x" })),
});
const args = (...list: readonly string[]): PluginUse => ({ command: "plug", args: list });

describe("plugin requirements decide by their rules", () => {
  test.each<[rule: string, plugin: string | PluginUse, files: readonly FileRequirements[]]>([
    ["no-policy", "plug", []],
    ["no-policy", "plug", [file({})]],
    ["no-policy", "plug", [file({ command: "/bin/plug" })]],
    ["no-policy", "/bin/plug", [file({ command: "plug" })]],
    ["not-required", "/second/plug", [file({ command: "plug" })]],
    ["not-required", "other", [file({ command: "plug" })]],
    ["not-required", "plug", [file()]],
    ["requirements-unreadable", "plug", [{ file: "/req", fault: "open /req: permission denied" }]],
    ["requirements-unreadable", "plug", [file({}), { file: "/req", fault: "x" }]],
    ["cannot-start", "missing", [{ file: "/req", fault: "x" }]],
    // Arguments: exact, one, the rest.
    ["no-policy", args("a", "b"), [file({ args: ["a", "b"] })]],
    ["no-policy", args("a", "b"), [file({ args: ["a", "*"] })]],
    ["no-policy", args("a", "b"), [file({ args: ["**"] })]],
    ["no-policy", args(), [file({ args: ["**"] })]],
    ["no-policy", args("a"), [file({ args: ["a", "**"] })]],
    ["no-policy", args(), [file({ args: [] })]],
    ["arguments-not-allowed", args("a"), [file({ args: [] })]],
    ["arguments-not-allowed", args(), [file({ args: ["*"] })]],
    ["arguments-not-allowed", args("a", "b"), [file({ args: ["*"] })]],
    ["arguments-not-allowed", args(), [file({ args: ["*", "**"] })]],
    ["arguments-not-allowed", args("a b"), [file({ args: ["a", "b"] })]],
    ["arguments-not-allowed", args("ab"), [file({ args: ["a*"] })]],
    // Variables.
    ["no-policy", env("AWS_PROFILE"), [file({})]],
    ["no-policy", env("AWS_PROFILE"), [file({ env: ["AWS_PROFILE"] })]],
    ["environment-not-allowed", env("AWS_PROFILE"), [file({ env: [] })]],
    ["no-policy", env("LD_PRELOAD"), [file({ env: ["LD_PRELOAD"] })]],
    ...[
      "LD_PRELOAD",
      "LD_AUDIT",
      "DYLD_INSERT_LIBRARIES",
      "NODE_OPTIONS",
      "PATH",
      "BASH_ENV",
      "PYTHONPATH",
      "AWS_CONFIG_FILE",
      "HOME",
      "HTTPS_PROXY",
      "LD_PRELOAD=/tmp/x.so:",
    ].map((name): [string, PluginUse, readonly FileRequirements[]] => [
      "environment-not-allowed",
      env("AWS_PROFILE", name),
      [file({})],
    ]),
    ["environment-not-allowed", env("ld_preload=x", "LD_PRELOAD=x"), [file({ env: ["LD_PRELOAD=x"] })]],
    // Digests.
    ["no-policy", "plug", [file({ digest: [WRONG, FOUND] })]],
    ["digest-mismatch", "plug", [file({ digest: [WRONG] })]],
    // Conditions of an entry are ANDed, entries ORed, files ANDed.
    ["no-policy", "plug", [file({ digest: [WRONG] }, { digest: [FOUND] })]],
    ["no-policy", "plug", [file({ digest: [WRONG] }, {})]],
    [
      "digest-mismatch",
      args("a"),
      [file({ digest: [WRONG], args: ["a"] }, { digest: [FOUND], args: ["b"] })],
    ],
    ["digest-mismatch", "plug", [file({ digest: [FOUND] }), file({ digest: [WRONG] })]],
    ["no-policy", "plug", [file({ digest: [FOUND, WRONG] }), file({ digest: [FOUND] })]],
    [
      "environment-not-allowed",
      { ...env("A"), args: ["b"] },
      [file({ env: ["A"], args: ["a"] }, { env: [], args: ["b"] })],
    ],
  ])("%s %j %j", (rule, plugin, files) => {
    const decision = decide(plugin, ...files);
    expect(decision.rule).toBe(rule);
    expect(decision.status).toBe(
      rule === "no-policy" ? "allowed" : rule === "cannot-start" ? "missing" : "denied",
    );
    expect(decision.error === "").toBe(decision.status === "allowed");
  });

  test("the policy refuses first, in client-go's words", () => {
    const policy: PluginPolicy = { credentialPluginPolicy: "DenyAll", credentialPluginAllowlist: undefined };
    expect(decidePlugin(policy, "plug", filepathFor(host), facts, [file({})]).rule).toBe("deny-all");
  });

  test("without a digest to compare, the decision says which one what is started must have", () => {
    const later = { ...facts, digest: undefined };
    const files = [file({ digest: [WRONG] })];
    expect(decidePlugin(NO_POLICY, "plug", filepathFor(host), later, files)).toMatchObject({
      status: "allowed",
      digests: [WRONG],
    });
  });

  test("the names of variables are one whatever their case on Windows", () => {
    const windows = fakeHost({
      platform: "win32",
      files: { "/bin/plug.exe": "x" },
      env: { PATH: String.raw`C:\bin`, PATHEXT: ".EXE" },
    });
    const rule = (plugin: PluginUse, names?: readonly string[]): string =>
      decidePlugin(NO_POLICY, plugin, filepathFor(windows), executableFacts(windows), [file({ env: names })])
        .rule;
    expect(rule(env("Path"))).toBe("environment-not-allowed");
    expect(rule(env("Path"), ["PATH"])).toBe("no-policy");
  });

  test("no error shows an argument or a value", () => {
    const secret: PluginUse = {
      command: "plug",
      args: ["hunter2"],
      env: [{ name: "LD_X", value: "hunter2" }],
    };
    for (const files of [file({ args: ["a"] }), file({}), file({ args: [], env: [] })]) {
      expect(JSON.stringify(decide(secret, files))).not.toContain("hunter2");
    }
  });
});

test("whatever runs with requirements also runs without them, as the same file", () => {
  const commands = fc.constantFrom("plug", "plug", "/bin/plug", "/bin/plug", "other", "missing", "");
  const words = fc.array(fc.constantFrom("a", "**"), { maxLength: 2 });
  const names = fc.array(fc.constantFrom("A", "B", "LD_PRELOAD"), { maxLength: 1 });
  const requirement = fc.record({
    command: commands,
    digest: maybe(fc.subarray([FOUND, WRONG], { minLength: 1 })),
    args: maybe(words),
    env: maybe(names),
  });
  const policy: fc.Arbitrary<PluginPolicy> = fc.oneof(
    fc
      .constantFrom<PluginPolicy["credentialPluginPolicy"][]>("", "AllowAll", "DenyAll")
      .map((type) => ({ credentialPluginPolicy: type, credentialPluginAllowlist: undefined })),
    fc
      .array(
        commands.map((command) => ({ command })),
        { maxLength: 2 },
      )
      .map((list): PluginPolicy => ({
        credentialPluginPolicy: "Allowlist",
        credentialPluginAllowlist: list,
      })),
  );
  let allowed = 0;
  fc.assert(
    fc.property(
      policy,
      commands,
      words,
      names,
      fc.array(requirement, { maxLength: 3 }),
      (given, command, list, set, plugins) => {
        const plugin = { command, args: list, env: set.map((name) => ({ name, value: "" })) };
        const filepath = filepathFor(host);
        const strict = decidePlugin(given, plugin, filepath, facts, [{ file: "/req", plugins }]);
        const free = decidePlugin(given, command, filepath, facts);
        if (strict.status === "allowed") {
          allowed++;
          expect(free).toMatchObject({ status: "allowed", resolvedPath: strict.resolvedPath });
        }
        if (free.status !== "allowed") {
          expect(strict).toEqual(free);
        }
      },
    ),
    { numRuns: 2000 },
  );
  expect(allowed).toBeGreaterThan(50);
});

function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined });
}
