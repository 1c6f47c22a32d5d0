import type { ConfigPath, ValueDefinition } from "../../clientcmd/origins.ts";
import type { ExplainInputs } from "./explain-inputs.ts";
import { shownValue } from "./shown-field.ts";
import { quoteForSentence } from "../../go/printable-text.ts";
import type { Step, StepStatus } from "./story.ts";

/** Options of {@link fileSteps}. */
export interface FileStepOptions {
  /** Whether a flag takes precedence. */
  readonly overridden: boolean;
  /** Whether to include files that do not set the value. */
  readonly all: boolean;
  readonly note?: string;
}

/** Returns the definitions of a value in each file, by precedence. */
export function fileSteps(
  { origins }: ExplainInputs,
  path: ConfigPath,
  { overridden, all, note }: FileStepOptions,
): readonly Step[] {
  const definitions = origins.definitions(path);
  const steps = origins.files.map(({ file, config }): Step => {
    const statement = definitions.find(({ source }) => source.file === file);
    const source = { kind: "file", name: file } as const;
    if (statement === undefined) {
      return config === undefined
        ? { source, status: "missing" }
        : { source, status: "not-set", note: absenceOf(path) };
    }
    const decides = statement === definitions[0];
    return stepOf(statement, decides ? (overridden ? "overridden" : "used") : "shadowed", path, note);
  });
  return all ? steps : steps.filter(({ status }) => status !== "missing" && status !== "not-set");
}

function stepOf(
  { source: { file }, node }: ValueDefinition,
  status: StepStatus,
  path: ConfigPath,
  note: string | undefined,
): Step {
  if (node === undefined) {
    return { source: { kind: "file", name: file }, status: "not-set" };
  }
  const source = { kind: "file", name: file, position: node.keyPosition ?? node.position } as const;
  if (path.length > 2 && (node.value === null || node.value === "")) {
    return { source, status: "not-set", note: "empty" };
  }
  // An entry is shown by its place alone.
  return { source, status, value: isEntry(path) ? undefined : shownValue(path, node.value), note };
}

function isEntry([section, ...rest]: ConfigPath): boolean {
  return rest.length === 1 && section !== "preferences";
}

const NOUNS: Readonly<Record<string, string>> = {
  clusters: "cluster",
  users: "user",
  contexts: "context",
  extensions: "extension",
};

/** Returns why a file does not define a value, if its entry is missing. */
function absenceOf([section = "", name]: ConfigPath): string | undefined {
  const noun = NOUNS[section];
  return noun === undefined || typeof name !== "string"
    ? undefined
    : `has no ${noun} ${quoteForSentence(name)}`;
}
