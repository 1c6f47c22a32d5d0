import { goQuote } from "../../go/quote.ts";
import type { ServerError } from "./server-error.ts";
import type { Status, StatusCause } from "./status.ts";

/** Formats an error response as kubectl does. kubectl's `checkErr` and `StandardErrorMessage`. */
export function describeServerError({ status }: ServerError): string {
  switch (status.reason) {
    case "Invalid":
      return describeInvalid(status);
    case "Unauthorized":
      return `error: You must be logged in to the server (${status.message})`;
    case "":
      return `Error from server: ${status.message}`;
    default:
      return `Error from server (${status.reason}): ${status.message}`;
  }
}

function describeInvalid({ message, details }: Status): string {
  const kind = details?.kind ?? "";
  const name = details?.name ?? "";
  const causes = linesOf(details?.causes ?? []);
  const isNamed = kind !== "" || name !== "";
  const subject = isNamed ? `The ${kind} ${goQuote(name)} is invalid` : "The request is invalid";
  const [first, ...others] = causes;
  if (first === undefined) {
    return isNamed || message === "" ? subject : `${subject}: ${message}`;
  }
  return others.length === 0
    ? `${subject}: ${first}`
    : `${subject}: \n${causes.map((cause) => `* ${cause}\n`).join("")}`;
}

function linesOf(causes: readonly StatusCause[]): readonly string[] {
  return [...new Set(causes.map(({ field, message }) => `${field}: ${message}`))];
}
