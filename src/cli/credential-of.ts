import { ExecCredentialStatus } from "../api/exec-credential.ts";
import type { PluginPolicy } from "../api/plugin-policy.ts";
import type { RestConfig } from "../api/rest-config.ts";
import { EXEC_GROUP } from "../api/exec-versions.ts";
import { expiryOfJwt } from "../codec/jwt.ts";
import { ConnectionError, PluginPolicyError } from "../errors.ts";
import { execAuthenticator } from "../exec/authenticator.ts";
import type { Host } from "../host/host.ts";
import { checkAuthProvider } from "../transport/auth-provider.ts";
import { clientCertificate, hasClientCertificate } from "../transport/client-certificate.ts";
import { execClusterInfo } from "../transport/exec-cluster-info.ts";
import type { PersistAuthProvider } from "../transport/oidc-token.ts";
import { oidcToken } from "../transport/oidc-token.ts";
import { tokenFile } from "../transport/token-file.ts";

/** A credential, and the version to print it in by default. */
export interface Credential {
  readonly apiVersion: string;
  readonly status: ExecCredentialStatus;
}

/** How {@link credentialOf} gets what is not stored. */
export interface CredentialOptions {
  /** Which plugins may run. */
  readonly policy: PluginPolicy;
  /** The value of `--plugin-requirements`. */
  readonly pluginRequirements: string;
  /** What a plugin that runs receives: see `PluginCall.chain`. */
  readonly chain: string | undefined;
  /** Keeps the renewed tokens of an `oidc` auth-provider. */
  readonly persist: PersistAuthProvider;
}

const DEFAULT_VERSION = `${EXEC_GROUP}/v1`;

/**
 * Returns the credential that requests with this rest config would use, in kubectl's order: a token or a client
 * certificate takes precedence over a plugin, which then does not run.
 *
 * The ID token of an `oidc` auth-provider is renewed when it has expired.
 *
 * @throws Error for what an ExecCredential cannot hold
 * @throws ConnectionError, ConfigReadError, ExecPluginError in client-go's words
 */
export async function credentialOf(
  host: Host,
  config: RestConfig,
  { policy, pluginRequirements, chain, persist }: CredentialOptions,
): Promise<Credential> {
  refuseWhatCannotBeHeld(config);
  const { authProvider, execProvider, tls } = config;
  const own = ownToken(host, config);
  const pair = hasClientCertificate(tls) ? clientCertificate(host, tls)?.() : undefined;
  const idToken =
    own === "" && authProvider !== undefined
      ? await oidcToken(host, authProvider, persist).current()
      : undefined;
  const token = idToken ?? own;
  if (token !== "" || pair !== undefined) {
    const status = new ExecCredentialStatus({
      expirationTimestamp: idToken === undefined ? undefined : expiryOfJwt(idToken),
      token,
      clientCertificateData: pair?.certificate ?? "",
      clientKeyData: pair?.key() ?? "",
    });
    return { apiVersion: execProvider?.apiVersion || DEFAULT_VERSION, status };
  }
  if (execProvider === undefined) {
    throw new Error("the user has no credential: no token, no client certificate and no plugin");
  }
  const authenticator = execAuthenticator(host, {
    exec: execProvider,
    cluster: execProvider.provideClusterInfo ? execClusterInfo(host, config) : undefined,
    policy,
    pluginRequirements,
    stdinUnavailable: config.execStdinUnavailable,
    chain,
  });
  try {
    return { apiVersion: execProvider.apiVersion, status: await authenticator.credentials() };
  } catch (error) {
    // The policy is known to be valid; that it denies this plugin is no fault of the kuberc.
    throw error instanceof PluginPolicyError ? new ConnectionError(error.message, { cause: error }) : error;
  } finally {
    authenticator.close();
  }
}

/** Reports whether a kubeconfig has the credential itself, or names a file that has it: then no plugin runs. */
export function hasStoredCredential({
  bearerToken,
  bearerTokenFile,
  authProvider,
  tls,
}: RestConfig): boolean {
  return (
    bearerToken !== "" || bearerTokenFile !== "" || authProvider !== undefined || hasClientCertificate(tls)
  );
}

function refuseWhatCannotBeHeld({ username, authProvider, execProvider, impersonate }: RestConfig): void {
  const { userName, uid, groups, extra } = impersonate;
  if (userName !== "" || uid !== "" || groups.length > 0 || extra.size > 0) {
    throw new Error(
      "the user impersonates another, which an ExecCredential cannot say: the credential would be that of the one who impersonates",
    );
  }
  if (username !== "") {
    throw new Error("the user has a user name and a password, which an ExecCredential cannot hold");
  }
  if (authProvider === undefined) {
    return;
  }
  if (authProvider.name !== "oidc") {
    throw new Error(
      "the user has a legacy auth-provider other than oidc, which kcfg credential does not ask: use an exec plugin",
    );
  }
  if (execProvider !== undefined) {
    throw new ConnectionError("execProvider and authProvider cannot be used in combination");
  }
  checkAuthProvider(authProvider);
}

function ownToken(host: Host, { bearerToken, bearerTokenFile }: RestConfig): string {
  // A kubeconfig has no functions.
  const token = typeof bearerToken === "string" ? bearerToken : "";
  return bearerTokenFile === "" ? token : (tokenFile(host, bearerTokenFile, token).token() ?? "");
}
