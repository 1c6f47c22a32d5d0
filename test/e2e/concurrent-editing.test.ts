import { execFileSync, fork, spawn } from "node:child_process";
import { open } from "node:fs/promises";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { decodeConfig } from "../../src/codec/kubeconfig/decode-config.ts";
import { testUnless } from "../support/unless.ts";
import { builtCli, repositoryRoot } from "../conformance/repository.ts";

/** The killings, which take a minute; `KCFG_ROUNDS` makes them more or less. */
const ROUNDS = Number(process.env["KCFG_ROUNDS"] ?? 200);
/** How often the race of many writers is run. */
const RACES = Number(process.env["KCFG_RACES"] ?? 1);
const LANES = 4;

const cli = builtCli();
const folders: string[] = [];
afterAll(() => folders.forEach((each) => rmSync(each, { recursive: true, force: true })));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-race-"));
  folders.push(folder);
  return folder;
}

/** A kubeconfig with comments, of a size that is not written in one piece by accident. */
function template(): string {
  const users = Array.from(
    { length: 120 },
    (_, at) => `- name: user-${at} # number ${at}\n  user:\n    token: "token of ${at}"\n`,
  );
  return `# kept\napiVersion: v1\nkind: Config\nusers:\n${users.join("")}contexts:\n- name: busy\n  context:\n    cluster: c # kept, too\n    namespace: first\n    user: user-0\ncurrent-context: busy\n`;
}

/** What undo needs, of all kubeconfigs: not in the home of whoever runs the tests. */
const stateFolder = newFolder();

/** The program that edits until it is killed, bundled. */
const editorFolder = newFolder();
const editor = join(editorFolder, "editor.cjs");
beforeAll(() => {
  execFileSync(join(repositoryRoot(), "node_modules/.bin/esbuild"), [
    join(repositoryRoot(), "test/e2e/editor.ts"),
    "--bundle",
    "--platform=node",
    "--log-level=error",
    `--outfile=${editor}`,
  ]);
});

/** Edits until it is killed, at a random moment of its work. */
function killEditor(file: string, signal: NodeJS.Signals): Promise<NodeJS.Signals | number | null> {
  const child = fork(editor, [file], {
    execArgv: [],
    env: { ...process.env, KCFG_STATE_DIR: stateFolder },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  return new Promise((resolve, reject) => {
    child.on("message", (message: { readonly failed?: string }) => {
      if (message.failed !== undefined) {
        child.kill("SIGKILL");
        reject(new Error(message.failed));
      }
      setTimeout(() => child.kill(signal), Math.random() * 25);
    });
    child.on("error", reject);
    child.on("exit", (code, endedBy) => resolve(endedBy ?? code));
  });
}

async function inLanes(rounds: number, runRound: (file: string) => Promise<void>): Promise<void> {
  const lane = async (): Promise<void> => {
    const file = join(newFolder(), "config");
    writeFileSync(file, template(), { mode: 0o600 });
    for (let round = 0; round < rounds / LANES; round++) {
      await runRound(file);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

function expectWhole(file: string): void {
  expect(readFileSync(file, "utf8").replace(/namespace: \S+/, "namespace: first")).toBe(template());
}

describe("a writer that is killed", () => {
  test("leaves the file whole at every moment, and the next one works", async () => {
    await inLanes(ROUNDS, async (file) => {
      expect(await killEditor(file, "SIGKILL")).toBe("SIGKILL");
      expectWhole(file);
    });
    // The last one tidies up after all that were killed.
    for (const folder of folders.filter((each) => each !== stateFolder && each !== editorFolder)) {
      const { exitCode, stderr } = await run(process.execPath, [
        cli,
        "use-context",
        "busy",
        `--kubeconfig=${join(folder, "config")}`,
      ]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      await run(process.execPath, [
        cli,
        "set-context",
        "busy",
        "-n=last",
        `--kubeconfig=${join(folder, "config")}`,
      ]);
      expect(readdirSync(folder).toSorted()).toEqual(["config"]);
    }
  }, 300_000);

  test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
    "by %s leaves neither a lock nor a temporary file",
    async (signal) => {
      await inLanes(8, async (file) => {
        expect(await killEditor(file, signal)).toBe(signal);
        expectWhole(file);
        expect(readdirSync(dirname(file)).toSorted()).toEqual(["config"]);
      });
    },
    120_000,
  );
});

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(command, args, {
    env: { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const texts = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => (texts.stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (texts.stderr += String(chunk)));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, ...texts }));
  });
}

/** A real kubectl, if one has been fetched already. */
function cachedKubectl(): string | undefined {
  const cache = process.env["KCFG_KUBECTL_CACHE"] ?? join(repositoryRoot(), ".cache", "kubectl");
  const path = join(cache, "kubectl-1.36.3");
  return existsSync(path) ? path : undefined;
}

describe("many writers at once", () => {
  test("24 of kcfg: every change is there", async () => {
    const file = join(newFolder(), "config");
    const names = Array.from({ length: 24 }, (_, at) => `context-${at}`);
    const ended = await Promise.all(
      names.map((name) =>
        run(process.execPath, [cli, "set-context", name, `--kubeconfig=${file}`, "--lock-timeout=60s"]),
      ),
    );
    expect(ended.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
    expect([...decodeConfig(readFileSync(file)).contexts.keys()].toSorted()).toEqual(names.toSorted());
  }, 300_000);

  const kubectl = cachedKubectl();
  const testWithKubectl = testUnless(
    kubectl === undefined ? "npm run test:kubectl fetches kubectl" : undefined,
  );

  // The second file of this kubectl is a pipe, so that it waits where one wants it: after it has read the first.
  testWithKubectl(
    "a kubectl that has read the old content cannot take the change of kcfg back: it finds the lock, and fails",
    async () => {
      const folder = newFolder();
      const [file, pipe] = [join(folder, "config"), join(folder, "pipe")];
      writeFileSync(file, template(), { mode: 0o600 });
      expect((await run("mkfifo", [pipe])).exitCode).toBe(0);
      const theirs = run(kubectl ?? "", ["config", "set-context", "theirs"], {
        KUBECONFIG: `${file}:${pipe}`,
        HOME: folder,
      });
      const end = await open(pipe, "w");
      const args = [cli, "set-context", "ours", `--kubeconfig=${file}`];
      const ours = run(process.execPath, args, { KCFG_STATE_DIR: newFolder() });
      while (!readFileSync(file, "utf8").includes("name: ours")) {
        await new Promise((resolve) => void setTimeout(resolve, 5));
      }
      await end.close();
      expect(await theirs).toMatchObject({
        exitCode: 1,
        stderr: `error: open ${file}.lock: file exists\n`,
      });
      expect(await ours).toMatchObject({ exitCode: 0, stderr: "" });
      expect(readFileSync(file, "utf8")).toContain("name: ours");
    },
    60_000,
  );

  // kubectl reads before it locks. What one kubectl takes back of another is not kcfg's to prevent, so that they run one
  // after the other here, and each beside all of kcfg.
  testWithKubectl(
    "24 of kcfg and 8 of kubectl: every change of kcfg is there, and every one that kubectl says it made",
    async () => {
      for (let race = 0; race < RACES; race++) {
        const file = join(newFolder(), "config");
        writeFileSync(file, template(), { mode: 0o600 });
        const ours = Array.from({ length: 24 }, (_, at) => `kcfg-${at}`);
        const theirs = Array.from({ length: 8 }, (_, at) => `kubectl-${at}`);
        const kubectls = (async (): Promise<number> => {
          let refused = 0;
          for (const name of theirs) {
            for (;;) {
              const args = ["config", "set-context", name, `--kubeconfig=${file}`];
              const { exitCode, stderr } = await run(kubectl ?? "", args, { HOME: dirname(file) });
              if (exitCode === 0) {
                break;
              }
              expect(stderr).toMatch(/^error: open \S+\.lock: file exists\n$/);
              refused += 1;
            }
          }
          return refused;
        })();
        const ended = await Promise.all(
          ours.map(async (name, at) => {
            // Over the time in which kubectl is at work.
            await new Promise((resolve) => void setTimeout(resolve, at * 40));
            return run(process.execPath, [
              cli,
              "set-context",
              name,
              `--kubeconfig=${file}`,
              "--lock-timeout=60s",
            ]);
          }),
        );
        await kubectls;
        expect(ended.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
        const names = new Set(decodeConfig(readFileSync(file)).contexts.keys());
        expect([...ours, ...theirs].filter((name) => !names.has(name))).toEqual([]);
      }
    },
    240_000,
  );
});
