import { Option } from "commander";
import { decodeConfig } from "../../codec/kubeconfig/decode-config.ts";
import type { Config } from "../../api/config.ts";
import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { redactUrlPassword } from "../../api/redaction.ts";
import { writeJson } from "../../go/json.ts";
import type { Host } from "../../host/host.ts";
import { loadStartingConfig } from "../../loading/load.ts";
import type { Hazard } from "../../policy/hazard.ts";
import { HAZARDS, isDangerous } from "../../policy/hazard.ts";
import { quoteShort } from "../../policy/quote-short.ts";
import { EXIT_ERROR, EXIT_OK } from "../exit-code.ts";
import { ExitCodeCommand } from "../exit-code-command.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { hazardLines } from "../hazard-report.ts";
import { HelpRequest } from "../help-request.ts";
import type { ImportSource } from "../import/import-source.ts";
import { readSources } from "../import/import-source.ts";
import type { SourceReport } from "../import/plan-import.ts";
import { planImport } from "../import/plan-import.ts";
import type { IOStreams } from "../io-streams.ts";
import { pathOptions } from "../path-options.ts";
import type { PflagCommand } from "../pflag-command.ts";
import { escapeUnprintable } from "../../go/printable-text.ts";

interface InspectFlags extends GlobalFlags {
  readonly output: string;
}

/** Creates `kcfg inspect`: what kubeconfigs would do to their user, without importing them. */
export function inspectCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new ExitCodeCommand("inspect", streams, []);
  return command
    .summary("Report what a kubeconfig would do to you")
    .description(
      "Report what kubeconfigs would do to you if you used or imported them: the programs that they run and the variables " +
        "that they set for them, the files of yours that they read or send, servers that are not verified, proxies, and the " +
        "names of your own entries that they redefine. Nothing is run, opened or changed. Arguments and values of variables " +
        "are not shown: they may be secret. With --context, only that context and what it uses is inspected.\n\n" +
        "Exit codes: 0, nothing is dangerous; 1, something is; 2, a file could not be read.",
    )
    .usage("<file...>")
    .argument("[file...]", "the kubeconfigs; - for standard input")
    .addOption(new Option("-o, --output <table|json>", "Output format.").default("table"))
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      await command.decide(() => {
        const flags = command.opts<InspectFlags>();
        if (command.args.length === 0) {
          throw new HelpRequest(command, {
            fault: new Error("which kubeconfig? Name a file, or - for standard input"),
          });
        }
        if (flags.output !== "table" && flags.output !== "json") {
          throw command.usageError("--output must be table or json");
        }
        const inspected = inspect(
          host,
          loadStartingConfig(host, pathOptions(host, streams, flags), decodeConfig),
          command.args,
          flags,
        );
        if (flags.output === "json") {
          streams.out.json(`${writeJson(documentOf(inspected), 4)}\n`);
        } else {
          streams.out.say(inspected.map(describeInspected).join("\n"));
        }
        return inspected.some(({ report }) => report?.hazards.some(isDangerous)) ? EXIT_ERROR : EXIT_OK;
      });
    });
}

const EXAMPLES = `
Examples:
  # What would this file do to me?
  kcfg inspect ~/Downloads/cluster.yaml

  # In a pipeline: exit code 1 if anything is dangerous
  kcfg inspect generated.yaml -o json`;

interface Inspected {
  readonly source: ImportSource;
  readonly report: SourceReport | undefined;
}

/** Inspects each kubeconfig by itself, as if it replaced the user's entries of the same names. */
function inspect(
  host: Host,
  own: Config,
  files: readonly string[],
  { context }: InspectFlags,
): readonly Inspected[] {
  return readSources(host, files, { context, as: "", prefix: "" }).map((source) => {
    const options = { onClash: "replace", advice: () => "", examinesAll: true } as const;
    return { source, report: planImport(host, own, [source], options).reports[0] };
  });
}

/** How many contexts are listed. */
const MOST_CONTEXTS = 10;

/** A context takes two lines where its name and all of it are longer than this. */
const LONGEST_NAME = 30;
const LONGEST_LINE = 100;

function describeInspected({ report, source }: Inspected): string {
  const hazards = report?.hazards ?? [];
  const contexts = [...source.written.contexts];
  const more = contexts.length - MOST_CONTEXTS;
  const lines = contexts.slice(0, MOST_CONTEXTS).map(([name, { cluster, authInfo, namespace }]) => {
    const server = source.written.clusters.get(cluster)?.server ?? "";
    const parts = [
      server === "" ? `cluster ${quoteShort(cluster)}` : quoteShort(redactUrlPassword(server)),
      ...(authInfo === "" || authInfo === name ? [] : [`user ${quoteShort(authInfo)}`]),
      ...(namespace === "" ? [] : [`namespace ${quoteShort(namespace)}`]),
    ];
    const [head, detail] = [quoteShort(name), parts.join(", ")];
    const isLong = head.length > LONGEST_NAME && head.length + detail.length > LONGEST_LINE;
    return `    ${head}:${isLong ? "\n      " : " "}${detail}\n`;
  });
  const heading = contexts.length === 0 ? "  no contexts\n" : "  contexts:\n";
  const rest = more > 0 ? `    and ${more} more\n` : "";
  const verdict =
    hazards.length === 0
      ? "  It does nothing to you but give access to these clusters.\n"
      : hazardLines(hazards);
  return `${escapeUnprintable(source.label)}\n${verdict}${heading}${lines.join("")}${rest}`;
}

function documentOf(inspected: readonly Inspected[]): JsonObject {
  return object({ schemaVersion: 1, files: inspected.map(fileDocument) });
}

function fileDocument({ report, source }: Inspected): JsonObject {
  const { hazards = [], entries = [] } = report ?? {};
  const { contexts, clusters } = source.written;
  return object({
    file: source.label,
    dangerous: hazards.some(isDangerous),
    contexts: Array.from(contexts, ([name, { cluster, authInfo, namespace }]) =>
      object({
        name,
        cluster,
        server: redactUrlPassword(clusters.get(cluster)?.server ?? ""),
        user: authInfo,
        namespace,
      }),
    ),
    entries: entries.map(({ noun, name, state }) => object({ kind: noun, name, state: STATES[state] })),
    hazards: hazards.map(hazardDocument),
  });
}

/** How an entry relates to the user's own. */
const STATES = { added: "new", same: "same", replaced: "different" } as const;

function hazardDocument(hazard: Hazard): JsonObject {
  const { code, kind, name, field, detail, path } = hazard;
  const { severity, group } = HAZARDS[code];
  return object({ code, severity, group, kind, name, field: field.join("."), detail, path: path ?? null });
}

function object(members: Readonly<Record<string, JsonValue>>): JsonObject {
  return new Map(Object.entries(members));
}
