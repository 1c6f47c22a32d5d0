import type { Reply } from "../../../support/https-server.ts";
import type { WireCase } from "../wire-case.ts";
import { wire } from "./build.ts";

const json = { "content-type": "application/json" };

/** Returns a response with a Status. */
function status(
  code: number,
  fields: Readonly<Record<string, unknown>>,
  headers: Reply["headers"] = {},
): Reply {
  return {
    status: code,
    headers: { ...json, ...headers },
    body: JSON.stringify({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      code,
      ...fields,
    }),
  };
}

const codes = [400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 413, 415, 418, 422, 429, 431];
const serverCodes = [500, 501, 502, 503, 504, 505, 507, 511];
const reasons: Readonly<Record<string, readonly [number, string]>> = {
  NotFound: [404, 'pods "x" not found'],
  Forbidden: [403, 'pods is forbidden: User "jane" cannot list resource "pods"'],
  Unauthorized: [401, "Unauthorized"],
  Conflict: [409, "the object has been modified"],
  AlreadyExists: [409, 'pods "x" already exists'],
  Gone: [410, "gone"],
  Expired: [410, "The provided continue parameter is too old"],
  BadRequest: [400, "bad"],
  MethodNotAllowed: [405, "the server does not allow this method"],
  InternalError: [500, "Internal error occurred: x"],
  ServiceUnavailable: [503, "not ready"],
  Timeout: [504, "took too long"],
  TooManyRequests: [429, "slow down"],
  RequestEntityTooLarge: [413, "too large"],
  NotAcceptable: [406, "only these"],
  UnsupportedMediaType: [415, "only these"],
  Invalid: [422, "it is invalid"],
  StrangeReason: [418, "a teapot"],
};

/** How the server's responses are handled. */
export const answers: readonly WireCase[] = [
  wire("a body is printed as it comes", { reply: { body: "no newline" } }),
  wire("an empty body is printed", { reply: { body: "" } }),
  wire("a body of bytes is printed as it comes", { reply: { base64: "AP/+gA0K" } }),
  wire("a long body is printed", { reply: { body: "0123456789abcdef\n".repeat(9000) } }),
  wire("a compressed body is printed as it was", { reply: { body: "text ".repeat(500), gzip: true } }),
  wire("a slow body is printed whole", { reply: { body: "first half, second half\n", pause: 300 } }),
  wire("disable-compression asks for no compression", {
    cluster: { "disable-compression": true },
    reply: { body: "text ".repeat(500), gzip: true },
  }),
  wire("--disable-compression asks for no compression", {
    flags: ["--disable-compression"],
    reply: { body: "text ".repeat(500), gzip: true },
  }),
  wire("--disable-compression=false leaves the file's", {
    cluster: { "disable-compression": true },
    flags: ["--disable-compression=false"],
  }),
  wire("a body that says it is compressed and is not is an error", {
    reply: { headers: { "content-encoding": "gzip" }, body: "plain text of some length" },
  }),
  wire("a compressed body that was not asked for is printed as it is", {
    cluster: { "disable-compression": true },
    reply: { headers: { "content-encoding": "gzip" }, body: "plain" },
  }),
  wire("a compressed error is understood", {
    reply: { ...status(404, { reason: "NotFound", message: "nothing here" }), gzip: true },
  }),
  ...[200, 201, 202, 203, 204, 205, 206, 207, 226, 299].map((code) =>
    wire(`an answer ${code} is a success`, {
      reply: { status: code, headers: json, body: code === 204 ? "" : "{}" },
    }),
  ),
  ...[300, 304, 305, 399].map((code) =>
    wire(`an answer ${code} is judged`, {
      reply: { status: code, headers: json, body: code === 304 ? "" : "{}" },
    }),
  ),
  ...[...codes, ...serverCodes, 599, 600, 999].flatMap((code) => [
    wire(`an answer ${code} without a body is an error`, { reply: { status: code } }),
    wire(`an answer ${code} with a text is an error`, {
      reply: {
        status: code,
        headers: { "content-type": "text/plain; charset=utf-8" },
        body: " some text\nmore \n",
      },
    }),
  ]),
  ...[403, 404, 406, 415, 500, 503].flatMap((code) => [
    wire(`an answer ${code} in HTML is an error`, {
      reply: { status: code, headers: { "content-type": "text/html" }, body: "<h1>No</h1>\n" },
    }),
    wire(`an answer ${code} in JSON that is no Status is an error`, {
      reply: { status: code, headers: json, body: '{"error":"no"}\n' },
    }),
    wire(`an answer ${code} without a content type is an error`, {
      reply: { status: code, body: "some text" },
    }),
  ]),
  ...Object.entries(reasons).map(([reason, [code, message]]) =>
    wire(`a Status ${reason} is an error`, { reply: status(code, { reason, message }) }),
  ),
  ...codes
    .filter((code) => code !== 408)
    .map((code) =>
      wire(`a Status ${code} without a reason is an error`, { reply: status(code, { message: "why" }) }),
    ),
  wire("a Status without a message is an error", { reply: status(404, { reason: "NotFound" }) }),
  wire("a Status with nothing is an error", { reply: status(500, {}) }),
  wire("a Status of another code than the answer is an error", {
    reply: { ...status(404, { reason: "NotFound", message: "no" }), status: 500 },
  }),
  wire("a Status that tells of success with an error's code is an error", {
    reply: { ...status(200, { status: "Success", message: "fine" }), status: 500 },
  }),
  wire("a Status without kind and version is an error", {
    reply: {
      status: 404,
      headers: json,
      body: '{"status":"Failure","message":"no","reason":"NotFound","code":404}',
    },
  }),
  wire("a Status of another version is an error", {
    reply: {
      status: 404,
      headers: json,
      body: '{"kind":"Status","apiVersion":"v2","message":"no","code":404}',
    },
  }),
  wire("a Status in a text is an error", {
    reply: {
      ...status(404, { reason: "NotFound", message: "no" }),
      headers: { "content-type": "text/plain" },
    },
  }),
  wire("a Status in YAML is an error", {
    reply: {
      status: 404,
      headers: { "content-type": "application/yaml" },
      body: "kind: Status\napiVersion: v1\nmessage: gone\nreason: NotFound\ncode: 404\nstatus: Failure\n",
    },
  }),
  wire("a Status with a charset is an error", {
    reply: {
      ...status(404, { reason: "NotFound", message: "no" }),
      headers: { "content-type": "application/json;charset=utf-8" },
    },
  }),
  wire("a Status with a content type that is none is an error", {
    reply: { ...status(404, { reason: "NotFound", message: "no" }), headers: { "content-type": "a/b/c; =" } },
  }),
  wire("a Status that is broken JSON is an error", {
    reply: { status: 404, headers: json, body: '{"kind":"Status","apiVersion":"v1",' },
  }),
  wire("a Status with several lines is printed as it is", {
    reply: status(400, { reason: "BadRequest", message: "one\ntwo\n" }),
  }),
  wire("a Status with details tells its message", {
    reply: status(404, {
      reason: "NotFound",
      message: "no",
      details: { name: "x", kind: "pods", causes: [{ reason: "r", message: "m", field: "f" }] },
    }),
  }),
  wire("a Status Invalid with causes tells them", {
    reply: status(422, {
      reason: "Invalid",
      message: "is invalid",
      details: {
        name: "x",
        kind: "Pod",
        causes: [
          { field: "spec.a", message: "one" },
          { field: "spec.b", message: "two" },
          { field: "spec.a", message: "one" },
        ],
      },
    }),
  }),
  wire("a Status Invalid with one cause tells it", {
    reply: status(422, {
      reason: "Invalid",
      message: "is invalid",
      details: { name: "x", kind: "Pod", causes: [{ field: "spec.a", message: "one" }] },
    }),
  }),
  wire("a Status Invalid with details without causes tells of what", {
    reply: status(422, { reason: "Invalid", message: "is invalid", details: { name: "x", kind: "Pod" } }),
  }),
  wire("a Status Invalid with causes of nothing tells them", {
    reply: status(422, { reason: "Invalid", message: "m", details: { causes: [{ message: "one" }] } }),
  }),
  wire("a Status Invalid with empty details tells its message", {
    reply: status(422, { reason: "Invalid", message: "is invalid", details: {} }),
  }),
  wire("a Status Invalid with nothing is an error", { reply: status(422, { reason: "Invalid" }) }),
  wire("an answer 429 with Retry-After is tried again", {
    reply: [
      status(429, { reason: "TooManyRequests", message: "slow" }, { "retry-after": "1" }),
      { body: "ok\n" },
    ],
  }),
  wire("an answer 503 with Retry-After: 0 is tried again", {
    reply: [{ status: 503, headers: { "retry-after": "0" } }, { body: "ok\n" }],
  }),
  wire("an answer 500 with Retry-After is tried ten times", {
    reply: { status: 500, headers: { "retry-after": "0" } },
  }),
  wire("an answer 404 with Retry-After is not tried again", {
    reply: { status: 404, headers: { "retry-after": "0" } },
  }),
  wire("a Retry-After that is a date is not heeded", {
    reply: { status: 503, headers: { "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" } },
  }),
  wire("an answer 401 is not tried again", { reply: [{ status: 401 }, { body: "ok\n" }] }),
  wire("a warning of the server is told", {
    reply: { headers: { ...json, warning: '299 - "this is old"' }, body: "{}" },
  }),
  wire("several warnings of the server are told once each", {
    reply: {
      headers: {
        ...json,
        warning: ['299 - "one"', '299 - "two \\"2\\""', '299 - "one"', "199 - x", "nonsense"],
      },
      body: "{}",
    },
  }),
  wire("a warning of the server with an error is told", {
    reply: status(404, { reason: "NotFound", message: "no" }, { warning: '299 - "old"' }),
  }),
  wire("--warnings-as-errors fails after a warning", {
    flags: ["--warnings-as-errors"],
    reply: { headers: { ...json, warning: '299 - "this is old"' }, body: "{}" },
  }),
  wire("--warnings-as-errors without a warning succeeds", { flags: ["--warnings-as-errors"] }),
  ...[301, 302, 303, 307, 308].map((code) =>
    wire(`a redirect ${code} within the server is followed`, {
      reply: [{ status: code, headers: { location: "/y?z" } }, { body: "there\n" }],
    }),
  ),
  ...[
    ["another port", "https://127.0.0.1:@{second.port}/y"],
    ["another name", "https://localhost:@{second.port}/y"],
  ].map(([what = "", location = ""]) =>
    wire(`a redirect to ${what} is followed`, {
      servers: { server: { reply: [{ status: 302, headers: { location } }] }, second: {} },
    }),
  ),
  wire("a redirect to a server that nobody runs is told", {
    reply: { status: 302, headers: { location: "https://127.0.0.1:1/y" } },
  }),
  wire("a redirect without a place is an error", { reply: { status: 302 } }),
  wire("redirects without end are an error", { reply: { status: 302, headers: { location: "/x" } } }),
  wire("a redirect to plain HTTP is followed", {
    reply: { status: 302, headers: { location: "http://127.0.0.1:1/y" } },
  }),
  wire("a connection that is closed at once is told", { reply: { abort: "before" } }),
  wire("a body that is cut off is told", { reply: { abort: "within", body: "0123456789" } }),
  wire("an error that is cut off is told", {
    reply: { ...status(404, { reason: "NotFound", message: "no" }), abort: "within" },
  }),
  wire("a server that nobody runs is told", { cluster: { server: "https://127.0.0.1:1" } }),
  wire("a plain server that nobody runs is told", {
    cluster: { server: "http://127.0.0.1:1", "certificate-authority-data": null },
  }),
  wire("a server that nobody knows is told", { cluster: { server: "https://nope.invalid" } }),
];
