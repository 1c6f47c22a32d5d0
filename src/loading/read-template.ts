import { fromBytes } from "../go/byte-text.ts";
import type { Host } from "../host/host.ts";
import { readFile } from "./file-system.ts";
import { TEMPLATE_LIMIT } from "./size-limits.ts";

/**
 * Reads a template for output. Bytes that are not UTF-8 are escaped as `fromBytes` does.
 *
 * @throws ConfigReadError when the file cannot be read
 */
export function readTemplate(host: Host, file: string): string {
  return fromBytes(readFile(host, file, TEMPLATE_LIMIT));
}
