import { Option } from "commander";
import type { Config } from "../../api/config.ts";
import { newConfig } from "../../api/config.ts";
import { filepathFor } from "../../clientcmd/filepath.ts";
import type { ImportedEntry } from "../../clientcmd/edits/import-config.ts";
import { importConfig } from "../../clientcmd/edits/import-config.ts";
import { resolveLocalPaths } from "../../clientcmd/paths.ts";
import { goQuote } from "../../codec/go-quote.ts";
import { decodeConfig } from "../../codec/kubeconfig/decode.ts";
import { InvalidConfigurationError } from "../../errors.ts";
import type { Host } from "../../host/host.ts";
import { readInput } from "../../loading/file-system.ts";
import { loadConfigFromFile } from "../../loading/load.ts";
import { KUBECONFIG_LIMIT } from "../../loading/size-limits.ts";
import type { EditFlags } from "../edit.ts";
import { runEdit, textFlag, withEditFlags } from "../edit.ts";
import { HelpRequest } from "../help-request.ts";
import type { IOStreams } from "../io-streams.ts";
import { PflagCommand } from "../pflag-command.ts";

interface ImportFlags extends EditFlags {
  readonly rename: boolean;
  readonly prefix: string;
  readonly use: boolean;
}

/** `kcfg import`: merges kubeconfigs in, and never hides or replaces an entry that is there. */
export function importCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("import");
  return withEditFlags(command)
    .summary("Merge other kubeconfigs into yours")
    .description(
      "Merge the clusters, users and contexts of other kubeconfigs into yours.\n\n" +
        "An entry that you have already, just as it is, is left out. One whose name you use for another entry is refused, " +
        "and nothing is changed, unless --rename is given: then it gets a number, and its contexts follow. " +
        "Relative paths stay valid. Your current-context stays.",
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
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const flags = command.opts<ImportFlags>();
      if (command.args.length === 0) {
        throw new HelpRequest(command, {
          fault: new Error("which kubeconfig? Name a file, or - for standard input"),
        });
      }
      const configs = command.args.map((file) => withPrefix(readSource(host, file), flags.prefix));
      let told: readonly ImportedEntry[] = [];
      await runEdit(
        host,
        streams,
        command,
        (starting) => {
          const result = importAll(starting, configs, (config) => resolvePaths(host, config), flags);
          told = result.entries;
          return result.config;
        },
        ({ after, before }) => told.map(describeEntry).join("") + describeContext(before, after),
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
  k3s kubectl config view --raw | kcfg import - --prefix=k3s-`;

function describeContext(before: Config, after: Config): string {
  if (after.currentContext !== before.currentContext) {
    return `Switched to context ${goQuote(after.currentContext)}.\n`;
  }
  return after.currentContext === "" && after.contexts.size > 0
    ? 'No context is current: choose one with "kcfg use-context".\n'
    : "";
}

/** Paths are made absolute: those of standard input against the current directory. */
function readSource(host: Host, file: string): Config {
  const config =
    file === "-"
      ? decodeConfig(readInput(host, KUBECONFIG_LIMIT), "standard input")
      : loadConfigFromFile(host, file);
  return resolvePaths(host, config);
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

function importAll(
  starting: Config,
  configs: readonly Config[],
  resolve: (config: Config) => Config,
  { rename, use }: ImportFlags,
): { readonly config: Config; readonly entries: readonly ImportedEntry[] } {
  let config = starting;
  let current: string | undefined;
  const entries: ImportedEntry[] = [];
  for (const imported of configs) {
    const result = importNamed(config, imported, resolve, rename);
    config = result.config;
    entries.push(...result.entries);
    current ??= result.entries.find(
      ({ noun, name }) => noun === "context" && name === imported.currentContext,
    )?.as;
  }
  if (use && current === undefined) {
    throw new Error("nothing that was imported has a current-context that exists");
  }
  return { config: use ? { ...config, currentContext: current ?? "" } : config, entries };
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

/** `name`, `name-2`, `name-3` … */
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
