import type { ExecInteractiveMode } from "../../api/exec.ts";
import { Option } from "commander";
import { isInteractiveMode } from "../../api/exec-versions.ts";
import { AuthInfo } from "../../api/auth-info.ts";
import type { AuthInfoChanges, FileReference } from "../../clientcmd/edits/change-auth-info.ts";
import { changeAuthInfo } from "../../clientcmd/edits/change-auth-info.ts";
import { goQuote } from "../../go/quote.ts";
import type { Host } from "../../host/host.ts";
import type { EditFlags } from "../edit.ts";
import { flagIfSet, runEdit, textFlag, unexpectedArgs, withEditFlags } from "../edit.ts";
import { absolutePath, readFileToEmbed, requireFileToEmbed } from "../embedded-file.ts";
import { parseGoCsv } from "../../cobra/read-flag-value.ts";
import { HelpRequest } from "../help-request.ts";
import type { IOStreams } from "../io-streams.ts";
import { parsePairs } from "../pairs.ts";
import { PflagCommand } from "../pflag-command.ts";

interface SetCredentialsFlags extends EditFlags {
  readonly embedCerts: boolean;
  readonly authProvider: string;
  readonly authProviderArg: readonly string[];
  readonly execCommand: string;
  readonly execApiVersion: string;
  readonly execArg: readonly string[];
  readonly execEnv: readonly string[];
  readonly execInteractiveMode: string;
  readonly execProvideClusterInfo: boolean;
}

/** Creates `kcfg set-credentials`: creates or changes a user. */
export function setCredentialsCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("set-credentials");
  return withFlags(withEditFlags(command))
    .summary("Set a user entry in kubeconfig")
    .description(
      "Set a user entry in kubeconfig.\n\n" +
        "Specifying a name that already exists will merge new fields on top of existing values. " +
        "Bearer token and basic auth are mutually exclusive.",
    )
    .usage("<user>")
    .argument("[user]", "the user to make or change")
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const flags = command.opts<SetCredentialsFlags>();
      const [name = ""] = command.args;
      if (command.args.length !== 1) {
        throw unexpectedArgs(command, "unexpected args");
      }
      const pairs = readPairs(command, flags);
      validate(host, command, name, flags);
      const changes = readChanges(host, command, flags, pairs);
      await runEdit(
        host,
        streams,
        command,
        (starting) => {
          const user = changeAuthInfo(starting.authInfos.get(name) ?? new AuthInfo(), changes);
          return { ...starting, authInfos: new Map([...starting.authInfos, [name, user]]) };
        },
        () => `User ${goQuote(name)} set.\n`,
      );
    });
}

const EXAMPLES = `
Examples:
  # Set only the client-key field on the cluster-admin entry
  kcfg set-credentials cluster-admin --client-key=admin.key

  # Embed client certificate data in the cluster-admin entry
  kcfg set-credentials cluster-admin --client-certificate=admin.crt \\
    --embed-certs

  # Use a credential plugin
  kcfg set-credentials cluster-admin --exec-command=/opt/login \\
    --exec-api-version=client.authentication.k8s.io/v1 \\
    --exec-interactive-mode=Never --exec-arg=get-token --exec-env=REGION=eu

  # Take a variable of the plugin's environment away
  kcfg set-credentials cluster-admin --exec-env=REGION-`;

function withFlags(command: PflagCommand): PflagCommand {
  return command
    .addOption(textFlag("--client-certificate <file>", "Path to a client certificate file."))
    .addOption(textFlag("--client-key <file>", "Path to a client key file."))
    .addOption(
      new Option("--embed-certs", "Put the content of the files into the user entry.").default(false),
    )
    .addOption(textFlag("--token <token>", "Bearer token of the user entry."))
    .addOption(textFlag("--username <name>", "User name for basic authentication."))
    .addOption(textFlag("--password <password>", "Password for basic authentication."))
    .addOption(textFlag("--auth-provider <name>", "Auth provider of the user entry."))
    .addOption(
      csvFlag("--auth-provider-arg <key=value...>", "Argument for the auth provider; key- removes one."),
    )
    .addOption(textFlag("--exec-command <program>", "Command of the credential plugin."))
    .addOption(textFlag("--exec-api-version <version>", "API version of the credential plugin."))
    .addOption(
      csvFlag("--exec-arg <arg...>", "New arguments for the credential plugin, separated by commas."),
    )
    .addOption(
      new Option(
        "--exec-env <name=value...>",
        "Variable for the plugin's environment; name- removes one.",
      ).default([]),
    )
    .addOption(
      textFlag(
        "--exec-interactive-mode <Never|IfAvailable|Always>",
        "Whether the plugin gets standard input.",
      ),
    )
    .addOption(
      new Option("--exec-provide-cluster-info", "Tell the plugin about the cluster.").default(false),
    );
}

/** Implements pflag's `StringSlice`: each value is a list. */
function csvFlag(flags: string, description: string): Option {
  const option = new Option(flags, description).default([]);
  // pflag collects the values here, so commander must not.
  option.variadic = false;
  return option.argParser((text: string, earlier: unknown) => [
    ...(Array.isArray(earlier) ? (earlier as readonly string[]) : []),
    ...parseGoCsv(text),
  ]);
}

type Pairs = Pick<AuthInfoChanges, "authProviderArgs" | "execEnv">;

function readPairs(command: PflagCommand, { authProviderArg, execEnv }: SetCredentialsFlags): Pairs {
  try {
    return {
      authProviderArgs: parsePairs(authProviderArg, "auth-provider-arg"),
      execEnv: parsePairs(execEnv, "exec-env"),
    };
  } catch (error) {
    throw new HelpRequest(command, { fault: error instanceof Error ? error : new Error(String(error)) });
  }
}

function validate(host: Host, command: PflagCommand, name: string, flags: SetCredentialsFlags): void {
  if (name === "") {
    throw new Error("you must specify a non-empty user name");
  }
  if (flags.token !== "" && (flags.username !== "" || flags.password !== "")) {
    throw new Error(
      "you cannot specify more than one authentication method at the same time: --token, --username/--password",
    );
  }
  if (flags.embedCerts) {
    const { clientCertificate, clientKey } = flags;
    if (clientCertificate === "" && clientKey === "") {
      throw new Error("you must specify a --client-certificate or --client-key to embed");
    }
    if (clientCertificate !== "") {
      requireFileToEmbed(host, "client-certificate", clientCertificate);
    }
    if (clientKey !== "") {
      requireFileToEmbed(host, "client-key", clientKey);
    }
  }
  const mode = flagIfSet(command, "execInteractiveMode", flags.execInteractiveMode);
  if (mode !== undefined && !isInteractiveMode(mode)) {
    throw new Error("invalid interactive mode type, can be only IfAvailable, Never, Always");
  }
}

function readChanges(
  host: Host,
  command: PflagCommand,
  flags: SetCredentialsFlags,
  pairs: Pairs,
): AuthInfoChanges {
  const file = (property: string, flag: string, path: string): FileReference | undefined => {
    if (flagIfSet(command, property, path) === undefined) {
      return undefined;
    }
    return flags.embedCerts && path !== ""
      ? { path: "", content: readFileToEmbed(host, flag, path) }
      : { path: absolutePath(host, path), content: undefined };
  };
  return {
    clientCertificate: file("clientCertificate", "client-certificate", flags.clientCertificate),
    clientKey: file("clientKey", "client-key", flags.clientKey),
    token: flagIfSet(command, "token", flags.token),
    username: flagIfSet(command, "username", flags.username),
    password: flagIfSet(command, "password", flags.password),
    authProvider: flagIfSet(command, "authProvider", flags.authProvider),
    execCommand: flagIfSet(command, "execCommand", flags.execCommand),
    execApiVersion: flagIfSet(command, "execApiVersion", flags.execApiVersion),
    // pflag does not distinguish a list of one empty string from an empty list.
    execArgs: flags.execArg.join() === "" && flags.execArg.length < 2 ? undefined : flags.execArg,
    // Checked before: any other mode is refused.
    execInteractiveMode: flagIfSet(
      command,
      "execInteractiveMode",
      flags.execInteractiveMode as ExecInteractiveMode,
    ),
    execProvideClusterInfo: flagIfSet(command, "execProvideClusterInfo", flags.execProvideClusterInfo),
    ...pairs,
  };
}
