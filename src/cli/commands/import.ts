import { Option } from "commander";
import type { Config } from "../../api/config.ts";
import type { ImportedEntry, ImportOptions } from "../../clientcmd/edits/import-config.ts";
import { goQuote } from "../../go/quote.ts";
import type { Host } from "../../host/host.ts";
import type { ConfigAccess } from "../../loading/config-access.ts";
import { pathOptionsAccess } from "../../loading/config-access.ts";
import { isDangerous } from "../../policy/hazard.ts";
import { canConfirm, confirm } from "../confirm.ts";
import type { EditFlags } from "../edit.ts";
import { editAccess, flagIfSet, runEdit, textFlag, withEditFlags } from "../edit.ts";
import { HelpRequest } from "../help-request.ts";
import { readSources } from "../import/import-source.ts";
import type { ImportPlan } from "../import/plan-import.ts";
import { describeHazards, planImport } from "../import/plan-import.ts";
import type { IOStreams } from "../io-streams.ts";
import { pathOptions } from "../path-options.ts";
import { PflagCommand } from "../pflag-command.ts";

interface ImportFlags extends EditFlags {
  readonly into: string;
  readonly prefix: string;
  readonly rename: boolean;
  readonly replace: boolean;
  readonly trust: boolean;
  readonly use: boolean;
}

/** Creates `kcfg import`: merges kubeconfigs in, and never hides or replaces an existing entry unless a flag asks for it. */
export function importCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("import");
  return withFlags(withEditFlags(command))
    .summary("Merge other kubeconfigs into yours")
    .description(
      "Merge the clusters, users and contexts of other kubeconfigs into yours.\n\n" +
        "An entry that you have already, just as it is, is left out. One whose name you use for another entry is refused, " +
        "and nothing is changed, unless --rename or --replace is given: it gets a number, and its contexts follow; or it " +
        "replaces yours, and the namespace, the proxy-url, the extensions and the comments that you have added stay. " +
        "Relative paths stay valid. Your current-context stays.\n\n" +
        "The author of a kubeconfig decides which programs kubectl runs, which of your files it reads and sends, and whether " +
        "the server is verified. All this is reported first. Something dangerous is imported only after a question on the " +
        "terminal, or with --trust; a plugin that an allowlist in your kuberc has is not dangerous by itself. --dry-run needs " +
        'no --trust. "kcfg inspect" shows the report alone.',
    )
    .usage("<file...>")
    .argument("[file...]", "the kubeconfigs; - for standard input")
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const flags = command.opts<ImportFlags>();
      checkFlags(command, flags);
      const sources = readSources(host, command.args, flags);
      const access = accessOf(host, streams, command, flags);
      const plan = (starting: Config): ImportPlan =>
        planImport(host, starting, sources, {
          onClash: clashRule(flags),
          advice: (both) => advise(flags, both),
        });
      const gate = new TrustGate(host, streams, flags);
      if (!command.args.includes("-")) {
        await gate.ask(() => plan(access.startingConfig()));
      }
      let planned: ImportPlan | undefined;
      await runEdit(
        host,
        streams,
        command,
        (starting) => {
          planned = plan(starting);
          gate.pass(planned);
          return withCurrentContext(planned, flags);
        },
        ({ after, before }) =>
          describeEntries((planned?.reports ?? []).flatMap(({ entries }) => entries)) +
          describeContext(before, after, flags),
        { access },
      );
    });
}

function withFlags(command: PflagCommand): PflagCommand {
  return command
    .addOption(
      new Option(
        "--replace",
        "Replace entries of yours that have the same name, such as after a new token.",
      ).default(false),
    )
    .addOption(
      new Option("--rename", "Give an entry whose name is taken another name: NAME-2.").default(false),
    )
    .addOption(textFlag("--prefix <text>", "Put this before the name of every imported entry."))
    .addOption(textFlag("--context <name>", "Import only this context of the files, and what it uses."))
    .addOption(
      textFlag("--as <name>", "Name the only imported context so, and also its cluster and its user."),
    )
    .addOption(textFlag("--into <file>", "Import into this kubeconfig, which need not exist."))
    .addOption(
      new Option(
        "--use",
        "Switch to the imported context: that of --context, or the first file's current one.",
      ).default(false),
    )
    .addOption(
      new Option(
        "--trust",
        "Import also what runs programs, reads or sends your files, or is less safe.",
      ).default(false),
    );
}

const EXAMPLES = `
Examples:
  # Merge a downloaded kubeconfig in
  kcfg import ~/Downloads/cluster.yaml

  # After a new token or a new cluster: replace the entries, keep your namespace
  kcfg import cluster.yaml --replace

  # One context alone, under a name of your own, in a file of its own
  kcfg import k3s.yaml --context default --as homelab --into ~/.kube/homelab

  # See what would change, and give entries whose names are taken other names
  kcfg import cluster.yaml --rename --dry-run

  # From another program
  k3s kubectl config view --raw | kcfg import - --prefix=k3s-

  # With a plugin, a proxy or the like, after a look at the report
  aws eks update-kubeconfig --name prod --kubeconfig eks.yaml
  kcfg import eks.yaml --trust`;

/** The flags of other commands that could be meant to select something here, and would do nothing. */
const WITHOUT_EFFECT = ["cluster", "user", "namespace"] as const;

function checkFlags(command: PflagCommand, flags: ImportFlags): void {
  if (command.args.length === 0) {
    throw new HelpRequest(command, {
      fault: new Error("which kubeconfig? Name a file, or - for standard input"),
    });
  }
  for (const [one, other] of [
    ["rename", "replace"],
    ["as", "prefix"],
    ["into", "kubeconfig"],
  ] as const) {
    if (isSet(flags[one]) && isSet(flags[other])) {
      throw command.usageError(`--${one} and --${other} exclude each other`);
    }
  }
  const idle = WITHOUT_EFFECT.find((flag) => flagIfSet(command, flag, flags[flag]) !== undefined);
  if (idle !== undefined) {
    throw command.usageError(`--${idle} has no effect here; --context selects what is imported`);
  }
  if (command.args.filter((file) => file === "-").length > 1) {
    throw command.usageError("standard input can be read only once");
  }
}

function isSet(flag: boolean | string): boolean {
  return flag !== false && flag !== "";
}

function accessOf(host: Host, streams: IOStreams, command: PflagCommand, flags: ImportFlags): ConfigAccess {
  return flags.into === ""
    ? editAccess(host, streams, command)
    : pathOptionsAccess(host, pathOptions(host, streams, { ...flags, kubeconfig: flags.into }));
}

function clashRule({ rename, replace }: ImportFlags): ImportOptions["onClash"] {
  return rename ? "rename" : replace ? "replace" : "refuse";
}

/** Says what helps against clashes. */
function advise({ replace }: ImportFlags, isBetweenFiles: boolean): string {
  if (replace) {
    return "nothing was changed; import only one of these files, or use --rename instead of --replace";
  }
  return isBetweenFiles
    ? "nothing was changed; use --rename to avoid the clash"
    : "nothing was changed; use --rename to keep both, or --replace to replace yours";
}

/** Lets an import pass that is not dangerous, or that the user trusts. Reports what it would do. */
class TrustGate {
  readonly #host: Host;
  readonly #streams: IOStreams;
  readonly #flags: ImportFlags;
  #reported = "";
  /** The hazards that the user has agreed to. */
  #agreed: string | undefined;

  constructor(host: Host, streams: IOStreams, flags: ImportFlags) {
    this.#host = host;
    this.#streams = streams;
    this.#flags = flags;
  }

  /**
   * Asks the user on the terminal about something dangerous, before any file is locked.
   *
   * @throws Error if the answer is no
   */
  async ask(plan: () => ImportPlan): Promise<void> {
    const { dryRun, trust } = this.#flags;
    if (dryRun || trust || !canConfirm(this.#host, this.#streams)) {
      return;
    }
    const { reports } = plan();
    if (!isDangerousImport(reports)) {
      return;
    }
    this.#report(reports);
    if (!(await confirm(this.#host, this.#streams, "Import it all the same?"))) {
      throw new Error("nothing was imported");
    }
    this.#agreed = contentOf(reports);
  }

  /** @throws Error for something dangerous without the user's consent */
  pass({ reports }: ImportPlan): void {
    this.#report(reports);
    const { dryRun, trust } = this.#flags;
    if (!isDangerousImport(reports) || trust || contentOf(reports) === this.#agreed) {
      return;
    }
    const { err } = this.#streams;
    if (dryRun) {
      err.say("This needs --trust to be imported.\n");
      return;
    }
    const dangers = reports.flatMap(({ hazards }) => hazards).filter(isDangerous);
    if (dangers.every(({ code }) => code === "runs-plugin" || code === "relative-plugin")) {
      err.say("A plugin needs no --trust once an allowlist in your kuberc has it: kcfg help check-plugins\n");
    }
    throw new Error(
      "nothing was imported: see above what this would do. If you trust its author, add --trust; --dry-run shows the change first.",
    );
  }

  /** Reports hazards, once: a change may be repeated because of other programs' edits. */
  #report(reports: ImportPlan["reports"]): void {
    const report = describeHazards(reports);
    this.#streams.err.say(report === this.#reported ? "" : report);
    this.#reported = report;
  }
}

function isDangerousImport(reports: ImportPlan["reports"]): boolean {
  return reports.some(({ hazards }) => hazards.some(isDangerous));
}

/** Returns the whole content of reports, to compare them. */
function contentOf(reports: ImportPlan["reports"]): string {
  return JSON.stringify(reports.map(({ label, hazards }) => [label, hazards]));
}

function withCurrentContext({ config, current }: ImportPlan, { use }: ImportFlags): Config {
  if (!use) {
    return config;
  }
  if (current === undefined) {
    throw new Error("nothing that was imported has a current-context that exists");
  }
  return { ...config, currentContext: current };
}

/** How many imported entries are shown one by one; more are counted. */
const MOST_ENTRIES = 60;

function describeEntries(entries: readonly ImportedEntry[]): string {
  if (entries.length <= MOST_ENTRIES) {
    return entries.map(describeEntry).join("");
  }
  const counts = new Map<string, number>();
  for (const { noun, state } of entries) {
    const key = `${noun} ${state}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const changed = entries.filter(({ name, as, state }) => state === "replaced" || name !== as);
  return [
    ...changed.slice(0, MOST_ENTRIES).map(describeEntry),
    ...Array.from(counts, ([key, count]) => describeCount(key, count)),
  ].join("");
}

function describeCount(key: string, count: number): string {
  const [noun = "", state] = key.split(" ");
  const nouns = `${count} ${noun}${count === 1 ? "" : "s"}`;
  return state === "same"
    ? `${nouns} ${count === 1 ? "is" : "are"} already there.\n`
    : `${nouns} ${state === "added" ? "imported" : "replaced"}.\n`;
}

function describeEntry({ noun, name, as, state, kept }: ImportedEntry): string {
  const title = `${noun.charAt(0).toUpperCase()}${noun.slice(1)} ${goQuote(name)}`;
  const renamed = as === name ? "" : ` as ${goQuote(as)}`;
  switch (state) {
    case "same":
      return `${title} is already there${renamed}.\n`;
    case "added":
      return `${title} imported${renamed}.\n`;
    default: {
      const stay = kept.length === 0 ? "" : `; its ${kept.join(" and ")} ${staysOrStay(kept)}`;
      return as === name ? `${title} replaced${stay}.\n` : `${title} replaces ${goQuote(as)}${stay}.\n`;
    }
  }
}

function staysOrStay(kept: readonly string[]): string {
  return kept.length === 1 && kept[0] !== "extensions" ? "stays" : "stay";
}

function describeContext(before: Config, after: Config, { into, kubeconfig }: ImportFlags): string {
  if (after.currentContext !== before.currentContext) {
    return `Switched to context ${goQuote(after.currentContext)}.\n`;
  }
  const file = [into, kubeconfig].find((each) => each !== "");
  const command = `kcfg use-context${file === undefined ? "" : ` --kubeconfig ${file}`}`;
  return after.currentContext === "" && after.contexts.size > 0
    ? `No context is current: choose one with "${command}".\n`
    : "";
}
