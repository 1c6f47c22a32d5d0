import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import type { PemBlock } from "../go/pem.ts";
import { decodePem } from "../go/pem.ts";
import { readFile, stat } from "../loading/file-system.ts";
import { CREDENTIAL_LIMIT } from "../loading/size-limits.ts";
import { kubectlError } from "./kubectl-words.ts";

/** Makes a path absolute against the current directory, as Go's `filepath.Abs` does; but an empty one stays empty. */
export function absolutePath(host: Host, path: string): string {
  const filepath = filepathFor(host);
  if (path === "") {
    return "";
  }
  return filepath.isAbs(path) ? filepath.clean(path) : filepath.join(host.cwd(), path);
}

/**
 * Checks that a file to embed exists.
 *
 * @throws Error in kubectl's words otherwise
 */
export function requireFileToEmbed(host: Host, flag: string, path: string): void {
  try {
    stat(host, path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw kubectlError(`could not stat ${flag} file ${path}: ${reason}`, { cause: error });
  }
}

/**
 * Reads a file to embed, which must be PEM: kubectl embeds anything, and then cannot connect.
 *
 * @param flag - its name without dashes; that of a key has `key` in it
 * @throws Error if it is no PEM, or not of the right kind
 */
export function readFileToEmbed(host: Host, flag: string, path: string): Uint8Array {
  const data = readFile(host, path, CREDENTIAL_LIMIT);
  const isKey = flag.endsWith("key");
  const { blocks } = decodePem(data);
  const isRight = blocks.some(({ type }) => (isKey ? type.endsWith("PRIVATE KEY") : type === "CERTIFICATE"));
  if (!isRight) {
    throw new Error(
      `cannot embed --${flag} ${path}: it holds no ${isKey ? "private key" : "certificate"} in PEM ` +
        `(-----BEGIN ${isKey ? "PRIVATE KEY" : "CERTIFICATE"}-----)${fixFor(data, blocks, isKey)}`,
    );
  }
  return data;
}

/** Returns how to fix what is often mistaken for PEM. */
function fixFor(data: Uint8Array, blocks: readonly PemBlock[], isKey: boolean): string {
  if (blocks.length > 0) {
    return `, but ${blocks.map(({ type }) => type).join(", ")}`;
  }
  if (data[0] === DER_SEQUENCE) {
    return `; convert it by openssl ${isKey ? "pkey" : "x509"} -inform der -in FILE -out FILE.pem`;
  }
  return Buffer.from(data.subarray(0, 20)).toString("latin1").startsWith("LS0tLS1CRUdJTi")
    ? "; it is base64 of PEM: decode it by base64 -d FILE"
    : "";
}

/** How DER begins. */
const DER_SEQUENCE = 0x30;
