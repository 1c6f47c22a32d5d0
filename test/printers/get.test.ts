import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { bindPrintFlags, PrintError, printObject } from "../../src/printers.ts";
import { kubectlMessage } from "../../src/index.ts";
import { memoryHost } from "../../src/testing.ts";
import { repositoryFolder } from "../support/run-bin.ts";
import type { GetCase } from "./get-cases.ts";
import { CASES, FILES, OBJECTS } from "./get-cases.ts";

interface Answer extends GetCase {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const { answers } = JSON.parse(
  readFileSync(join(repositoryFolder, "test/printers/fixtures/get.json"), "utf8"),
) as { readonly answers: readonly Answer[] };

const host = memoryHost({
  files: Object.fromEntries(Object.entries(FILES).map(([name, text]) => [`/home/user/${name}`, text])),
});

/** Runs a program that prints an object as its flags say. */
function run({ object, args }: GetCase): Omit<Answer, keyof GetCase> {
  const program = new Command("demo").exitOverride();
  const flags = bindPrintFlags(program);
  program.parse(args, { from: "user" });
  const list = Object.entries(OBJECTS).filter(([name]) => name.length === 2);
  const printed = object === "all" ? list.map(([, each]) => each) : OBJECTS[object];
  try {
    return { code: 0, stdout: printObject(printed ?? {}, { ...flags, host }), stderr: "" };
  } catch (error) {
    const stdout = error instanceof PrintError ? String(error.printed) : "";
    return { code: 1, stdout, stderr: `${kubectlMessage(error)}\n` };
  }
}

/** kubectl's answer, without what kcfg leaves out: the object in errors, and `wide` in the list of formats. */
function wanted({ code, stdout, stderr }: Answer): Omit<Answer, keyof GetCase> {
  return {
    code,
    stdout: stdout.replace(/\traw data was:\n[^]*$/, ""),
    stderr: stderr
      .replace(/\. Printing more information for debugging the template:\n[^]*$/, "\n")
      .replace(",wide,", ",")
      // Some messages end in a line break of their own.
      .replace(/\n+$/, "\n"),
  };
}

test("the recorded answers are those to the cases", () => {
  expect(answers.map(({ object, args }) => ({ object, args }))).toEqual(CASES);
});

test.each(answers.map((answer) => [`${answer.object} ${answer.args.join(" ")}`, answer] as const))(
  "prints as kubectl get does: %s",
  (_name, answer) => {
    expect(run(answer)).toEqual(wanted(answer));
  },
);
