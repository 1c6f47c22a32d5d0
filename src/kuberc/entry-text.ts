import type { CommandOptionDefault } from "../api/preference.ts";
import type { Spelling } from "../codec/kuberc/versions.ts";
import { writeYaml } from "../yaml/write.ts";

/** A field of an alias or of a command's defaults. */
export type EntryField = readonly [
  key: string,
  value: string | readonly string[] | readonly CommandOptionDefault[],
];

/** The lines of a field, as YAML. */
export function fieldText([key, value]: EntryField, spelling: Spelling): readonly string[] {
  if (isText(value)) {
    return writeYaml(new Map([[key, value]]))
      .split("\n")
      .slice(0, -1);
  }
  return [
    `${key}:`,
    ...value.flatMap(({ name, default: text }) =>
      entryText(
        [
          [spelling.name, name],
          [spelling.default, text],
        ],
        spelling,
      ),
    ),
  ];
}

function isText(value: EntryField[1]): value is string | readonly string[] {
  return typeof value === "string" || value.every((item) => typeof item === "string");
}

/** The lines of an entry of a list; the first begins with `- `. */
export function entryText(fields: readonly EntryField[], spelling: Spelling): readonly string[] {
  return fields
    .flatMap((field) => fieldText(field, spelling))
    .map((line, i) => (line === "" ? "" : `${i === 0 ? "-" : " "} ${line}`));
}
