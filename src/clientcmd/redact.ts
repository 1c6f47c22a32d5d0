import type { AuthInfo } from "../api/auth-info.ts";
import { entryMap } from "../api/entry-map.ts";
import type { Config } from "../api/config.ts";
import { omitData, REDACTED } from "../api/redaction.ts";

/**
 * Replaces tokens, passwords and client keys, as `kubectl config view` does unless `--raw` or `--flatten` is given,
 * before {@link shortenConfig}. client-go's `api.RedactSecrets`.
 *
 * An empty client key becomes a redacted one too, since only a missing one counts as unset there.
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
      omitData(cluster.certificateAuthorityData) === cluster.certificateAuthorityData
        ? cluster
        : cluster.with({ certificateAuthorityData: omitData(cluster.certificateAuthorityData) }),
    ),
  };
}

/**
 * Reports whether a user has secrets. Most users of large kubeconfigs have a plugin and nothing to hide: they need no
 * copy.
 */
function hasSecrets(user: AuthInfo): boolean {
  return user.clientKeyData !== undefined || user.token !== "" || user.password !== "";
}

function hasData(user: AuthInfo): boolean {
  return user.clientKeyData !== undefined || user.clientCertificateData !== undefined || user.token !== "";
}

function mapValues<T>(entries: ReadonlyMap<string, T>, change: (entry: T) => T): ReadonlyMap<string, T> {
  const changed = entryMap<T>();
  for (const [name, entry] of entries) {
    changed.set(name, change(entry));
  }
  return changed;
}
