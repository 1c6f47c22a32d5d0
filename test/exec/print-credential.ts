import type { ExecInteractiveMode } from "../../src/api/exec.ts";
import { inspect } from "node:util";
import { nodeHost } from "../../src/host/node-host.ts";
import { runPlugin } from "../../src/exec/run-once.ts";
import { pluginCall } from "./fake-plugin.ts";

/** A program that runs a plugin as `print-credential COMMAND MODE` says, and shows what came of it. */
async function main(): Promise<void> {
  const [command = "", interactiveMode = ""] = process.argv.slice(2);
  const call = pluginCall({
    command,
    interactiveMode: interactiveMode as ExecInteractiveMode,
    args: ["S3cr3t"],
  });
  try {
    process.stdout.write(`token ${(await runPlugin(nodeHost, call)).token}\n`);
  } catch (error) {
    process.stdout.write(`${inspect(error)}\n`);
  }
}

void main();
