import { describeServerError } from "../../../src/cli/server/describe-server-error.ts";
import { serverError } from "../../../src/cli/server/error-response.ts";
import { readWireVectors } from "../../conformance/wire/vectors.ts";
import { wireOutcomeOf } from "../../conformance/wire/wire-case.ts";
import { judge } from "../../conformance/kubectl-version.ts";
import { joinText } from "../../conformance/vector.ts";

/** The answers that kubectl was recorded to tell of, each the only one of its case. */
const recorded = readWireVectors()
  .flatMap(([about, vectors]) => (about === "answers" ? vectors : []))
  .flatMap((vector) => {
    const replies = vector.servers["server"]?.reply ?? [];
    const [reply] = replies;
    const { stderr } = wireOutcomeOf(vector.kubectl, judge);
    const isPlain =
      reply?.abort === undefined && reply?.gzip !== true && reply?.headers?.["warning"] === undefined;
    return reply !== undefined && replies.length === 1 && (reply.status ?? 200) >= 400 && isPlain
      ? [[vector.name, reply, joinText(stderr)] as const]
      : [];
  });

describe("an answer is told as kubectl tells it", () => {
  test("many were recorded", () => {
    expect(recorded.length).toBeGreaterThan(100);
  });

  test.each(recorded)("%s", (_name, { status = 200, headers, body = "" }, stderr) => {
    const error = serverError({
      code: status,
      contentType: String(headers?.["content-type"] ?? ""),
      body: Buffer.from(body),
    });
    const text = describeServerError(error);
    expect(text.endsWith("\n") ? text : `${text}\n`).toBe(stderr);
  });

  test("of a long text the first 2048 bytes count", () => {
    const { message } = serverError({ code: 403, contentType: "", body: Buffer.from("x".repeat(5000)) });
    expect(message).toBe("x".repeat(2048));
  });

  test("of keys that stand twice the second value is decoded over the first", () => {
    const details =
      '"details":{"name":"n","kind":"Pod","causes":[{"field":"f","message":"x"},{"message":"z"}]}';
    const body = `{"kind":"Status","status":"Failure","reason":"Invalid",${details},"details":{"causes":[{"message":"y"}]},"reason":null}`;
    const error = serverError({ code: 422, contentType: "application/json", body: Buffer.from(body) });
    // Recorded from kubectl 1.36.3.
    expect(describeServerError(error)).toBe('The Pod "n" is invalid: f: y');
  });

  test.each([
    ['{"kind":"Status","status":"Failure","message":1}'],
    ['{"kind":"Status","status":"Failure","message":"m","code":"404"}'],
    ['{"kind":"Status","status":"Failure","message":"m","details":[]}'],
    ['{"kind":"Status","status":"Failure","message":"m","details":{"causes":[{"field":1}]}}'],
    ['{"kind":"Status","apiVersion":"a/v1","status":"Failure","message":"m"}'],
    ['["Status"]'],
    ["null"],
  ])("%s is no Status", (body) => {
    const error = serverError({ code: 404, contentType: "application/json", body: Buffer.from(body) });
    expect(error.message).toBe("the server could not find the requested resource");
  });
});
