import type { AuthInfo } from "../api/auth-info.ts";
import type { Config } from "../api/config.ts";
import { decodeConfig } from "../codec/kubeconfig/decode-config.ts";
import { encodeBase64 } from "../go/base64.ts";
import { KcfgError } from "../errors.ts";
import { SecretIndex, SHORTEST_SECRET } from "./secret-index.ts";

/**
 * The secrets that stand in kubeconfigs, each line of a longer one by itself. Very short ones are left out: they are found in
 * words that are no secrets.
 */
export function secretsIn(texts: readonly string[]): SecretIndex {
  const secrets = texts.flatMap((text) => {
    try {
      return secretsOf(decodeConfig(text));
    } catch (error) {
      if (error instanceof KcfgError) {
        return [];
      }
      throw error;
    }
  });
  const lines = secrets.flatMap((secret) => secret.split(/[\r\n]+/));
  return new SecretIndex([...new Set(lines.filter((line) => line.length >= SHORTEST_SECRET))]);
}

function secretsOf(config: Config): readonly string[] {
  return Array.from(config.authInfos.values(), secretsOfUser).flat();
}

function secretsOfUser({ token, password, clientKeyData, exec, authProvider }: AuthInfo): readonly string[] {
  return [
    token,
    password,
    clientKeyData === undefined ? "" : encodeBase64(clientKeyData),
    ...(exec?.args ?? []),
    ...(exec?.env ?? []).map(({ value }) => value),
    ...(authProvider?.config?.values() ?? []),
  ];
}
