import { Option } from "commander";
import type { Config } from "../../api/config.ts";
import { writeJson } from "../../go/json.ts";
import { compareGoStrings } from "../../go/order.ts";
import { InvalidConfigurationError } from "../../errors.ts";
import { decodeConfigWithoutData } from "../../codec/kubeconfig/decode-config.ts";
import type { Host } from "../../host/host.ts";
import { loadStartingConfig } from "../../loading/load.ts";
import type { GlobalFlags } from "../global-flags.ts";
import type { IOStreams } from "../io-streams.ts";
import { ownYaml } from "../own-yaml.ts";
import { kubectlError } from "../kubectl-words.ts";
import { pathOptions } from "../path-options.ts";
import { commandPath, PflagCommand } from "../pflag-command.ts";
import { alignColumns } from "../../go/tabwriter.ts";

interface GetContextsFlags extends GlobalFlags {
  readonly output: string;
  readonly sortBy: string;
  readonly headers: boolean;
}

/** Creates `kcfg get-contexts`: the contexts as a table, only their names, or all about them. */
export function getContextsCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("get-contexts");
  return command
    .summary("Describe one or many contexts")
    .description("Display one or many contexts from the kubeconfig file.")
    .argument("[context...]", "the contexts to show; all when none is named")
    .addOption(new Option("--no-headers", "Print no line of column names."))
    .addOption(
      new Option(
        "-o, --output <|name|wide|json|yaml>",
        "Output format: name, for the names alone; wide, json or yaml for the server, the credentials, the expiry of the " +
          "certificate, and the file and line, too.",
      ).default(""),
    )
    .addOption(
      new Option(
        "--sort-by <name|cluster|user|namespace|server|auth|expires|file>",
        "What to sort by; contexts that are equal in it are sorted by name.",
      ).default("name"),
    )
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const flags = command.opts<GetContextsFlags>();
      if (!OUTPUTS.has(flags.output)) {
        throw new Error(
          `--output ${flags.output} is not available in ${commandPath(command)}; resetting to default output format`,
        );
      }
      const isKubectls = (flags.output === "" || flags.output === "name") && flags.sortBy === "name";
      const asked = isKubectls
        ? printAsKubectl(host, streams, flags, command.args)
        : await printFacts(host, streams, command);
      if (asked.missing.length > 0) {
        throw new InvalidConfigurationError(
          asked.missing.map((name) => kubectlError(`context ${name} not found`)),
        );
      }
    });
}

const OUTPUTS: ReadonlySet<string> = new Set(["", "name", "wide", "json", "yaml"]);

/** The contexts that the command line names: those that exist, sorted by name, and the others. */
interface AskedContexts {
  readonly names: readonly string[];
  readonly missing: readonly string[];
}

function askedContexts({ contexts }: Config, args: readonly string[]): AskedContexts {
  const asked = args.length === 0 ? [...contexts.keys()] : args;
  return {
    names: asked.filter((name) => contexts.has(name)).toSorted(compareGoStrings),
    missing: asked.filter((name) => !contexts.has(name)),
  };
}

/** Prints what kubectl prints, without reading more than that needs. */
function printAsKubectl(
  host: Host,
  streams: IOStreams,
  flags: GetContextsFlags,
  args: readonly string[],
): AskedContexts {
  const config = loadStartingConfig(host, pathOptions(host, streams, flags), decodeConfigWithoutData);
  const asked = askedContexts(config, args);
  streams.out.data(
    flags.output === "name"
      ? nameLines(asked.names, streams)
      : table(HEADERS, cellsOf(config, asked.names), flags, streams),
  );
  return asked;
}

/** Prints what takes a look at the files themselves; its modules are loaded only then. */
async function printFacts(host: Host, streams: IOStreams, command: PflagCommand): Promise<AskedContexts> {
  const flags = command.opts<GetContextsFlags>();
  const { loadStartingOrigins } = await import("../../loading/load-origins.ts");
  const { contextFacts } = await import("../context-list/context-facts.ts");
  const { ORDER_NAMES, sortContexts } = await import("../context-list/sort-contexts.ts");
  const { contextsDocument, WIDE_HEADERS, wideCells } = await import("../context-list/context-documents.ts");
  if (!ORDER_NAMES.includes(flags.sortBy)) {
    throw command.usageError(
      `--sort-by must be ${ORDER_NAMES.slice(0, -1).join(", ")} or ${ORDER_NAMES.at(-1)}, not ${JSON.stringify(flags.sortBy)}`,
    );
  }
  const origins = loadStartingOrigins(host, pathOptions(host, streams, flags));
  const asked = askedContexts(origins.config, command.args);
  const facts = sortContexts(contextFacts(host, origins, asked.names), flags.sortBy);
  const names = facts.map(({ name }) => name);
  const document = contextsDocument(facts);
  const cells = cellsOf(origins.config, names);
  switch (flags.output) {
    case "name":
      streams.out.data(nameLines(names, streams));
      break;
    case "json":
      streams.out.json(`${writeJson(document, 2)}\n`);
      break;
    case "yaml":
      ownYaml(streams, document);
      break;
    case "wide": {
      const wide = cells.map((row, at) => [...row, ...(facts[at] ? wideCells(facts[at]) : [])]);
      streams.out.data(table([...HEADERS, ...WIDE_HEADERS], wide, flags, streams));
      break;
    }
    default:
      streams.out.data(table(HEADERS, cells, flags, streams));
  }
  return asked;
}

const HEADERS: readonly string[] = ["CURRENT", "NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"];

const EXAMPLES = `
Examples:
  # List all the contexts in your kubeconfig file
  kcfg get-contexts

  # Describe one context in your kubeconfig file
  kcfg get-contexts my-context

  # Those whose certificates expire first, with their servers
  kcfg get-contexts -o wide --sort-by expires`;

/** Returns the cells of kubectl's columns. */
function cellsOf(config: Config, names: readonly string[]): readonly (readonly string[])[] {
  return names.map((name) => {
    const { cluster = "", authInfo = "", namespace = "" } = config.contexts.get(name) ?? {};
    return [name === config.currentContext ? "*" : " ", name, cluster, authInfo, namespace];
  });
}

function nameLines(names: readonly string[], { out }: IOStreams): string {
  return alignColumns(names.map((name) => `${out.name(name)}\n`).join(""));
}

function table(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  flags: GetContextsFlags,
  { out }: IOStreams,
): string {
  const lines = [
    ...(flags.headers ? [headers] : []),
    ...rows.map((cells) => cells.map((text) => out.name(text))),
  ];
  return alignColumns(lines.map((cells) => `${cells.join("\t")}\n`).join(""));
}
