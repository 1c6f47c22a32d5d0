import { nodeProcesses } from "../../src/host/node-processes.ts";

/**
 * A program that runs a process and waits for its end: `run-and-wait FILE MODE`. Modes: `plain`; `listens` hears SIGTERM
 * itself and goes on; `exits` ends by its own will after 300 ms.
 */
async function main(): Promise<void> {
  const [file = "", mode = ""] = process.argv.slice(2);
  if (mode === "listens") {
    process.on("SIGTERM", () => process.stdout.write("heard\n"));
  }
  if (mode === "exits") {
    setTimeout(() => process.exit(7), 300);
  }
  const result = await nodeProcesses.run(file, {
    argv0: file,
    args: [],
    env: { PATH: process.env["PATH"] ?? "" },
    inheritStdin: false,
    maxOutput: 1000,
    signal: undefined,
  });
  process.stdout.write(`ended ${result.signal ?? result.exitCode ?? ""}\n`);
}

void main();
