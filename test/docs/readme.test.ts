import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blocksOf, runProgram } from "../support/markdown.ts";
import { repositoryFolder } from "../support/run-bin.ts";

const readme = readFileSync(join(repositoryFolder, "README.md"), "utf8");

const blocks = (language: string): readonly string[] => blocksOf("README.md", language);

describe("the README", () => {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-readme-"));
  beforeAll(() => {
    cpSync(join(repositoryFolder, "examples"), join(folder, "examples"), { recursive: true });
    const bin = join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(
      join(bin, "kcfg"),
      `#!/bin/sh\nexec "${process.execPath}" "${join(repositoryFolder, "dist/cli/bin.cjs")}" "$@"\n`,
      { mode: 0o755 },
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const consoleBlocks = blocks("console");

  test("has sessions to run", () => {
    expect(consoleBlocks.length).toBeGreaterThan(1);
  });

  test.each(consoleBlocks.map((block, i) => [i + 1, block] as const))(
    "shows in session %i what the commands print",
    (_number, block) => {
      if (process.platform === "win32") {
        return;
      }
      const commands = block.split("\n").filter((line) => line.startsWith("$ "));
      const script = commands.map((line) => line.slice(2)).join("\n");
      const { stdout } = spawnSync("/bin/sh", ["-c", `exec 2>&1\n${script}`], {
        cwd: folder,
        env: { PATH: `${join(folder, "bin")}:/usr/bin:/bin`, HOME: folder },
        encoding: "utf8",
      });
      const printed = block
        .split("\n")
        .filter((line) => !line.startsWith("$ "))
        .join("\n");
      expect(withoutLineEnds(stdout)).toBe(withoutLineEnds(printed));
    },
  );

  test("opens with commands that exist", () => {
    const scripts = Object.keys(
      (JSON.parse(readFileSync(join(repositoryFolder, "package.json"), "utf8")) as { scripts: object })
        .scripts,
    );
    for (const [, script] of readme.matchAll(/npm run ([\w:]+)/g)) {
      expect(scripts).toContain(script);
    }
    expect(blocks("sh")[0]).toMatch(
      /^npm ci && npx kcfg view --merged\nKUBECONFIG=examples\/team.yaml:examples\/personal.yaml /,
    );
    expect(blocks("sh")[1]).toBe("npm ci && npm test\n");
  });

  test.each([
    [
      1,
      ["--context", "laptop", "-n=shop"],
      ["Server: https://127.0.0.1:6443; namespace: shop; overridden: true\n"],
    ],
    [
      2,
      [],
      [
        "staging [ 'staging', 'production', 'laptop' ]",
        "https://staging.example.com:6443",
        "command: corporate-login",
      ],
    ],
  ])("shows in library program %i what compiles and runs", async (number, args, printed) => {
    const env = { HOME: folder, KUBECONFIG: "examples/team.yaml:examples/personal.yaml" };
    const output = await runProgram(blocks("ts")[number - 1] ?? "", args, env);
    for (const text of printed) {
      expect(output).toContain(text);
    }
  });

  test("shows no library program that is not run", () => {
    expect(blocks("ts")).toHaveLength(2);
  });
});

/** Output without a newline at its end runs into the next line of a session; a reader does not see that. */
function withoutLineEnds(text: string): string {
  return text.replaceAll("\n", "");
}
