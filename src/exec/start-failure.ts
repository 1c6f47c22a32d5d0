import { BatchFileError } from "../host/batch-file.ts";
import { describeErrno } from "../loading/file-system.ts";

/** Why a process could not be started, in Go's words. Repeats nothing of what it was to be started with. */
export function startFailure(reason: unknown): string {
  if (reason instanceof BatchFileError) {
    return reason.message;
  }
  return isErrno(reason) ? describeErrno(reason) : "it could not be started";
}

function isErrno(reason: unknown): boolean {
  return typeof reason === "object" && reason !== null && "code" in reason;
}
