import type { AuthInfo } from "../../api/auth-info.ts";
import { AuthProviderConfig } from "../../api/auth-info.ts";
import type { ExecEnvVar, ExecInteractiveMode } from "../../api/exec.ts";
import { ExecConfig } from "../../api/exec.ts";

/** Names and values to set, and names to remove. */
export interface PairChanges {
  readonly put: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
}

/** A file of a credential: its absolute path, or its content if it is to be embedded. */
export interface FileReference {
  readonly path: string;
  readonly content: Uint8Array | undefined;
}

/** The arguments of `set-credentials`; undefined for those that are not given. */
export interface AuthInfoChanges {
  readonly clientCertificate: FileReference | undefined;
  readonly clientKey: FileReference | undefined;
  readonly token: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly authProvider: string | undefined;
  readonly authProviderArgs: PairChanges | undefined;
  readonly execCommand: string | undefined;
  readonly execApiVersion: string | undefined;
  readonly execArgs: readonly string[] | undefined;
  readonly execEnv: PairChanges | undefined;
  readonly execInteractiveMode: ExecInteractiveMode | undefined;
  readonly execProvideClusterInfo: boolean | undefined;
}

/**
 * Changes a user as `kubectl config set-credentials` does: a token clears user name and password, and they clear it; a
 * new exec command clears the arguments; settings of a plugin that does not exist are ignored.
 */
export function changeAuthInfo(user: AuthInfo, changes: AuthInfoChanges): AuthInfo {
  return changeBasics(changeFiles(user, changes), changes).with({
    authProvider: changeAuthProvider(user.authProvider, changes),
    exec: changeExec(user.exec, changes),
  });
}

function changeFiles(user: AuthInfo, { clientCertificate, clientKey }: AuthInfoChanges): AuthInfo {
  let changed = user;
  if (clientCertificate !== undefined) {
    const { path, content } = clientCertificate;
    const data = path === "" && content === undefined ? user.clientCertificateData : content;
    changed = changed.with({ clientCertificate: path, clientCertificateData: data });
  }
  if (clientKey !== undefined) {
    const { path, content } = clientKey;
    const data = path === "" && content === undefined ? user.clientKeyData : content;
    changed = changed.with({ clientKey: path, clientKeyData: data });
  }
  return changed;
}

function changeBasics(user: AuthInfo, { token, username, password }: AuthInfoChanges): AuthInfo {
  const changed = user.with({
    token: token ?? user.token,
    username: username ?? user.username,
    password: password ?? user.password,
  });
  if (token) {
    return username || password ? changed : changed.with({ username: "", password: "" });
  }
  return username || password ? changed.with({ token: "" }) : changed;
}

function changeAuthProvider(
  provider: AuthProviderConfig | undefined,
  { authProvider, authProviderArgs }: AuthInfoChanges,
): AuthProviderConfig | undefined {
  const chosen =
    authProvider === undefined || provider?.name === authProvider
      ? provider
      : new AuthProviderConfig({ name: authProvider });
  if (chosen === undefined) {
    return undefined;
  }
  const config = new Map(chosen.config);
  for (const name of authProviderArgs?.remove ?? []) {
    config.delete(name);
  }
  for (const [name, value] of authProviderArgs?.put ?? []) {
    config.set(name, value);
  }
  return new AuthProviderConfig({ name: chosen.name, config });
}

function changeExec(exec: ExecConfig | undefined, changes: AuthInfoChanges): ExecConfig | undefined {
  const {
    execCommand: command,
    execApiVersion,
    execArgs,
    execInteractiveMode,
    execProvideClusterInfo,
  } = changes;
  const chosen = command === undefined ? exec : (exec ?? new ExecConfig()).with({ command, args: undefined });
  return chosen?.with({
    apiVersion: execApiVersion ?? chosen.apiVersion,
    args: execArgs ?? chosen.args,
    interactiveMode: execInteractiveMode ?? chosen.interactiveMode,
    provideClusterInfo: execProvideClusterInfo ?? chosen.provideClusterInfo,
    env: changes.execEnv === undefined ? chosen.env : changeEnv(chosen.env ?? [], changes.execEnv),
  });
}

function changeEnv(env: readonly ExecEnvVar[], { put, remove }: PairChanges): readonly ExecEnvVar[] {
  const kept = env.filter(({ name }) => !remove.includes(name));
  const changed = kept.map((variable, at) => {
    // Of several variables with one name, the first is changed.
    const isFirst = kept.findIndex(({ name }) => name === variable.name) === at;
    const value = isFirst ? put.get(variable.name) : undefined;
    return value === undefined ? variable : { name: variable.name, value };
  });
  const added = [...put].filter(([name]) => !kept.some((variable) => variable.name === name));
  return [...changed, ...added.map(([name, value]) => ({ name, value }))];
}
