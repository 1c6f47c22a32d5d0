import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtCli } from "../conformance/repository.ts";
import { describeUnless, lackOfPosix } from "../support/unless.ts";

const folder = mkdtempSync(join(tmpdir(), "kcfg-streams-"));
const config = join(folder, "config");
beforeEach(() => writeFileSync(config, "current-context: a\ncontexts: [{name: a}, {name: b}]\n"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs kcfg with redirections of a shell. */
function shell(line: string, file = config) {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", line], {
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: folder,
      KUBECONFIG: file,
      NODE: process.execPath,
      CLI: builtCli(),
    },
  });
  return { status, stdout, stderr };
}

const KCFG = '"$NODE" "$CLI"';
const FULL = "error: write /dev/stdout: no space left on device\n";

describeUnless(existsSync("/dev/full") ? undefined : "no /dev/full here")(
  "where there is no room for what is printed",
  () => {
    test.each([
      "view",
      "view -o json",
      "view --raw",
      "current-context",
      "get-contexts",
      "explain",
      "doctor",
      "version",
    ])("kcfg %s says so in kubectl's words", (command) => {
      expect(shell(`${KCFG} ${command} >/dev/full`)).toEqual({ status: 1, stdout: "", stderr: FULL });
    });

    test("the change is made all the same", () => {
      const { status, stderr } = shell(`${KCFG} use-context b >/dev/full`);
      expect({ status, stderr }).toEqual({ status: 1, stderr: FULL });
      expect(readFileSync(config, "utf8")).toContain("current-context: b");
    });

    test.each([
      ["view", ">/dev/full 2>/dev/full", 1],
      ["current-context", "2>/dev/full", 0],
      ["nope", "2>/dev/full", 1],
      ["use-context c", "2>/dev/full", 1],
    ])("kcfg %s %s fails only if it has to", (command, where, status) => {
      expect(shell(`${KCFG} ${command} ${where}`)).toMatchObject({ status, stderr: "" });
    });
  },
);

describeUnless(lackOfPosix)("streams that are not there", () => {
  test.each([
    ["view", ">&-", 0],
    ["view", ">&- 2>&-", 0],
    ["view", "<&- >&- 2>&-", 0],
    ["nope", "2>&-", 1],
    ["nope", ">&- 2>&-", 1],
  ])("kcfg %s %s", (command, where, status) => {
    expect(shell(`${KCFG} ${command} ${where}`)).toEqual({ status, stdout: "", stderr: "" });
  });

  test("one that cannot be written to", () => {
    expect(shell(`${KCFG} view 1</dev/null`)).toEqual({
      status: 1,
      stdout: "",
      stderr: "error: write /dev/stdout: bad file descriptor\n",
    });
  });

  test("nobody who reads errors", () => {
    expect(shell(`{ ${KCFG} nope; echo $? >&3; } 3>&1 2>&1 >/dev/null | sleep 0`)).toMatchObject({
      stderr: "",
    });
  });
});

test("much that is read slowly arrives", async () => {
  const many = join(folder, "many");
  const entries = Array.from(
    { length: 60_000 },
    (_, i) => `- {name: c${i}, cluster: {server: "https://h${i}"}}`,
  );
  writeFileSync(many, `clusters:\n${entries.join("\n")}\n`);
  const child = spawn(process.execPath, [builtCli(), "get-clusters"], {
    env: { HOME: folder, KUBECONFIG: many },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let length = 0;
  for await (const chunk of child.stdout) {
    length += (chunk as Buffer).length;
    await new Promise((resolve) => {
      setTimeout(resolve, 2);
    });
  }
  expect(length).toBe("NAME\n".length + entries.reduce((sum, _, i) => sum + `c${i}\n`.length, 0));
});
