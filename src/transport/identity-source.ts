import type { ExecCredentialStatus } from "../api/exec-credential.ts";
import type { PluginPolicy } from "../api/plugin-policy.ts";
import { NO_POLICY } from "../api/plugin-policy.ts";
import type { BearerTokenSource, RestConfig } from "../api/rest-config.ts";
import { textOfBytes } from "../go/url-escape.ts";
import { ConnectionError, ExecPluginError, PluginPolicyError } from "../errors.ts";
import type { ExecAuthenticator } from "../exec/authenticator.ts";
import type { PluginCall } from "../exec/run-plugin.ts";
import { sharedAuthenticator } from "../exec/shared-authenticator.ts";
import type { Host } from "../host/host.ts";
import { checkAuthProvider } from "./auth-provider.ts";
import { clientCertificate, clientKeyPair } from "./client-certificate.ts";
import type { Endpoint } from "./endpoint.ts";
import { execClusterInfo } from "./exec-cluster-info.ts";
import type { IdentitySource } from "./identity.ts";
import { Identity } from "./identity.ts";
import { notify } from "./listener.ts";
import type { KeyPair } from "../exec/read-key-pair.ts";
import type { PersistAuthProvider } from "./oidc-token.ts";
import { oidcToken } from "./oidc-token.ts";
import { tokenFile } from "./token-file.ts";
import { untilAborted } from "./until-aborted.ts";

/** Returns the current value of the `Authorization` header. */
type Authorization = () => string | undefined | Promise<string>;

/**
 * Decides which credentials of a rest config are used, as client-go's `TransportConfig` and `HTTPWrappersForConfig` do:
 * those in the server's URL take precedence; then a token file over a token; a token, basic auth or a client certificate
 * over a plugin, which is not run then. A server without TLS gets only those in its URL.
 *
 * @param policy - which plugins may run; called only if there is a plugin to run
 * @param persist - saves the renewed tokens of an `oidc` auth-provider
 * @param warn - receives why a plugin returned no other credentials after a 401; client-go logs that
 * @param running - how to run a plugin
 * @param rereadsTokenFile - whether a 401 makes the next request read the token file again
 * @throws ConnectionError, ConfigReadError, ExecPluginError, PluginPolicyError in client-go's words
 */
export function identitySource(
  host: Host,
  config: RestConfig,
  endpoint: Endpoint,
  policy: () => PluginPolicy,
  persist?: PersistAuthProvider,
  warn: (warning: string) => void = doNothing,
  running: Pick<PluginCall, "onStderr" | "timeout" | "pluginRequirements"> = {},
  rereadsTokenFile = false,
): IdentitySource {
  const inUrl = userAuthorization(endpoint);
  if (!endpoint.secure) {
    return staticSource(inUrl, undefined);
  }
  const { authProvider, execProvider } = config;
  if (execProvider !== undefined && authProvider !== undefined) {
    throw new ConnectionError("execProvider and authProvider cannot be used in combination");
  }
  if (authProvider !== undefined) {
    checkAuthProvider(authProvider);
  }
  const certificate = clientCertificate(host, config.tls);
  const { authorization, forget } = ownAuthorization(host, config);
  if (execProvider !== undefined) {
    const isUsed = authorization === undefined && certificate === undefined;
    const authenticator = sharedAuthenticator(host, {
      exec: execProvider,
      cluster: execProvider.provideClusterInfo ? execClusterInfo(host, config) : undefined,
      policy: isUsed ? policy() : NO_POLICY,
      stdinUnavailable: config.execStdinUnavailable,
      ...running,
    });
    if (isUsed) {
      return pluginSource(authenticator, inUrl, warn);
    }
    // It was created only to be validated: client-go reports its faults even if the plugin is not needed.
    authenticator.close();
  }
  const token = authProvider && oidcToken(host, authProvider, persist);
  const fromProvider = token && (async () => `Bearer ${await token.current()}`);
  return staticSource(inUrl ?? authorization ?? fromProvider, certificate, forget, rereadsTokenFile);
}

function staticSource(
  authorization: Authorization | undefined,
  certificate: (() => KeyPair) | undefined,
  forget: () => void = doNothing,
  forgetsRefused = false,
): IdentitySource {
  const refuse = forgetsRefused ? async (): Promise<void> => forget() : undefined;
  return {
    current: async (signal) => {
      signal?.throwIfAborted();
      const value = await untilAborted(Promise.resolve(authorization?.()), signal);
      try {
        return new Identity(value, certificate?.(), refuse);
      } catch (error) {
        if (error instanceof ConnectionError) {
          return new Identity(value, undefined, undefined, error);
        }
        throw error;
      }
    },
    invalidate: async () => forget(),
    close: () => undefined,
  };
}

function pluginSource(
  authenticator: ExecAuthenticator,
  authorization: Authorization | undefined,
  warn: (warning: string) => void,
): IdentitySource {
  let closed = false;
  let last:
    | { readonly credentials: ExecCredentialStatus; readonly certificate: KeyPair | undefined }
    | undefined;
  // The next request must wait for a refresh that is under way, or it would be refused again.
  let refreshing: Promise<void> | undefined;
  const certificateOf = (credentials: ExecCredentialStatus): KeyPair | undefined => {
    if (last?.credentials !== credentials) {
      const { clientCertificateData: pem, clientKeyData: key } = credentials;
      const fresh = pem === "" || key === "" ? undefined : clientKeyPair(Buffer.from(pem), Buffer.from(key));
      // Return the same object for an equal pair, so that connections stay open.
      const certificate = fresh?.equals(last?.certificate) === true ? last?.certificate : fresh;
      last = { credentials, certificate };
    }
    return last.certificate;
  };
  return {
    current: async (signal) => {
      await refreshing;
      const credentials = await authenticator.credentials(signal).catch((error: unknown) => {
        // Next to other credentials, a plugin is used only for its certificate; client-go adds no prefix then.
        return rethrow(error, authorization === undefined ? "" : "getting credentials: ");
      });
      const { token } = credentials;
      return new Identity(
        (await authorization?.()) ?? (token === "" ? undefined : `Bearer ${token}`),
        certificateOf(credentials),
        async (refusedSignal) => {
          // As in kubectl, the caller gets the 401 even if this fails.
          refreshing = authenticator.invalidate(credentials, refusedSignal).catch((error: unknown) => {
            if (!closed && refusedSignal?.aborted !== true) {
              notify(() => warn(error instanceof Error ? error.message : String(error)));
            }
          });
          await refreshing;
        },
      );
    },
    invalidate: async () => {
      if (last !== undefined) {
        await authenticator.invalidate(last.credentials).catch((error: unknown) => rethrow(error, ""));
      }
    },
    close: () => {
      closed = true;
      authenticator.close();
    },
  };
}

/** Throws a plugin's failure as that of a request that could not be sent. */
function rethrow(error: unknown, leftOut: string): never {
  if (error instanceof ExecPluginError || error instanceof PluginPolicyError) {
    const { message } = error;
    throw new ConnectionError(message.startsWith(leftOut) ? message.slice(leftOut.length) : message, {
      cause: error,
    });
  }
  throw error;
}

function userAuthorization({ user }: Endpoint): Authorization | undefined {
  if (user === undefined) {
    return undefined;
  }
  const value = basic(textOfBytes(user.name), textOfBytes(user.password ?? ""));
  return () => value;
}

function ownAuthorization(
  host: Host,
  config: RestConfig,
): { readonly authorization: Authorization | undefined; readonly forget: () => void } {
  const { username, password, bearerToken, bearerTokenFile } = config;
  if (typeof bearerToken === "function") {
    if (username !== "" || bearerTokenFile !== "") {
      throw new ConnectionError(
        "a function as bearerToken and username/password or a bearer token file may be set, but not both",
      );
    }
    return { authorization: async () => `Bearer ${await tokenOf(bearerToken)}`, forget: doNothing };
  }
  if (username !== "" && (bearerToken !== "" || bearerTokenFile !== "")) {
    throw new ConnectionError("username/password or bearer token may be set, but not both");
  }
  if (bearerTokenFile !== "") {
    const file = tokenFile(host, bearerTokenFile, bearerToken);
    return { authorization: () => `Bearer ${file.token() ?? ""}`, forget: () => file.forget() };
  }
  if (bearerToken !== "") {
    return { authorization: () => `Bearer ${bearerToken}`, forget: doNothing };
  }
  return { authorization: username === "" ? undefined : () => basic(username, password), forget: doNothing };
}

/** Asks a program for its token. */
async function tokenOf(source: BearerTokenSource): Promise<string> {
  let token: unknown;
  try {
    token = await source();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ConnectionError(`getting credentials: ${message}`, { cause: error });
  }
  if (typeof token !== "string" || token === "") {
    throw new ConnectionError("getting credentials: the function bearerToken returned no token");
  }
  return token;
}

function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`, "utf8").toString("base64")}`;
}

function doNothing(): void {}
