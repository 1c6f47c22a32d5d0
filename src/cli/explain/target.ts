import type { Config } from "../../api/config.ts";
import type { EntrySection } from "../../api/fields.ts";
import { SECTIONS } from "../../api/fields.ts";
import { propertiesOf } from "../../clientcmd/edits/property-path.ts";
import type { ConfigPath } from "../../clientcmd/origins.ts";
import { goQuote } from "../../go/quote.ts";
import { FIELDS } from "./shown-field.ts";
import { suggestNames } from "./near-names.ts";

/** A part of the effective configuration; `connection` is all of it. */
export type EffectiveKind = "connection" | (typeof WORDS)[number];

/** What to explain. */
export type Target =
  | { readonly kind: EffectiveKind }
  | { readonly kind: "entry"; readonly section: EntrySection; readonly name: string }
  | {
      readonly kind: "field";
      readonly section: EntrySection;
      readonly name: string;
      readonly field: string;
      /** The path inside of the field. */
      readonly below: ConfigPath;
    }
  /** What clients ignore: preferences and extensions. */
  | { readonly kind: "other"; readonly path: ConfigPath };

const WORDS = [
  "files",
  "context",
  "cluster",
  "server",
  "user",
  "credential",
  "namespace",
  "current-context",
] as const;

/**
 * Parses the argument of `kcfg explain`.
 *
 * @throws Error if there is no such thing, with the names of those that exist
 */
export function readTarget(text: string, config: Config): Target {
  const word = WORDS.find((each) => each === text);
  if (word !== undefined) {
    return { kind: word };
  }
  const [first = "", ...rest] = text.split(".");
  switch (first) {
    case "":
      return { kind: "connection" };
    case "clusters":
      return readEntry(first, rest, config.clusters);
    case "users":
      return readEntry(first, rest, config.authInfos);
    case "contexts":
      return readEntry(first, rest, config.contexts);
    case "extensions":
      return readExtension([first], rest, config.extensions);
    case "preferences":
      return readPreference(rest, config);
    default:
      throw new Error(
        `there is no ${goQuote(text)} to explain${suggestNames(first, [...WORDS, ...Object.keys(FIELDS)])}`,
      );
  }
}

/**
 * Parses the name of an entry: up to the first word that is a field, as in `kcfg set`; or else the longest existing
 * one.
 */
function readEntry(
  section: EntrySection,
  words: readonly string[],
  entries: ReadonlyMap<string, unknown>,
): Target {
  const noun = SECTIONS[section].entry;
  const properties = propertiesOf(section);
  if (words.length === 0) {
    throw new Error(`which ${noun}? say ${section}.NAME${suggestNames("", entries.keys())}`);
  }
  const lengths = words.map((_word, i) => words.length - i);
  const known = words.slice(1).findIndex((word) => properties.has(word));
  const wanted = known === -1 ? words.length : known + 1;
  const length = [wanted, ...lengths].find((each) => entries.has(words.slice(0, each).join(".")));
  if (length === undefined) {
    const name = words.slice(0, wanted).join(".");
    throw new Error(`there is no ${noun} ${goQuote(name)}${suggestNames(name, entries.keys())}`);
  }
  const name = words.slice(0, length).join(".");
  const [word, ...below] = words.slice(length);
  if (word === undefined) {
    return { kind: "entry", section, name };
  }
  // A file has `as` where users set `act-as`.
  const field = properties.get(word)?.[1].wire ?? word;
  if (!FIELDS[section].has(field)) {
    throw new Error(`a ${noun} has no field ${goQuote(word)}${suggestNames(word, FIELDS[section].keys())}`);
  }
  return { kind: "field", section, name, field, below: readBelow(field, below) };
}

/**
 * Parses the path inside of a field. The name of an extension may hold dots, and nothing inside of one is explained.
 */
function readBelow(field: string, words: readonly string[]): ConfigPath {
  if (field === "extensions") {
    return words.length === 0 ? [] : [words.join(".")];
  }
  return words.map((word) => (/^\d{1,9}$/.test(word) ? Number(word) : word));
}

function readPreference([word, ...rest]: readonly string[], { preferences }: Config): Target {
  if (word === "colors" && rest.length === 0) {
    return { kind: "other", path: ["preferences", "colors"] };
  }
  if (word === "extensions") {
    return readExtension(["preferences", "extensions"], rest, preferences.extensions);
  }
  throw new Error("of the preferences there are preferences.colors and preferences.extensions.NAME");
}

function readExtension(
  path: ConfigPath,
  words: readonly string[],
  extensions: ReadonlyMap<string, unknown>,
): Target {
  const name = words.join(".");
  if (!extensions.has(name)) {
    throw new Error(`there is no extension ${goQuote(name)}${suggestNames(name, extensions.keys())}`);
  }
  return { kind: "other", path: [...path, name] };
}
