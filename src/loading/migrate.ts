import { ConfigReadError, isFileNotFound } from "../errors.ts";
import type { FileStat, Host } from "../host/host.ts";
import { isPermissionDenied, readFile, stat, writeFile } from "./file-system.ts";
import { KUBECONFIG_LIMIT } from "./size-limits.ts";

/**
 * Copies files from where older clients kept them to where they belong now, if nothing is there yet. client-go's
 * `ClientConfigLoadingRules.Migrate`.
 *
 * @param rules - destination to source
 * @throws ConfigReadError when a file cannot be looked at, read or written, other than for lack of permission to look
 */
export function migrate(host: Host, rules: ReadonlyMap<string, string>): void {
  for (const [destination, source] of rules) {
    if (lookAt(host, destination) === "missing") {
      const found = lookAt(host, source);
      if (typeof found === "object") {
        if (found.isDirectory) {
          throw new ConfigReadError(
            `cannot migrate ${source} to ${destination} because it is a directory`,
            source,
          );
        }
        writeFile(host, destination, readFile(host, source, KUBECONFIG_LIMIT));
      }
    }
  }
}

function lookAt(host: Host, path: string): FileStat | "missing" | "forbidden" {
  try {
    return stat(host, path);
  } catch (error) {
    if (isFileNotFound(error)) {
      return "missing";
    }
    if (isPermissionDenied(error)) {
      return "forbidden";
    }
    throw error;
  }
}
