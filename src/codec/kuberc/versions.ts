import type { AllowlistEntry } from "../../api/plugin-policy.ts";
import type {
  AliasOverride,
  CommandDefaults,
  CommandOptionDefault,
  Preference,
} from "../../api/preference.ts";
import { RefusedDocument } from "./refused-document.ts";
import type { Shape, Variable } from "./struct-decoder.ts";
import { ListVariable, listOf, STRING, StringVariable, struct, StructVariable } from "./struct-decoder.ts";
import { INTERNAL_VERSION } from "./kuberc-type-meta.ts";

/** How one version of kuberc spells its fields. */
export interface Spelling {
  readonly defaults: string;
  readonly aliases: string;
  /** The two fields that v1alpha1 does not have. */
  readonly policy?: string;
  readonly allowlist?: string;
  /** The fields of an entry of the allowlist that hold its command, the first that is set counting. */
  readonly entry: readonly string[];
  readonly name: string;
  readonly command: string;
  readonly prependArgs: string;
  readonly appendArgs: string;
  readonly options: string;
  readonly default: string;
}

const V1BETA1: Spelling = {
  defaults: "defaults",
  aliases: "aliases",
  policy: "credentialPluginPolicy",
  allowlist: "credentialPluginAllowlist",
  entry: ["command", "name"],
  name: "name",
  command: "command",
  prependArgs: "prependArgs",
  appendArgs: "appendArgs",
  options: "options",
  default: "default",
};

const V1ALPHA1: Spelling = {
  defaults: "overrides",
  aliases: "aliases",
  entry: [],
  name: "name",
  command: "command",
  prependArgs: "prependArgs",
  appendArgs: "appendArgs",
  options: "flags",
  default: "default",
};

/** Go's own names, because the internal type has no JSON names. */
const INTERNAL: Spelling = {
  defaults: "Defaults",
  aliases: "Aliases",
  policy: "CredentialPluginPolicy",
  allowlist: "CredentialPluginAllowlist",
  entry: ["Command"],
  name: "Name",
  command: "Command",
  prependArgs: "PrependArgs",
  appendArgs: "AppendArgs",
  options: "Options",
  default: "Default",
};

/** How a version spells its fields; v1beta1 for one that is not known. */
export function spellingOf(version: string): Spelling {
  return version === "v1alpha1" ? V1ALPHA1 : version === INTERNAL_VERSION ? INTERNAL : V1BETA1;
}

/** The Go type of a whole document. */
export function shapeOf(spelling: Spelling): Shape {
  const strings = listOf(STRING);
  const options = listOf(struct({ [spelling.name]: STRING, [spelling.default]: STRING }));
  const { policy, allowlist } = spelling;
  return struct({
    apiVersion: STRING,
    kind: STRING,
    [spelling.defaults]: listOf(struct({ [spelling.command]: STRING, [spelling.options]: options })),
    [spelling.aliases]: listOf(
      struct({
        [spelling.name]: STRING,
        [spelling.command]: STRING,
        [spelling.prependArgs]: strings,
        [spelling.appendArgs]: strings,
        [spelling.options]: options,
      }),
    ),
    ...(policy !== undefined && { [policy]: STRING }),
    ...(allowlist !== undefined && {
      [allowlist]: listOf(struct(Object.fromEntries(spelling.entry.map((field) => [field, STRING])))),
    }),
  });
}

/** Both `name` and `command` of one entry of the allowlist are set, and differ. */
export class EntryConflict extends RefusedDocument {
  override readonly name = "EntryConflict";

  constructor() {
    super(
      "both `Name` and `Command` were supplied with different values. `Name` is deprecated, use `Command` instead",
    );
  }
}

/**
 * Turns a decoded document into kubectl's internal type. kubectl's conversions.
 *
 * @throws EntryConflict
 */
export function preferenceOf(document: Variable, spelling: Spelling): Preference {
  return {
    defaults: elements(document, spelling.defaults).map((element): CommandDefaults => ({
      command: text(element, spelling.command),
      options: optionsOf(element, spelling),
    })),
    aliases: elements(document, spelling.aliases).map((element): AliasOverride => ({
      name: text(element, spelling.name),
      command: text(element, spelling.command),
      prependArgs: elements(element, spelling.prependArgs).map(textOf),
      appendArgs: elements(element, spelling.appendArgs).map(textOf),
      options: optionsOf(element, spelling),
    })),
    pluginPolicy: {
      policyType: text(document, spelling.policy),
      allowlist: list(document, spelling.allowlist)?.map((element) => entryOf(element, spelling)),
    },
  };
}

function entryOf(element: Variable, spelling: Spelling): AllowlistEntry {
  const given = spelling.entry.map((name) => text(element, name)).filter((command) => command !== "");
  if (new Set(given).size > 1) {
    throw new EntryConflict();
  }
  return { command: given[0] ?? "" };
}

function optionsOf(element: Variable, spelling: Spelling): readonly CommandOptionDefault[] {
  return elements(element, spelling.options).map((option) => ({
    name: text(option, spelling.name),
    default: text(option, spelling.default),
  }));
}

function fieldOf(variable: Variable, name: string | undefined): Variable | undefined {
  return name !== undefined && variable instanceof StructVariable ? variable.fields.get(name) : undefined;
}

function list(variable: Variable, name: string | undefined): readonly Variable[] | undefined {
  const found = fieldOf(variable, name);
  return found instanceof ListVariable ? found.elements : undefined;
}

function elements(variable: Variable, name: string): readonly Variable[] {
  return list(variable, name) ?? [];
}

function text(variable: Variable, name: string | undefined): string {
  const found = fieldOf(variable, name);
  return found === undefined ? "" : textOf(found);
}

function textOf(variable: Variable): string {
  return variable instanceof StringVariable ? variable.text : "";
}
