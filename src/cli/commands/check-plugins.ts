import { decodeConfig } from "../../codec/kubeconfig/decode-config.ts";
import { Option } from "commander";
import type { Config } from "../../api/config.ts";
import { DENY_ALL } from "../../api/plugin-policy.ts";
import type { PluginOutcome, PluginReport } from "../../api/plugin-report.ts";
import { filepathFor } from "../../go/filepath.ts";
import { goQuote } from "../../go/quote.ts";
import { writeJson } from "../../go/json.ts";
import type { Host } from "../../host/host.ts";
import { putPolicy, writePolicyDocument } from "../../kuberc/put-policy.ts";
import { loadRequirements } from "../../loading/load-requirements.ts";
import {
  evaluatePlugins,
  loadPluginPolicy,
  reportPolicy,
  reportRequirements,
} from "../../loading/evaluate-plugins.ts";
import { loadConfig } from "../../loading/load.ts";
import { stat } from "../../loading/file-system.ts";
import { execCommandLocator } from "../../loading/locate-command.ts";
import type { PolicyNote } from "../../loading/policy-notes.ts";
import { describeNote, launcherNotes } from "../../loading/policy-notes.ts";
import type { LeftOutPlugin } from "../../loading/suggest-plugin-policy.ts";
import { suggestPolicy } from "../../loading/suggest-plugin-policy.ts";
import type { UserFlags } from "../chosen-users.ts";
import { chosenUsers } from "../chosen-users.ts";
import { refuseDisabledKuberc } from "../connecting-command.ts";
import { painter } from "../colour.ts";
import type { EditFlags } from "../edit.ts";
import { withEditFlags } from "../edit.ts";
import { EXIT_ERROR, EXIT_OK } from "../exit-code.ts";
import type { IOStreams } from "../io-streams.ts";
import { runKubercEdit } from "../kuberc-file-command.ts";
import { ownYaml } from "../own-yaml.ts";
import { logKuberc } from "../log.ts";
import { rulesForFiles } from "../path-options.ts";
import type { PflagCommand } from "../pflag-command.ts";
import type { RequirementsFlag } from "../requirements-flag.ts";
import { requirementsFlag } from "../requirements-flag.ts";
import { reportDocument } from "../printers/plugin-report/plugin-document.ts";
import { reportSarif } from "../printers/plugin-report/plugin-sarif.ts";
import { reportTable } from "../printers/plugin-report/plugin-table.ts";
import { quoteUnprintable } from "../../go/printable-text.ts";
import { ExitCodeCommand } from "../exit-code-command.ts";

interface CheckPluginsFlags extends EditFlags, RequirementsFlag, UserFlags {
  readonly output: string;
  readonly requirePolicy: boolean;
  readonly suggest: boolean;
  readonly write: boolean;
}

const FORMATS: readonly string[] = ["json", "name", "sarif", "wide", "yaml"];

/** Creates `kcfg check-plugins`: which credential plugins the kubeconfig names, and whether the policy allows them. */
export function checkPluginsCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new CheckPluginsCommand(host, streams);
  return withEditFlags(command)
    .summary("Show which credential plugins may run, and run none")
    .description(
      "Tell which credential plugins the kubeconfig names, and whether the plugin policy of your kuberc lets kubectl " +
        "run them. Nothing is run. Files that are named are looked at instead of those of KUBECONFIG; each must exist.\n\n" +
        "An entry of the allowlist that is a shell, an interpreter or a program that runs others (kubectl, kcfg) allows every " +
        "program, and is reported; --suggest never has one.\n\n" +
        "Exit codes: 0, every plugin would run; 1, one would not, or kubectl ignores a policy that you wrote, or " +
        "--require-policy asks for more than there is; 2, nothing could be decided.",
    )
    .usage("[file...]")
    .argument("[file...]", "the kubeconfigs; those of KUBECONFIG if none is named")
    .addOption(new Option("--minify", "Look only at the user of the current context.").default(false))
    .addOption(
      new Option(
        `-o, --output <${FORMATS.join("|")}>`,
        "Output format; a table of the executables if it is not given, of the users if it is wide.",
      ).default(""),
    )
    .addOption(
      new Option(
        "--require-policy",
        "Fail also if every plugin may run, or an entry of the allowlist allows every program.",
      ).default(false),
    )
    .addOption(
      new Option(
        "--suggest",
        "Print a kuberc with the narrowest policy that lets today's plugins run.",
      ).default(false),
    )
    .addOption(
      new Option(
        "--write",
        "With --suggest: put that policy into the kuberc instead of printing it.",
      ).default(false),
    )
    .addOption(requirementsFlag())
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      await command.run();
    });
}

const EXAMPLES = `
Examples:
  # Which executables could a command on this cluster run?
  kcfg check-plugins --minify

  # Fail in CI unless a policy is in force and admits every plugin
  kcfg check-plugins --require-policy

  # Which programs would the kubeconfigs of a folder run?
  kcfg check-plugins clusters/*.yaml

  # Allow what runs today, and nothing else
  kcfg check-plugins --suggest --write`;

class CheckPluginsCommand extends ExitCodeCommand {
  readonly #host: Host;
  readonly #streams: IOStreams;

  constructor(host: Host, streams: IOStreams) {
    super("check-plugins", streams, ["kuberc", "user"]);
    this.#host = host;
    this.#streams = streams;
  }

  async run(): Promise<void> {
    await this.decide(() => this.#check(this.opts<CheckPluginsFlags>()));
  }

  async #check(flags: CheckPluginsFlags): Promise<number> {
    if (flags.output !== "" && !FORMATS.includes(flags.output)) {
      throw new Error(
        `unable to match a printer suitable for the output format ${goQuote(flags.output)}, allowed formats are: ${FORMATS.join(",")}`,
      );
    }
    if (flags.write && !flags.suggest) {
      throw this.usageError("--write goes with --suggest");
    }
    if (flags.dryRun && !flags.write) {
      throw this.usageError("--dry-run goes with --suggest --write");
    }
    refuseDisabledKuberc(this, this.#host, this.kuberc);
    return flags.suggest ? await this.#suggest(flags) : this.#report(flags);
  }

  #report(flags: CheckPluginsFlags): number {
    // kubectl reads the kuberc first, so its faults come first too.
    const warned = new Set<string>();
    const loaded = loadPluginPolicy(this.#host, this.kuberc, (warning) => {
      if (!warned.has(warning)) {
        this.#streams.err.sayLine(`warning: ${warning}`);
      }
      warned.add(warning);
    });
    logKuberc(this.#host, this.#streams, flags.v, loaded.source);
    const launchers = launcherNotes(this.#host, loaded.kuberc);
    for (const note of new Set(launchers.map(describeNote))) {
      this.#streams.err.sayLine(`warning: ${quoteUnprintable(note)}`);
    }
    const { config, concerns } = this.#load(flags);
    const requirements = loadRequirements(this.#host, flags.pluginRequirements);
    const plugins = evaluatePlugins(this.#host, config, loaded.policy, requirements).filter(concerns);
    const whole: PluginReport = {
      policy: reportPolicy(loaded, launchers),
      requirements: reportRequirements(requirements),
      plugins,
    };
    this.#complain(whole, launchers, flags.requirePolicy);
    this.#print(whole, launchers, flags);
    return exitCodeFor(whole, launchers, flags.requirePolicy);
  }

  #load(flags: CheckPluginsFlags): {
    readonly config: Config;
    readonly concerns: (plugin: PluginOutcome) => boolean;
  } {
    const rules = rulesForFiles(this.#host, this.#streams, flags, this.args);
    this.args.forEach((file) => stat(this.#host, file));
    const config = loadConfig(this.#host, rules, decodeConfig);
    const users = chosenUsers(config, flags);
    return { config, concerns: ({ user }) => users.has(user) };
  }

  async #suggest(flags: CheckPluginsFlags): Promise<number> {
    const { config, concerns } = this.#load(flags);
    const { policy, leftOut } = suggestPolicy(this.#host, config, concerns);
    for (const [reason, users] of usersByReason(leftOut)) {
      this.#streams.err.sayLine(`warning: ${describeUsers(users)} left out: ${quoteUnprintable(reason)}`);
    }
    if (policy.credentialPluginPolicy === DENY_ALL && leftOut.some(({ isLauncher }) => isLauncher)) {
      this.#streams.err.say(
        "warning: nothing is left to allow, so the policy is DenyAll: no plugin may run\n",
      );
    }
    if (flags.write) {
      const { dryRun, lockTimeout, trustFolderOwner } = flags;
      const options = { dryRun, lockTimeout, trustFolderOwner, backupAs: this.name() };
      const edit = (data: Uint8Array): Uint8Array => putPolicy(data, policy, filepathFor(this.#host));
      await runKubercEdit(this.#host, this.#streams, { ...options, kuberc: this.kuberc, edit });
    } else {
      this.#streams.out.data(writePolicyDocument(policy));
    }
    return EXIT_OK;
  }

  #complain(
    { policy, requirements }: PluginReport,
    launchers: readonly PolicyNote[],
    requirePolicy: boolean,
  ): void {
    for (const { fault } of requirements) {
      if (fault !== undefined) {
        this.#streams.err.sayLine(
          `error: no plugin may run, because the plugin requirements cannot be obeyed: ${quoteUnprintable(fault)}`,
        );
      }
    }
    if (policy.ignored) {
      this.#streams.err.say("error: kubectl ignores a plugin policy, or a part of one: see the warnings\n");
    }
    if (requirePolicy && !policy.enforced) {
      this.#streams.err.say("error: no plugin policy is in force, and --require-policy demands one\n");
    }
    if (requirePolicy && launchers.length > 0) {
      this.#streams.err.say(
        "error: the allowlist allows every program, and --require-policy demands one that does not: see the warnings\n",
      );
    }
  }

  #print(report: PluginReport, launchers: readonly PolicyNote[], flags: CheckPluginsFlags): void {
    const { out } = this.#streams;
    switch (flags.output) {
      case "json":
        out.json(`${writeJson(reportDocument(report), 4)}\n`);
        return;
      case "yaml":
        ownYaml(this.#streams, reportDocument(report));
        return;
      case "name":
        out.say(report.plugins.map(({ user }) => `${quoteUnprintable(user)}\n`).join(""));
        return;
      case "sarif": {
        const context = {
          requirePolicy: flags.requirePolicy,
          launchers,
          locate: execCommandLocator(this.#host),
        };
        out.json(`${writeJson(reportSarif(report, context), 2)}\n`);
        return;
      }
      default: {
        const paint = painter(this.#host, out);
        out.say(reportTable(report, { wide: flags.output === "wide", paint }));
      }
    }
  }
}

function usersByReason(leftOut: readonly LeftOutPlugin[]): ReadonlyMap<string, readonly string[]> {
  const byReason = new Map<string, readonly string[]>();
  for (const { user, reason } of leftOut) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), user]);
  }
  return byReason;
}

/** How many users a warning names. */
const MOST_NAMED = 3;

function describeUsers(users: readonly string[]): string {
  const names = users.slice(0, MOST_NAMED).map(quoteUnprintable).join(", ");
  const more = users.length > MOST_NAMED ? ` and ${users.length - MOST_NAMED} more` : "";
  return users.length === 1
    ? `the plugin of user ${names} is`
    : `the plugins of ${users.length} users (${names}${more}) are`;
}

function exitCodeFor(
  { policy, requirements, plugins }: PluginReport,
  launchers: readonly PolicyNote[],
  requirePolicy: boolean,
): number {
  const fails =
    policy.ignored ||
    requirements.some(({ fault }) => fault !== undefined) ||
    (requirePolicy && (!policy.enforced || launchers.length > 0)) ||
    plugins.some(({ status }) => status !== "allowed");
  return fails ? EXIT_ERROR : EXIT_OK;
}
