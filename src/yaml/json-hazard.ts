import { jsonString } from "../go/json.ts";
import type { JsonValue } from "../api/json-value.ts";

/**
 * Reports whether go-yaml v2 would refuse the JSON text of a value, or read another value from it.
 *
 * JSON is almost YAML. The differences are characters that YAML does not allow (DEL, most of U+0080 to U+009F, U+FFFE
 * and U+FFFF), the line break U+0085, which is folded to a space, keys too long to be followed by a colon, and nesting
 * too deep. May return true for a value that is close to the last two limits.
 */
export function isYamlHazard(value: JsonValue): boolean {
  const open: Iterator<JsonValue>[] = [[value].values()];
  for (let items = open.at(-1); items !== undefined; items = open.at(-1)) {
    const next = items.next();
    if (next.done === true) {
      open.pop();
      continue;
    }
    const item = next.value;
    if (typeof item === "string") {
      if (isTextHazard(item)) {
        return true;
      }
    } else if (item !== null && typeof item === "object") {
      if (open.length > SAFE_DEPTH) {
        return true;
      }
      if (item instanceof Map) {
        for (const key of item.keys() as Iterable<string>) {
          if (isTextHazard(key) || isLongKey(key)) {
            return true;
          }
        }
      }
      open.push(item.values());
    }
  }
  return false;
}

/** Reports whether one string, as JSON, is itself refused or changed. */
export function isTextHazard(text: string): boolean {
  return FORBIDDEN.test(text);
}

const FORBIDDEN = /[\x7f-\x9f\ufffe\uffff]/;

/** Nesting is allowed to a depth of 10,000. */
const SAFE_DEPTH = 9990;

/** A key and its quotes must end within 1024 characters of their start. An escape is six characters long. */
const SAFE_KEY = 1000;

function isLongKey(key: string): boolean {
  return key.length * 6 > SAFE_KEY && jsonString(key).length > SAFE_KEY;
}
