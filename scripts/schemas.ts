import { writeFileSync } from "node:fs";
import { kubeconfigSchema } from "./kubeconfig-schema.ts";

/** Writes the schemas that follow from tables in the code. */
writeFileSync(
  new URL("../schemas/kubeconfig-v1.schema.json", import.meta.url),
  `${JSON.stringify(kubeconfigSchema(), null, 2)}\n`,
);
