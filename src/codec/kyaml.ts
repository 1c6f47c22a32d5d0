import { formatGoFloat } from "./go-float.ts";
import type { JsonObject, JsonValue } from "./json-value.ts";
import { kyamlKey } from "./kyaml-key.ts";
import { kyamlString } from "./kyaml-string.ts";

/**
 * Writes a value as `kubectl -o kyaml` does: a `---` line, then braces and brackets with every string double quoted and keys
 * quoted only where YAML could take them for something else. Members keep the order of their Map; a newline ends the text.
 * Numbers keep their JSON spelling. Source: sigs.k8s.io/yaml `kyaml.Encoder`.
 */
export function writeKyaml(value: JsonValue): string {
  const open: Container[] = [];
  let out = "---\n";

  const write = (item: JsonValue, indent: number): void => {
    if (item === null || typeof item !== "object") {
      out += scalar(item, indent);
      return;
    }
    const container = openContainer(item, indent);
    out += container.start;
    open.push(container);
  };

  write(value, 0);
  for (let container = open.at(-1); container !== undefined; container = open.at(-1)) {
    const { members, next } = container;
    const member = members[next];
    if (next > 0) {
      out += next < members.length ? container.between : container.after;
    }
    if (member === undefined) {
      open.pop();
      out += container.end;
      continue;
    }
    container.next += 1;
    const [key, item] = member;
    out += key === undefined ? container.before : `${container.before}${kyamlKey(key)}: `;
    write(item, container.childIndent);
  }
  return `${out}\n`;
}

/** A list or an object that is being written. */
interface Container {
  readonly members: readonly (readonly [key: string | undefined, item: JsonValue])[];
  readonly childIndent: number;
  readonly start: string;
  readonly end: string;
  readonly before: string;
  readonly between: string;
  readonly after: string;
  next: number;
}

function openContainer(value: readonly JsonValue[] | JsonObject, indent: number): Container {
  const [open, close] = value instanceof Map ? ["{", "}"] : ["[", "]"];
  const members =
    value instanceof Map
      ? [...(value as JsonObject)]
      : (value as readonly JsonValue[]).map((item) => [undefined, item] as const);
  const cuddled =
    !(value instanceof Map) && members.every(([, item]) => item !== null && typeof item === "object");
  if (members.length === 0 || cuddled) {
    return {
      members,
      childIndent: indent,
      start: open,
      end: close,
      before: "",
      between: ", ",
      after: "",
      next: 0,
    };
  }
  return {
    members,
    childIndent: indent + 1,
    start: `${open}\n`,
    end: `${pad(indent)}${close}`,
    before: pad(indent + 1),
    between: ",\n",
    after: ",\n",
    next: 0,
  };
}

function scalar(value: null | boolean | number | bigint | string, indent: number): string {
  if (typeof value === "string") {
    return kyamlString(value, pad(indent + 1));
  }
  return typeof value === "number" ? formatGoFloat(value, "json") : String(value);
}

function pad(indent: number): string {
  return "  ".repeat(indent);
}
