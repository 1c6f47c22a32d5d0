import { Option } from "commander";
import { writeJson } from "../../go/json.ts";
import { writeYaml } from "../../yaml/write.ts";
import type { JsonObject } from "../../api/json-value.ts";
import type { Host } from "../../host/host.ts";
import { goPlatform } from "../../transport/user-agent.ts";
import { VERSION } from "../../package-version.ts";
import type { IOStreams } from "../io-streams.ts";
import { kubectlError } from "../kubectl-words.ts";
import { PflagCommand } from "../pflag-command.ts";

/** Creates `kcfg version`: what `kubectl version --client` prints, for kcfg. */
export function versionCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("version");
  return command
    .summary("Print the version of kcfg and of Node.js")
    .description("Print the version of kcfg, and that of Node.js. No server is asked.")
    .addOption(new Option("--client", "Has no effect: no server is asked.").default(false))
    .addOption(new Option("-o, --output <json|yaml>", "Output format; text if it is not given.").default(""))
    .addHelpText("after", EXAMPLES)
    .action(() => {
      if (command.args.length > 0) {
        throw kubectlError(`extra arguments: [${command.args.join(" ")}]`);
      }
      const { output } = command.opts<{ readonly output: string }>();
      streams.out.say(printed(versions(host), output));
    });
}

const EXAMPLES = `
Examples:
  # The versions, for a report of a fault
  kcfg version

  # The version alone
  kcfg version -o json | jq -r .clientVersion.gitVersion`;

/** Returns the versions, by kubectl's names where it has them. */
function versions(host: Host): ReadonlyMap<string, string> {
  const [major = "", minor = ""] = VERSION.split(".");
  return new Map([
    ["major", major],
    ["minor", minor],
    ["gitVersion", `v${VERSION}`],
    ["nodeVersion", host.self.nodeVersion],
    ["platform", goPlatform(host)],
  ]);
}

function printed(client: ReadonlyMap<string, string>, output: string): string {
  const document: JsonObject = new Map([["clientVersion", client]]);
  switch (output) {
    case "":
      return (
        `Client Version: ${client.get("gitVersion")}\n` +
        `Node Version: ${client.get("nodeVersion")}\n` +
        `Platform: ${client.get("platform")}\n`
      );
    case "json":
      return `${writeJson(document, 2)}\n`;
    case "yaml":
      return writeYaml(document);
    default:
      throw new Error("--output must be 'yaml' or 'json'");
  }
}
