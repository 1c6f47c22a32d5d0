import { ExecPluginError } from "../errors.ts";
import type { PluginCredential } from "../exec/checked-credential.ts";
import { encodeCheckedCredential } from "../exec/checked-credential.ts";
import type { ExecInfo, ExecInfoWithCluster } from "../exec/exec-info.ts";
import { execInfoFromEnv, readExecInfo as readExecInfoOf, withCluster } from "../exec/exec-info.ts";
import type { Host } from "../host/host.ts";
import type { Prompter } from "../loading/prompt.ts";
import { terminalPrompter } from "../loading/terminal-prompter.ts";
import { hostFunction } from "../public-function.ts";
import { checkOptions } from "../check-options.ts";

/**
 * Reads what the client asks, from KUBERNETES_EXEC_INFO: the first call of a credential plugin.
 *
 * A plugin that needs to know the cluster calls {@link loadExecCredentialFromEnv}, which refuses a client that does not name it.
 *
 * @throws ExecPluginError in client-go's words: `KUBERNETES_EXEC_INFO env var is unset or empty`, `decode: …`,
 *   `invalid group/kind: …`. None holds anything of the document but its kind and apiVersion.
 */
export const readExecInfo = hostFunction("readExecInfo", (host: Host): ExecInfo => execInfoFromEnv(host));

/**
 * Reads what the client asks, with the cluster that the credential is for, and an anonymous RestConfig to reach it:
 * `connect(restConfig)`. client-go's `LoadExecCredentialFromEnv`.
 *
 * @throws ExecPluginError in client-go's words; `ExecCredential does not contain cluster information` when the user
 *   entry lacks `provideClusterInfo: true`
 */
export const loadExecCredentialFromEnv = hostFunction(
  "loadExecCredentialFromEnv",
  (host: Host): ExecInfoWithCluster => withCluster(execInfoFromEnv(host)),
);

/**
 * Reads a serialized ExecCredential as {@link loadExecCredentialFromEnv} does. client-go's `LoadExecCredential`.
 *
 * @param data - JSON or YAML
 * @throws ExecPluginError in client-go's words
 */
export function loadExecCredential(data: string | Uint8Array): ExecInfoWithCluster {
  return withCluster(readExecInfoOf(data));
}

/**
 * Encodes the credential that a plugin prints on standard output: an ExecCredential in the version that the client asks
 * for. What client-go would refuse is refused here: nothing, a certificate without its key or with another, PEM that
 * cannot be read, a token that no header can hold, a time that is none.
 *
 * @param info - what {@link readExecInfo} returned, or `{ apiVersion }`
 * @throws ExecPluginError in client-go's words, and without any part of the credential
 * @throws TypeError for a field that a credential does not have, or of another type
 */
export function encodeExecCredential(
  { apiVersion }: Pick<ExecInfo, "apiVersion">,
  credential: PluginCredential,
): string {
  checkOptions("encodeExecCredential", TEXTS, withoutTime(credential));
  return encodeCheckedCredential(apiVersion, credential);
}

/** Returns what is checked like options; a caller may pass anything, a string for instance. */
function withoutTime(credential: unknown): unknown {
  if (typeof credential !== "object" || credential === null || !("expirationTimestamp" in credential)) {
    return credential;
  }
  const { expirationTimestamp: _, ...texts } = credential;
  return texts;
}

const TEXTS = { token: "string", clientCertificateData: "string", clientKeyData: "string" } as const;

/**
 * Makes a prompter for a plugin that asks its user: questions must not go to standard output, which is the credential's.
 *
 * @param info - what {@link readExecInfo} returned
 * @param write - writes the questions, to standard error: `(text) => stderr.write(text)`, of `node:process`
 * @throws ExecPluginError when the client gives the plugin no standard input
 */
export const pluginPrompter = hostFunction(
  "pluginPrompter",
  (host: Host, info: Pick<ExecInfo, "interactive">, write: (text: string) => unknown): Prompter => {
    if (!info.interactive) {
      throw new ExecPluginError(
        "standard input is not available to this plugin: run the client in a terminal, with interactiveMode IfAvailable or Always",
      );
    }
    return terminalPrompter(host, (text) => void write(text));
  },
);
