import type { ConfigPath, Statement } from "../../clientcmd/origins.ts";
import type { ExplainInputs } from "./explain-inputs.ts";
import { shownValue } from "./shown-field.ts";
import { quoteForSentence } from "../printable-text.ts";
import type { Step, StepStatus } from "./story.ts";

/** How the files are to be told of. */
export interface FileStepOptions {
  /** Whether a flag decides already. */
  readonly overridden: boolean;
  /** Whether to tell of files that say nothing, too. */
  readonly all: boolean;
  readonly note?: string;
}

/** Returns what each file says of a value, in the order in which they are asked. */
export function fileSteps(
  { origins }: ExplainInputs,
  path: ConfigPath,
  { overridden, all, note }: FileStepOptions,
): readonly Step[] {
  const statements = origins.statements(path);
  const steps = origins.files.map(({ file, config }): Step => {
    const statement = statements.find(({ source }) => source.file === file);
    const source = { kind: "file", name: file } as const;
    if (statement === undefined) {
      return config === undefined
        ? { source, status: "missing" }
        : { source, status: "not-set", note: absenceOf(path) };
    }
    const decides = statement === statements[0];
    return stepOf(statement, decides ? (overridden ? "overridden" : "used") : "shadowed", path, note);
  });
  return all ? steps : steps.filter(({ status }) => status !== "missing" && status !== "not-set");
}

function stepOf(
  { source: { file }, node }: Statement,
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
  // An entry is reported by its place alone.
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

/** Why a file says nothing of a value, if its entry is not there. */
function absenceOf([section = "", name]: ConfigPath): string | undefined {
  const noun = NOUNS[section];
  return noun === undefined || typeof name !== "string"
    ? undefined
    : `has no ${noun} ${quoteForSentence(name)}`;
}
