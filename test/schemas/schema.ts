import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ErrorObject } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { writeJson } from "../../src/go/json.ts";
import { readYaml } from "../../src/yaml/read.ts";
import { repositoryFolder } from "../support/run-bin.ts";

export function readFromRepository(path: string): string {
  return readFileSync(join(repositoryFolder, path), "utf8");
}

/** Whether a date is one of the calendar; the pattern beside the format sees to the rest. */
function isDateTime(text: string): boolean {
  const [date = "", time = ""] = text.split("T");
  const [hour = 24, minute = 60, second = 60] = time.slice(0, 8).split(":").map(Number);
  const noon = new Date(`${date}T12:00:00Z`);
  return (
    !Number.isNaN(noon.valueOf()) &&
    noon.toISOString().startsWith(date) &&
    hour < 24 &&
    minute < 60 &&
    second < 60
  );
}

/** Finds the faults of a value with a schema of the repository. Its path counts from the top. */
export function validatorOf(path: string): (value: unknown) => readonly ErrorObject[] {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, formats: { "date-time": isDateTime } });
  const validate = ajv.compile(JSON.parse(readFromRepository(path)) as object);
  return (value) => (validate(value) ? [] : (validate.errors ?? []));
}

/** The value that a YAML text stands for, in plain objects. */
export function valueOf(text: string): unknown {
  return JSON.parse(writeJson(readYaml(new TextEncoder().encode(text)).value, 0));
}

/** The properties of a schema that have no description, at any depth. */
export function undescribed(path: string): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown, place: string): void => {
    if (typeof value !== "object" || value === null) {
      return;
    }
    for (const [key, child] of Object.entries(value)) {
      const isField = place.endsWith("/properties") && !/\/(?:if|then|else|anyOf|allOf|not)\//.test(place);
      if (isField && !(child instanceof Object && "description" in child)) {
        found.push(`${place}/${key}`);
      }
      visit(child, `${place}/${key}`);
    }
  };
  visit(JSON.parse(readFromRepository(path)), "");
  return found;
}
