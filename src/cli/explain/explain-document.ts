import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { reportError } from "../report-error.ts";
import type { Explanation, Step, Story } from "./story.ts";

/** Converts an explanation to the document that `docs/origins.md` describes. */
export function explanationDocument({ stories, fault }: Explanation): JsonObject {
  return new Map<string, JsonValue>([
    ["stories", stories.map(storyDocument)],
    ["error", fault === undefined ? null : reportError(fault, { asKubectl: false }).trimEnd()],
  ]);
}

function storyDocument({ subject, value, steps, rules }: Story): JsonObject {
  return new Map<string, JsonValue>([
    ["subject", subject],
    ["value", value ?? null],
    ["steps", steps.map(stepDocument)],
    ["rules", rules],
  ]);
}

function stepDocument({ source: { kind, name, position }, status, value, note }: Step): JsonObject {
  const fields: readonly (readonly [string, JsonValue | undefined])[] = [
    ["source", kind],
    [kind === "file" || kind === "pod" ? "file" : "name", name === "" ? undefined : name],
    ["line", position?.line],
    ["column", position?.column],
    ["status", status],
    ["value", value],
    ["note", note],
  ];
  return new Map(fields.flatMap(([key, each]) => (each === undefined ? [] : [[key, each] as const])));
}
