import type { PolicyType } from "../../src/api/plugin-policy.ts";
import { filepathFor } from "../../src/go/filepath.ts";
import { executableFacts } from "../../src/loading/look-path.ts";
import type { PluginDecision } from "../../src/policy/decide.ts";
import { decidePlugin } from "../../src/policy/decide.ts";
import { reasonOf } from "../../src/policy/reason.ts";
import type { FakeMachine } from "../support/fake-host.ts";
import { fakeHost } from "../support/fake-host.ts";

const machine: FakeMachine = {
  executables: ["/bin/plug", "/second/plug", "/here/plug", "/here/rel/plug"],
  files: { "/plain/plug": "x", "/dirs/plug/x": "" },
  env: { PATH: "/bin:/second" },
};

function decide(
  policyType: string,
  entries: readonly string[] | undefined,
  command: string,
  world: FakeMachine = machine,
): PluginDecision {
  const host = fakeHost(world);
  const policy = {
    credentialPluginPolicy: policyType as PolicyType,
    credentialPluginAllowlist: entries?.map((entry) => ({ command: entry })),
  };
  return decidePlugin(policy, command, filepathFor(host), executableFacts(host));
}

/** The shape of a decision on one line. */
const outline = ({ status, rule, matchedEntry, resolvedPath }: PluginDecision): string =>
  [status, rule, matchedEntry?.command ?? "-", resolvedPath ?? "-"].join(" ");

describe("every policy decides about every form of command", () => {
  const commands = [
    "plug",
    "/bin/plug",
    "/second/plug",
    "/bin/../bin//plug/",
    "nope",
    "/bin/nope",
    "/plain/plug",
  ];
  test.each<[policyType: string, entries: readonly string[] | undefined, want: readonly string[]]>([
    [
      "",
      undefined,
      [
        "allowed no-policy - /bin/plug",
        "allowed no-policy - /bin/plug",
        "allowed no-policy - /second/plug",
        "allowed no-policy - /bin/plug",
        "missing cannot-start - -",
        "missing cannot-start - -",
        "missing cannot-start - -",
      ],
    ],
    [
      "AllowAll",
      undefined,
      [
        "allowed allow-all - /bin/plug",
        "allowed allow-all - /bin/plug",
        "allowed allow-all - /second/plug",
        "allowed allow-all - /bin/plug",
        "missing cannot-start - -",
        "missing cannot-start - -",
        "missing cannot-start - -",
      ],
    ],
    [
      "DenyAll",
      undefined,
      [
        "denied deny-all - /bin/plug",
        "denied deny-all - /bin/plug",
        "denied deny-all - /second/plug",
        "denied deny-all - /bin/plug",
        "denied deny-all - -",
        "denied deny-all - -",
        "denied deny-all - -",
      ],
    ],
    [
      "Allowlist",
      ["plug"],
      [
        "allowed command-listed plug /bin/plug",
        "allowed entry-resolved plug /bin/plug",
        "denied not-listed - /second/plug",
        "allowed entry-resolved plug /bin/plug",
        "denied unresolvable - -",
        "denied unresolvable - -",
        "denied unresolvable - -",
      ],
    ],
    [
      "Allowlist",
      ["other", "/bin/plug"],
      [
        "allowed path-listed /bin/plug /bin/plug",
        "allowed command-listed /bin/plug /bin/plug",
        "denied not-listed - /second/plug",
        "allowed command-listed /bin/plug /bin/plug",
        "denied unresolvable - -",
        "denied unresolvable - -",
        "denied unresolvable - -",
      ],
    ],
    [
      "Allowlist",
      ["nope", "/bin/nope", "/plain/plug"],
      [
        "denied not-listed - /bin/plug",
        "denied not-listed - /bin/plug",
        "denied not-listed - /second/plug",
        "denied not-listed - /bin/plug",
        "missing cannot-start nope -",
        "missing cannot-start /bin/nope -",
        "missing cannot-start /plain/plug -",
      ],
    ],
    ["DenyAll", ["plug"], Array(7).fill(expect.stringMatching(/^denied invalid-policy - /)) as string[]],
    ["Allowlist", ["./plug"], Array(7).fill(expect.stringMatching(/^denied invalid-policy - /)) as string[]],
    ["denyall", undefined, Array(7).fill(expect.stringMatching(/^denied invalid-policy - /)) as string[]],
  ])("%j with %j", (policyType, entries, want) => {
    expect(commands.map((command) => outline(decide(policyType, entries, command)))).toEqual(want);
  });
});

describe("an entry is compared to the letter", () => {
  test.each([
    "PLUG",
    " plug",
    "plug ",
    "pl*",
    "*",
    "~/plug",
    "$HOME/plug",
    "bin/plug",
    "/bin",
    "/",
    ".",
    "..",
    "plu\u0308g",
  ])("%j does not admit /bin/plug", (entry) => {
    expect(decide("Allowlist", [entry], "/bin/plug").status).toBe("denied");
    expect(decide("Allowlist", [entry], "plug").status).toBe("denied");
  });

  test("a bare entry trusts what PATH finds first", () => {
    const world = { ...machine, env: { PATH: "/second:/bin" } };
    expect(outline(decide("Allowlist", ["plug"], "plug", world))).toBe(
      "allowed command-listed plug /second/plug",
    );
    expect(outline(decide("Allowlist", ["plug"], "/bin/plug", world))).toBe("denied not-listed - /bin/plug");
    expect(outline(decide("Allowlist", ["/bin/plug"], "plug", world))).toBe(
      "denied not-listed - /second/plug",
    );
  });

  test("only entries of the same base name are looked up", () => {
    const host = fakeHost(machine);
    const asked: string[] = [];
    const facts = executableFacts(host);
    const watched = {
      ...facts,
      lookPath: (name: string) => {
        asked.push(name);
        return facts.lookPath(name);
      },
    };
    const allowlist = ["x", "/second/plug", "y/plug", "plug"].map((command) => ({ command }));
    const decision = decidePlugin(
      { credentialPluginPolicy: "Allowlist", credentialPluginAllowlist: allowlist },
      "/bin/plug",
      filepathFor(host),
      watched,
    );
    expect(decision.status).toBe("allowed");
    expect(asked).toEqual(["/bin/plug", "/second/plug", "y/plug", "plug"]);
  });
});

describe("what is found relative to the current directory is never run", () => {
  const world = { ...machine, env: { PATH: "rel:/bin" } };
  test.each([
    ["", undefined, "denied relative-path - -"],
    ["Allowlist", ["plug"], "denied relative-path plug -"],
    ["Allowlist", ["rel/plug"], "denied relative-path rel/plug -"],
    ["Allowlist", ["/bin/plug"], "denied unresolvable - -"],
    ["DenyAll", undefined, "denied deny-all - -"],
  ])("%j with %j", (policyType, entries, want) => {
    expect(outline(decide(policyType, entries, "plug", world))).toBe(want);
  });
});

describe("errors have client-go's words", () => {
  test.each<
    [
      policyType: string,
      entries: readonly string[] | undefined,
      command: string,
      error: string,
      world?: FakeMachine,
    ]
  >([
    ["DenyAll", undefined, "/bin//plug", 'plugin "/bin/plug" not allowed: policy set to "DenyAll"'],
    [
      "Allowlist",
      ["x"],
      "plug",
      'plugin path "/bin/plug" is not permitted by the credential plugin allowlist',
    ],
    [
      "Allowlist",
      ["x"],
      "nope",
      'plugin path "nope" cannot be resolved for credential plugin allowlist check: exec: "nope": executable file not found in $PATH',
    ],
    [
      "Allowlist",
      ["x"],
      "/bin/nope",
      'plugin path "/bin/nope" cannot be resolved for credential plugin allowlist check: exec: "/bin/nope": stat /bin/nope: no such file or directory',
    ],
    [
      "Allowlist",
      ["x"],
      "/plain/plug",
      'plugin path "/plain/plug" cannot be resolved for credential plugin allowlist check: exec: "/plain/plug": permission denied',
    ],
    [
      "Allowlist",
      ["x"],
      "/dirs/plug",
      'plugin path "/dirs/plug" cannot be resolved for credential plugin allowlist check: exec: "/dirs/plug": is a directory',
    ],
    [
      "Allowlist",
      ["x"],
      "plug",
      'plugin path "rel/plug" cannot be resolved for credential plugin allowlist check: exec: "plug": cannot run executable found relative to current directory',
      { ...machine, env: { PATH: "rel" } },
    ],
    ["", undefined, "nope", "exec: executable nope not found"],
    ["", undefined, "/bin/nope", "exec: fork/exec /bin/nope: no such file or directory"],
    ["", undefined, "/plain/plug", "exec: fork/exec /plain/plug: permission denied"],
    ["", undefined, "/dirs/plug", "exec: fork/exec /dirs/plug: permission denied"],
    ["", undefined, "..", "exec: executable .. not found"],
    ["x", undefined, "plug", 'invalid plugin policy: unknown plugin policy: "x"'],
  ])("%j with %j, %j", (policyType, entries, command, error, ...[world]) => {
    expect(decide(policyType, entries, command, world).error).toBe(error);
  });
});

describe("on Windows", () => {
  const windows: FakeMachine = {
    platform: "win32",
    executables: ["/bin/plug.exe", "/second/plug.cmd", "/bin/tool"],
    env: { Path: "C:\\bin;C:\\second", PathExt: ".EXE;.CMD" },
  };
  test.each<[policyType: string, entries: readonly string[] | undefined, command: string, want: string]>([
    ["", undefined, "plug", "allowed no-policy - C:\\bin\\plug.exe"],
    ["", undefined, "C:\\bin\\plug", "allowed no-policy - C:\\bin\\plug.exe"],
    ["", undefined, "C:/bin/plug.exe", "allowed no-policy - C:\\bin\\plug.exe"],
    ["", undefined, "C:\\bin\\nope", "missing cannot-start - -"],
    ["Allowlist", ["plug"], "plug", "allowed command-listed plug C:\\bin\\plug.exe"],
    ["Allowlist", ["plug.exe"], "plug", "allowed entry-resolved plug.exe C:\\bin\\plug.exe"],
    ["Allowlist", ["C:\\bin\\plug.exe"], "plug", "allowed path-listed C:\\bin\\plug.exe C:\\bin\\plug.exe"],
    ["Allowlist", ["C:\\bin\\plug"], "plug", "denied not-listed - C:\\bin\\plug.exe"],
    ["Allowlist", ["C:\\BIN\\plug.exe"], "plug", "denied not-listed - C:\\bin\\plug.exe"],
    [
      "Allowlist",
      ["C:\\bin\\plug.exe"],
      "C:\\bin\\plug",
      "allowed path-listed C:\\bin\\plug.exe C:\\bin\\plug.exe",
    ],
    [
      "Allowlist",
      ["C:\\bin\\plug"],
      "C:\\bin\\plug",
      "allowed command-listed C:\\bin\\plug C:\\bin\\plug.exe",
    ],
    ["Allowlist", ["plug"], "C:\\bin\\plug", "denied not-listed - C:\\bin\\plug.exe"],
    ["Allowlist", ["plug.exe"], "C:\\bin\\plug", "allowed entry-resolved plug.exe C:\\bin\\plug.exe"],
    ["Allowlist", ["plug.exe"], "C:\\second\\plug", "denied not-listed - C:\\second\\plug.cmd"],
    ["DenyAll", undefined, "plug", "denied deny-all - C:\\bin\\plug.exe"],
  ])("%j with %j decides %j so", (policyType, entries, command, want) => {
    expect(outline(decide(policyType, entries, command, windows))).toBe(want);
  });
});

test("only where no executable was found is it a case for the install hint", () => {
  const missing = decide("", undefined, "nope");
  expect([missing.isNotFound, missing.error]).toEqual([true, "exec: executable nope not found"]);
  const unfit = decide("", undefined, "/plain/plug");
  expect([unfit.status, unfit.isNotFound]).toEqual(["missing", false]);
  for (const decision of [
    decide("", undefined, "plug"),
    decide("DenyAll", undefined, "nope"),
    decide("Allowlist", ["other"], "nope"),
  ]) {
    expect(decision.isNotFound).toBe(false);
  }
});

test("what may run has no error", () => {
  expect(decide("AllowAll", undefined, "plug").error).toBe("");
  expect(decide("Allowlist", ["plug"], "plug").error).toBe("");
});

test.each([
  ["", undefined, "plug", "no plugin policy is set"],
  ["AllowAll", undefined, "plug", "the policy allows every plugin"],
  ["Allowlist", ["plug"], "plug", 'the allowlist has the command "plug"'],
  ["Allowlist", ["/bin/plug"], "plug", 'the allowlist has the path "/bin/plug"'],
  ["Allowlist", ["plug"], "/bin/plug", 'the entry "plug" of the allowlist leads to "/bin/plug"'],
  ["DenyAll", undefined, "plug", 'plugin "plug" not allowed: policy set to "DenyAll"'],
  ["", undefined, "nope", "exec: executable nope not found"],
])("the reason of %s %j for %s", (policyType, entries, command, reason) => {
  expect(reasonOf(decide(policyType, entries, command))).toBe(reason);
});

test("the reason says where a plugin was found that is never run", () => {
  const decision = decide("", undefined, "plug", { ...machine, env: { PATH: "rel" } });
  expect(decision.rule).toBe("relative-path");
  expect(reasonOf(decision)).toBe(
    "exec: executable plug not found: cannot run executable found relative to current directory",
  );
});
