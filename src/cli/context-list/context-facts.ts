import type { AuthInfo } from "../../api/auth-info.ts";
import { redactUrlPassword } from "../../api/redaction.ts";
import { absoluteDir, resolvePath } from "../../clientcmd/paths.ts";
import { certificatesIn } from "../../doctor/certificates.ts";
import { ConfigReadError } from "../../errors.ts";
import { filepathFor } from "../../go/filepath.ts";
import type { Host } from "../../host/host.ts";
import { readFile } from "../../loading/file-system.ts";
import type { ConfigOrigins } from "../../loading/load-origins.ts";
import { CREDENTIAL_LIMIT } from "../../loading/size-limits.ts";

/** What lists show of a context. Holds no secret. */
export interface ContextFacts {
  readonly name: string;
  readonly current: boolean;
  readonly cluster: string;
  readonly user: string;
  /** `""` for none. */
  readonly namespace: string;
  /** The address, without a password; `""` if the cluster has none or does not exist. */
  readonly server: string;
  /** The kinds of credentials that the user has. */
  readonly auth: readonly AuthKind[];
  /** The command of the credential plugin; `""` for none. */
  readonly plugin: string;
  /** When the client certificate expires, in milliseconds since 1970; undefined without one that can be read. */
  readonly certificateExpires: number | undefined;
  /** The file that defines the context. */
  readonly file: string;
  /** The line in that file, from 1. */
  readonly line: number;
}

export type AuthKind = "certificate" | "token-file" | "token" | "basic" | "exec" | "auth-provider";

/** Collects the facts about contexts, by name. */
export function contextFacts(
  host: Host,
  origins: ConfigOrigins,
  names: readonly string[],
): readonly ContextFacts[] {
  const { config } = origins;
  const expiries = new Map<AuthInfo, number | undefined>();
  const expiryOf = (user: AuthInfo): number | undefined => {
    if (!expiries.has(user)) {
      expiries.set(user, certificateExpiry(host, user));
    }
    return expiries.get(user);
  };
  return names.map((name) => {
    const { cluster = "", authInfo = "", namespace = "" } = config.contexts.get(name) ?? {};
    const user = config.authInfos.get(authInfo);
    const origin = origins.find(["contexts", name]);
    return {
      name,
      current: name === config.currentContext,
      cluster,
      user: authInfo,
      namespace,
      server: redactUrlPassword(config.clusters.get(cluster)?.server ?? ""),
      auth: user === undefined ? [] : authKinds(user),
      plugin: user?.exec?.command ?? "",
      certificateExpires: user && expiryOf(user),
      file: origin?.file ?? "",
      line: origin?.position.line ?? 0,
    };
  });
}

/** Returns the kinds of credentials that a user has. */
export function authKinds(user: AuthInfo): readonly AuthKind[] {
  const has: Readonly<Record<AuthKind, boolean>> = {
    certificate: user.clientCertificate !== "" || (user.clientCertificateData?.length ?? 0) > 0,
    "token-file": user.tokenFile !== "",
    token: user.token !== "",
    basic: user.username !== "" || user.password !== "",
    exec: user.exec !== undefined,
    "auth-provider": user.authProvider !== undefined,
  };
  // The keys are those of the type.
  return (Object.keys(has) as AuthKind[]).filter((kind) => has[kind]);
}

/** Returns when the client certificate of a user expires; of a chain, the user's own is the first. */
export function certificateExpiry(host: Host, user: AuthInfo): number | undefined {
  const { clientCertificate, clientCertificateData } = user;
  const filepath = filepathFor(host);
  const base = absoluteDir(user.locationOfOrigin, filepath, host.cwd());
  try {
    const data =
      clientCertificateData !== undefined && clientCertificateData.length > 0
        ? clientCertificateData
        : clientCertificate === ""
          ? undefined
          : readFile(host, resolvePath(clientCertificate, base, filepath), CREDENTIAL_LIMIT);
    return data && certificatesIn(data)[0]?.notAfter;
  } catch (error) {
    if (error instanceof ConfigReadError) {
      return undefined;
    }
    throw error;
  }
}
