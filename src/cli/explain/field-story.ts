import type { EntrySection, Field } from "../../api/fields.ts";
import { SECTIONS } from "../../api/fields.ts";
import type { ConfigPath } from "../../clientcmd/origins.ts";
import { chosenEntry, chosenName } from "./chosen.ts";
import type { ExplainInputs } from "./explain-inputs.ts";
import { FIELDS, shownProperty } from "./shown-field.ts";
import { flagSteps, givenFlag, serverDefaults } from "./flag-steps.ts";
import { fileSteps } from "./file-steps.ts";
import { podStory } from "./pod.ts";
import type { Step, Story } from "./story.ts";

const NOT_BLENDED = "The first file that defines a name keeps the whole entry.";

/** A field of an entry. */
export interface FieldOf {
  readonly section: EntrySection;
  readonly name: string;
  readonly field: string;
}

/**
 * Explains the value of a field of an entry: the flags, if it is the effective entry; then the files; and the
 * environment and the default, for a server.
 *
 * @param all - whether to include files that do not set it
 */
export function fieldStory(facts: ExplainInputs, { section, name, field }: FieldOf, all: boolean): Story {
  const isChosen = name === chosenName(facts, section);
  const path = [section, name, field];
  const [key = field, row] = FIELDS[section].get(field) ?? [];
  const upper = isChosen ? flagSteps(facts, section, field) : [];
  const overridden = upper.some(({ status }) => status === "used");
  const files = fileSteps(facts, path, { overridden, all });
  const decided = overridden || files.some(({ status }) => status === "used");
  const lower = isChosen && field === "server" ? serverDefaults(facts, decided) : [];
  const entry = isChosen ? chosenEntry(facts, section) : entryOf(facts, section, name);
  const isSaidFalse = files.some((step) => step.status === "used" && step.value === "false");
  const value =
    shownProperty(section, field, entry && Reflect.get(entry, key)) ?? (isSaidFalse ? "false" : undefined);
  const steps = [...upper, ...files, ...lower];
  const rules = [...rulesOf(facts, path, steps, isChosen), ...pathRules(row, value, steps)];
  const story = { subject: name === "" ? field : path.join("."), value, steps, rules };
  return isChosen && facts.fromPod.connection && section !== "contexts"
    ? podStory(facts, field, story)
    : story;
}

/** Explains a value inside of a field: flags replace fields as a whole. */
export function nestedStory(
  facts: ExplainInputs,
  { section, name, field }: FieldOf,
  below: ConfigPath,
): Story {
  const path = [section, name, field, ...below];
  const upper = name === chosenName(facts, section) ? flagSteps(facts, section, field) : [];
  const given = upper.filter(({ status }) => status === "used");
  const steps = [...given, ...fileSteps(facts, path, { overridden: given.length > 0, all: true })];
  const value = steps.find(({ status }) => status === "used")?.value;
  return { subject: path.join("."), value, steps, rules: rulesOf(facts, path, steps, true) };
}

/** Explains the origin of an entry. Its fields have stories of their own. */
export function entryStory(facts: ExplainInputs, section: EntrySection, name: string): Story {
  const path = [section, name];
  const steps = fileSteps(facts, path, { overridden: false, all: true });
  const rules = steps.some(({ status }) => status === "shadowed") ? [NOT_BLENDED] : [];
  return { subject: path.join("."), value: undefined, steps, rules };
}

/** Explains the fields of an entry that are set, or would be without a flag. */
export function fieldStories(facts: ExplainInputs, section: EntrySection, name: string): readonly Story[] {
  return [...FIELDS[section].keys()]
    .map((field) => fieldStory(facts, { section, name, field }, false))
    .map(({ subject, value, steps, rules }) => ({
      subject,
      value,
      steps,
      rules: rules.filter((rule) => rule !== NOT_BLENDED),
    }))
    .filter(({ value, steps }) => value !== undefined || steps.some(({ status }) => status === "overridden"));
}

function pathRules(
  field: Field | undefined,
  value: string | undefined,
  steps: readonly Step[],
): readonly string[] {
  const used = steps.find(({ status }) => status === "used");
  const isMoved = field?.names === "file" && used?.source.kind === "file" && used.value !== value;
  return isMoved ? ["A relative path counts from the folder of its file."] : [];
}

function entryOf({ config }: ExplainInputs, section: EntrySection, name: string): object | undefined {
  return config[SECTIONS[section].property].get(name);
}

function rulesOf(
  facts: ExplainInputs,
  path: ConfigPath,
  steps: readonly Step[],
  isChosen: boolean,
): readonly string[] {
  const used = steps.find(({ status }) => status === "used")?.source;
  const [winner, ...others] = facts.origins.definitions(path.slice(0, 2));
  const rules: string[] = [];
  if (used?.kind === "flag" && steps.some(({ status }) => status === "overridden")) {
    rules.push("A flag goes before the files.");
  }
  if (winner !== undefined && others.length > 0 && used?.kind !== "flag") {
    rules.push(NOT_BLENDED);
  }
  const [section, , field] = path as readonly [EntrySection, string, string];
  if (!isChosen && givenFlag(facts, section, field) !== undefined) {
    rules.push("The flag does not count here: a client would use another entry.");
  }
  return rules;
}
