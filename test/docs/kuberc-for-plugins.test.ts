import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryFolder } from "../support/run-bin.ts";

const page = readFileSync(join(repositoryFolder, "docs/kuberc-for-plugins.md"), "utf8");
const place = join(repositoryFolder, ".cache", `plugin-${process.pid}`);
const program = join(place, "program.ts");

function block(language: string): string {
  return new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "ms").exec(page)?.[1] ?? "";
}

describe("the page on kuberc for plugins", () => {
  beforeAll(() => {
    mkdirSync(place, { recursive: true });
    writeFileSync(program, block("ts"));
    writeFileSync(join(place, "kuberc"), block("yaml"));
  });
  afterAll(() => rmSync(place, { recursive: true }));

  test("shows a program that compiles", () => {
    const tsc = join(repositoryFolder, "node_modules/typescript/bin/tsc");
    const options = "--noEmit --strict --module nodenext --target es2023 --types node --ignoreConfig";
    execFileSync(process.execPath, [tsc, ...options.split(" "), program], {
      cwd: repositoryFolder,
      encoding: "utf8",
    });
  });

  const answers = [...page.matchAll(/^\| `(.*?)` *\| `(.*?)` *\|$/gm)].map(([, args = "", said = ""]) => [
    args,
    said,
  ]);

  test("lists answers", () => {
    expect(answers.length).toBeGreaterThan(3);
  });

  test.each([...answers, ["greet --kuberc=missing", ""]])(
    "tells truly what it answers to %j",
    (args = "", said = "") => {
      const { stdout, stderr, status } = spawnSync(
        process.execPath,
        [join(repositoryFolder, "node_modules/tsx/dist/cli.mjs"), program, ...args.split(" ")],
        { cwd: place, env: { ...process.env, KUBERC: join(place, "kuberc") }, encoding: "utf8" },
      );
      expect(stdout).toBe(said === "" ? "" : `${said}\n`);
      expect(status).toBe(said === "" ? 1 : 0);
      expect(stderr).toBe(
        said === ""
          ? "error occurred while applying preferences kuberc error kuberc: open missing: no such file or directory\n"
          : "",
      );
    },
  );
});
