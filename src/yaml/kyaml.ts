import { formatGoFloat } from "../go/float.ts";
import { writeJson } from "../go/json.ts";
import type { JsonObject, JsonValue } from "../api/json-value.ts";
import { kyamlKey } from "./kyaml-key.ts";
import { kyamlString } from "./kyaml-string.ts";
import { isTextHazard, isYamlHazard } from "./json-hazard.ts";
import { readYaml } from "./read.ts";
import { TextBuilder } from "./text-builder.ts";

/**
 * Writes a value as `kubectl -o kyaml` does: a `---` line, then braces and brackets with every string double quoted and keys
 * quoted only where YAML could take them for something else. Members keep the order of their Map; a newline ends the text.
 * Numbers keep their JSON spelling. Source: sigs.k8s.io/yaml `kyaml.Encoder`, which reads the JSON text as YAML first.
 *
 * @throws YamlError if the JSON text is not YAML. kubectl puts `error decoding: ` before the reason.
 */
export function writeKyaml(value: JsonValue): string {
  if (isYamlHazard(value)) {
    readYaml(writeJson(value));
  }
  const open: Container[] = [];
  const out = new TextBuilder();
  out.add("---\n");
  let item: JsonValue = value;
  let indent = 0;
  for (;;) {
    if (item === null || typeof item !== "object") {
      out.add(scalarText(item, indent));
    } else {
      const container = openContainer(item, indent);
      out.add(container.start);
      open.push(container);
    }
    let container = open.at(-1);
    while (container !== undefined && container.next === container.items.length) {
      out.add(container.end);
      open.pop();
      container = open.at(-1);
    }
    if (container === undefined) {
      out.add("\n");
      return out.toString();
    }
    const key = container.keys?.[container.next];
    out.add(container.next > 0 ? container.between : container.first);
    if (key !== undefined) {
      out.add(kyamlKey(key));
      out.add(": ");
    }
    item = container.items[container.next] ?? null;
    indent = container.childIndent;
    container.next += 1;
  }
}

/** A list or an object that is being written. */
interface Container {
  readonly keys: readonly string[] | undefined;
  readonly items: readonly JsonValue[];
  readonly childIndent: number;
  readonly start: string;
  /** Before the first item. */
  readonly first: string;
  readonly between: string;
  readonly end: string;
  next: number;
}

function openContainer(value: readonly JsonValue[] | JsonObject, indent: number): Container {
  const keys = value instanceof Map ? [...(value as JsonObject).keys()] : undefined;
  const items = [...(value.values() as Iterable<JsonValue>)];
  const [start, end] = keys === undefined ? ["[", "]"] : ["{", "}"];
  if (items.length === 0 || (keys === undefined && items.every(isContainer))) {
    return { keys, items, childIndent: indent, start, first: "", between: ", ", end, next: 0 };
  }
  const line = `\n${pad(indent + 1)}`;
  return {
    keys,
    items,
    childIndent: indent + 1,
    start,
    first: line,
    between: `,${line}`,
    end: `,\n${pad(indent)}${end}`,
    next: 0,
  };
}

function isContainer(value: JsonValue): boolean {
  return value !== null && typeof value === "object";
}

function scalarText(value: null | boolean | number | bigint | string, indent: number): string {
  if (typeof value === "string") {
    return kyamlString(isTextHazard(value) ? asRead(value) : value, pad(indent + 1));
  }
  return typeof value === "number" ? formatGoFloat(value, "json") : String(value);
}

/** Returns a string as YAML reads its JSON text: U+0085 is a line break there, which is folded to a space. */
function asRead(text: string): string {
  const read = readYaml(writeJson(text)).value;
  return typeof read === "string" ? read : text;
}

function pad(indent: number): string {
  return "  ".repeat(indent);
}
