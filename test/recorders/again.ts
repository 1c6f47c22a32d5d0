import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { inParallel } from "../conformance/in-parallel.ts";
import { kubectlPath } from "../conformance/kubectl.ts";
import { judge, kubectlVersions } from "../conformance/kubectl-version.ts";
import { repositoryRoot } from "../conformance/repository.ts";
import type { SeverityVector } from "../doctor/severity-vectors.ts";
import { makeMaterial, severityConfig, severityFiles } from "../doctor/severity-vectors.ts";
import { lackOf } from "../support/unless.ts";

/** kubectl's output. */
interface Said {
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Asks a kubectl in a folder of its own, with nobody's kubeconfig unless a home is given. */
type Ask = (args: readonly string[], home?: string) => Promise<Said>;

/** A file of questions with kubectl's answers: asks them again and replaces the answers. */
interface Recorder {
  readonly file: string;
  /** Whether all versions answer alike, or only the judge has the command. */
  readonly versions: readonly (typeof kubectlVersions)[number][];
  /** The judge, if that is no kubectl. */
  readonly judge?: string;
  /** What is missing here to ask; undefined if nothing is. */
  readonly lack?: () => string | undefined;
  readonly again: (recorded: never, ask: Ask, folder: string) => Promise<unknown>;
}

interface Template {
  readonly template: string;
  readonly document: string;
  readonly allowMissingKeys?: boolean;
  readonly jsonOutput?: boolean;
}

interface JsonPaths {
  readonly documents: Readonly<Record<string, string>>;
  readonly groups: Readonly<Record<string, readonly Template[]>>;
}

interface Severities {
  readonly vectors: readonly SeverityVector[];
}

interface PflagAnswers {
  readonly vectors: readonly { readonly argv: readonly string[] }[];
}

interface KubercEntries {
  readonly vectors: readonly { readonly before: string; readonly after: string }[];
}

const recorders: Readonly<Record<string, Recorder>> = {
  printf: {
    file: "test/printers/go-template/fixtures/printf.json",
    versions: kubectlVersions,
    again: async ({ rows, ...head }: { readonly rows: readonly (readonly string[])[] }, ask, folder) => {
      const end = "\n\u0001\n";
      const file = join(folder, "template");
      writeFileSync(file, rows.map(([format, values]) => `{{printf "${format}" ${values}}}${end}`).join(""));
      const { stdout } = await ask(["config", "view", "-o", `go-template-file=${file}`]);
      const printed = stdout.toString().split(end);
      return { ...head, rows: rows.map(([format, values], at) => [format, values, printed[at]]) };
    },
  },
  "jsonpath-rows": {
    file: "test/printers/jsonpath/fixtures/recorded.json",
    versions: kubectlVersions,
    again: async ({ groups, ...head }: JsonPaths, ask, folder) => {
      const files = new Map(
        Object.entries(head.documents).map(([name, text], at) => {
          const file = join(folder, `document-${at}`);
          writeFileSync(file, text);
          return [name, file];
        }),
      );
      const answers: Record<string, readonly object[]> = {};
      for (const [group, rows] of Object.entries(groups)) {
        answers[group] = await inParallel(rows, availableParallelism(), async (row) => {
          const { template, document, allowMissingKeys, jsonOutput } = row;
          const said = await ask([
            "config",
            "view",
            "--raw",
            `--kubeconfig=${files.get(document)}`,
            `--allow-missing-template-keys=${allowMissingKeys === true}`,
            "-o",
            `${jsonOutput === true ? "jsonpath-as-json" : "jsonpath"}=${template}`,
          ]);
          return {
            template,
            document,
            ...(allowMissingKeys !== undefined && { allowMissingKeys }),
            ...(jsonOutput !== undefined && { jsonOutput }),
            ...answerOf(template, said),
          };
        });
      }
      return { ...head, groups: answers };
    },
  },
  "kuberc-entries": {
    file: "test/kuberc/edit-entry.vectors.json",
    versions: [judge],
    again: async ({ vectors, ...head }: KubercEntries, ask, folder) => ({
      ...head,
      vectors: await inParallel(vectors, availableParallelism(), async (vector, at) => {
        const view = async (name: string, text: string): Promise<unknown> => {
          const file = join(folder, `${at}-${name}`);
          writeFileSync(file, text);
          const { stdout } = await ask(["kuberc", "view", `--kuberc=${file}`, "-o", "json"]);
          return JSON.parse(stdout.toString());
        };
        return {
          ...vector,
          viewBefore: await view("before", vector.before),
          viewAfter: await view("after", vector.after),
        };
      }),
    }),
  },
  severities: {
    file: "test/doctor/severities.vectors.json",
    versions: [judge],
    again: async ({ vectors, ...head }: Severities, ask, folder) => {
      const material = await makeMaterial();
      const kubectlSays = async (vector: SeverityVector, at: number): Promise<SeverityVector> => {
        const home = join(folder, `home-${at}`);
        mkdirSync(join(home, ".kube"), { recursive: true });
        const files = { ...severityFiles(material), config: severityConfig(vector, material) };
        for (const [name, text] of Object.entries(files)) {
          writeFileSync(join(home, ".kube", name), text.replaceAll("/home/u/", `${home}/`));
        }
        const { stdout, stderr } = await ask(["get", "--raw", "/version"], home);
        const [line = ""] = `${stdout.toString()}${stderr}`.split("\n");
        return { ...vector, said: line.replaceAll(`${home}/`, "/home/u/") };
      };
      return { ...head, vectors: await inParallel(vectors, availableParallelism(), kubectlSays) };
    },
  },
  pflag: {
    file: "test/cobra/vectors/pflag-1.0.9.json",
    versions: [judge],
    judge: "pflag 1.0.9",
    lack: () => lackOf("go"),
    again: async ({ vectors, ...head }: PflagAnswers, _ask, folder) => {
      cpSync(join(repositoryRoot(), "test/recorders/pflag"), folder, { recursive: true });
      const input = JSON.stringify(vectors.map(({ argv }) => argv));
      const options = { cwd: folder, input, env: { ...process.env, GOFLAGS: "-mod=mod" } };
      return {
        ...head,
        vectors: JSON.parse(execFileSync("go", ["run", "."], options).toString()) as unknown,
      };
    },
  },
};

function answerOf(template: string, { stdout, stderr }: Said): object {
  const refused = `error: error parsing jsonpath ${template}, `;
  if (stderr.startsWith(refused)) {
    return { refuses: stderr.slice(refused.length, -1) };
  }
  const [, fails] =
    /Error executing template: ([^]*?)\. Printing more information for debugging the template:/.exec(
      stderr,
    ) ?? [];
  if (fails !== undefined) {
    // Go prints the whole value that it cannot filter, by its own rules; kcfg names its type.
    return { fails: fails.replace(/^[^]*(?= is not array or slice and cannot be filtered$)/, "…") };
  }
  const text = stdout.toString();
  return Buffer.from(text).equals(stdout) ? { prints: text } : { printsBytes: stdout.toString("hex") };
}

/**
 * Asks kubectl the questions of recorded files again. Words name files; `--check` reports what has changed and writes
 * nothing.
 */
async function main(words: readonly string[]): Promise<boolean> {
  const isCheck = words.includes("--check");
  const names = words.filter((word) => word !== "--check");
  let isSame = true;
  for (const [name, { file, versions, again, lack, judge: other }] of Object.entries(recorders)) {
    if (names.length > 0 && !names.includes(name)) {
      continue;
    }
    const missing = lack?.();
    if (missing !== undefined) {
      console.log(`${name}: not asked: ${missing}`);
      continue;
    }
    const path = join(repositoryRoot(), file);
    const recorded: unknown = JSON.parse(readFileSync(path, "utf8"));
    for (const version of versions) {
      const answers = await askAll(again, recorded, other === undefined ? await kubectlPath(version) : "");
      const same = isDeepStrictEqual(JSON.parse(JSON.stringify(answers)), recorded);
      console.log(
        `${name}: ${other ?? `kubectl ${version}`} ${same ? "answers as recorded" : "answers otherwise"}`,
      );
      isSame &&= same;
      if (!isCheck && version === judge) {
        const today = new Date().toISOString().slice(0, "2026-11-22".length);
        const text = `${JSON.stringify(answers, null, 1)}\n`;
        writeFileSync(path, text.replace(/(?<="recordedFrom": "(?:kubectl|pflag) .*)\d{4}-\d\d-\d\d/, today));
      }
    }
  }
  return isSame || !isCheck;
}

async function askAll(again: Recorder["again"], recorded: unknown, kubectl: string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-record-"));
  const ask: Ask = (args, home = folder) =>
    new Promise((resolve) => {
      const env = { HOME: home, PATH: process.env["PATH"] };
      const child = execFile(
        kubectl,
        args,
        { env, cwd: folder, encoding: "buffer", maxBuffer: 2 ** 26 },
        (_error, stdout, stderr) => resolve({ stdout, stderr: stderr.toString() }),
      );
      child.stdin?.end();
    });
  try {
    return await again(recorded as never, ask, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
