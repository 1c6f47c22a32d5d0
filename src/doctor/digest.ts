import { createHash } from "node:crypto";

const digests = new WeakMap<Uint8Array, string>();

/**
 * Names a content by a short digest, as a key for results: many entries may share a file of many megabytes. Computed
 * once per array.
 */
export function digestOf(data: Uint8Array): string {
  const digest = digests.get(data) ?? createHash("sha256").update(data).digest("base64");
  digests.set(data, digest);
  return digest;
}
