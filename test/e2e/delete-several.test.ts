import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtCli } from "../conformance/repository.ts";
import { startBin } from "../support/start-bin.ts";
import { describeUnless, lackOfScript } from "../support/unless.ts";

let folder: string;
const config = (): string => join(folder, "config");

const NAMES = ["kind-a", "kind-b", "minikube", "prod", "a*b", "axb"];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-delete-"));
  writeFileSync(
    config(),
    JSON.stringify({
      clusters: NAMES.map((name) => ({ name, cluster: { server: `https://${name.replace("*", "s")}` } })),
      users: NAMES.map((name) => ({ name, user: { token: "t" } })),
      contexts: NAMES.map((name) => ({ name, context: { cluster: name, user: name } })),
    }),
  );
});

afterEach(() => rmSync(folder, { recursive: true }));

const kcfg = (...args: readonly string[]) => startBin(args, { env: { HOME: folder, KUBECONFIG: config() } });

async function left(what: string): Promise<readonly string[]> {
  const { stdout } = await kcfg(
    what === "contexts" ? "get-contexts" : `get-${what}`,
    ...(what === "contexts" ? ["-o", "name"] : []),
  );
  return stdout
    .trim()
    .split("\n")
    .slice(what === "contexts" ? 0 : 1)
    .toSorted();
}

describe.each([
  ["delete-context", "contexts", "context"],
  ["delete-cluster", "clusters", "cluster"],
  ["delete-user", "users", "user"],
])("%s", (command, what, noun) => {
  test("deletes several names", async () => {
    expect(await kcfg(command, "prod", "minikube")).toEqual({
      stdout: `deleted ${noun} prod from ${config()}\ndeleted ${noun} minikube from ${config()}\n`,
      stderr: "",
      exitCode: 0,
    });
    expect(await left(what)).toEqual(["a*b", "axb", "kind-a", "kind-b"]);
    await kcfg("undo");
    expect(await left(what)).toHaveLength(6);
  });

  test("deletes what a pattern matches, with --yes where nobody can be asked", async () => {
    const { stderr, exitCode } = await kcfg(command, "kind-*");
    expect({ stderr, exitCode }).toEqual({
      stderr: `error: a pattern may match more than you think: --yes deletes, --dry-run shows what would be deleted (2 ${noun}s)\n`,
      exitCode: 1,
    });
    expect((await kcfg(command, "kind-*", "--dry-run")).stdout).toContain("kind-b");
    expect(await left(what)).toHaveLength(6);
    expect((await kcfg(command, "kind-*", "prod", "--yes")).exitCode).toBe(0);
    expect(await left(what)).toEqual(["a*b", "axb", "minikube"]);
  });

  test("takes a word for a name before it takes it for a pattern", async () => {
    expect((await kcfg(command, "a*b")).exitCode).toBe(0);
    expect(await left(what)).toEqual(["axb", "kind-a", "kind-b", "minikube", "prod"]);
  });

  test("deletes nothing if one of the words means nothing, and says what may be meant", async () => {
    expect((await kcfg(command, "prod", "minikub")).stderr).toBe(
      `error: cannot delete ${noun} minikub, not in ${config()}; did you mean "minikube"?\n`,
    );
    expect((await kcfg(command, "x?", "prod", "--yes")).stderr).toBe(`error: no ${noun} matches "x?"\n`);
    expect(await left(what)).toHaveLength(6);
  });
});

/** Runs kcfg in a terminal, and answers its question. */
async function atTerminal(args: string, answer: string): Promise<string> {
  const command = `${process.execPath} ${builtCli()} ${args}; echo "code=$?"`;
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    env: { ...process.env, HOME: folder, KUBECONFIG: config(), TERM: "xterm", SHELL: "/bin/sh" },
  });
  let shown = "";
  let answered = false;
  child.stdout.on("data", (bytes: Buffer) => {
    shown += bytes.toString();
    if (!answered && shown.includes("[y/N]")) {
      answered = true;
      child.stdin.write(answer);
    }
  });
  await new Promise((resolve) => child.once("close", resolve));
  return shown;
}

describeUnless(lackOfScript())("several are deleted on a terminal", () => {
  test("after a yes, once the names have been shown", async () => {
    const shown = await atTerminal("delete-context 'kind-*'", "y\n");
    expect(shown).toContain("  kind-a\r\n  kind-b\r\nDelete these 2 contexts? [y/N]");
    expect(shown).toContain("code=0");
    expect(await left("contexts")).toHaveLength(4);
  });

  test("not after anything else", async () => {
    expect(await atTerminal("delete-user prod minikube", "\n")).toContain(
      "error: nothing was deleted\r\ncode=1",
    );
    expect(await left("users")).toHaveLength(6);
  });

  test("without a question for a single name", async () => {
    expect(await atTerminal("delete-cluster prod", "")).not.toContain("[y/N]");
    expect(await left("clusters")).toHaveLength(5);
  });
});

test("a command that does not exist is answered with the one that may be meant", async () => {
  expect((await kcfg("use-contxt", "x")).stderr).toMatch(
    /^error: unknown command "use-contxt x"; did you mean "use-context"\?\n/,
  );
  expect((await kcfg("zzzzzz")).stderr).toMatch(/^error: unknown command "zzzzzz"\n/);
  expect((await kcfg("kuberc", "veiw")).stderr).toContain('did you mean "view"?');
  expect((await kcfg("rename-user", "prd", "x")).stderr).toContain('; did you mean "prod"?');
});

test("the age of a lock is in days", async () => {
  writeFileSync(`${config()}.lock`, "");
  const old = Date.now() / 1000 - 417.5 * 86_400;
  utimesSync(`${config()}.lock`, old, old);
  expect((await kcfg("delete-user", "prod")).stderr).toContain(" 417 days ago");
});
