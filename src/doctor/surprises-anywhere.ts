import type { Position } from "../api/position.ts";
import type { JsonObject, JsonValue } from "../api/json-value.ts";
import { decodeInput } from "../yaml/input.ts";
import { positionAt } from "../yaml/position-at.ts";
import type { SourceNode } from "../yaml/source-tree.ts";
import { readSourceTree } from "../yaml/source-tree.ts";
import { quote, shorten } from "./describe.ts";
import type { RawText } from "./raw-text.ts";
import { surpriseInCollection } from "./surprises.ts";

/** A surprise that does not depend on what is wanted at its place. */
export interface PlacedSurprise {
  readonly position: Position;
  readonly message: string;
  readonly hint: string;
}

const LONGEST = 40;

/** Yields the surprises of YAML 1.1 that any key, collection or line break may hold. */
export function* surprisesAnywhere(
  root: SourceNode,
  data: Uint8Array,
  raw: RawText,
): Generator<PlacedSurprise> {
  // Most files have neither a question mark nor a tag.
  for (const [name, node] of raw.hasQuestionOrTag ? nodesBelow(root) : []) {
    const { keyPosition, position } = node;
    if (keyPosition !== undefined && raw.isBehindQuestion(keyPosition)) {
      yield {
        position: keyPosition,
        message: `The key is ${quote(shorten(name, LONGEST))} to kubectl, but the ? in front of it belongs to it where YAML 1.2 is read.`,
        hint: "Write a space behind the ?, or quote the key.",
      };
    }
    const message = surpriseInCollection(node);
    if (message !== undefined) {
      yield { position, message, hint: "Leave the tag out." };
    }
  }
  const position = surprisingBreak(root, data);
  if (position !== undefined) {
    yield {
      position,
      message:
        "A line ends here for kubectl, as YAML 1.1 has it; where YAML 1.2 is read this is a character like others.",
      hint: "Write a plain line feed, or an escape such as \\N, \\L or \\P in double quotes.",
    };
  }
}

/** Yields every node with the name that it has in its mapping, from top to bottom; the target of aliases once. */
function* nodesBelow(root: SourceNode): Generator<readonly [name: string, node: SourceNode]> {
  const seen = new Set<unknown>();
  const pending: (readonly [string, SourceNode])[] = [["", root]];
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    yield entry;
    const [, { fields, items }] = entry;
    const content = fields.size > 0 ? fields : items;
    if (!seen.has(content)) {
      seen.add(content);
      const children = fields.size > 0 ? [...fields] : items.map((item) => ["", item] as const);
      pending.push(...children.toReversed());
    }
  }
}

const BREAKS = ["\u0085", "\u2028", "\u2029"] as const;
const FIRST_PRIVATE = 0xe000;
const LAST_PRIVATE = 0xf8ff;

/** Returns the place of the first line break that YAML 1.2 does not know, if one of them changes what is read. */
function surprisingBreak(root: SourceNode, data: Uint8Array): Position | undefined {
  const { text } = decodeInput(data);
  const first = text.search(/[\u0085\u2028\u2029]/);
  if (first === -1) {
    return undefined;
  }
  const stands = unusedCharacters(text, BREAKS.length);
  const plain = BREAKS.reduce((result, ending, at) => result.replaceAll(ending, stands[at] ?? ""), text);
  const back = (name: string): string =>
    BREAKS.reduce((result, ending, at) => result.replaceAll(stands[at] ?? ending, ending), name);
  return isRead(plain, root.value, back) ? undefined : positionAt(text, first);
}

/** Returns characters of private use that a string does not hold: no version of YAML gives them a meaning. */
function unusedCharacters(text: string, count: number): readonly string[] {
  const unused: string[] = [];
  for (let code = FIRST_PRIVATE; code <= LAST_PRIVATE && unused.length < count; code++) {
    const character = String.fromCharCode(code);
    if (!text.includes(character)) {
      unused.push(character);
    }
  }
  return unused;
}

/** Reports whether a document has a value, once its strings have been put back. */
function isRead(text: string, wanted: JsonValue, back: (name: string) => string): boolean {
  let read: JsonValue;
  try {
    read = readSourceTree(text)?.value ?? null;
  } catch {
    return false;
  }
  // No recursion: there is no end to how deep the data of other programs may nest.
  const pending: (readonly [JsonValue | undefined, JsonValue | undefined])[] = [[wanted, read]];
  const seen = new Set<JsonValue | undefined>();
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [one, other] = pair;
    if (typeof one !== "object" || one === null) {
      if (one !== (typeof other === "string" ? back(other) : other)) {
        return false;
      }
    } else if (!seen.has(one)) {
      seen.add(one);
      const [ours, theirs] = [partsOf(one), partsOf(other)];
      const named = new Map(Array.from(theirs ?? [], ([name, part]) => [back(name), part]));
      if (ours?.length !== theirs?.length || Array.isArray(one) !== Array.isArray(other)) {
        return false;
      }
      for (const [name, part] of ours ?? []) {
        pending.push([part, named.get(name)]);
      }
    }
  }
  return true;
}

/** Returns the entries of a mapping or a list by name; undefined for anything else. */
function partsOf(
  value: JsonValue | undefined,
): readonly (readonly [name: string, part: JsonValue])[] | undefined {
  if (value instanceof Map) {
    return [...(value as JsonObject)];
  }
  return Array.isArray(value)
    ? (value as readonly JsonValue[]).map((part, at) => [String(at), part])
    : undefined;
}
