// Edits a kubeconfig again and again until it is killed, so that it is killed at work and not while Node starts. Tells
// its parent when the first edit has succeeded. It is bundled before it is started, as the CLI is.
import process from "node:process";
import { main } from "../../src/cli/main.ts";
import { nodeHost } from "../../src/host/node-host.ts";

void editUntilKilled(process.argv[2] ?? "");

async function editUntilKilled(file: string): Promise<void> {
  for (let count = 0; ; count++) {
    const said: string[] = [];
    const stream = { write: (text: string) => said.push(text) };
    const argv = [
      "set-context",
      "busy",
      `--namespace=n${process.pid}-${count}`,
      `--kubeconfig=${file}`,
      "--lock-timeout=5s",
    ];
    const exitCode = await main(nodeHost, { out: stream, err: stream }, argv, "kcfg");
    if (exitCode !== 0) {
      process.send?.({ failed: said.join("") });
      break;
    }
    if (count === 0) {
      process.send?.({ started: true });
    }
  }
}
