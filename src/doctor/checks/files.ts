import { ConfigParseError } from "../../errors.ts";
import { shellWord } from "../describe.ts";
import type { ExaminedFile, ExaminationInput } from "../examination-input.ts";
import { findingAt, wholeFile } from "../examination-input.ts";
import type { Finding } from "../finding.ts";

/** Checks for files that are missing, unreadable or refused. */
export function* checkFiles(facts: ExaminationInput): Generator<Finding> {
  const { files, isExplicit } = facts;
  if (!isExplicit && files.every(({ state }) => state === "missing")) {
    yield noKubeconfig(files);
    return;
  }
  for (const examined of files) {
    const finding = checkFile(examined, isExplicit);
    if (finding !== undefined) {
      yield finding;
    }
  }
  yield* checkLeftovers(facts);
}

/** The state files that early versions of kcfg kept next to a kubeconfig, and the temporary files of a killed one. */
const LEFTOVER = /^(?<of>.+)\.kcfg-(?:backup|state\.json|\d+-\w+\.tmp)$/s;

function* checkLeftovers({ files, filepath, machine }: ExaminationInput): Generator<Finding> {
  const namesOf = new Map<string, Set<string>>();
  for (const { file } of files) {
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

function noKubeconfig(files: readonly ExaminedFile[]): Finding {
  const names = files.map(({ file }) => file);
  const [only] = names;
  const message =
    names.length === 0
      ? "KUBECONFIG names no file"
      : names.length === 1
        ? "There is no such file, and no other kubeconfig is looked for."
        : `None of these exists: ${names.join(", ")}.`;
  return findingAt("no-kubeconfig", wholeFile(names.length === 1 ? only : undefined), { message });
}

function checkFile({ file, state, fault }: ExaminedFile, isExplicit: boolean): Finding | undefined {
  const place = wholeFile(file);
  switch (state) {
    case "missing":
      return findingAt(isExplicit ? "kubeconfig-missing" : "listed-file-missing", place, {
        message: isExplicit ? "There is no such file." : "KUBECONFIG names it, but there is no such file.",
      });
    case "unreadable":
      return findingAt("file-unreadable", place, { message: `${fault?.message ?? "cannot be read"}.` });
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

function capitalize(text: string): string {
  return /^[a-z]+(?= )/.test(text) && !/^[a-z],/.test(text)
    ? `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
    : `${text}.`;
}
