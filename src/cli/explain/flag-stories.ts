import type { Facts } from "./explain-inputs.ts";
import { chosenName } from "./chosen.ts";
import { fieldStory } from "./field-story.ts";
import { FIELDS } from "./shown-field.ts";
import type { Story } from "./story.ts";

/** Fields that the story of a connection tells in any case, or not at all. */
const TOLD: ReadonlySet<string> = new Set(
  (
    "server token username password client-certificate client-certificate-data client-key client-key-data " +
    "extensions"
  ).split(" "),
);

/** The other fields of the cluster and the user that flags change, and whom to act as. */
export function connectionFlagStories(facts: Facts): readonly Story[] {
  return (["clusters", "users"] as const).flatMap((section) => {
    const name = chosenName(facts, section);
    return [...FIELDS[section].keys()]
      .filter((field) => !TOLD.has(field))
      .map((field) => ({ field, story: fieldStory(facts, { section, name, field }, false) }))
      .filter(({ field, story }) =>
        story.value !== undefined && field === "as" ? true : isChangedByFlag(story),
      )
      .map(({ field, story: { value, steps, rules } }) => ({ subject: field, value, steps, rules }));
  });
}

function isChangedByFlag({ steps }: Story): boolean {
  return (
    steps.some(({ source, status }) => source.kind === "flag" && status === "used") &&
    steps.some(({ status, value }) => value !== undefined || status === "overridden")
  );
}
