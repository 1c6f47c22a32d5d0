// Edits a kubeconfig again and again until it is killed, so that it is killed at work and not while Node starts. Tells
// its parent when the first edit has succeeded.
import process from "node:process";
import { pathToFileURL } from "node:url";

const [, , mainFile, file] = process.argv;
const { main } = await import(pathToFileURL(mainFile).href);
const { nodeHost } = await import(new URL("../host/node-host.js", pathToFileURL(mainFile)).href);

for (let count = 0; ; count++) {
  const said = [];
  const stream = { write: (text) => said.push(text) };
  const argv = [
    "set-context",
    "busy",
    `--namespace=n${process.pid}-${count}`,
    `--kubeconfig=${file}`,
    "--lock-timeout=5s",
  ];
  const exitCode = await main(nodeHost, { out: stream, err: stream }, argv, "kcfg");
  if (exitCode !== 0) {
    process.send({ failed: said.join("") });
    break;
  }
  if (count === 0) {
    process.send({ started: true });
  }
}
