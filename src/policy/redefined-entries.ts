import { isDeepStrictEqual } from "node:util";
import type { Config } from "../api/config.ts";
import type { EntrySection, Field } from "../api/fields.ts";
import { SECTIONS } from "../api/fields.ts";
import type { Hazard } from "./hazard.ts";

const SECTION_OF = { cluster: "clusters", user: "users", context: "contexts" } as const satisfies Record<
  Hazard["kind"],
  EntrySection
>;

/** Yields a hazard for each existing entry that is replaced, with the names of the fields that change. */
export function* redefinedEntries(
  before: Config,
  after: Config,
  replaced: Iterable<Pick<Hazard, "kind" | "name">>,
): Generator<Hazard> {
  for (const { kind, name } of replaced) {
    const { property, fields } = SECTIONS[SECTION_OF[kind]];
    const [old, wanted] = [before[property].get(name), after[property].get(name)];
    if (old !== undefined && wanted !== undefined) {
      const changed = changedFields(old, wanted, fields);
      const detail = `differs from yours in ${changed.join(", ")}`;
      yield { code: "redefined-entry", kind, name, field: changed.slice(0, 1), detail };
    }
  }
}

function changedFields(
  before: object,
  after: object,
  fields: Readonly<Record<string, Field>>,
): readonly string[] {
  return Object.entries(fields)
    .filter(
      ([key]) =>
        !isDeepStrictEqual(comparable(Reflect.get(before, key)), comparable(Reflect.get(after, key))),
    )
    .map(([, { wire }]) => wire);
}

function comparable(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value) : value;
}
