import type { AuthInfo } from "../../api/auth-info.ts";
import type { Config } from "../../api/config.ts";
import type { JsonValue } from "../../api/json-value.ts";
import { configFromV1 } from "../kubeconfig/from-v1.ts";

/** The interactive mode that a plugin is read with: what is written, or else the default of its version. */
export function interactiveModeOf(apiVersion: JsonValue, written: JsonValue): string {
  const exec = new Map([
    ["apiVersion", apiVersion],
    ["interactiveMode", written],
  ]);
  const user = new Map([["user", new Map([["exec", exec]])]]);
  const [decoded] = configFromV1(new Map([["users", [user]]]), "").authInfos.values();
  return decoded?.exec?.interactiveMode ?? "";
}

/** A Config as it will be read once it is written: plugins without an interactive mode have the default of their version. */
export function withInteractiveModes(config: Config): Config {
  const changed = new Map<string, AuthInfo>();
  for (const [name, user] of config.authInfos) {
    const { exec } = user;
    if (exec === undefined || exec.interactiveMode !== "") {
      continue;
    }
    const interactiveMode = interactiveModeOf(exec.apiVersion, null);
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
