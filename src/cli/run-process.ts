import { basename } from "node:path";
import process from "node:process";
import { nodeHost } from "../host/node-host.ts";
import { EXIT_ERROR, EXIT_SIGPIPE } from "./exit-code.ts";
import { main } from "./main.ts";
import { ProcessStream } from "./process-stream.ts";

/** Runs the command line of this process, and sets its exit code. */
export async function runProcess(): Promise<void> {
  const name = basename(process.argv[1] ?? "").startsWith("kubectl-kcfg") ? "kubectl kcfg" : "kcfg";
  const out = new ProcessStream(process.stdout, "/dev/stdout");
  const err = new ProcessStream(process.stderr, "/dev/stderr");
  const exitCode = await main(nodeHost, { out, err }, process.argv.slice(2), name);
  await out.drained();
  await err.drained();
  const fault = out.fault ?? err.fault;
  if (fault === undefined) {
    process.exitCode = exitCode;
  } else if (fault === "no reader") {
    endAsPipesDo();
  } else {
    process.exitCode = out.fault === undefined ? exitCode : exitCode || EXIT_ERROR;
    err.write(`error: ${fault}\n`);
  }
}

/** Ends silently, as programs do whose reader is gone, such as `head`. Go's programs do too, kubectl among them. */
function endAsPipesDo(): void {
  process.exitCode = EXIT_SIGPIPE;
  if (process.platform !== "win32") {
    // Node.js ignores the signal, unless there has been a listener.
    process.on("SIGPIPE", endAsPipesDo).off("SIGPIPE", endAsPipesDo);
    process.kill(process.pid, "SIGPIPE");
  }
}
