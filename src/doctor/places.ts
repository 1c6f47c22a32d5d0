import type { SourceNode } from "../yaml/source-tree.ts";
import type { EntryKind, ExaminedFile } from "./examination-input.ts";
import type { Place } from "./finding.ts";

/** Returns the place of a field of an entry; of its nearest known parent otherwise. */
export function entryPlace(
  { file, entries }: ExaminedFile,
  kind: EntryKind,
  name: string,
  ...path: readonly (string | number)[]
): Place {
  const named = entries[kind].get(name);
  let node: SourceNode | undefined = named?.entry;
  let position = (named?.element.fields.get("name") ?? named?.element)?.position;
  for (const step of path) {
    node = typeof step === "number" ? node?.items[step] : node?.fields.get(step);
    if (node === undefined) {
      break;
    }
    position = node.keyPosition ?? node.position;
  }
  return { file, position };
}
