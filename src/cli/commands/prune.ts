import { Option } from "commander";
import type { AuthInfo } from "../../api/auth-info.ts";
import type { Config } from "../../api/config.ts";
import type { Host } from "../../host/host.ts";
import { canConfirm, confirm } from "../confirm.ts";
import { authKinds, certificateExpiry } from "../context-list/context-facts.ts";
import type { EditFlags } from "../edit.ts";
import { editAccess, runEdit, unexpectedArgs, withEditFlags } from "../edit.ts";
import type { IOStreams } from "../io-streams.ts";
import { PflagCommand } from "../pflag-command.ts";
import type { Prunable } from "../prune-plan.ts";
import { prunableEntries, withoutEntries } from "../prune-plan.ts";

interface PruneFlags extends EditFlags {
  readonly probe: boolean;
  readonly yes: boolean;
}

/** Creates `kcfg prune`: deletes the entries that nobody can use. */
export function pruneCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("prune");
  return withEditFlags(command)
    .summary("Delete what is unused, dangling or expired")
    .description(
      "Delete contexts whose cluster or user does not exist, users whose client certificate has expired, with their " +
        "contexts, and clusters and users that no context uses.\n\n" +
        "With --probe, each server is asked whether it answers, without credentials, so that no plugin is run; a cluster " +
        "that does not answer within five seconds goes with its contexts. Are you connected to all your networks?\n\n" +
        "All that would go is listed first. On a terminal you are asked; elsewhere --yes is needed. `kcfg undo` brings it back.",
    )
    .addOption(new Option("--probe", "Ask each server whether it answers.").default(false))
    .addOption(new Option("-y, --yes", "Delete without asking.").default(false))
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      if (command.args.length > 0) {
        throw unexpectedArgs(command);
      }
      const { probe, yes, dryRun } = command.opts<PruneFlags>();
      const config = editAccess(host, streams, command).startingConfig();
      const silent = probe ? await probed(config) : new Set<string>();
      const facts = { now: host.now(), expiryOf, silent };
      const entries = prunableEntries(config, facts);
      if (entries.length === 0) {
        streams.out.say("nothing to prune\n");
        return;
      }
      list(entries);
      if (!yes && !dryRun) {
        if (!canConfirm(host, streams)) {
          throw new Error("nothing was deleted: --yes deletes all this, --dry-run shows the changes");
        }
        if (!(await confirm(host, streams, `Delete ${counted(entries)}?`))) {
          throw new Error("nothing was deleted");
        }
      }
      const agreed = new Set(entries.map(keyOf));
      await runEdit(
        host,
        streams,
        command,
        // What another program has changed meanwhile was not agreed to.
        (starting) =>
          withoutEntries(
            starting,
            prunableEntries(starting, facts).filter((entry) => agreed.has(keyOf(entry))),
          ),
        () => `Deleted ${counted(entries)}; \`kcfg undo\` brings it back.\n`,
      );
    });

  async function probed(config: Config): Promise<ReadonlySet<string>> {
    const { silentClusters } = await import("../server/probe.ts");
    const used = new Set([...config.contexts.values()].map(({ cluster }) => cluster));
    const names = [...config.clusters.keys()].filter((name) => used.has(name));
    const show = (asked: number): void => {
      const filled = Math.round((asked / Math.max(1, names.length)) * BAR);
      streams.err.status(`asking servers [${"#".repeat(filled).padEnd(BAR)}] ${asked} of ${names.length}`);
    };
    show(0);
    try {
      const silent = await silentClusters(host, config, names, show);
      streams.err.status("");
      if (names.length > 1 && silent.size === names.length) {
        streams.err.sayLine("warning: none of the servers answers: are you offline?");
      }
      return silent;
    } finally {
      streams.err.status("");
    }
  }

  function list(entries: readonly Prunable[]): void {
    const width = Math.max(...entries.map(({ name }) => name.length));
    for (const { noun, name, reason } of entries) {
      streams.err.sayLine(`${noun.padEnd(7)}   ${name.padEnd(Math.min(width, WIDEST_NAME))}   ${reason}`);
    }
  }

  function expiryOf(user: AuthInfo): number | undefined {
    const [kind, ...others] = authKinds(user);
    return kind === "certificate" && others.length === 0 ? certificateExpiry(host, user) : undefined;
  }
}

const BAR = 20;
const WIDEST_NAME = 40;

function keyOf({ noun, name }: Prunable): string {
  return `${noun} ${name}`;
}

/** Counts entries: `2 contexts, 1 cluster`. */
function counted(entries: readonly Prunable[]): string {
  return (["context", "cluster", "user"] as const)
    .map((noun) => [noun, entries.filter((entry) => entry.noun === noun).length] as const)
    .filter(([, count]) => count > 0)
    .map(([noun, count]) => `${count} ${noun}${count === 1 ? "" : "s"}`)
    .join(", ");
}

const EXAMPLES = `
Examples:
  # List what can go, and delete it after a question
  kcfg prune

  # Delete what belongs to clusters that do not answer, too
  kcfg prune --probe

  # Show what would change
  kcfg prune --dry-run`;
