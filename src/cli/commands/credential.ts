import { chosenAuthInfoName, chosenClusterName, chosenContextName } from "../../clientcmd/chosen-entries.ts";
import { encodeExecCredential } from "../../codec/exec-credential/encode-exec-info.ts";
import { goQuote } from "../../go/quote.ts";
import { ExecPluginError } from "../../errors.ts";
import { extendChain } from "../../exec/credential-chain.ts";
import { isCredentialPlugin } from "../../host/credential-plugin.ts";
import type { Host } from "../../host/host.ts";
import { clusterDefaults, defaultClientConfig, deferredClientConfig } from "../../loading/client-configs.ts";
import { describeLoop, identityOfUser, loopFinder } from "../../loading/credential-loop.ts";
import { defaultLoadingRules } from "../../loading/loading-rules.ts";
import { askedCredential } from "../asked-credential.ts";
import { ConnectingCommand } from "../connecting-command.ts";
import { connectionFlags } from "../connection-flags.ts";
import { credentialOf, hasStoredCredential } from "../credential-of.ts";
import type { CredentialSource } from "../destination.ts";
import { refuseOtherDestination } from "../destination.ts";
import type { GlobalFlags } from "../global-flags.ts";
import type { IOStreams } from "../io-streams.ts";
import type { RequirementsFlag } from "../requirements-flag.ts";
import { requirementsFlag } from "../requirements-flag.ts";
import { logOfFiles } from "../path-options.ts";
import { tokenPersister } from "../token-persister.ts";

/** Creates `kcfg credential`: the credential of a user, as a credential plugin prints it. */
export function credentialCommand(host: Host, streams: IOStreams): ConnectingCommand {
  const command = new ConnectingCommand("credential");
  return command
    .summary("Print the user's credential as a credential plugin does")
    .description(
      "Print the credential of the current context's user as an ExecCredential, so that any client can use kcfg as its\n" +
        "credential plugin. A plugin of the user is run under the plugin policy of your kuberc. A token, a token file and a\n" +
        "client certificate are printed as they are, and go before a plugin, as in kubectl. The id-token of an oidc\n" +
        "auth-provider is renewed if it has expired, and written back to the kubeconfig.\n\n" +
        "Refused is what an ExecCredential cannot hold: a user name with a password, another auth-provider, and an\n" +
        "impersonation, without which the credential would be that of somebody else.\n\n" +
        "The apiVersion is that of KUBERNETES_EXEC_INFO, which a client sets for its plugin; else that of the user's own\n" +
        "plugin; else client.authentication.k8s.io/v1. The output is secret.\n\n" +
        "Where KUBERNETES_EXEC_INFO is set, arguments and environment may come from a kubeconfig that is not to be trusted. The\n" +
        "kuberc is that of your home in the password database then, the only flags are --kubeconfig, --context, --cluster, --user\n" +
        "and -v, and a token or certificate that is stored in a kubeconfig is given only to a client that is for the cluster of its\n" +
        "context and says so (provideClusterInfo: true).",
    )
    .addOption(requirementsFlag())
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      if (command.args.length > 0) {
        throw command.usageError(`unexpected arguments: [${command.args.join(" ")}]`);
      }
      const answer = isCredentialPlugin(host)
        ? await credentialForClient(host, streams, command)
        : await credentialForUser(host, streams, command);
      streams.out.json(answer);
    });
}

/** Prints the credential for a person or a script, in kubectl's order: the kuberc first. */
async function credentialForUser(
  host: Host,
  streams: IOStreams,
  command: ConnectingCommand,
): Promise<string> {
  const policy = command.pluginPolicy(host, streams);
  const source = await credentialSource(host, streams, command.opts<GlobalFlags>());
  const chain = chainOf(host, source);
  const { apiVersion, status } = await credentialOf(host, source.config, {
    policy,
    pluginRequirements: command.opts<RequirementsFlag>().pluginRequirements,
    chain,
    persist: source.persist,
  });
  return encodeExecCredential(apiVersion, status);
}

/**
 * Prints the credential for a client that has started kcfg as its credential plugin. Arguments and environment may come
 * from an untrusted kubeconfig, so they only choose a kubeconfig and a context.
 */
async function credentialForClient(
  host: Host,
  streams: IOStreams,
  command: ConnectingCommand,
): Promise<string> {
  const foreign = command.options.find(
    (option) =>
      command.getOptionValueSource(option.attributeName()) === "cli" && !PLUGIN_FLAGS.has(option.long ?? ""),
  );
  if (foreign !== undefined) {
    throw new Error(
      `kcfg credential takes only --kubeconfig, --context, --cluster, --user and -v when it is a credential plugin (KUBERNETES_EXEC_INFO is set), not ${foreign.long}`,
    );
  }
  const asked = askedCredential(host);
  const source = await credentialSource(host, streams, command.opts<GlobalFlags>());
  // Look for a loop first, so that the error names the user.
  const chain = chainOf(host, source);
  const policy = command.pluginPolicy(host, streams);
  refuseOtherDestination(host, asked, source);
  const { apiVersion, status } = await credentialOf(host, source.config, {
    policy,
    pluginRequirements: command.opts<RequirementsFlag>().pluginRequirements,
    chain,
    persist: source.persist,
  });
  return encodeExecCredential(asked.version ?? apiVersion, status);
}

/**
 * The flags that a credential plugin accepts: none that chooses a policy, a server or a file to read, except a
 * kubeconfig.
 */
const PLUGIN_FLAGS: ReadonlySet<string> = new Set([
  "--kubeconfig",
  "--context",
  "--cluster",
  "--user",
  "--v",
]);

/** Makes the source, without prompting for credentials: a program reads what a plugin prints. */
async function credentialSource(
  host: Host,
  streams: IOStreams,
  flags: GlobalFlags,
): Promise<CredentialSource> {
  const { explicitPath, overrides } = connectionFlags(flags);
  // KUBERNETES_MASTER names a server, and a kubeconfig may have set it for its plugin.
  overrides.clusterDefaults = clusterDefaults(isCredentialPlugin(host) ? { ...host, env: {} } : host);
  const rules = defaultLoadingRules(host, {
    explicitPath,
    ...logOfFiles(host, streams, flags),
    defaultClientConfig: defaultClientConfig(host),
    // A migration writes to a home, which a kubeconfig may have chosen.
    ...(isCredentialPlugin(host) && { migrationRules: new Map() }),
  });
  const clientConfig = deferredClientConfig(host, rules, {
    overrides,
    warn: (text) => streams.err.sayLine(text),
  });
  const config = await clientConfig.clientConfig();
  const raw = clientConfig.rawConfig();
  const choice = { config: raw, contextName: "", overrides };
  return {
    config,
    raw,
    context: chosenContextName(choice),
    cluster: chosenClusterName(choice).name,
    user: chosenAuthInfoName(choice).name,
    isMixed: flags.cluster !== "" || flags.user !== "",
    persist: tokenPersister(host, streams, clientConfig, flags),
  };
}

/**
 * Returns the users that have requested each other's credentials, for the user's plugin.
 *
 * @throws ExecPluginError if the plugin leads to the same user
 */
function chainOf(host: Host, { config, raw, user }: CredentialSource): string | undefined {
  if (config.execProvider === undefined || hasStoredCredential(config)) {
    return undefined;
  }
  const loop = loopFinder(host)(raw, user);
  if (loop !== undefined) {
    throw new ExecPluginError(`the plugin of user ${goQuote(user)} leads to itself: ${describeLoop(loop)}`);
  }
  return extendChain(host, identityOfUser(host, raw, user), user);
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
