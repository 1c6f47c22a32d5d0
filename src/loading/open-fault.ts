import type { OpenFault } from "../clientcmd/open-fault.ts";
import { ConfigReadError, hasErrno } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { readFile } from "./file-system.ts";

/** Tries to open files as client-go's validation does: a folder can be opened, too. */
export function openFaultOn(host: Host): OpenFault {
  return (file) => {
    try {
      readFile(host, file);
      return undefined;
    } catch (error) {
      if (!(error instanceof ConfigReadError)) {
        throw error;
      }
      return hasErrno(error.cause, "EISDIR") ? undefined : error.message;
    }
  };
}
