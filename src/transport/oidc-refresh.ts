import { newTlsClientConfig, RestConfig } from "../api/rest-config.ts";
import { decodeBase64 } from "../go/base64.ts";
import { ConnectionError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { endpointOf } from "./endpoint.ts";
import { fetchPath } from "./fetch.ts";
import { readBody } from "./read-body.ts";
import { Identity } from "./identity.ts";
import { createSender } from "./sender.ts";

/** The settings of an `oidc` auth-provider, by their names in a kubeconfig. Secret. */
export type OidcSettings = ReadonlyMap<string, string>;

/**
 * Renews the ID token at the provider, and returns the settings with the new tokens. client-go's
 * `oidcAuthProvider.idToken`: the provider's own authorities are trusted, the proxy is that of the environment, and the
 * client authenticates first in a header, and then, if that is refused, in the form.
 *
 * @throws ConnectionError without any part of the provider's response, which may hold tokens
 */
export async function refreshTokens(host: Host, settings: OidcSettings): Promise<OidcSettings> {
  const get = (name: string): string => settings.get(name) ?? "";
  const issuer = get("idp-issuer-url").replace(/\/$/, "");
  const discovered = await ask(host, settings, issuer, "/.well-known/openid-configuration");
  if (discovered.status !== 200) {
    throw new ConnectionError(`oidc: failed to query metadata endpoint: status ${discovered.status}`);
  }
  const tokenUrl = stringField(discovered.answer, "token_endpoint");
  if (tokenUrl === "" || !URL.canParse(tokenUrl)) {
    throw new ConnectionError("oidc: discovery object doesn't contain a token_endpoint");
  }
  const answer = await requestToken(host, settings, new URL(tokenUrl));
  if (stringField(answer, "access_token") === "") {
    throw new ConnectionError("failed to refresh token: oauth2: server response missing access_token");
  }
  const idToken = stringField(answer, "id_token");
  if (idToken === "") {
    throw new ConnectionError(
      "token response did not contain an id_token, either the scope \"openid\" wasn't requested upon login, or the provider doesn't support id_tokens as part of the refresh response",
    );
  }
  const refreshToken = stringField(answer, "refresh_token");
  return new Map([
    ...settings,
    ["id-token", idToken],
    ...(refreshToken === "" ? [] : [["refresh-token", refreshToken] as const]),
  ]);
}

async function requestToken(host: Host, settings: OidcSettings, url: URL): Promise<unknown> {
  const client = { id: settings.get("client-id") ?? "", secret: settings.get("client-secret") ?? "" };
  const grant = { grant_type: "refresh_token", refresh_token: settings.get("refresh-token") ?? "" };
  const credentials = `${encodeURIComponent(client.id)}:${encodeURIComponent(client.secret)}`;
  const inForm = {
    ...grant,
    client_id: client.id,
    ...(client.secret !== "" && { client_secret: client.secret }),
  };
  const attempts: readonly (readonly [Record<string, string>, Record<string, string>])[] = [
    [{ Authorization: `Basic ${Buffer.from(credentials).toString("base64")}` }, grant],
    [{}, inForm],
  ];
  let status = 0;
  for (const [headers, form] of attempts) {
    const init = { method: "POST", headers, body: new URLSearchParams(form) };
    const answered = await ask(host, settings, url.origin, `${url.pathname}${url.search}`, init);
    if (answered.status >= 200 && answered.status < 300) {
      return answered.answer;
    }
    status = answered.status;
  }
  throw new ConnectionError(`failed to refresh token: oauth2: cannot fetch token: status ${status}`);
}

async function ask(
  host: Host,
  settings: OidcSettings,
  server: string,
  path: string,
  init: RequestInit = {},
): Promise<{ readonly status: number; readonly answer: unknown }> {
  const config = new RestConfig({
    host: server,
    tls: newTlsClientConfig({
      caFile: settings.get("idp-certificate-authority") ?? "",
      caData: decodeBase64(settings.get("idp-certificate-authority-data") ?? ""),
    }),
  });
  const endpoint = endpointOf(config);
  const nobody = new Identity(undefined);
  const sender = createSender(host, config, endpoint, {
    current: () => Promise.resolve(nobody),
    invalidate: () => Promise.resolve(),
    close: () => undefined,
  });
  try {
    const response = await fetchPath({ config, endpoint, sender, compresses: true }, path, init);
    const text = await boundedText(response);
    return { status: response.status, answer: response.ok ? parseJson(text) : undefined };
  } finally {
    await sender.close();
  }
}

/** The limit for a response, in bytes; that of Go's oauth2. */
const MAX_ANSWER = 1024 * 1024;

async function boundedText(response: Response): Promise<string> {
  const { bytes, isWhole } = await readBody(response, MAX_ANSWER);
  if (!isWhole) {
    throw new ConnectionError(`oidc: the provider's answer has more than ${MAX_ANSWER} bytes`);
  }
  return Buffer.from(bytes).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConnectionError("oidc: the provider's answer is not JSON");
  }
}

function stringField(answer: unknown, name: string): string {
  const fields = typeof answer === "object" && answer !== null ? (answer as Record<string, unknown>) : {};
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === "string" ? value : "";
}
