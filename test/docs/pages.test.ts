import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import type { DemoCluster } from "../support/demo-cluster.ts";
import { startDemoCluster } from "../support/demo-cluster.ts";
import type { Block } from "../support/markdown.ts";
import { blocksOf, pages, readPage } from "../support/markdown.ts";
import { PageSandbox } from "../support/page-sandbox.ts";
import { repositoryFolder } from "../support/run-bin.ts";
import { runSession } from "../support/session.ts";
import { lackOfPosix, testUnless } from "../support/unless.ts";
import { checkData } from "./data-block.ts";
import { UNCHECKED_BLOCKS } from "./exceptions.ts";

// How a page of docs/ is written, so that all that it shows is run:
//
//   console   a session: `$ ` begins a command, `> ` continues it, the rest is what it prints, on both streams.
//             Nothing may depend on the machine: the home and working folder is shown as /home/ada, it has examples/ and
//             cluster.yaml (a kubeconfig with the contexts blue and green, whose server answers), and no other kubeconfig.
//             Each session has a shell of its own; all of a page share the folder. `shell=bash` asks for another shell.
//   sh        a script: it must succeed. With file=NAME it is written to NAME instead, as is any block that has that, for
//             the sessions that follow; one that begins with #! can be executed.
//   ts, js    a program: it must compile, strictly, and run. A `text` block right below is what it prints. Attributes such as
//             KUBECONFIG=cluster.yaml are its environment. With file=NAME a session runs it: `$ npx tsx NAME --flag`.
//   yaml,     data: read, and checked, as what it is (see data-block.ts). The `run` steps of a workflow are run.
//   json
//
// Any other language needs an entry in exceptions.ts that says what checks it instead.
//
// With KCFG_RECORD=1 in the environment, what is printed is written into the pages. Read it before you commit it.

const KNOWN: ReadonlySet<string> = new Set(["console", "sh", "ts", "js", "yaml", "json"]);

describe.each(pages())("%s", (page) => {
  const blocks = blocksOf(page);
  let sandbox: PageSandbox;
  let cluster: DemoCluster | undefined;

  beforeAll(async () => {
    sandbox = new PageSandbox();
    if (blocks.length > 0) {
      cluster = await startDemoCluster();
      sandbox.write("cluster.yaml", cluster.kubeconfig);
    }
  });
  afterAll(async () => {
    await cluster?.close();
    sandbox.remove();
  });

  test("has no block that nothing runs or checks", () => {
    const printed = new Set(blocks.filter(isProgram).map(({ next }) => next));
    const others = blocks.filter((block) => {
      const isOutput = block.language === "text" && printed.has(block);
      return !KNOWN.has(block.language) && !isOutput && reasonFor(page, block) === undefined;
    });
    expect(others.map(({ place, language }) => `${place}: ${explain(language)}`)).toEqual([]);
  });

  test("uses every file that it shows", () => {
    const unused = blocks.filter((block) => {
      const file = fileOf(block);
      const isUsed = ({ text, place }: Block): boolean =>
        place !== block.place && text.includes(basename(file ?? ""));
      return file !== undefined && !blocks.some(isUsed);
    });
    expect(unused.map(({ place }) => `${place}: no session runs or reads this file`)).toEqual([]);
  });

  const programs = blocks.filter((block) => block.language === "ts");
  if (programs.length > 0) {
    test("shows programs that compile", async () => {
      const files = programs.map((block, i) => sandbox.write(fileOf(block) ?? `block-${i}.ts`, block.text));
      await compile(files, sandbox.folder);
    });
  }

  for (const block of blocks.filter(({ language }) => KNOWN.has(language))) {
    testUnless(isData(block) ? undefined : lackOfPosix)(`${block.place} is right`, async () => {
      const file = fileOf(block);
      if (file !== undefined) {
        sandbox.write(file, block.text);
      }
      await check(block, sandbox);
    });
  }
});

test("no exception is left over", () => {
  const used = new Set(
    pages().flatMap((page) => blocksOf(page).map(({ language }) => `${page} ${language}`)),
  );
  expect(Object.keys(UNCHECKED_BLOCKS).filter((key) => !used.has(key))).toEqual([]);
});

/** Where a block is written to before the sessions below it run. */
function fileOf({ attributes }: Block): string | undefined {
  return attributes.get("file");
}

/** The shims of the sandbox are shell scripts, and so are sessions; data needs none. */
function isData(block: Block): block is Block & { readonly language: "yaml" | "json" } {
  const { language } = block;
  return language === "yaml" || language === "json";
}

function isProgram(block: Block): boolean {
  return (block.language === "ts" || block.language === "js") && fileOf(block) === undefined;
}

function reasonFor(page: string, { language }: Block): string | undefined {
  return UNCHECKED_BLOCKS[`${page} ${language}`];
}

function explain(language: string): string {
  return language === "text"
    ? "a text block is what the ts block right above it prints; show a session as `console`"
    : `nothing checks ${language === "" ? "a block without a language" : language}: see the top of test/docs/pages.test.ts`;
}

async function check(block: Block, sandbox: PageSandbox): Promise<void> {
  if (isData(block)) {
    for (const step of checkData(block.text, block.language)) {
      await succeed(step.run ?? "", sandbox, step.env);
    }
  } else if (block.language === "console") {
    const { wanted, shown } = await runSession(sandbox, block.text, block.attributes.get("shell"));
    expectShown(block, shown, wanted);
  } else if (isProgram(block)) {
    await runProgram(block, sandbox);
  } else if (block.language === "sh") {
    await (fileOf(block) === undefined
      ? succeed(block.text, sandbox)
      : succeed(`sh -n "${fileOf(block)}"`, sandbox));
  }
}

/** What stands in the page must be what is printed now. */
function expectShown(block: Block, shown: string, printed: string): void {
  const isRecording = (process.env["KCFG_RECORD"] ?? "") !== "";
  if (isRecording && shown !== printed) {
    const [page = ""] = block.place.split(":");
    writeFileSync(
      join(repositoryFolder, page),
      readPage(page).replace(`\n${block.text}\`\`\``, () => `\n${printed}\`\`\``),
    );
    return;
  }
  expect(shown).toBe(printed);
}

async function succeed(
  script: string,
  sandbox: PageSandbox,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const scripts = Object.keys(
    (JSON.parse(readFileSync(join(repositoryFolder, "package.json"), "utf8")) as { scripts: object }).scripts,
  );
  for (const [, name] of script.matchAll(/npm run ([\w:]+)/g)) {
    expect(scripts).toContain(name);
  }
  const { printed, exitCode } = await sandbox.runScript(`set -e\n${script}`, { env });
  if (exitCode !== 0) {
    throw new Error(`the script ends with ${exitCode}:\n${script}\nit prints\n${printed}`);
  }
}

async function runProgram(block: Block, sandbox: PageSandbox): Promise<void> {
  const env = Object.fromEntries([...block.attributes].filter(([name]) => /^[A-Z_]+$/.test(name)));
  const file = sandbox.write("program.ts", block.text);
  const { printed, exitCode } = await sandbox.runProgram(file, env);
  if (exitCode !== 0) {
    throw new Error(`the program ends with ${exitCode}; it prints\n${printed}`);
  }
  if (block.next?.language === "text") {
    expectShown(block.next, block.next.text, printed);
  }
}

/** Compiles programs as a strict user of the built package would, for Node alone: browsers' `fetch` has no dispatcher. */
async function compile(files: readonly string[], folder: string): Promise<void> {
  const tsc = join(repositoryFolder, "node_modules/typescript/bin/tsc");
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "--lib", "es2023"];
  const arguments_ = [tsc, ...options, "--types", "node", "--skipLibCheck", "--ignoreConfig", ...files];
  await promisify(execFile)(process.execPath, arguments_, { cwd: folder }).catch(
    ({ stdout }: { readonly stdout: string }) => {
      throw new Error(stdout);
    },
  );
}
