import { goQuote } from "../../go/quote.ts";
import { MediaTypeError, parseMediaType } from "./media-type.ts";
import { ServerError } from "./server-error.ts";
import { readStatus } from "./status.ts";

/** A non-2xx response. */
export interface ErrorResponse {
  readonly code: number;
  /** `Content-Type`; `""` if there is none. */
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** How many bytes client-go keeps of a response that is no Status. */
const MAX_TEXT = 2048;

const JSON_TYPE = "application/json";

/** The media types from which client-go can decode a Status, except for its binary forms. */
const DECODABLE: ReadonlySet<string> = new Set([JSON_TYPE, "application/yaml"]);

/**
 * Converts an error response to a GET as kubectl does: the Status in it, if there is one, else the meaning of its code.
 * client-go's `transformResponse` and `NewGenericServerResponse`.
 */
export function serverError(response: ErrorResponse): ServerError {
  const { code, contentType, body } = response;
  let mediaType: string;
  try {
    mediaType = parseMediaType(contentType === "" ? JSON_TYPE : contentType);
  } catch (error) {
    if (error instanceof MediaTypeError) {
      return errorOf("InternalError", `Internal error occurred: ${error.message}`);
    }
    throw error;
  }
  const status = DECODABLE.has(mediaType) && body.length > 0 ? readStatus(body, mediaType) : undefined;
  if (status !== undefined) {
    return new ServerError(status);
  }
  const isText = contentType === "" || mediaType.startsWith("text/");
  return genericError(code, isText ? textOf(body.subarray(0, MAX_TEXT)) : "unknown");
}

function textOf(body: Uint8Array): string {
  return Buffer.from(body).toString("utf8").trim();
}

function genericError(code: number, text: string): ServerError {
  const known = MEANINGS.get(code);
  if (known !== undefined) {
    const [reason, message] = known;
    return errorOf(reason, message ?? text, text);
  }
  switch (code) {
    case 406:
      return errorOf(
        "NotAcceptable",
        text === "" || text === "unknown"
          ? "the server was unable to respond with a content type that the client supports"
          : text,
        text,
      );
    default:
      return code >= 500
        ? errorOf(
            "InternalError",
            `an error on the server (${goQuote(text)}) has prevented the request from succeeding`,
            text,
          )
        : errorOf(
            "",
            `the server responded with the status code ${code} but did not return more information`,
            text,
          );
  }
}

/** Reason and message of codes; without a message, the response's own text is used. */
const MEANINGS: ReadonlyMap<number, readonly [reason: string, message?: string]> = new Map<
  number,
  readonly [string, string?]
>([
  [400, ["BadRequest", "the server rejected our request for an unknown reason"]],
  [401, ["Unauthorized", "the server has asked for the client to provide credentials"]],
  [403, ["Forbidden"]],
  [404, ["NotFound", "the server could not find the requested resource"]],
  [405, ["MethodNotAllowed", "the server does not allow this method on the requested resource"]],
  [409, ["Conflict", "the server reported a conflict"]],
  [415, ["UnsupportedMediaType"]],
  [422, ["Invalid", "the server rejected our request due to an error in our request"]],
  [429, ["TooManyRequests", "the server has received too many requests and has asked us to try again later"]],
  [503, ["ServiceUnavailable", "the server is currently unable to handle the request"]],
  [
    504,
    [
      "Timeout",
      "the server was unable to return a response in the time allotted, but may still be processing the request",
    ],
  ],
]);

/**
 * Makes the error.
 *
 * @param text - the response's own text, which client-go makes the only cause of its replacement
 */
function errorOf(reason: string, message: string, text?: string): ServerError {
  const causes = text === undefined ? [] : [{ message: text, field: "" }];
  return new ServerError({ reason, message, details: { name: "", kind: "", causes } });
}
