import { basename } from "node:path";
import process from "node:process";
import { nodeHost } from "../host/node-host.ts";
import { main } from "./main.ts";

/** Runs the command line of this process; its exit code becomes that of the process. */
export async function runProcess(): Promise<void> {
  // A reader that has seen enough, such as `head`, is no fault of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") {
      throw error;
    }
  });
  const name = basename(process.argv[1] ?? "").startsWith("kubectl-kcfg") ? "kubectl kcfg" : "kcfg";
  const streams = { out: process.stdout, err: process.stderr };
  process.exitCode = await main(nodeHost, streams, process.argv.slice(2), name);
}
