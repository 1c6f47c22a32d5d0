import type { ExecCredentialStatusFields } from "../api/exec-credential.ts";
import { ExecCredentialStatus } from "../api/exec-credential.ts";
import { isSupportedApiVersion } from "../api/exec-versions.ts";
import { encodeExecCredential } from "../codec/exec-credential/encode-exec-info.ts";
import { ExecPluginError } from "../errors.ts";
import { goQuote } from "../go/quote.ts";
import { parseRfc3339 } from "../go/rfc3339.ts";
import { readAnswer } from "./run-plugin.ts";

/** Fields that may be missing, or undefined, which is the same. */
type OrUndefined<Fields> = { readonly [Name in keyof Fields]?: Fields[Name] | undefined };

/** The credential that a plugin gives; an empty string means "not set". */
export interface PluginCredential extends OrUndefined<
  Omit<ExecCredentialStatusFields, "expirationTimestamp">
> {
  /** When it expires: a Date, milliseconds since 1970, or RFC 3339; undefined for as long as the server accepts it. */
  readonly expirationTimestamp?: Date | number | string | undefined;
}

/** What no HTTP header can hold. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSENDABLE = /[^\t\x20-\x7e\x80-\u{10ffff}]/u;

/**
 * Encodes an ExecCredential as a plugin prints it, if client-go accepts it.
 *
 * @throws ExecPluginError in client-go's words, and without any part of the credential
 */
export function encodeCheckedCredential(apiVersion: string, credential: PluginCredential): string {
  if (!isSupportedApiVersion(apiVersion)) {
    throw new ExecPluginError(`exec plugin: invalid apiVersion ${goQuote(apiVersion)}`);
  }
  const { token = "", clientCertificateData = "", clientKeyData = "", expirationTimestamp } = credential;
  if (UNSENDABLE.test(token)) {
    throw new ExecPluginError('net/http: invalid header field value for "Authorization"');
  }
  const status = new ExecCredentialStatus({
    token,
    clientCertificateData,
    clientKeyData,
    expirationTimestamp: expirationTimestamp === undefined ? undefined : timeOf(expirationTimestamp),
  });
  const text = encodeExecCredential(apiVersion, status);
  readAnswer(new TextEncoder().encode(text), apiVersion);
  return text;
}

/** The years that RFC 3339 has. */
const FIRST = Date.parse("0000-01-01T00:00:00Z");
const LAST = Date.parse("9999-12-31T23:59:59Z");

function timeOf(value: Date | number | string): number {
  const time = typeof value === "string" ? parseRfc3339(value) : Number(value);
  if (time === undefined || !(time >= FIRST && time <= LAST)) {
    throw new ExecPluginError("expirationTimestamp must be a time such as 2026-01-31T15:04:05Z");
  }
  return time;
}
