import type { Suggestion } from "./suggest-field.ts";
import type { Visit } from "./walk-config.ts";

/** A field that makes a connection less safe is not put into effect by a fix. */
const NOT_BY_ITSELF: ReadonlySet<string> = new Set(["insecure-skip-tls-verify", "proxy-url", "exec"]);

/** Fields that may be set as data or as a file, but not both. */
const COUNTERPARTS: ReadonlyMap<string, string> = new Map(
  ["certificate-authority", "client-certificate", "client-key"].flatMap((field) => [
    [field, `${field}-data`],
    [`${field}-data`, field],
  ]),
);

/** Reports whether an unknown field can safely get the name that was meant. */
export function isRenamable(
  { around, node }: Visit & { readonly what: "unknown" },
  { field, isCertain }: Suggestion,
): boolean {
  const counterpart = COUNTERPARTS.get(field);
  return (
    isCertain &&
    !NOT_BY_ITSELF.has(field) &&
    !around.fields.has(field) &&
    (counterpart === undefined || !around.fields.has(counterpart)) &&
    // kubectl refuses a CA next to it.
    !(
      field.startsWith("certificate-authority") &&
      around.fields.get("insecure-skip-tls-verify")?.value === true
    ) &&
    node.keyPosition !== undefined
  );
}
