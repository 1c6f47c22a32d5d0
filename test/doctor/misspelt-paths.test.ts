import { kubeconfig, plugin } from "./kubeconfigs.ts";
import type { World } from "./world.ts";
import { examine, lineOf } from "./world.ts";

const config = kubeconfig({});
const files = {
  "/home/u/.kube/two": config,
  "/home/u/.kube/token": "t",
  "/home/u/.kube/clusters/a.yaml": config,
  "/home/u/.kube/clusters/b.yaml": config,
  "/home/u/.kube/clusters/plugin-requirements.yml": "",
  "/home/u/.kube/clusters/a.yaml.lock": "",
};
const ONE = "/home/u/.kube/config";
const BOTH = "/home/u/.kube/config:/home/u/.kube/two";

/** Returns code and hint of what is said about how files are named, and about missing files. */
function saidOf(world: World): readonly string[] {
  return examine({ config, files, ...world })
    .findings.filter(({ code }) => /^(?:kubeconfig-|no-kubeconfig|listed|file-unreadable)/.test(code))
    .map(({ code, hint }) => `${code}: ${hint}`);
}

describe("KUBECONFIG is taken as it is written, and doctor says how to write it", () => {
  test.each([
    ["~/.kube/config", ONE],
    ["~/.kube/config:~/.kube/two", BOTH],
    ["$HOME/.kube/config", ONE],
    ["${HOME}/.kube/config", ONE],
    ["%HOME%/.kube/config", ONE],
    ["$env:HOME/.kube/config", ONE],
    [`"${ONE}"`, ONE],
    [`'${BOTH}'`, BOTH],
    ["“~/.kube/config”", ONE],
    [` ${ONE}`, ONE],
    [`${ONE}\r`, ONE],
    [`${ONE}\n/home/u/.kube/two\n`, BOTH],
    [`${ONE},/home/u/.kube/two`, BOTH],
    [`${ONE};/home/u/.kube/two`, BOTH],
    [`${ONE}; ~/.kube/two`, BOTH],
    [`${ONE} /home/u/.kube/two`, BOTH],
    [`${ONE}: /home/u/.kube/two`, BOTH],
    [`file://${ONE}`, ONE],
    [".kube/config", ONE],
    ["~/.kube/clusters/*.yaml", "/home/u/.kube/clusters/a.yaml:/home/u/.kube/clusters/b.yaml"],
    ["~/.kube/new", "/home/u/.kube/new"],
  ])("%j", (value, right) => {
    expect(saidOf({ env: { KUBECONFIG: value } })).toEqual([
      `kubeconfig-misspelt: export KUBECONFIG=${right}`,
    ]);
  });

  test("a folder in it has its files named", () => {
    expect(saidOf({ env: { KUBECONFIG: "/home/u/.kube/clusters" } })).toEqual([
      "file-unreadable: It is a folder. Name the kubeconfigs in it: export KUBECONFIG=/home/u/.kube/clusters/a.yaml:/home/u/.kube/clusters/b.yaml",
    ]);
  });

  test.each(["~other/config", "$NOPE/config", "$(pwd)/config", String.raw`C:\kube\config`])(
    "of %j nobody can tell what was meant",
    (value) => {
      expect(saidOf({ env: { KUBECONFIG: value } })).toEqual([
        "kubeconfig-misspelt: Write the whole path of each file.",
      ]);
    },
  );

  test("a variable that may be secret is not shown", () => {
    const env = { KUBECONFIG: "$TOKEN/config", TOKEN: "hunter2" };
    expect(JSON.stringify(examine({ config, env }))).not.toContain("hunter2");
  });

  test.each([
    ["itself", kubeconfig({ user: "token: hunter2" })],
    ["in base64", Buffer.from(kubeconfig({ user: "token: hunter2" })).toString("base64")],
  ])("a kubeconfig %s in its place is a secret", (_how, value) => {
    const diagnosis = examine({ config, env: { KUBECONFIG: value } });
    expect(diagnosis.findings.map(lineOf)).toEqual(["error kubeconfig-misspelt - KUBECONFIG"]);
    expect(diagnosis.files).toEqual([]);
    expect(JSON.stringify(diagnosis)).not.toMatch(/hunter2|aHVudGVyMg|apiVersion/);
  });

  test.each(["/nope", `${ONE}:/nope/a,b`, "/nope/a;b", "/nope/two words"])("%j is only missing", (value) => {
    expect(saidOf({ env: { KUBECONFIG: value } }).join("\n")).not.toContain("misspelt");
  });

  test.each(["/odd/a,b", "/odd/a;b", "/odd/~", "/odd/$HOME"])(
    "a file of the name %j is no mistake",
    (file) => {
      expect(saidOf({ files: { [file]: config }, env: { KUBECONFIG: file } })).toEqual([]);
    },
  );

  test("where it names nothing, the usual file is what was forgotten", () => {
    const hint = `no-kubeconfig: Correct KUBECONFIG, or unset it: then ${ONE} is read.`;
    expect(saidOf({ env: { KUBECONFIG: ":" } })).toEqual([hint]);
    expect(saidOf({ env: { KUBECONFIG: "/nope" } })).toEqual([hint]);
  });
});

test.each([
  [BOTH, `--kubeconfig takes one file. For several: export KUBECONFIG=${BOTH}`],
  [`${ONE},/home/u/.kube/two`, `--kubeconfig takes one file. For several: export KUBECONFIG=${BOTH}`],
  ["~/.kube/config", `Write --kubeconfig ${ONE}`],
  [`'${ONE}'`, `Write --kubeconfig ${ONE}`],
])("--kubeconfig=%s", (explicitPath, hint) => {
  expect(saidOf({ explicitPath })).toEqual([`kubeconfig-misspelt: ${hint}`]);
});

function windows(value: string): readonly string[] {
  const env = { USERPROFILE: String.raw`C:\home\u`, HOME: "", KUBECONFIG: value };
  return saidOf({ platform: "win32", env });
}

describe("on Windows", () => {
  const [one, two] = [String.raw`C:\home\u\.kube\config`, String.raw`C:\home\u\.kube\two`];
  test.each([
    [String.raw`%USERPROFILE%\.kube\config`, one],
    [String.raw`%userprofile%\.kube\config;${two}`, `${one};${two}`],
    [String.raw`$env:USERPROFILE\.kube\config`, one],
    [String.raw`~\.kube\config`, one],
    [`'${one}'`, one],
    [`${one} `, one],
    [`${one}:${two}`, `${one};${two}`],
    [`${one},${two}`, `${one};${two}`],
  ])("KUBECONFIG=%s", (value, right) => {
    expect(windows(value)).toEqual([`kubeconfig-misspelt: Set KUBECONFIG to ${right}`]);
  });

  test("semicolons and double quotes are right", () => {
    expect(windows(`"${one}";${two}`)).toEqual([]);
  });
});

function hintOf(command: string, more: World = {}): string | undefined {
  return examine({
    config: kubeconfig({ user: plugin(JSON.stringify(command)) }),
    executables: ["/usr/bin/aws"],
    ...more,
  }).findings.find(({ code }) => code === "plugin-missing" || code === "plugin-denied")?.hint;
}

describe("of a plugin that is missing it is told how to write its command", () => {
  test.each([
    ["./bin/plug", 'Install it as "/home/u/.kube/bin/plug", or write the name alone'],
    ["bin/aws", 'Write "/usr/bin/aws", which is in PATH, or "aws" alone'],
    ["/usr/local/bin/aws", 'Write "/usr/bin/aws", which is in PATH, or "aws" alone'],
    ["/opt/nope/plug", "its folder does not exist"],
    ["/usr/bin/plug", "Install it there, or correct its path."],
    ["~/bin/plug", 'Write "/home/u/bin/plug": ~ is not replaced.'],
    ["$HOME/bin/plug", 'Write "/home/u/bin/plug": $HOME is not replaced.'],
    ["aws eks get-token", 'Write only "aws" as its command, and each argument as an item of args.'],
    ["aws ", 'Write "aws": the blanks around it are part of the name.'],
    ["plug", "Install it, or put its folder into PATH."],
  ])("%j", (command, hint) => {
    expect(hintOf(command)).toContain(hint);
  });

  test("which may be there, but not executable, a folder, or beside the kubeconfig", () => {
    expect(hintOf("./plug", { files: { "/home/u/.kube/plug": "" } })).toBe(
      "Make it executable: chmod +x /home/u/.kube/plug",
    );
    expect(hintOf("./plug", { files: { "/home/u/.kube/plug/x": "" } })).toContain("It is a folder.");
    expect(hintOf("plug", { files: { "/home/u/.kube/plug": "" } })).toBe(
      'A bare name is looked up in PATH alone. Write "/home/u/.kube/plug".',
    );
  });

  test("also where an allowlist is what refuses it", () => {
    const policy = [
      "apiVersion: kubectl.config.k8s.io/v1beta1",
      "kind: Preference",
      "credentialPluginPolicy: Allowlist",
      "credentialPluginAllowlist: [{name: aws}]",
    ].join("\n");
    const more = { files: { "/home/u/.kube/kuberc": policy } };
    expect(hintOf("plug", more)).toBe("Install it, or put its folder into PATH.");
  });
});

test.each([
  ["certificate-authority", { cluster: "server: 'https://h', certificate-authority: ~/ca.crt" }],
  ["tokenFile", { user: "tokenFile: $HOME/ca.crt" }],
  ["client-certificate", { user: "client-certificate: '~/ca.crt', client-key: /k" }],
])("in %s, too, nothing is replaced", (_field, parts) => {
  const hints = examine({ config: kubeconfig(parts) }).findings.map(({ hint }) => hint);
  expect(hints.join("\n")).toContain('Write "/home/u/ca.crt": ');
});
