// Runs many command lines of the CLI in one process, by its sources: the conformance suite has some two thousand of them, and
// starting Node for each would take minutes. Every message is a command line with its world; every reply, its result.
import { Buffer } from "node:buffer";
import process from "node:process";
import { pathToFileURL } from "node:url";

const [, , mainFile] = process.argv;
const { main } = await import(pathToFileURL(mainFile).href);
const moduleOf = (path) => import(new URL(path, pathToFileURL(mainFile)).href);
const { nodeHost } = await moduleOf("../host/node-host.ts");
const { readShortLine } = await moduleOf("shortcut/short-line.ts");
const { answerShortly } = await moduleOf("shortcut/answer-shortly.ts");

process.umask(0o022);

process.on("message", async ({ argv, env, cwd }) => {
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) {
    delete process.env[name];
  }
  Object.assign(process.env, env);
  const line = readShortLine(argv);
  const answer = line && answerShortly(nodeHost, line, false);
  if (answer !== undefined) {
    process.chdir("/");
    process.send({ exitCode: 0, stdout: answer, stderr: "" });
    return;
  }
  const written = { out: [], err: [] };
  const stream = (name) => ({
    write: (text) => {
      written[name].push(Buffer.from(text));
      return true;
    },
  });
  const exitCode = await main(nodeHost, { out: stream("out"), err: stream("err") }, argv, "kcfg");
  process.chdir("/");
  process.send({ exitCode, stdout: readable(written.out), stderr: readable(written.err) });
});

// As in process-runner.ts.
function readable(chunks) {
  const bytes = Buffer.concat(chunks);
  const text = bytes.toString("utf8");
  return Buffer.from(text, "utf8").equals(bytes) ? text : `base64:${bytes.toString("base64")}`;
}

process.send("ready");
