import type { OpenFault } from "../clientcmd/open-fault.ts";
import { ConfigReadError, hasErrno } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { withOpenFile } from "./file-system.ts";

/** Returns a function that opens and closes files, as client-go's validation does: a folder can be opened too. */
export function fileOpenError(host: Host): OpenFault {
  return (file) => {
    try {
      withOpenFile(host, file, { follow: true }, () => undefined);
      return undefined;
    } catch (error) {
      if (!(error instanceof ConfigReadError)) {
        throw error;
      }
      // Windows opens no folders.
      return hasErrno(error.cause, "EISDIR") ? undefined : error.message;
    }
  };
}
