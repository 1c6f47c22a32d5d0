import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { describeMoment } from "../../doctor/describe.ts";
import type { ContextFacts } from "./context-facts.ts";

/** The document of `get-contexts -o json` and `yaml`. */
export function contextsDocument(contexts: readonly ContextFacts[]): JsonObject {
  return new Map([["contexts", contexts.map(contextDocument)]]);
}

function contextDocument({ certificateExpires, plugin, ...facts }: ContextFacts): JsonObject {
  return new Map<string, JsonValue>([
    ...Object.entries(facts),
    ...(plugin === "" ? [] : [["plugin", plugin] as const]),
    ...(certificateExpires === undefined
      ? []
      : [["certificateExpires", describeMoment(certificateExpires)] as const]),
  ]);
}

/** The columns of `get-contexts -o wide` after those of kubectl. */
export const WIDE_HEADERS: readonly string[] = ["SERVER", "AUTH", "EXPIRES", "ORIGIN"];

/** Returns the cells of these columns. */
export function wideCells({
  server,
  auth,
  plugin,
  certificateExpires,
  file,
  line,
}: ContextFacts): readonly string[] {
  const kinds = auth.map((kind) => (kind === "exec" ? `exec:${plugin}` : kind));
  const expires = certificateExpires === undefined ? "" : describeMoment(certificateExpires);
  return [server, kinds.join(","), expires, `${file}:${line}`];
}
