import type { Host } from "../../host/host.ts";
import {
  clusterDefaults,
  defaultClientConfig,
  newNonInteractiveDeferredLoadingClientConfig,
} from "../../loading/client-configs.ts";
import { defaultLoadingRules } from "../../loading/loading-rules.ts";
import { ConnectingCommand } from "../connecting-command.ts";
import { connectionFlags } from "../connection-flags.ts";
import { askedVersion, credentialOf } from "../credential-of.ts";
import type { GlobalFlags } from "../global-flags.ts";
import type { IOStreams } from "../io-streams.ts";
import { logOfFiles } from "../path-options.ts";
import { encodeExecCredential } from "../../codec/exec-credential/encode.ts";

/** `kcfg credential`: the credential of a user, as a credential plugin prints it. */
export function credentialCommand(host: Host, streams: IOStreams): ConnectingCommand {
  const command = new ConnectingCommand("credential");
  return command
    .summary("Print the user's credential as a credential plugin does")
    .description(
      "Print the credential of the current context's user as an ExecCredential, so that any client can use kcfg as its\n" +
        "credential plugin. A plugin of the user is run under the plugin policy of your kuberc. A token, a token file and a\n" +
        "client certificate are printed as they are, and go before a plugin, as in kubectl.\n\n" +
        "Refused is what an ExecCredential cannot hold: a user name with a password, a legacy auth-provider, and an\n" +
        "impersonation, without which the credential would be that of somebody else.\n\n" +
        "The apiVersion is that of KUBERNETES_EXEC_INFO, which a client sets for its plugin; else that of the user's own\n" +
        "plugin; else client.authentication.k8s.io/v1. The output is secret.",
    )
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      if (command.args.length > 0) {
        throw command.usageError(`unexpected arguments: [${command.args.join(" ")}]`);
      }
      const pluginPolicy = command.pluginPolicy(host, streams);
      const version = askedVersion(host);
      const config = await quietClientConfig(host, streams, command.opts<GlobalFlags>()).clientConfig();
      const { apiVersion, status } = await credentialOf(host, config, pluginPolicy);
      streams.out.write(encodeExecCredential(version ?? apiVersion, status));
    });
}

/** Asks nobody for credentials: what a plugin prints is read by a program. */
function quietClientConfig(host: Host, streams: IOStreams, flags: GlobalFlags) {
  const { explicitPath, overrides } = connectionFlags(flags);
  overrides.clusterDefaults = clusterDefaults(host);
  const rules = defaultLoadingRules(host, {
    explicitPath,
    ...logOfFiles(host, streams, flags),
    defaultClientConfig: defaultClientConfig(host),
  });
  return newNonInteractiveDeferredLoadingClientConfig(host, rules, overrides, (text) => {
    streams.err.write(`${text}\n`);
  });
}

const EXAMPLES = `
Examples:
  # The token that kubectl would send
  kcfg credential | jq -r .status.token

  # Let another client use what this context uses, under your plugin policy
  users:
  - name: shared
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1
        command: kcfg
        args: [credential, --context, staging]
        interactiveMode: IfAvailable`;
