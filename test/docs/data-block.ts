import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { filepathFor } from "../../src/go/filepath.ts";
import { writeJson } from "../../src/go/json.ts";
import { decodeConfig } from "../../src/codec/kubeconfig/decode-config.ts";
import { decodeKuberc } from "../../src/codec/kuberc/decode-kuberc.ts";
import { readYaml } from "../../src/yaml/read.ts";
import { validatePreference } from "../../src/kuberc/validate-preference.ts";
import { fakeHost } from "../support/fake-host.ts";
import { repositoryFolder } from "../support/run-bin.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A step of a workflow of GitHub. */
export interface WorkflowStep {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  /** The variables of its job, and its own. */
  readonly env?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly WorkflowStep[] } & Pick<WorkflowStep, "env">>
  >;
}

/**
 * Checks a YAML or JSON block of a page: a kubeconfig and a kuberc are read as kcfg reads them, without a complaint, and
 * must keep to the schema of their kind.
 *
 * @returns the steps of a workflow; nothing for anything else
 * @throws Error if the block is wrong, or none of the kinds that are known here
 */
export function checkData(text: string, language: "yaml" | "json"): readonly WorkflowStep[] {
  const fields = (
    language === "json" ? JSON.parse(text) : JSON.parse(writeJson(readYaml(text).value, 0))
  ) as Fields;
  if (fields["kind"] === "Preference") {
    checkKuberc(text);
    const version = String(fields["apiVersion"]).split("/").at(-1) ?? "";
    keepsTo(`kuberc-${version}.schema.json`, fields);
  } else if (fields["kind"] === "ExecCredential") {
    const version = String(fields["apiVersion"]).split("/").at(-1) ?? "";
    keepsTo(`exec-credential-${version}.schema.json`, fields);
  } else if (isKubeconfig(fields)) {
    decodeConfig(text);
    keepsTo("kubeconfig-v1.schema.json", fields);
  } else if ("jobs" in fields) {
    const { jobs } = fields as unknown as Workflow;
    return Object.values(jobs).flatMap(({ steps, env }) =>
      steps.map((step) => ({ ...step, env: { ...env, ...step.env } })),
    );
  } else if (language === "yaml") {
    throw new Error("this YAML is no kubeconfig, kuberc, ExecCredential or workflow");
  }
  return [];
}

function isKubeconfig(fields: Fields): boolean {
  return (
    fields["kind"] === "Config" ||
    ["clusters", "contexts", "users", "current-context"].some((key) => key in fields)
  );
}

function checkKuberc(text: string): void {
  const { used } = decodeKuberc(new TextEncoder().encode(text));
  if (used?.preference === undefined || used.complaints.length > 0) {
    throw new Error("kubectl would not use this kuberc, or complain about it");
  }
  validatePreference(used.preference, filepathFor(fakeHost()));
}

/** Not every kind has a schema; a kind that gets one is held to it from then on. */
function keepsTo(schema: string, fields: Fields): void {
  const file = join(repositoryFolder, "schemas", schema);
  if (!existsSync(file)) {
    return;
  }
  const validate = new Ajv2020({ allowUnionTypes: true, validateFormats: false }).compile(
    JSON.parse(readFileSync(file, "utf8")) as object,
  );
  if (!validate(fields)) {
    throw new Error(`not as schemas/${schema} says: ${JSON.stringify(validate.errors)}`);
  }
}
