import type { JsonValue } from "../api/json-value.ts";
import { writeJson } from "../go/json.ts";
import { writeYaml } from "../yaml/write.ts";
import type { IOStreams } from "./io-streams.ts";

/** Writes kcfg's own document as YAML. */
export function ownYaml({ out }: IOStreams, document: JsonValue): void {
  out.yaml(writeYaml(document), () => writeJson(document, 2));
}
