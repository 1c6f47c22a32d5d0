import type { AuthInfo } from "../api/auth-info.ts";
import type { Config } from "../api/config.ts";
import { REDACTED } from "../api/redaction.ts";

/** Stands for data: client-go's bytes, which base64 shows as `DATA+OMITTED`. */
const DATA_OMITTED: Uint8Array = Buffer.from("DATA+OMITTED", "base64");

/**
 * Replaces tokens, passwords and client keys: what `kubectl config view` does unless `--raw` or `--flatten` is given,
 * before {@link shortenConfig}. client-go's `api.RedactSecrets`.
 *
 * A client key of no bytes becomes a redacted one too, since only a missing one counts as unset there.
 */
export function redactSecrets(config: Config): Config {
  return {
    ...config,
    authInfos: mapValues(config.authInfos, (user) =>
      hasSecrets(user)
        ? user.with({
            clientKeyData: user.clientKeyData && Buffer.from(REDACTED),
            token: user.token && REDACTED,
            password: user.password && REDACTED,
          })
        : user,
    ),
  };
}

/**
 * Replaces certificate and key data by `DATA+OMITTED` and tokens by `REDACTED`, for people to read. client-go's
 * `api.ShortenConfig`.
 */
export function shortenConfig(config: Config): Config {
  return {
    ...config,
    authInfos: mapValues(config.authInfos, (user) =>
      hasData(user)
        ? user.with({
            clientKeyData: omitData(user.clientKeyData),
            clientCertificateData: omitData(user.clientCertificateData),
            token: user.token && REDACTED,
          })
        : user,
    ),
    clusters: mapValues(config.clusters, (cluster) =>
      cluster.certificateAuthorityData === undefined
        ? cluster
        : cluster.with({ certificateAuthorityData: omitData(cluster.certificateAuthorityData) }),
    ),
  };
}

/** Most users of large kubeconfigs have a plugin and nothing to hide: they need no copy. */
function hasSecrets(user: AuthInfo): boolean {
  return user.clientKeyData !== undefined || user.token !== "" || user.password !== "";
}

function hasData(user: AuthInfo): boolean {
  return user.clientKeyData !== undefined || user.clientCertificateData !== undefined || user.token !== "";
}

function omitData(data: Uint8Array | undefined): Uint8Array | undefined {
  return data === undefined || data.length === 0 ? data : DATA_OMITTED;
}

function mapValues<T>(entries: ReadonlyMap<string, T>, change: (entry: T) => T): ReadonlyMap<string, T> {
  return new Map(Array.from(entries, ([name, entry]) => [name, change(entry)]));
}
