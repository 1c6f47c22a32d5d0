import { Option } from "commander";
import { writeJson } from "../../go/json.ts";
import type { Host } from "../../host/host.ts";
import { painter } from "../colour.ts";
import { explanationDocument } from "../explain/explain-document.ts";
import { explain } from "../explain/explain-target.ts";
import { gatherFacts } from "../explain/explain-inputs.ts";
import { explanationText } from "../explain/print-story.ts";
import type { Explanation } from "../explain/story.ts";
import { readTarget } from "../explain/target.ts";
import type { GlobalFlags } from "../global-flags.ts";
import type { IOStreams } from "../io-streams.ts";
import { ownYaml } from "../own-yaml.ts";
import { logOfFiles } from "../path-options.ts";
import { PflagCommand } from "../pflag-command.ts";
import { placeNames } from "../printers/origins/show-place.ts";

interface ExplainFlags extends GlobalFlags {
  readonly output: string;
}

/** Creates `kcfg explain`: where an effective value comes from. */
export function explainCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("explain");
  return command
    .summary("Show which flag, variable, file or default sets a value")
    .description(
      "Tell where the values that a client would use come from: which flag, variable, file and line or default decided,\n" +
        "what it shadows, and which rule says so. Secrets are not shown, no plugin is run.\n\n" +
        "Without an argument it tells of the whole connection. A path such as clusters.staging.server, as kcfg set takes,\n" +
        "tells of a single value. Fails as kubectl would if what is told of the connection cannot be used.",
    )
    .usage("[options] [files|context|cluster|server|user|credential|namespace|current-context|<path>]")
    .argument("[property]", "what to explain")
    .addOption(new Option("-o, --output <text|json|yaml>", "Output format.").default("text"))
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const flags = command.opts<ExplainFlags>();
      const [what = "", ...more] = command.args;
      if (more.length > 0) {
        throw command.usageError(`unexpected arguments: [${more.join(" ")}]`);
      }
      if (!FORMATS.has(flags.output)) {
        throw command.usageError(`--output must be text, json or yaml, not ${JSON.stringify(flags.output)}`);
      }
      const facts = await gatherFacts(host, flags, logOfFiles(host, streams, flags));
      const explanation = explain(facts, readTarget(what, facts.config));
      print(host, streams, flags.output, explanation);
      if (explanation.fault !== undefined) {
        throw explanation.fault;
      }
    });
}

const FORMATS: ReadonlySet<string> = new Set(["text", "json", "yaml"]);

function print(host: Host, streams: IOStreams, format: string, explanation: Explanation): void {
  switch (format) {
    case "json":
      streams.out.json(`${writeJson(explanationDocument(explanation), 4)}\n`);
      return;
    case "yaml":
      ownYaml(streams, explanationDocument(explanation));
      return;
    default:
      streams.out.say(explanationText(explanation, placeNames(host), painter(host, streams.out)));
  }
}

const EXAMPLES = `
Examples:
  # Which files, context, cluster, user and namespace a client uses, and why
  kcfg explain

  # Why it is this cluster
  kcfg explain cluster --context staging

  # Where a single value comes from, and what it shadows
  kcfg explain clusters.staging.server`;
