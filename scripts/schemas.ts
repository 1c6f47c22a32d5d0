import { writeFileSync } from "node:fs";
import { kubeconfigSchema } from "./kubeconfig-schema.ts";
import { requirementsSchema } from "./requirements-schema.ts";

/** Writes the schemas that follow from tables in the code. */
for (const [name, schema] of [
  ["kubeconfig-v1", kubeconfigSchema()],
  ["plugin-requirements-v1alpha1", requirementsSchema()],
] as const) {
  writeFileSync(
    new URL(`../schemas/${name}.schema.json`, import.meta.url),
    `${JSON.stringify(schema, null, 2)}\n`,
  );
}
