import { ConfigParseError } from "../../errors.ts";
import { shellWord } from "../describe.ts";
import type { ExaminedFile, ExaminationInput } from "../examination-input.ts";
import { findingAt, wholeFile } from "../examination-input.ts";
import { hintForReference } from "../field-data.ts";
import type { Details, Finding } from "../finding.ts";
import { checkFileList, hintForFolder } from "./file-list.ts";

/** Checks for files that are missing, unreadable or refused. */
export function* checkFiles(facts: ExaminationInput): Generator<Finding> {
  const { files, areNamed } = facts;
  const misspelt = checkFileList(facts);
  yield* misspelt.findings;
  if (!areNamed && misspelt.findings.length === 0 && files.every(({ state }) => state === "missing")) {
    yield noKubeconfig(facts);
    return;
  }
  for (const examined of files) {
    const finding = misspelt.files.has(examined.file) ? undefined : checkFile(examined, facts);
    if (finding !== undefined) {
      yield finding;
    }
  }
  yield* checkLeftovers(facts);
}

/** The state files that early versions of kcfg kept next to a kubeconfig, and the temporary files of a killed one. */
const LEFTOVER = /^(?<of>.+)\.kcfg-(?:backup|state\.json|\d+-\w+\.tmp)$/s;

function* checkLeftovers(facts: ExaminationInput): Generator<Finding> {
  const { files, filepath, machine } = facts;
  const namesOf = new Map<string, Set<string>>();
  for (const { file } of files.filter((each) => facts.isFileInScope(each.file))) {
    for (const path of new Set([file, machine.realPath(file)])) {
      const folder = filepath.dir(path);
      namesOf.set(folder, (namesOf.get(folder) ?? new Set()).add(filepath.base(path)));
    }
  }
  for (const [folder, names] of namesOf) {
    for (const name of machine.namesIn(folder)) {
      const of = LEFTOVER.exec(name)?.groups?.["of"];
      // A leftover that is itself a kubeconfig of the list counts too.
      if (of !== undefined && (names.has(of) || names.has(name))) {
        const path = filepath.join(folder, name);
        yield findingAt("kcfg-leftover", wholeFile(path), {
          message: "It may hold credentials that were deleted. kcfg never reads it.",
          hint: `rm ${shellWord(path)}`,
        });
      }
    }
  }
}

function noKubeconfig({ files, filepath, machine, fileList }: ExaminationInput): Finding {
  const names = files.map(({ file }) => file);
  const [only] = names;
  const message =
    names.length === 0
      ? "KUBECONFIG names no file."
      : names.length === 1
        ? "There is no such file, and no other kubeconfig is looked for."
        : `None of these exists: ${names.join(", ")}.`;
  const usual = filepath.join(machine.home, ".kube", "config");
  const isForgotten = fileList?.name === "KUBECONFIG" && machine.stat(usual) !== undefined;
  return findingAt("no-kubeconfig", wholeFile(names.length === 1 ? only : undefined), {
    message,
    ...(isForgotten && { hint: `Correct KUBECONFIG, or unset it: then ${usual} is read.` }),
  });
}

function checkFile(examined: ExaminedFile, facts: ExaminationInput): Finding | undefined {
  const { file, state, fault } = examined;
  const { areNamed } = facts;
  const place = wholeFile(file);
  switch (state) {
    case "missing":
      return areNamed
        ? findingAt("kubeconfig-missing", place, missingFile(facts, file))
        : facts.isFileInScope(file)
          ? findingAt("listed-file-missing", place, {
              message: "KUBECONFIG names it, but there is no such file.",
            })
          : undefined;
    case "unreadable": {
      const hint = hintForFolder(facts, file);
      return findingAt("file-unreadable", place, {
        message: `${fault?.message ?? "cannot be read"}.`,
        ...(hint !== undefined && { hint }),
      });
    }
    case "invalid":
      return fault instanceof ConfigParseError
        ? findingAt(
            "file-invalid",
            { file, position: fault.position },
            {
              message: `${fault.reason}.`,
              ...(fault.hint !== undefined && { hint: capitalize(fault.hint) }),
            },
          )
        : undefined;
    default:
      return undefined;
  }
}

function missingFile(facts: ExaminationInput, file: string): Details {
  const hint = hintForReference(facts, file);
  return { message: "There is no such file.", ...(hint !== undefined && { hint }) };
}

function capitalize(text: string): string {
  return /^[a-z]+(?= )/.test(text) && !/^[a-z],/.test(text)
    ? `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
    : `${text}.`;
}
