import type { AuthInfo } from "../api/auth-info.ts";
import type { Cluster } from "../api/cluster.ts";
import type { ImpersonationConfig, RestConfigFields, TlsClientConfig } from "../api/rest-config.ts";
import { withoutControlCharacters } from "../go/control-characters.ts";
import { hasCertificate } from "../clientcmd/validate-auth-info.ts";
import type { Host } from "../host/host.ts";
import { readFile } from "./file-system.ts";
import { CREDENTIAL_LIMIT } from "./size-limits.ts";

/** The name of the extension of a cluster whose content plugins receive. */
const EXEC_EXTENSION = "client.authentication.k8s.io/exec";

/** The credentials of a client: the fields of a `RestConfig` that come from a user entry. */
export type UserIdentification = Partial<
  Pick<
    RestConfigFields,
    | "username"
    | "password"
    | "bearerToken"
    | "bearerTokenFile"
    | "authProvider"
    | "execProvider"
    | "execClusterConfig"
  >
> & {
  readonly tls: Partial<TlsClientConfig>;
};

/**
 * Returns the credentials of a user entry. Reads a token file only if there is no token. client-go's
 * `getUserIdentificationPartialConfig`, without the prompt.
 *
 * @throws ConfigReadError for a token file that cannot be read
 */
export function identifyUser(host: Host, user: AuthInfo, cluster: Cluster): UserIdentification {
  const { token, tokenFile, username, password, authProvider, exec } = user;
  return {
    username,
    password,
    bearerToken: token !== "" || tokenFile === "" ? token : readToken(host, tokenFile),
    bearerTokenFile: tokenFile,
    authProvider,
    execProvider: exec?.with({ installHint: withoutControlCharacters(exec.installHint) }),
    execClusterConfig: exec === undefined ? undefined : cluster.extensions.get(EXEC_EXTENSION),
    tls: hasCertificate(user)
      ? {
          certFile: user.clientCertificate,
          certData: user.clientCertificateData,
          keyFile: user.clientKey,
          keyData: user.clientKeyData,
        }
      : {},
  };
}

/** Reports whether credentials are complete, so that no prompt is needed. client-go's `canIdentifyUser`. */
export function canIdentifyUser(config: UserIdentification): boolean {
  const { username, bearerToken, authProvider, execProvider, tls } = config;
  return (
    (username ?? "") !== "" ||
    (tls.certFile ?? "") !== "" ||
    (tls.certData?.length ?? 0) > 0 ||
    (bearerToken ?? "") !== "" ||
    authProvider !== undefined ||
    execProvider !== undefined
  );
}

/** Returns the user to act as; undefined unless the user entry names one. */
export function impersonationOf(user: AuthInfo): ImpersonationConfig | undefined {
  if (user.impersonate === "") {
    return undefined;
  }
  return {
    userName: user.impersonate,
    uid: user.impersonateUid,
    groups: user.impersonateGroups,
    extra: new Map(Array.from(user.impersonateUserExtra, ([key, values]) => [key, values ?? []])),
  };
}

function readToken(host: Host, file: string): string {
  return Buffer.from(readFile(host, file, CREDENTIAL_LIMIT)).toString("utf8");
}
