import type { AuthInfo } from "../../api/auth-info.ts";
import type { FindingCode } from "../codes.ts";
import { subjectOf } from "../describe.ts";
import type { ExaminationInput } from "../examination-input.ts";
import { findingAt, scoped } from "../examination-input.ts";
import type { Finding } from "../finding.ts";
import { hintForReference } from "../field-data.ts";
import { expiryOfJwt, JwtError } from "../../codec/jwt.ts";
import { describeValidity, validityOf } from "../validity.ts";

type Report = (code: FindingCode, field: string, message: string, hint?: string) => Finding;

/** Checks bearer tokens. Shows nothing of them but the time at which they expire. */
export function* checkTokens(facts: ExaminationInput): Generator<Finding> {
  const checked = new Map<Uint8Array, FileToken>();
  for (const [name, user] of scoped(facts, "user", facts.resolved.authInfos)) {
    const report: Report = (code, field, message, hint) =>
      findingAt(code, facts.locate("user", name, field), {
        subject: subjectOf("user", name),
        message,
        ...(hint !== undefined && { hint }),
      });
    yield* checkInline(facts, user, report);
    yield* checkFile(facts, name, user, checked, report);
    yield* checkProvider(facts, user, report);
  }
}

function* checkInline(
  facts: ExaminationInput,
  { token, tokenFile }: AuthInfo,
  report: Report,
): Generator<Finding> {
  if (token === "") {
    return;
  }
  if (cannotBeSent(token)) {
    yield report("token-unusable", "token", "Its token holds a line break or another control character.");
  }
  // A token file takes precedence over the token.
  const validity = tokenFile === "" ? validityOfToken(facts, token) : undefined;
  if (validity !== undefined) {
    yield report(
      validity.isExpired ? "token-expired" : "token-expiring",
      "token",
      `Its token ${validity.described}.`,
    );
  } else {
    yield report("inline-token", "token", "Its token stands in the file.");
  }
}

function* checkFile(
  facts: ExaminationInput,
  name: string,
  { token: inline, tokenFile }: AuthInfo,
  checked: Map<Uint8Array, FileToken>,
  report: Report,
): Generator<Finding> {
  if (tokenFile === "") {
    return;
  }
  const content = facts.machine.read(tokenFile);
  if (content.data === undefined) {
    const hint = hintForReference(facts, facts.merged.authInfos.get(name)?.tokenFile ?? "");
    yield report("reference-unreadable", "tokenFile", `Its tokenFile: ${content.fault}.`, hint);
    return;
  }
  const token = checked.get(content.data) ?? checkFileToken(facts, content.data);
  checked.set(content.data, token);
  if (token.isEmpty && inline === "") {
    yield report("token-unusable", "tokenFile", `Its tokenFile ${tokenFile} is empty.`);
  } else if (token.cannotBeSent) {
    yield report(
      "token-unusable",
      "tokenFile",
      `Its tokenFile ${tokenFile} holds a line break or another control character within the token.`,
    );
  }
  // Another program renews it shortly before it expires.
  if (token.validity?.isExpired === true) {
    yield report(
      "token-expired",
      "tokenFile",
      `The token in its tokenFile ${tokenFile} ${token.validity.described}.`,
    );
  }
}

/** The facts about the token in a file, which many users may name. */
interface FileToken {
  readonly isEmpty: boolean;
  readonly cannotBeSent: boolean;
  readonly validity: TokenValidity | undefined;
}

function checkFileToken(facts: ExaminationInput, data: Uint8Array): FileToken {
  const token = new TextDecoder().decode(data).trim();
  return {
    isEmpty: token === "",
    cannotBeSent: cannotBeSent(token),
    validity: validityOfToken(facts, token),
  };
}

interface TokenValidity {
  readonly isExpired: boolean;
  readonly described: string;
}

/** Checks the token of an auth-provider; one with a refresh-token gets new ones. */
function* checkProvider(
  facts: ExaminationInput,
  { authProvider }: AuthInfo,
  report: Report,
): Generator<Finding> {
  const settings = authProvider?.name === "oidc" ? authProvider.config : undefined;
  const validity = validityOfToken(facts, settings?.get("id-token") ?? "");
  if (validity?.isExpired === true && (settings?.get("refresh-token") ?? "") === "") {
    yield report(
      "token-expired",
      "auth-provider",
      `The id-token of its auth-provider ${validity.described}, and there is no refresh-token.`,
    );
  }
}

/** Reports whether Go's net/http refuses a token as the value of a header. */
function cannotBeSent(token: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  return /[\0-\x08\x0a-\x1f\x7f]/.test(token);
}

function validityOfToken(facts: ExaminationInput, token: string): TokenValidity | undefined {
  const expiry = expiryOfToken(token);
  if (expiry === undefined) {
    return undefined;
  }
  const span = { notBefore: -Infinity, notAfter: expiry };
  const validity = validityOf(span, facts);
  return validity === "expired" || validity === "expiring"
    ? { isExpired: validity === "expired", described: describeValidity(validity, span, facts) }
    : undefined;
}

/** The longest JSON Web Token: HTTP servers accept no longer headers. */
const LONGEST = 65_536;

/**
 * Returns when a token expires, in milliseconds since 1970; undefined for one that is no JSON Web Token, or never
 * expires.
 */
export function expiryOfToken(token: string): number | undefined {
  try {
    return token.length > LONGEST || !token.includes(".") ? undefined : expiryOfJwt(token);
  } catch (error) {
    if (error instanceof JwtError) {
      return undefined;
    }
    throw error;
  }
}
