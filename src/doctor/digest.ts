import { createHash } from "node:crypto";

const digests = new WeakMap<Uint8Array, string>();

/**
 * Names a content in short, for a table of what was found out about it: many entries may share a file of many megabytes.
 * The same array is looked at once.
 */
export function digestOf(data: Uint8Array): string {
  const digest = digests.get(data) ?? createHash("sha256").update(data).digest("base64");
  digests.set(data, digest);
  return digest;
}
