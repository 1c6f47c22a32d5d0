import { Option } from "commander";
import type { AuthInfo } from "../../api/auth-info.ts";
import type { Config } from "../../api/config.ts";
import { newConfig } from "../../api/config.ts";
import { filepathFor } from "../../go/filepath.ts";
import type { ImportedEntry } from "../../clientcmd/edits/import-config.ts";
import { importConfig } from "../../clientcmd/edits/import-config.ts";
import { resolveLocalPaths } from "../../clientcmd/paths.ts";
import { goQuote } from "../../go/quote.ts";
import { decodeConfig } from "../../codec/kubeconfig/decode-config.ts";
import { InvalidConfigurationError } from "../../errors.ts";
import type { Host } from "../../host/host.ts";
import { readInput } from "../../loading/file-system.ts";
import { loadConfigFromFile } from "../../loading/load.ts";
import { KUBECONFIG_LIMIT } from "../../loading/size-limits.ts";
import { hazardFacts } from "../../loading/hazard-facts.ts";
import { findHazards } from "../../policy/find-hazards.ts";
import type { Hazard } from "../../policy/hazard.ts";
import { isDangerous } from "../../policy/hazard.ts";
import { mixingHazards } from "../../policy/mixing-hazards.ts";
import type { EditFlags } from "../edit.ts";
import { runEdit, textFlag, withEditFlags } from "../edit.ts";
import { hazardReport } from "../hazard-report.ts";
import { HelpRequest } from "../help-request.ts";
import type { IOStreams } from "../io-streams.ts";
import { PflagCommand } from "../pflag-command.ts";

interface ImportFlags extends EditFlags {
  readonly rename: boolean;
  readonly prefix: string;
  readonly use: boolean;
  readonly trust: boolean;
}

/** A kubeconfig to import. It is read once: the examined content is the imported one. */
interface ImportSource {
  /** Its name on the command line. */
  readonly label: string;
  /** With paths as they are written. */
  readonly written: Config;
  /** With absolute paths. */
  readonly resolved: Config;
}

/** The origin of entries from standard input; their paths are relative to the current directory. */
const STANDARD_INPUT = "standard input";

/** Creates `kcfg import`: merges kubeconfigs in, and never hides or replaces an existing entry. */
export function importCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("import");
  return withEditFlags(command)
    .summary("Merge other kubeconfigs into yours")
    .description(
      "Merge the clusters, users and contexts of other kubeconfigs into yours.\n\n" +
        "An entry that you have already, just as it is, is left out. One whose name you use for another entry is refused, " +
        "and nothing is changed, unless --rename is given: then it gets a number, and its contexts follow. " +
        "Relative paths stay valid. Your current-context stays.\n\n" +
        "Whoever makes a kubeconfig decides which programs kubectl runs, which of your files it reads and sends, and whether " +
        "the server is verified. All this is reported first, and nothing is imported without --trust, unless it is only a " +
        "plugin that an allowlist in your kuberc has. --dry-run needs no --trust.",
    )
    .usage("<file...>")
    .argument("[file...]", "the kubeconfigs; - for standard input")
    .addOption(
      new Option("--rename", "Give an entry whose name is taken another name: NAME-2.").default(false),
    )
    .addOption(textFlag("--prefix <text>", "Put this before the name of every imported entry."))
    .addOption(
      new Option("--use", "Use the first imported kubeconfig's current-context from now on.").default(false),
    )
    .addOption(
      new Option(
        "--trust",
        "Import also what runs programs, reads or sends your files, or is less safe.",
      ).default(false),
    )
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const flags = command.opts<ImportFlags>();
      if (command.args.length === 0) {
        throw new HelpRequest(command, {
          fault: new Error("which kubeconfig? Name a file, or - for standard input"),
        });
      }
      const sources = command.args.map((file) => readSource(host, file, flags.prefix));
      let result: ImportResult | undefined;
      let reported = "";
      await runEdit(
        host,
        streams,
        command,
        (starting) => {
          result = importAll(host, starting, sources, flags);
          const report = result.reports.map(({ label, hazards }) => hazardReport(label, hazards)).join("");
          // The change may be repeated because of other programs' edits.
          streams.err.say(report === reported ? "" : report);
          reported = report;
          requireTrust(result, flags, streams);
          return result.config;
        },
        ({ after, before }) =>
          (result?.entries ?? []).map(describeEntry).join("") + describeContext(before, after),
      );
    });
}

const EXAMPLES = `
Examples:
  # Merge a downloaded kubeconfig in
  kcfg import ~/Downloads/cluster.yaml

  # See what would change, and give entries whose names are taken other names
  kcfg import cluster.yaml --rename --dry-run

  # From another program
  k3s kubectl config view --raw | kcfg import - --prefix=k3s-

  # With a plugin, a proxy or the like, after a look at the report
  aws eks update-kubeconfig --name prod --kubeconfig eks.yaml
  kcfg import eks.yaml --trust`;

/**
 * Asks for consent to dangerous entries.
 *
 * @throws Error for them, without the user's consent
 */
function requireTrust({ reports }: ImportResult, flags: ImportFlags, streams: IOStreams): void {
  const dangers = reports.flatMap(({ hazards }) => hazards).filter(isDangerous);
  if (dangers.length === 0 || flags.trust) {
    return;
  }
  if (flags.dryRun) {
    streams.err.say("This needs --trust to be imported.\n");
    return;
  }
  if (dangers.every(({ code }) => code === "runs-plugin" || code === "relative-plugin")) {
    streams.err.say(
      "A plugin needs no --trust once an allowlist in your kuberc has it: kcfg help check-plugins\n",
    );
  }
  throw new Error(
    "nothing was imported: see above what this would do. If you trust whoever made it, add --trust; --dry-run shows the change first.",
  );
}

function describeContext(before: Config, after: Config): string {
  if (after.currentContext !== before.currentContext) {
    return `Switched to context ${goQuote(after.currentContext)}.\n`;
  }
  return after.currentContext === "" && after.contexts.size > 0
    ? 'No context is current: choose one with "kcfg use-context".\n'
    : "";
}

/** Reads a kubeconfig, prefixes its names, and makes its paths absolute. */
function readSource(host: Host, label: string, prefix: string): ImportSource {
  const config =
    label === "-"
      ? decodeConfig(readInput(host, KUBECONFIG_LIMIT), STANDARD_INPUT)
      : loadConfigFromFile(host, label);
  const written = withPrefix(config, prefix);
  return { label: label === "-" ? STANDARD_INPUT : label, written, resolved: resolvePaths(host, written) };
}

function resolvePaths(host: Host, config: Config): Config {
  return resolveLocalPaths(config, filepathFor(host), host.cwd());
}

function withPrefix(config: Config, prefix: string): Config {
  const rename = <E>(entries: ReadonlyMap<string, E>): ReadonlyMap<string, E> =>
    new Map(Array.from(entries, ([name, entry]) => [`${prefix}${name}`, entry]));
  const reference = (name: string): string => (name === "" ? "" : `${prefix}${name}`);
  return prefix === ""
    ? config
    : newConfig({
        clusters: rename(config.clusters),
        authInfos: rename(config.authInfos),
        contexts: new Map(
          Array.from(config.contexts, ([name, context]) => [
            `${prefix}${name}`,
            { ...context, cluster: reference(context.cluster), authInfo: reference(context.authInfo) },
          ]),
        ),
        currentContext: reference(config.currentContext),
      });
}

/** The result of an import. */
interface ImportResult {
  readonly config: Config;
  readonly entries: readonly ImportedEntry[];
  /** The hazards of the new entries of each kubeconfig. */
  readonly reports: readonly { readonly label: string; readonly hazards: readonly Hazard[] }[];
}

function importAll(
  host: Host,
  starting: Config,
  sources: readonly ImportSource[],
  { rename, use }: ImportFlags,
): ImportResult {
  let config = starting;
  let current: string | undefined;
  const entries: (readonly ImportedEntry[])[] = [];
  const reports = sources.map((source) => {
    const before = config;
    const result = importNamed(before, source.resolved, (each) => resolvePaths(host, each), rename);
    config = result.config;
    entries.push(result.entries);
    current ??= result.entries.find(
      ({ noun, name }) => noun === "context" && name === source.resolved.currentContext,
    )?.as;
    return {
      label: source.label,
      hazards: [
        ...hazardsOf(host, source, result.entries),
        ...mixingHazards(before, config, broughtUsers(source, result.entries)),
      ],
    };
  });
  if (use && current === undefined) {
    throw new Error("nothing that was imported has a current-context that exists");
  }
  return {
    config: use ? { ...config, currentContext: current ?? "" } : config,
    entries: entries.flat(),
    reports,
  };
}

/** Returns the existing users that an import contains with all their secrets: the kubeconfig's author knows these. */
function broughtUsers({ written }: ImportSource, entries: readonly ImportedEntry[]): ReadonlySet<string> {
  return new Set(
    entries
      .filter(({ noun, name, isKnown }) => {
        const user = noun === "user" && isKnown ? written.authInfos.get(name) : undefined;
        return user !== undefined && !usesMachine(user);
      })
      .map(({ as }) => as),
  );
}

function usesMachine({ exec, authProvider, tokenFile, clientCertificate, clientKey }: AuthInfo): boolean {
  return (
    exec !== undefined ||
    authProvider !== undefined ||
    [tokenFile, clientCertificate, clientKey].some((path) => path !== "")
  );
}

/** Returns the hazards of entries that the user does not have already. */
function hazardsOf(
  host: Host,
  { written }: ImportSource,
  entries: readonly ImportedEntry[],
): readonly Hazard[] {
  const known = new Set(entries.filter(({ isKnown }) => isKnown).map(({ noun, name }) => `${noun} ${name}`));
  const facts = hazardFacts(host, (kind, name) => !known.has(`${kind} ${name}`));
  return [...findHazards(written, facts)];
}

function importNamed(
  config: Config,
  imported: Config,
  resolve: (config: Config) => Config,
  rename: boolean,
): ReturnType<typeof importConfig> {
  try {
    return importConfig(config, imported, resolve, rename ? nextName : undefined);
  } catch (error) {
    if (error instanceof InvalidConfigurationError) {
      throw new InvalidConfigurationError([
        ...error.errors,
        new Error("nothing was changed; --rename or --prefix gives imported entries other names"),
      ]);
    }
    throw error;
  }
}

/** Returns the next name: `name`, `name-2`, `name-3` … */
function nextName(name: string): string {
  const { stem = name, number = "1" } =
    /^(?<stem>.*)-(?<number>[2-9]|[1-9]\d{1,5})$/s.exec(name)?.groups ?? {};
  return `${stem}-${Number(number) + 1}`;
}

function describeEntry({ noun, name, as, isKnown }: ImportedEntry): string {
  const title = `${noun.charAt(0).toUpperCase()}${noun.slice(1)}`;
  const renamed = as === name ? "" : ` as ${goQuote(as)}`;
  return `${title} ${goQuote(name)} ${isKnown ? "is there already" : "imported"}${renamed}.\n`;
}
