import { basename } from "node:path";
import process from "node:process";
import { nodeHost } from "../host/node-host.ts";
import { EXIT_ERROR, EXIT_OK, EXIT_SIGPIPE } from "./exit-code.ts";
import { main } from "./main.ts";
import { ProcessStream } from "./process-stream.ts";
import type { StandardStreams } from "./standard-streams.ts";

/** Runs the command line of this process, and sets its exit code. */
export async function runProcess(): Promise<void> {
  const name = basename(process.argv[1] ?? "").startsWith("kubectl-kcfg") ? "kubectl kcfg" : "kcfg";
  await withStreams((streams) => main(nodeHost, streams, process.argv.slice(2), name));
}

/** Writes the result of this process, and sets its exit code. */
export async function writeResult(result: Uint8Array): Promise<void> {
  await withStreams(({ out }) => {
    out.write(result);
    return EXIT_OK;
  });
}

/** Calls a function with the streams of this process, and ends as it says when they have taken everything. */
async function withStreams(run: (streams: StandardStreams) => Promise<number> | number): Promise<void> {
  const out = new ProcessStream(process.stdout, "/dev/stdout");
  const err = new ProcessStream(process.stderr, "/dev/stderr");
  const exitCode = await run({ out, err });
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
