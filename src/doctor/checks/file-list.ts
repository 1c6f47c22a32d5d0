import { filepathFor } from "../../go/filepath.ts";
import { quote, shellWord } from "../describe.ts";
import type { ExaminationInput, FileList } from "../examination-input.ts";
import { findingAt, wholeFile } from "../examination-input.ts";
import type { Finding } from "../finding.ts";
import type { Misspelling } from "../misspelt-paths.ts";
import { findMisspelling } from "../misspelt-paths.ts";

/** What is wrong with the way in which KUBECONFIG or --kubeconfig names files. */
interface MisspeltFiles {
  readonly findings: readonly Finding[];
  /** The names that the findings explain. */
  readonly files: ReadonlySet<string>;
}

/** Checks how KUBECONFIG or --kubeconfig is written, as far as no such file exists. */
export function checkFileList(facts: ExaminationInput): MisspeltFiles {
  const { fileList } = facts;
  if (fileList === undefined) {
    return { findings: [], files: new Set() };
  }
  if (fileList.isContent) {
    return { findings: [contentInstead(fileList)], files: new Set() };
  }
  const { machine } = facts;
  const elements = elementsOf(facts, fileList);
  const misspelt = new Map<string, Misspelling>();
  for (const element of elements) {
    const fault =
      machine.stat(element) === undefined
        ? findMisspelling(element, { ...facts, separators: separatorsFor(facts, fileList) })
        : undefined;
    if (fault !== undefined) {
      misspelt.set(element, fault);
    }
  }
  if (misspelt.size === 0) {
    return { findings: [], files: new Set() };
  }
  const faults = new Set([...misspelt.values()].flatMap(({ faults: each }) => each));
  const isKnown = [...misspelt.values()].every(({ meant }) => meant.length > 0);
  const meant = elements.flatMap((element) => misspelt.get(element)?.meant ?? element);
  const listed = new Set(facts.files.map(({ file }) => file));
  const isAsListed = elements.every((element) => listed.has(element));
  return {
    findings: [
      findingAt("kubeconfig-misspelt", wholeFile(undefined), {
        subject: fileList.name,
        message: `No such file exists: ${quote(fileList.value)}. It is taken as it is written: ${[...faults].join("; ")}.`,
        ...(isKnown && { hint: hintFor(facts, fileList.name, meant) }),
      }),
    ],
    files: isAsListed ? new Set(misspelt.keys()) : listed,
  };
}

function contentInstead({ name }: FileList): Finding {
  return findingAt("kubeconfig-misspelt", wholeFile(undefined), {
    subject: name,
    message: "It holds a kubeconfig itself, where kubectl wants the name of a file.",
    hint: `Write the kubeconfig into a file that only you may read, and name that: ${name}${name === "KUBECONFIG" ? "=" : " "}FILE`,
  });
}

/** Returns the paths as they were meant to be separated: a colon may belong to a drive, a URL or a variable. */
function elementsOf({ filepath }: ExaminationInput, { name, value }: FileList): readonly string[] {
  const elements =
    name === "--kubeconfig"
      ? [value]
      : filepath.separator === "/" && WRITTEN_FOR_WINDOWS.test(value)
        ? filepathFor({ platform: "win32" }).splitList(value)
        : filepath.separator === "/"
          ? value.split(/(?<!\$env|\$\{env|(?:^|:)file):/)
          : filepath.splitList(value);
  return elements.filter((element) => element !== "");
}

const WRITTEN_FOR_WINDOWS = /(?:^|[:;,"'\s])[A-Za-z]:[\\/](?!\/)/;

function separatorsFor({ filepath }: ExaminationInput, { name }: FileList): string {
  const [right, wrong] = filepath.separator === "/" ? [":", ";,\n "] : [";", ",\n :"];
  return name === "KUBECONFIG" ? wrong : `${right}${wrong}`;
}

const LONGEST_LIST = 800;

/** Says how to name files. */
function hintFor({ filepath }: ExaminationInput, name: FileList["name"], files: readonly string[]): string {
  const isWindows = filepath.separator === "\\";
  const [only] = files;
  if (name === "--kubeconfig" && files.length === 1 && only !== undefined) {
    return `Write --kubeconfig ${isWindows ? only : shellWord(only, LONGEST_LIST)}`;
  }
  const list = files.join(isWindows ? ";" : ":");
  const set = isWindows ? `Set KUBECONFIG to ${list}` : `export KUBECONFIG=${shellWord(list, LONGEST_LIST)}`;
  return name === "KUBECONFIG" ? set : `--kubeconfig takes one file. For several: ${set}`;
}

/** The most files of a folder that a hint names. */
const MOST_NAMED = 10;
const NO_KUBECONFIG = /^\.|^kuberc$|^plugin-requirements\.ya?ml$|\.(?:lock|bak|pem|crt|key|tmp)$|\.kcfg-/;

/** Returns the hint for a folder in the place of a kubeconfig; undefined for anything else. */
export function hintForFolder(facts: ExaminationInput, folder: string): string | undefined {
  const { machine, filepath, fileList, files } = facts;
  if (machine.stat(folder)?.isDirectory !== true) {
    return undefined;
  }
  const within = machine
    .namesIn(folder)
    .filter((name) => !NO_KUBECONFIG.test(name))
    .map((name) => filepath.join(folder, name))
    .filter((path) => machine.stat(path)?.isFile === true)
    .toSorted();
  return fileList === undefined || within.length === 0 || within.length > MOST_NAMED
    ? "It is a folder. Name the kubeconfigs in it, one by one."
    : `It is a folder. Name the kubeconfigs in it: ${hintFor(
        facts,
        fileList.name,
        files.flatMap(({ file }) => (file === folder ? within : file)),
      )}`;
}
