import type { Field, Visibility } from "../api/fields.ts";
import { PREFERENCES_FIELDS, SECTIONS, STRUCTS, visibilityOf } from "../api/fields.ts";

/** How a value of a kubeconfig may be shown. */
export type VisibilityRule = Visibility | FieldsOf | readonly [VisibilityRule];

/** The fields of a mapping; a list has one element, for all of its items. Anything not listed is secret. */
export interface FieldsOf {
  readonly [field: string]: VisibilityRule;
}

const EXTENSIONS: VisibilityRule = [{ name: "shown" }];

function visibilitiesOf(fields: Readonly<Record<string, Field>>): FieldsOf {
  return Object.fromEntries(Object.values(fields).map((field) => [field.wire, visibilityIn(field)]));
}

function visibilityIn(field: Field): VisibilityRule {
  switch (field.kind) {
    case "strings":
      return [visibilityOf(field)];
    case "environment":
      return [{ name: "shown", value: visibilityOf(field) }];
    case "extensions":
      return EXTENSIONS;
    case "authProvider":
    case "exec":
      return visibilitiesOf(STRUCTS[field.kind]);
    default:
      return visibilityOf(field);
  }
}

/**
 * What people may see of a kubeconfig: the fields known to hold no secret. Unknown fields, and the content of
 * extensions, may hold anything.
 */
export const FIELD_VISIBILITY: VisibilityRule = {
  apiVersion: "shown",
  kind: "shown",
  preferences: visibilitiesOf(PREFERENCES_FIELDS),
  ...Object.fromEntries(
    Object.entries(SECTIONS).map(([section, { entry, fields }]) => [
      section,
      [{ name: "shown", [entry]: visibilitiesOf(fields) }],
    ]),
  ),
  "current-context": "shown",
  extensions: EXTENSIONS,
};
