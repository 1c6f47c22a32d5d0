import { Option } from "commander";
import type { CommandOptionDefault } from "../../api/preference.ts";
import type { PluginPolicy, PolicyType } from "../../api/plugin-policy.ts";
import { ALLOW_ALL, ALLOWLIST, DENY_ALL } from "../../api/plugin-policy.ts";
import { filepathFor } from "../../go/filepath.ts";
import { goQuote } from "../../go/quote.ts";
import { fields, trimSpace } from "../../go/space.ts";
import { InvalidConfigurationError } from "../../errors.ts";
import type { Host } from "../../host/host.ts";
import { BUILT_IN_COMMANDS } from "../../kuberc/built-in-commands.ts";
import { putAlias, putDefaults } from "../../kuberc/put-entry.ts";
import { putPolicy } from "../../kuberc/put-policy.ts";
import type { EditFlags } from "../edit.ts";
import { withEditFlags } from "../edit.ts";
import type { IOStreams } from "../io-streams.ts";
import { kubectlError } from "../kubectl-words.ts";
import { KubercFileCommand, runKubercEdit } from "../kuberc-file-command.ts";

interface SetFlags extends EditFlags {
  readonly allowlistEntry: readonly string[];
  readonly appendarg: readonly string[];
  readonly command: string;
  readonly kuberc: string;
  readonly name: string;
  readonly option: readonly string[];
  readonly overwrite: boolean;
  readonly policy: string;
  readonly prependarg: readonly string[];
  readonly section: string | undefined;
}

const DEFAULTS = "defaults";
const ALIASES = "aliases";
const CREDENTIAL_PLUGIN = "credentialplugin";

/**
 * Creates `kcfg kuberc set`: sets an alias, defaults or the plugin policy in the kuberc, and leaves everything else.
 */
export function kubercSetCommand(host: Host, streams: IOStreams): KubercFileCommand {
  const command = new KubercFileCommand("set");
  return withEditFlags(command)
    .summary("Set values in the kuberc configuration")
    .description(
      "Set values in the kuberc configuration. Everything else in the file stays as it is, comments too.\n\n" +
        "A file that kubectl would refuse is never written. kcfg kuberc undo takes the change back.",
    )
    .addOption(
      list(
        "--allowlist-entry <field=value...>",
        "Plugin to allow: command=NAME or command=PATH; can be repeated.",
      ),
    )
    .addOption(list("--appendarg <arg...>", "Argument put last, for aliases; can be repeated."))
    .addOption(text("--command <words>", "Command to configure, such as get or 'create configmap'."))
    .addOption(text("--name <name>", "Name of the alias."))
    .addOption(list("--option <flag=value...>", "Value for an option of the command; can be repeated."))
    .addOption(new Option("--overwrite", "Replace what is there.").default(false))
    .addOption(text("--policy <AllowAll|DenyAll|Allowlist>", "Plugin policy."))
    .addOption(list("--prependarg <arg...>", "Argument put first, for aliases; can be repeated."))
    .addOption(new Option("--section <defaults|aliases|credentialplugin>", "What to set."))
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const flags = command.opts<SetFlags>();
      if (flags.section === undefined) {
        throw new Error('required flag(s) "section" not set');
      }
      command.begin(host);
      validate(flags);
      const edit = editFor(host, flags);
      const { kuberc, dryRun, lockTimeout, trustFolderOwner } = flags;
      const options = { kuberc, dryRun, lockTimeout, trustFolderOwner, backupAs: "kuberc set" };
      await runKubercEdit(host, streams, { ...options, edit });
      const [word] = fields(flags.command);
      if (flags.section !== CREDENTIAL_PLUGIN && word !== undefined && !BUILT_IN_COMMANDS.has(word)) {
        streams.err.sayLine(`warning: kubectl 1.36 has no command ${goQuote(word)}`);
      }
    });
}

const EXAMPLES = `
Examples:
  # Set the default output format of 'get'
  kcfg kuberc set --section defaults --command get --option output=wide

  # Create an alias 'getn' for 'get nodes'
  kcfg kuberc set --section aliases --name getn --command get \\
    --prependarg nodes --option output=wide

  # Replace what is there
  kcfg kuberc set --section defaults --command get --option output=json \\
    --overwrite

  # Let one credential plugin run, and no other
  kcfg kuberc set --section credentialplugin --policy Allowlist \\
    --allowlist-entry command=/usr/local/bin/cloudco-login`;

function text(flags: string, description: string): Option {
  return new Option(flags, description).default("");
}

function list(flags: string, description: string): Option {
  return new Option(flags, description).default([]);
}

/** Implements kubectl's `SetOptions.Validate`. */
function validate(flags: SetFlags): void {
  const fault = faultOf(flags);
  if (fault !== undefined) {
    throw kubectlError(fault);
  }
}

function faultOf({ section, name, command, prependarg, appendarg, ...flags }: SetFlags): string | undefined {
  switch (section) {
    case ALIASES:
      if (name === "") {
        return "--name is required when --section=aliases";
      }
      break;
    case DEFAULTS:
      if (name !== "") {
        return "--name should not be specified when --section=defaults";
      }
      if (prependarg.length > 0 || appendarg.length > 0) {
        return "--prependarg and --appendarg are only valid for --section=aliases";
      }
      break;
    case CREDENTIAL_PLUGIN:
      return policyFault(flags);
    default:
      return `--section must be "defaults", "aliases", or "credentialplugin", got: ${section}`;
  }
  return trimSpace(command) === ""
    ? "--command is required when --section=aliases or --section=defaults"
    : undefined;
}

function policyFault({
  policy,
  allowlistEntry,
}: Pick<SetFlags, "policy" | "allowlistEntry">): string | undefined {
  switch (policy) {
    case "":
      return "--policy is required when --section=credentialplugin";
    case ALLOW_ALL:
    case DENY_ALL:
      return allowlistEntry.length === 0
        ? undefined
        : "--allowlist-entry may only be used when --section=credentialplugin and --policy=Allowlist";
    case ALLOWLIST:
      return allowlistEntry.length === 0
        ? "--allowlist-entry is required when --section=credentialplugin and --policy=Allowlist"
        : undefined;
    default:
      return ` --policy must be  "AllowAll", "DenyAll", or "Allowlist", got: ${policy}`;
  }
}

function editFor(host: Host, flags: SetFlags): (data: Uint8Array) => Uint8Array {
  const filepath = filepathFor(host);
  const options = flags.option.map(parseOption);
  const { command, overwrite } = flags;
  switch (flags.section) {
    case DEFAULTS:
      return (data) => putDefaults(data, { command, options }, overwrite, filepath);
    case ALIASES: {
      const { name, prependarg, appendarg } = flags;
      const alias = { name, command, prependArgs: prependarg, appendArgs: appendarg, options };
      return (data) => putAlias(data, alias, overwrite, filepath);
    }
    default: {
      const policy: PluginPolicy = {
        // Checked above: flags with another policy are refused.
        credentialPluginPolicy: flags.policy as PolicyType,
        credentialPluginAllowlist:
          flags.policy === ALLOWLIST ? parseEntries(flags.allowlistEntry) : undefined,
      };
      return (data) => putPolicy(data, policy, filepath);
    }
  }
}

/** Parses `flag=value`, with or without dashes before the flag. */
function parseOption(option: string): CommandOptionDefault {
  const equals = option.indexOf("=");
  const name = option.slice(0, Math.max(equals, 0)).replace(/^-+/, "");
  if (name === "") {
    throw new Error(`invalid option format ${goQuote(option)}, expected flag=value`);
  }
  return { name, default: option.slice(equals + 1) };
}

/** Parses `command=value`, several of them separated by commas. kubectl's `getAllowlistEntries`. */
function parseEntries(entries: readonly string[]): readonly { readonly command: string }[] {
  const faults: Error[] = [];
  const commands = new Set<string>();
  for (const pair of entries.flatMap((entry) => entry.split(","))) {
    const equals = pair.indexOf("=");
    const field = pair.slice(0, Math.max(equals, 0));
    const value = pair.slice(equals + 1);
    if (equals === -1) {
      faults.push(new Error(`improperly formatted allowlist entry: ${goQuote(pair)}`));
    } else if (field === "name") {
      faults.push(new Error('allowlist entry field "name" is deprecated, use "command" instead'));
    } else if (field !== "command") {
      faults.push(new Error(`unrecognized allowlist entry field: ${goQuote(field)}`));
    } else if (trimSpace(value) === "") {
      faults.push(new Error(`empty value in allowlist entry for field ${goQuote(field)}`));
    } else {
      commands.add(value);
    }
  }
  if (faults.length > 0) {
    throw new InvalidConfigurationError(faults);
  }
  return [...commands].map((value) => ({ command: value }));
}
