import type { Config } from "../../api/config.ts";
import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { SECTIONS } from "../../api/fields.ts";
import { writeYaml } from "../../yaml/write.ts";
import { configToV1 } from "./to-v1.ts";

/**
 * Writes a Config for a new file: as `encodeConfig`, but without nulls, on which other programs fail. A list without
 * entries is `[]`, and what a plugin or an auth-provider does not have is left out. kubectl reads both alike.
 */
export function encodeNewConfig(config: Config): string {
  const document = [...configToV1(config)].map(([key, value]) => [key, withoutNullsIn(key, value)] as const);
  return writeYaml(new Map(document));
}

function withoutNullsIn(key: string, value: JsonValue): JsonValue {
  if (!Object.hasOwn(SECTIONS, key)) {
    return value;
  }
  const { entry: field } = SECTIONS[key as keyof typeof SECTIONS];
  const elements = (value ?? []) as readonly JsonObject[];
  return elements.map(
    (element) => new Map([...element, [field, writtenEntry(element.get(field) as JsonObject)]]),
  );
}

/** Returns an entry without the nulls that kubectl writes for what is not set. Free-form values stay as they are. */
export function writtenEntry(entry: JsonObject): JsonObject {
  return new Map(
    [...entry].map(([key, value]) => [
      key,
      STRUCTS.has(key) && value instanceof Map ? withoutNulls(value as JsonObject) : value,
    ]),
  );
}

/** The fields that are written with nulls. */
const STRUCTS: ReadonlySet<string> = new Set(["exec", "auth-provider"]);

function withoutNulls(struct: JsonObject): JsonObject {
  return new Map([...struct].filter(([, value]) => value !== null));
}
