import { AuthProviderConfig } from "../api/auth-info.ts";
import type { Config } from "../api/config.ts";
import type { Host } from "../host/host.ts";
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
