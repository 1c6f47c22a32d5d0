import type { AuthInfo } from "../api/auth-info.ts";
import { entryMap } from "../api/entry-map.ts";
import type { Config } from "../api/config.ts";
import type { JsonValue } from "../api/json-value.ts";
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
 * Replaces all that may be a credential, and data: what {@link redactSecrets} and {@link shortenConfig} replace, and also
 * the arguments and variables of plugins, the settings of auth-providers, and the passwords of URLs, which kubectl shows.
 * The content of extensions stays.
 */
export function redactCredentials(config: Config): Config {
  const shortened = shortenConfig(redactSecrets(config));
  return {
    ...shortened,
    clusters: mapValues(shortened.clusters, (cluster) => {
      const { certificateAuthorityData, extensions } = cluster;
      return cluster.with({ ...cluster.toJSON(), certificateAuthorityData, extensions });
    }),
    authInfos: mapValues(shortened.authInfos, (user) => {
      const { clientCertificateData, clientKeyData, exec, authProvider, extensions } = user;
      return user.with({
        ...user.toJSON(),
        clientCertificateData,
        clientKeyData,
        exec: exec?.with(exec.toJSON()),
        authProvider: authProvider?.with(authProvider.toJSON()),
        extensions,
      });
    }),
  };
}

/** Replaces what {@link redactCredentials} does, and the content of extensions: what is left may be shown to anybody. */
export function redactAll(config: Config): Config {
  const shown = redactCredentials(config);
  const hide = (extensions: ReadonlyMap<string, JsonValue>) => mapValues(extensions, () => REDACTED);
  const { preferences } = shown;
  return {
    ...shown,
    preferences: { ...preferences, extensions: hide(preferences.extensions) },
    extensions: hide(shown.extensions),
    clusters: mapValues(shown.clusters, (cluster) => cluster.with({ extensions: hide(cluster.extensions) })),
    authInfos: mapValues(shown.authInfos, (user) => user.with({ extensions: hide(user.extensions) })),
    contexts: mapValues(shown.contexts, (context) => ({ ...context, extensions: hide(context.extensions) })),
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

function mapValues<T, R = T>(
  entries: ReadonlyMap<string, T>,
  change: (entry: T) => R,
): ReadonlyMap<string, R> {
  const changed = entryMap<R>();
  for (const [name, entry] of entries) {
    changed.set(name, change(entry));
  }
  return changed;
}
