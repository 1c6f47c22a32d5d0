import type { SourceNode, Tagged } from "../yaml/source-tree.ts";
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
  { text, tagged, value }: SourceNode,
): Surprise | undefined {
  if (tagged !== undefined) {
    return surpriseInTagged(tagged, value);
  }
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
      return surpriseInNumber(text, value);
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

/** The tags of YAML itself. kubectl reads a scalar with any other tag as a string. */
const TAGS = "tag:yaml.org,2002:";
const INTEGER_TO_ALL = /^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+)$/;
const FLOAT_TO_ALL = /^[-+]?(?:\.\d+|\d+\.\d*|(?:\.\d+|\d+(?:\.\d*)?)[eE][-+]?\d+)$/;

function surpriseInTagged({ tag, text }: Tagged, value: unknown): Surprise | undefined {
  const message = messageForTag(tag, text, value);
  return message === undefined ? undefined : { code: "yaml-surprise", message, hint: "Leave the tag out." };
}

function messageForTag(tag: string, text: string, value: unknown): string | undefined {
  const isNumber = typeof value === "number" || typeof value === "bigint";
  const isSameNumber = isNumber && Number(text) === Number(value);
  switch (tag) {
    case `${TAGS}bool`:
      return TRUE_OR_FALSE.test(text)
        ? undefined
        : `With its tag !!bool, ${text} is ${String(value)} to kubectl, but a text to programs that read YAML 1.2.`;
    case `${TAGS}int`:
      return isSameNumber && INTEGER_TO_ALL.test(text)
        ? undefined
        : "With its tag !!int this is another number to kubectl than to programs that read YAML 1.2.";
    case `${TAGS}float`:
      return isSameNumber && FLOAT_TO_ALL.test(text)
        ? undefined
        : "With its tag !!float this is a number to kubectl, but not to all programs that read YAML 1.2.";
    case `${TAGS}binary`:
      return "With its tag !!binary this is to kubectl the text that its base64 stands for, but bytes to other programs.";
    case `${TAGS}timestamp`:
      return "With its tag !!timestamp this is a text to kubectl, but a date to other programs.";
    case `${TAGS}merge`:
      return "With its tag !!merge this is a text to kubectl, but no value to other programs.";
    default:
      return undefined;
  }
}

/** Reports a set and an ordered mapping, which are a mapping and a list to kubectl. No other tag of a collection changes its value. */
export function surpriseInCollection({ tagged }: SourceNode): string | undefined {
  const [, name, what] = tagged === undefined ? [] : (COLLECTIONS.find(([tag]) => tagged.tag === tag) ?? []);
  return name && `With its tag ${name} this is ${what} to kubectl, but not to other programs.`;
}

const COLLECTIONS = [
  [`${TAGS}set`, "!!set", "a mapping"],
  [`${TAGS}omap`, "!!omap", "a list"],
] as const;

/**
 * Finds a surprise in a key of a free mapping.
 *
 * @param written - undefined if it is quoted, or read as it is written
 */
export function surpriseInKey(written: SourceNode["oddKey"], name: string): string | undefined {
  if (written?.text === undefined) {
    return undefined;
  }
  const { tag, text } = written;
  const shown = `${shorten(text, LONGEST)} is ${quote(shorten(name, LONGEST))}`;
  if (tag === undefined) {
    return `The unquoted key ${shown} to kubectl, as YAML 1.1 has it.`;
  }
  return SURPRISING_KEY_TAG.test(tag)
    ? `With its tag the key ${shown} to kubectl, as YAML 1.1 has it.`
    : undefined;
}

/** With any other tag a key is the string that is written. */
const SURPRISING_KEY_TAG = /^tag:yaml\.org,2002:(?:binary|bool|float|int|timestamp)$/;
