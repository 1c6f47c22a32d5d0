import type { Host } from "../host/host.ts";
import type { ClientConfig } from "../loading/client-config.ts";
import { kubectlClientConfig } from "../loading/client-configs.ts";
import { terminalPrompter } from "../loading/terminal-prompter.ts";
import { connectionFlags } from "./connection-flags.ts";
import type { GlobalFlags } from "./global-flags.ts";
import type { IOStreams } from "./io-streams.ts";
import { logOfFiles } from "./path-options.ts";

/**
 * Makes the client config of the commands that need a server: from the global flags, the kubeconfigs and the
 * environment, as kubectl does. It prompts for a user name and a password where the user entry has no credentials.
 * cli-runtime's `ConfigFlags.ToRawKubeConfigLoader`.
 */
export function clientConfigOf(host: Host, streams: IOStreams, flags: GlobalFlags): ClientConfig {
  const { explicitPath, overrides } = connectionFlags(flags);
  return kubectlClientConfig(host, {
    overrides,
    rules: () => ({ explicitPath, ...logOfFiles(host, streams, flags) }),
    prompter: terminalPrompter(host, (text) => streams.out.say(text)),
    warn: (text) => streams.err.sayLine(text),
  });
}
