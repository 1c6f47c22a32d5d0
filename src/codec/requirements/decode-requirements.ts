import type { Position } from "../../api/position.ts";
import type {
  PluginRequirement,
  PluginRequirements,
  WireRequirements,
} from "../../api/requirement-fields.ts";
import {
  REQUIREMENT_FIELDS,
  REQUIREMENTS_FIELDS,
  REQUIREMENTS_KIND,
  REQUIREMENTS_VERSION,
} from "../../api/requirement-fields.ts";
import type { Filepath } from "../../go/filepath.ts";
import { goQuote } from "../../go/quote.ts";
import { repeatedKeys } from "../../yaml/repeated-keys.ts";
import { YamlError } from "../../yaml/yaml-error.ts";
import { DecodeError, decodeJson, formatPath } from "../json/decode-json.ts";
import type { WireDocument } from "../json/json-text.ts";
import { isJsonText, readWireDocument } from "../json/json-text.ts";
import type { WireValue } from "../json/wire-value.ts";
import { membersOf, RefusedDocument } from "../json/wire-value.ts";
import { wireStruct } from "../json/wire-struct.ts";
import { isBlank, SeparatorError, splitDocuments } from "../kuberc/documents.ts";

type Path = readonly (string | number)[];

/** A requirements file that cannot be obeyed. The message says how to fix it. */
export class RequirementsFault extends Error {
  override readonly name = "RequirementsFault";
  /** The place in the file; undefined where the file has none, or is JSON. */
  readonly position: Position | undefined;

  constructor(message: string, hint: string, position?: Position) {
    super(`${message}; ${hint}`);
    this.position = position;
  }
}

const TYPE = wireStruct<WireRequirements>(REQUIREMENTS_FIELDS);
const HEAD = `apiVersion: ${REQUIREMENTS_VERSION} and kind: ${REQUIREMENTS_KIND}`;
const CORRECT = "correct it, or remove the file if no requirements are wanted";

/**
 * Reads a plugin requirements file: one document, YAML or JSON, with nothing in it that is unknown, repeated, empty or
 * unclear. A security setting that is only half understood must not be in force.
 *
 * @throws RequirementsFault for any other file
 */
export function decodeRequirements(data: Uint8Array, filepath: Filepath): PluginRequirements {
  const { data: text, line } = onlyDocument(data);
  const moved = (position: Position | undefined): Position | undefined =>
    position && { ...position, line: position.line + line - 1 };
  let document: WireDocument | undefined;
  try {
    document = readWireDocument(text);
    refuseRepeatedKeys(text, line);
    const { apiVersion, kind, plugins } = decodeJson(TYPE, document.value, {
      what: "a plugin requirements file",
      isStrict: true,
    });
    if (apiVersion !== REQUIREMENTS_VERSION || kind !== REQUIREMENTS_KIND) {
      throw new Unclear(
        [apiVersion === REQUIREMENTS_VERSION ? "kind" : "apiVersion"],
        "is no plugin requirements file of this version",
        `write ${HEAD}`,
      );
    }
    refuseNull(document.value, []);
    if (plugins === undefined) {
      throw new Unclear([], "has no plugins", "write plugins: [] if no plugin may run");
    }
    plugins.forEach((entry, index) => checkEntry(entry, ["plugins", index], filepath));
    return { plugins };
  } catch (error) {
    if (error instanceof Unclear) {
      throw new RequirementsFault(error.message, error.hint, moved(document?.locate(error.path)));
    }
    if (error instanceof DecodeError) {
      const hint = error.message.startsWith("unknown field") ? knownFields(error.path) : CORRECT;
      throw new RequirementsFault(
        error.message,
        hint,
        moved(document?.locate(error.path, "key") ?? document?.locate(error.path)),
      );
    }
    if (error instanceof YamlError) {
      throw new RequirementsFault(`yaml: ${error.reason}`, error.hint ?? CORRECT, moved(error.position));
    }
    if (error instanceof RefusedDocument) {
      throw new RequirementsFault(error.message, CORRECT);
    }
    throw error;
  }
}

/** Says which fields there are where an unknown one is. Signatures may come; until then nothing may rely on them. */
function knownFields(path: Path): string {
  const fields = path.length > 1 ? REQUIREMENT_FIELDS : REQUIREMENTS_FIELDS;
  const names = Object.values(fields).map(({ wire }) => wire);
  return `remove it, or write one of ${names.join(", ")}`;
}

/** A value that is of the right kind, but not clear. */
class Unclear extends Error {
  readonly path: Path;
  readonly hint: string;

  constructor(path: Path, message: string, hint: string) {
    super(path.length === 0 ? `the file ${message}` : `${formatPath(path)} ${message}`);
    this.path = path;
    this.hint = hint;
  }
}

function onlyDocument(data: Uint8Array): { readonly data: Uint8Array; readonly line: number } {
  try {
    const [first, second] = [...splitDocuments(data)].filter((document) => !isBlank(document));
    if (first === undefined) {
      throw new RequirementsFault(
        "the file is empty",
        `write ${HEAD}, or remove it if no requirements are wanted`,
      );
    }
    if (second !== undefined) {
      throw new RequirementsFault("the file has a second document", "put all entries into one", {
        line: second.line,
        column: 1,
      });
    }
    return first;
  } catch (error) {
    if (error instanceof SeparatorError) {
      throw new RequirementsFault(error.message, CORRECT, { line: error.line, column: 1 });
    }
    throw error;
  }
}

/** @param line - the number of the first line */
function refuseRepeatedKeys(text: Uint8Array, line: number): void {
  const [first] = isJsonText(text) ? [] : repeatedKeys(text);
  const found = first === undefined ? undefined : /^line (\d+): (.*)$/s.exec(first);
  if (found != null) {
    const [, number, message = ""] = found;
    throw new RequirementsFault(message, CORRECT, { line: Number(number) + line - 1, column: 1 });
  }
}

/** Refuses a value that is not there, as in `digest:`: null would be no condition. */
function refuseNull(value: WireValue, path: Path): void {
  if (value === null) {
    throw new Unclear(path, "is empty", "write a value, or remove the field");
  }
  const members: Iterable<readonly [string | number, WireValue]> = Array.isArray(value)
    ? (value as readonly WireValue[]).entries()
    : (membersOf(value) ?? []);
  for (const [step, member] of members) {
    refuseNull(member, [...path, step]);
  }
}

function checkEntry(
  { command, digest, args = [], env = [] }: PluginRequirement,
  path: Path,
  filepath: Filepath,
): void {
  const cleaned = filepath.clean(command);
  if (command === "") {
    throw new Unclear([...path], "has no command", "name the executable, best by its full path");
  }
  if (cleaned !== command) {
    throw new Unclear(
      [...path, "command"],
      `is not a normalized path: ${goQuote(command)}`,
      `write ${goQuote(cleaned)}`,
    );
  }
  if (digest?.length === 0) {
    throw new Unclear([...path, "digest"], "is empty", "write a digest, or remove the field");
  }
  digest?.forEach((text, index) => {
    if (!/^sha256:[0-9a-f]{64}$/.test(text)) {
      throw new Unclear(
        [...path, "digest"],
        `has ${digest.length === 1 ? "an invalid value" : `an invalid value, number ${index + 1}`}`,
        "write sha256: and the 64 lower-case hexadecimal digits that sha256sum prints",
      );
    }
  });
  const rest = args.indexOf("**");
  if (rest !== -1 && rest !== args.length - 1) {
    throw new Unclear(
      [...path, "args"],
      'has "**" before the end',
      'write "*" for one argument; "**" stands for all further ones, and must be the last',
    );
  }
  env.forEach((name, index) => {
    if (!/^[^=*\0]+$/.test(name)) {
      throw new Unclear(
        [...path, "env", index],
        `is not the name of a variable: ${goQuote(name)}`,
        "name each variable by itself, without its value and without patterns",
      );
    }
  });
}
