import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Call, Runner } from "../call.ts";
import type { Sandbox } from "../sandbox.ts";
import { buildSandbox, nobody } from "../sandbox.ts";
import type { Outcome } from "../vector.ts";
import { splitText } from "../vector.ts";
import type { EditCase, EditOutcome, End } from "./edit-case.ts";

/**
 * Runs the steps of a case in a temporary root of its own.
 *
 * @param reader - shows the kubeconfigs in the end
 * @param look - receives the content of each kubeconfig in the end
 */
export async function runEditCase(
  runner: Runner,
  reader: Runner,
  wanted: EditCase,
  look: (text: string) => void = () => undefined,
): Promise<EditOutcome> {
  const sandbox = buildSandbox({ ...wanted, argv: [] });
  try {
    const steps: Outcome[] = [];
    for (const argv of wanted.steps) {
      const ended = await runner.run(callOf(wanted, sandbox, argv));
      steps.push({
        exitCode: ended.exitCode,
        stdout: splitText(sandbox.blank(ended.stdout)),
        stderr: splitText(withoutNoise(sandbox.blank(ended.stderr))),
      });
    }
    for (const file of wanted.kubeconfigs.map((path) => join(sandbox.root, path))) {
      if (existsSync(file) && statSync(file).isFile()) {
        look(readFileSync(file, "utf8"));
      }
    }
    return { steps, end: await lookAtAll(reader, wanted, sandbox) };
  } finally {
    sandbox.remove();
  }
}

/** Returns the reader's output for kubeconfigs given as strings. */
export async function showTexts(
  reader: Runner,
  wanted: EditCase,
  files: Readonly<Record<string, string | null>>,
): Promise<Readonly<Record<string, End>>> {
  const sandbox = buildSandbox({ ...wanted, files: {}, argv: [] });
  try {
    for (const [path, text] of Object.entries(files)) {
      if (text !== null) {
        writeFileSync(join(sandbox.root, path), sandbox.fill(text), { mode: 0o600 });
      }
    }
    return await lookAtAll(reader, { ...wanted, kubeconfigs: Object.keys(files) }, sandbox);
  } finally {
    sandbox.remove();
  }
}

async function lookAtAll(
  reader: Runner,
  wanted: EditCase,
  sandbox: Sandbox,
): Promise<Readonly<Record<string, End>>> {
  const end: Record<string, End> = {};
  for (const path of wanted.kubeconfigs) {
    end[path] = await lookAt(reader, sandbox, path);
  }
  return end;
}

async function lookAt(reader: Runner, sandbox: Sandbox, path: string): Promise<End> {
  const file = join(sandbox.root, path);
  if (!existsSync(file)) {
    return null;
  }
  const argv = ["view", "--raw", "-o", "json", `--kubeconfig=${file}`];
  const { stdout, stderr } = await reader.run({
    argv,
    cwd: sandbox.root,
    env: { HOME: join(sandbox.root, "home"), PATH: process.env["PATH"] ?? "" },
  });
  return {
    mode: (statSync(file).mode & 0o7777).toString(8).padStart(4, "0"),
    shown: sandbox.blank(stdout + stderr),
  };
}

function callOf(wanted: EditCase, { root, fill }: Sandbox, argv: readonly string[]): Call {
  const env: Record<string, string> = {
    PATH: process.env["PATH"] ?? "/usr/bin:/bin",
    HOME: join(root, "home"),
  };
  for (const [name, value] of Object.entries(wanted.env)) {
    if (value === null) {
      delete env[name];
    } else {
      env[name] = fill(value);
    }
  }
  return {
    argv: argv.map(fill),
    env,
    cwd: join(root, wanted.cwd ?? "."),
    ...(wanted.unprivileged === true && process.getuid?.() === 0 && { as: nobody }),
  };
}

/** Removes addresses: a panic ends in a stack of them; types and maps have some too. */
function withoutNoise(stderr: string): string {
  return stderr
    .replace(/(?<=^panic: .*\n)\ngoroutine [^]*$/mu, "")
    .replaceAll(/0x[0-9a-f]+/gu, "0x…")
    .replaceAll(/(?<=\n)\nBug: .*\n/gu, "");
}
