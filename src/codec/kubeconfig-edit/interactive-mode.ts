import type { AuthInfo } from "../../api/auth-info.ts";
import type { Config } from "../../api/config.ts";
import { defaultInteractiveMode } from "../../api/exec-versions.ts";

/**
 * Returns a Config as it reads once it is written: plugins without an interactive mode have the default of their
 * version.
 */
export function withInteractiveModes(config: Config): Config {
  const changed = new Map<string, AuthInfo>();
  for (const [name, user] of config.authInfos) {
    const { exec } = user;
    if (exec === undefined || exec.interactiveMode !== "") {
      continue;
    }
    const interactiveMode = defaultInteractiveMode(exec.apiVersion);
    if (interactiveMode !== "") {
      changed.set(name, user.with({ exec: exec.with({ interactiveMode }) }));
    }
  }
  return changed.size === 0
    ? config
    : {
        ...config,
        authInfos: new Map([...config.authInfos].map(([name, user]) => [name, changed.get(name) ?? user])),
      };
}
