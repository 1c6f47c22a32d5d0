import type { SourceNode } from "../yaml/source-tree.ts";
import { quote, shorten } from "./describe.ts";

/** The longest part of a string that is shown. */
const LONGEST = 40;

/** What a string is read as. */
export interface Surprise {
  readonly code: "yaml-not-text" | "yaml-surprise";
  readonly message: string;
  readonly hint?: string;
}

/** The booleans of YAML 1.2. All others are booleans to YAML 1.1 alone. */
const TRUE_OR_FALSE = /^(?:true|True|TRUE|false|False|FALSE)$/;
/** Numbers in base 60 of YAML 1.1, which go-yaml reads as strings. */
const SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
/** Timestamps of YAML 1.1, which go-yaml reads as strings here. */
const TIMESTAMP = /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d|$)/;
/** Numbers of YAML 1.2. go-yaml reads those beyond 64 bits as strings. */
const NUMBER = /^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[\da-fA-F]+)$/;
const NULL_WORD = /^(?:~|null|Null|NULL)$/;

/**
 * Finds the surprise in a scalar.
 *
 * @param shape - the expected shape
 */
export function surpriseInScalar(
  shape: "text" | "flag" | "bytes" | "free",
  { text, value }: SourceNode,
): Surprise | undefined {
  if (text === undefined || text === "") {
    return undefined;
  }
  switch (shape) {
    case "text":
      return surpriseInText(text, value);
    case "flag":
      return typeof value === "boolean" && !TRUE_OR_FALSE.test(text)
        ? {
            code: "yaml-surprise",
            message: `Unquoted ${text} is ${value} to kubectl, but a text to programs that read YAML 1.2, and most take any text for true.`,
            hint: `Write ${value}.`,
          }
        : undefined;
    case "free":
      return surpriseInFree(text, value);
    default:
      return undefined;
  }
}

/** Finds a surprise in a string. It may be a secret, so only a number or a reserved word of YAML is shown. */
function surpriseInText(text: string, value: unknown): Surprise | undefined {
  if (typeof value === "boolean") {
    return {
      code: "yaml-not-text",
      message: `Unquoted ${text} is the boolean ${value} in YAML 1.1, and kubectl wants a text here.`,
      hint: `Write "${text}".`,
    };
  }
  if (typeof value === "number" || typeof value === "bigint") {
    return {
      code: "yaml-not-text",
      message: "This is a number in YAML 1.1, and kubectl wants a text here.",
    };
  }
  if (NULL_WORD.test(text)) {
    return { code: "yaml-surprise", message: `Unquoted ${text} stands for nothing at all, not for a text.` };
  }
  if (SEXAGESIMAL.test(text)) {
    return {
      code: "yaml-surprise",
      message: "This is a text to kubectl, but a number in base 60 to other programs that read YAML 1.1.",
    };
  }
  return TIMESTAMP.test(text)
    ? { code: "yaml-surprise", message: "This is a text to kubectl, but a date to other programs." }
    : surpriseInNumber(text, value);
}

function surpriseInNumber(text: string, value: unknown): Surprise | undefined {
  return typeof value === "string" && NUMBER.test(text)
    ? { code: "yaml-surprise", message: "This is a text to kubectl, but a number to other programs." }
    : undefined;
}

/**
 * Finds a surprise in free data: kubectl writes the value it has read when it changes the file. Numbers of other
 * programs may be secrets.
 */
function surpriseInFree(text: string, value: unknown): Surprise | undefined {
  if (typeof value === "boolean") {
    return TRUE_OR_FALSE.test(text)
      ? undefined
      : {
          code: "yaml-surprise",
          message: `Unquoted ${text} is ${value} to kubectl, which will write it so when it changes the file.`,
        };
  }
  return (typeof value === "number" || typeof value === "bigint") && String(value) !== text
    ? {
        code: "yaml-surprise",
        message: "This is a number to kubectl, which will write it in another way when it changes the file.",
      }
    : surpriseInNumber(text, value);
}

/**
 * Finds a surprise in a key of a free mapping.
 *
 * @param written - undefined if it is quoted
 */
export function surpriseInKey(written: string | undefined, name: string): string | undefined {
  return written === undefined || written === name || written === "<<"
    ? undefined
    : `The unquoted key ${shorten(written, LONGEST)} is ${quote(shorten(name, LONGEST))} to kubectl, as YAML 1.1 has it.`;
}
