import type { Command, Option } from "commander";
import { NOWHERE } from "../output.ts";
import type { Config } from "../../api/config.ts";
import { isBoolean } from "../../cobra/commander-options.ts";
import type { Host } from "../../host/host.ts";
import { findCommand } from "../../cobra/find-command.ts";
import { isGlobalFlag } from "../global-flags.ts";
import { choicesIn, placeholderOf } from "../placeholder.ts";
import { CommandStub, createProgram, loadStub } from "../program.ts";
import type { Candidate, Completion } from "./completer.ts";
import { NO_COMPLETION } from "./completer.ts";
import { ENTRIES } from "./entries.ts";
import type { Progress } from "./present-word.ts";
import { operandAfter, readProgress } from "./present-word.ts";
import { placeholderOfProperty, propertyPaths } from "./properties.ts";
import { filepathFor } from "../../go/filepath.ts";
import { homeDir } from "../../loading/home-dir.ts";
import { decodeConfigWithoutData } from "../../codec/kubeconfig/decode-config.ts";
import { loadStartingConfig } from "../../loading/load.ts";
import { defaultLoadingRules } from "../../loading/loading-rules.ts";

/**
 * Returns the completions of a command line, from the definitions of the commands. Loads only the modules of the called
 * command, and reads kubeconfigs only if their entries are wanted.
 *
 * @param words - the words before the present one, without the program's
 * @param word - the present word, up to the cursor
 */
export async function complete(host: Host, words: readonly string[], word: string): Promise<Completion> {
  const load = (isWanted: (name: string) => boolean) => createProgram(host, NOWHERE, "kcfg", isWanted);
  const outline = await load(() => false);
  const { command: stub, rest: afterStub } = findCommand<Command>(outline, words);
  const isRoot = stub === outline;
  if (isRoot && readProgress(outline, afterStub, word).present.is === "operand") {
    return afterOperands(await load(() => true), afterStub, word);
  }
  if (stub instanceof CommandStub) {
    await loadStub(outline, stub, host, NOWHERE);
  }
  const { command, rest } = findCommand<Command>(outline, words);
  const progress = readProgress(command, rest, word);
  const { present } = progress;
  if (present.is === "flag") {
    return found(flagNames(command, progress), present.text);
  }
  if (present.is === "value") {
    const placeholder = isBoolean(present.option) ? "true|false" : placeholderOf(present.option);
    return { ...valuesOf(host, placeholder, progress), prefix: present.prefix };
  }
  if (command.commands.length > 0) {
    return afterOperands(command, rest, word);
  }
  const placeholder = operandAfter(command, progress.operands.length)?.name() ?? "";
  return placeholder === "command"
    ? afterOperands(await load(() => true), progress.operands, word)
    : valuesOf(host, placeholder, progress);
}

/** Returns the commands below the one that some words name. */
function afterOperands(program: Command, words: readonly string[], word: string): Completion {
  const { command, rest } = findCommand<Command>(program, words);
  return readProgress(command, rest, word).operands.length > 0
    ? NO_COMPLETION
    : found(
        command.commands.map((each) => ({ value: each.name(), description: each.summary() })),
        word,
      );
}

/**
 * Returns the names of flags. A given flag is not offered again, unless it can be repeated; the command's own come
 * first.
 */
function flagNames({ options }: Command, { present, given }: Progress): readonly Candidate[] {
  return [...options]
    .filter((option) => option.variadic || !given.has(option))
    .toSorted((one, other) => Number(isGlobalFlag(one)) - Number(isGlobalFlag(other)))
    .flatMap((option) => namesOf(option, present.text === "-"))
    .map(([value, description]) => ({ value, description }));
}

function namesOf(
  { long, short, description }: Option,
  withLetters: boolean,
): readonly (readonly [string, string])[] {
  return [long, ...(withLetters ? [short] : [])].flatMap((name) =>
    name === undefined ? [] : [[name, description] as const],
  );
}

function valuesOf(host: Host, placeholder: string, { given, operands, present }: Progress): Completion {
  const { text } = present;
  const config = (): Config => configAtHand(host, flagValue(given, "--kubeconfig"));
  switch (placeholder) {
    case "file":
      return { ...NO_COMPLETION, files: "files" };
    case "folder":
      return { ...NO_COMPLETION, files: "folders" };
    case "property":
      return found(propertyPaths(config(), text), text);
    case "value": {
      const wanted = placeholderOfProperty(operands[0] ?? "");
      return wanted === "value" ? NO_COMPLETION : valuesOf(host, wanted, { given, operands: [], present });
    }
    default: {
      const entries = ENTRIES[placeholder];
      const candidates =
        entries === undefined
          ? choicesIn(placeholder).map((value) => ({ value, description: "" }))
          : entries(config());
      const taken = new Set(operands);
      return found(
        candidates.filter(({ value }) => value !== "" && (present.is !== "operand" || !taken.has(value))),
        text,
      );
    }
  }
}

function flagValue(given: ReadonlyMap<Option, string>, name: string): string {
  return Array.from(given).find(([{ long }]) => long === name)?.[1] ?? "";
}

function found(candidates: readonly Candidate[], text: string): Completion {
  return { ...NO_COMPLETION, candidates: candidates.filter(({ value }) => value.startsWith(text)) };
}

/**
 * Loads the kubeconfig of the command line, without migration or warnings.
 *
 * @param explicitPath - the value of `--kubeconfig`, which no shell has expanded yet: `~/` is the home folder
 * @throws errors of loading
 */
function configAtHand(host: Host, explicitPath: string): Config {
  const path = explicitPath.startsWith("~/")
    ? filepathFor(host).join(homeDir(host), explicitPath.slice(2))
    : explicitPath;
  return loadStartingConfig(
    host,
    defaultLoadingRules(host, {
      explicitPath: path,
      resolvePaths: false,
      migrationRules: new Map(),
      warnIfAllMissing: false,
    }),
    decodeConfigWithoutData,
  );
}
