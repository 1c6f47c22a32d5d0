import type { FileChange } from "./config-files.ts";
import { textOf } from "./config-files.ts";
import { maskConfigText } from "./mask-config-text.ts";
import { SecretMasker } from "./secret-masker.ts";
import { unifiedDiff } from "./unified-diff.ts";
import type { AuthInfo } from "../api/auth-info.ts";
import type { Config } from "../api/config.ts";
import { decodeConfig } from "../codec/kubeconfig/decode-config.ts";
import { encodeBase64 } from "../go/base64.ts";
import { KcfgError } from "../errors.ts";
import { SecretIndex, SHORTEST_SECRET } from "./secret-index.ts";

/**
 * Returns a unified diff of a change, in which every value that may be secret is `REDACTED`, whatever its length. A
 * changed one is `REDACTED (changed)`.
 *
 * @throws ConfigReadError if a side has an invalid encoding
 */
export function redactedDiff({ file, before, after }: FileChange): string {
  const texts = [before, after].map((data) =>
    data === undefined ? "" : textOf(data, file).replaceAll("\0", "\ufffd"),
  );
  const secrets = secretsIn(texts);
  const masker = new SecretMasker();
  const [old = "", fresh = ""] = texts.map((text) => maskConfigText(text, masker, secrets));
  const names = {
    from: before === undefined ? "/dev/null" : file,
    to: after === undefined ? "/dev/null" : file,
  };
  return unifiedDiff(old, fresh, names, (line, replaced) => masker.show(line, replaced));
}

/**
 * Returns the secrets in kubeconfigs, each line of a longer one by itself. Very short ones are left out: they occur in
 * words that are no secrets.
 */
function secretsIn(texts: readonly string[]): SecretIndex {
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
