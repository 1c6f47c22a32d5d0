import type { Command } from "commander";
import type { AuthInfoFields } from "../api/auth-info.ts";
import type { ClusterFields } from "../api/cluster.ts";
import type { Context } from "../api/config.ts";
import type { ConfigOverrides } from "../api/overrides.ts";
import { readUserExtra, removeNamespacesPrefix } from "../clientcmd/flag-values.ts";
import type {
  AuthOverrideFlags,
  ClusterOverrideFlags,
  ConfigOverrideFlags,
  ContextOverrideFlags,
  FlagInfo,
} from "../clientcmd/override-flags.ts";
import { bindBoolFlag, bindStringArrayFlag, bindStringFlag } from "./bind-flag.ts";
import { checkNames } from "./check-names.ts";

/**
 * Registers flags on a command, which set overrides as they are parsed. client-go's `BindOverrideFlags`.
 *
 * The flags can be given before and after the name of a subcommand. They are read as kubectl reads its own: `-nfoo`,
 * `-n=foo`, `--server=`, `--insecure-skip-tls-verify=false`; the last of repeated flags counts, but those for groups and
 * extras add up. All other options of the command stay commander's. Their values are among the command's `opts()` too.
 *
 * The defaults of the flags replace the values of the overrides immediately. A flag with an empty long name is left out
 * and sets nothing.
 *
 * @throws Error when the command already has a flag of that name, or two of these flags have the same name; no flag is
 *   registered then
 */
export function bindOverrideFlags(
  command: Command,
  overrides: ConfigOverrides,
  flags: ConfigOverrideFlags,
): void {
  const { auth, cluster, context, currentContext, timeout } = flags;
  checkNames(command, [auth, cluster, context, { currentContext, timeout }].flatMap(flagsIn));
  bindAuthInfoFlags(command, overrides, auth);
  bindClusterFlags(command, overrides, cluster);
  bindContextFlags(command, overrides, context);
  bindStringFlag(command, currentContext, (value) => (overrides.currentContext = value));
  bindStringFlag(command, timeout, (value) => (overrides.timeout = value));
}

/** Registers the flags about the user only. client-go's `BindAuthInfoFlags`. See {@link bindOverrideFlags}. */
export function bindAuthInfoFlags(
  command: Command,
  overrides: Pick<ConfigOverrides, "authInfo">,
  flags: AuthOverrideFlags,
): void {
  checkNames(command, flagsIn(flags));
  const write = (changes: Partial<AuthInfoFields>) => {
    overrides.authInfo = overrides.authInfo.with(changes);
  };
  bindStringFlag(command, flags.clientCertificate, (clientCertificate) => write({ clientCertificate }));
  bindStringFlag(command, flags.clientKey, (clientKey) => write({ clientKey }));
  bindStringFlag(command, flags.token, (token) => write({ token }));
  bindStringFlag(command, flags.impersonate, (impersonate) => write({ impersonate }));
  bindStringFlag(command, flags.impersonateUid, (impersonateUid) => write({ impersonateUid }));
  bindStringArrayFlag(command, flags.impersonateGroups, (impersonateGroups) => write({ impersonateGroups }));
  bindStringArrayFlag(command, flags.impersonateUserExtra, (extras) =>
    write({ impersonateUserExtra: readUserExtra(extras) }),
  );
  bindStringFlag(command, flags.username, (username) => write({ username }));
  bindStringFlag(command, flags.password, (password) => write({ password }));
}

/** Registers the flags about the cluster only. client-go's `BindClusterFlags`. See {@link bindOverrideFlags}. */
export function bindClusterFlags(
  command: Command,
  overrides: Pick<ConfigOverrides, "cluster">,
  flags: ClusterOverrideFlags,
): void {
  checkNames(command, flagsIn(flags));
  const write = (changes: Partial<ClusterFields>) => {
    overrides.cluster = overrides.cluster.with(changes);
  };
  bindStringFlag(command, flags.apiServer, (server) => write({ server }));
  bindStringFlag(command, flags.certificateAuthority, (certificateAuthority) =>
    write({ certificateAuthority }),
  );
  bindBoolFlag(command, flags.insecureSkipTlsVerify, (insecureSkipTlsVerify) =>
    write({ insecureSkipTlsVerify }),
  );
  bindStringFlag(command, flags.tlsServerName, (tlsServerName) => write({ tlsServerName }));
  bindStringFlag(command, flags.proxyUrl, (proxyUrl) => write({ proxyUrl }));
  bindBoolFlag(command, flags.disableCompression, (disableCompression) => write({ disableCompression }));
}

/** Registers the flags about the context only. client-go's `BindContextFlags`. See {@link bindOverrideFlags}. */
export function bindContextFlags(
  command: Command,
  overrides: Pick<ConfigOverrides, "context">,
  flags: ContextOverrideFlags,
): void {
  checkNames(command, flagsIn(flags));
  const write = (changes: Partial<Context>) => {
    overrides.context = { ...overrides.context, ...changes };
  };
  bindStringFlag(command, flags.clusterName, (cluster) => write({ cluster }));
  bindStringFlag(command, flags.authInfoName, (authInfo) => write({ authInfo }));
  bindStringFlag(command, flags.namespace, (namespace) => write({ namespace }), removeNamespacesPrefix);
}

function flagsIn(group: object): readonly FlagInfo[] {
  return Object.values(group);
}
