import { BatchFileError } from "../host/batch-file.ts";
import { describeErrno } from "../loading/file-system.ts";
import { hasErrno } from "../errors.ts";

/** What Go calls those errors of the system that only starting a process gives. */
const GO_WORDS = {
  E2BIG: "argument list too long",
  EAGAIN: "resource temporarily unavailable",
  ENOEXEC: "exec format error",
  ENOMEM: "cannot allocate memory",
  ETXTBSY: "text file busy",
} as const;

/** Why a process could not be started, in Go's words. Repeats nothing of what it was to be started with. */
export function startFailure(reason: unknown): string {
  if (reason instanceof BatchFileError) {
    return reason.message;
  }
  const [, words] = Object.entries(GO_WORDS).find(([code]) => hasErrno(reason, code)) ?? [];
  return words ?? (isErrno(reason) ? describeErrno(reason) : "it could not be started");
}

function isErrno(reason: unknown): boolean {
  return typeof reason === "object" && reason !== null && "code" in reason;
}
