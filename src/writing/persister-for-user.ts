import { AuthProviderConfig } from "../api/auth-info.ts";
import type { Config } from "../api/config.ts";
import type { ConfigOverrides } from "../api/overrides.ts";
import { chosenAuthInfoName } from "../clientcmd/chosen-entries.ts";
import type { Host } from "../host/host.ts";
import type { ClientConfig } from "../loading/client-config.ts";
import type { ConfigAccess } from "../loading/config-access.ts";
import type { ModifyOptions } from "./modify-config.ts";
import { modifyConfig } from "./modify-config.ts";

/** Makes what keeps the tokens of an auth-provider, as the library's `persisterForUser` does. */
export function persisterForUser(
  host: Host,
  access: ConfigAccess,
  user: string,
  options: Pick<ModifyOptions, "lockTimeout" | "trustFolderOwner" | "warn"> = {},
): (settings: ReadonlyMap<string, string>) => Promise<void> {
  return async (settings) => {
    await modifyConfig(host, access, (starting) => withSettings(starting, user, settings), options);
  };
}

/**
 * Keeps the tokens of the user that a client config has chosen, as kubectl does; does nothing without kubeconfigs.
 *
 * @param overrides - those of the client config
 * @param settings - the new settings of the user's auth-provider
 */
export async function persistForChosenUser(
  host: Host,
  clientConfig: ClientConfig,
  overrides: ConfigOverrides,
  settings: ReadonlyMap<string, string>,
  options: Pick<ModifyOptions, "warn">,
): Promise<void> {
  const access = clientConfig.configAccess();
  if (access !== undefined) {
    const choice = { config: clientConfig.rawConfig(), contextName: "", overrides };
    await persisterForUser(host, access, chosenAuthInfoName(choice).name, options)(settings);
  }
}

function withSettings(config: Config, user: string, settings: ReadonlyMap<string, string>): Config {
  const authInfo = config.authInfos.get(user);
  // As in client-go: a user that has no auth-provider any more keeps nothing.
  if (authInfo?.authProvider === undefined) {
    return config;
  }
  const authProvider = new AuthProviderConfig({
    name: authInfo.authProvider.name,
    config: new Map(settings),
  });
  return { ...config, authInfos: new Map([...config.authInfos, [user, authInfo.with({ authProvider })]]) };
}
