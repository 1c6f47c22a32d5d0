import { readdirSync } from "node:fs";
import { join } from "node:path";
import { repositoryFolder } from "../support/run-bin.ts";
import { readFromRepository, undescribed, validatorOf, valueOf } from "./schema.ts";

const examples = readdirSync(join(repositoryFolder, "examples")).filter((name) => name.endsWith(".yaml"));
const schemas = readdirSync(join(repositoryFolder, "schemas"));

describe("every example", () => {
  test.each(examples)(
    "%s names in its first line the schema that editors check it with, and is valid",
    (name) => {
      const text = readFromRepository(`examples/${name}`);
      const [, schema = ""] = /^# yaml-language-server: \$schema=\.\.\/(schemas\/\S+)\n/.exec(text) ?? [];
      expect(validatorOf(schema)(valueOf(text))).toEqual([]);
    },
  );

  test("is of one of these", () => {
    const [kinds, wanted] = [examples.map((name) => name.replace(/\.yaml$/, "")), ["kuberc", "team"]];
    expect(kinds).toEqual(
      expect.arrayContaining([...wanted, "exec-credential-input", "exec-credential-output"]),
    );
  });
});

describe.each(schemas)("%s", (name) => {
  const schema = JSON.parse(readFromRepository(`schemas/${name}`)) as Readonly<Record<string, unknown>>;

  test("is of draft 2020-12, and has a name, a title and a description", () => {
    expect(schema).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: `urn:kcfg:schema:${name.replace(/\.schema\.json$/, "")}`,
      title: expect.any(String),
      description: expect.any(String),
    });
  });

  test("compiles in ajv's strict mode", () => {
    expect(() => validatorOf(`schemas/${name}`)).not.toThrow();
  });
});

test.each(["kubeconfig-v1", "exec-credential-v1", "exec-credential-v1beta1"])(
  "%s.schema.json describes every field",
  (name) => {
    expect(undescribed(`schemas/${name}.schema.json`)).toEqual([]);
  },
);
