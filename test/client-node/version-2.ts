import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { repositoryRoot } from "../conformance/repository.ts";

/** The scenarios with the client's next major version, which is not installed here because it does not run on Node 20. */
const VERSION = "2.0.1";
const LEAST_NODE = [22, 19] as const;

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1])) {
  console.log(`skipped: @kubernetes/client-node ${VERSION} needs Node.js ${LEAST_NODE.join(".")}`);
} else {
  const failures = await runScenarios(await install());
  console.log(failures);
  process.exitCode = Object.keys(failures).length === 0 ? 0 : 1;
}

/** The path of the package's main module, in a folder of its own that is kept. */
async function install(): Promise<string> {
  const folder = join(repositoryRoot(), ".cache", `client-node-${VERSION}`);
  const main = join(folder, "node_modules", "@kubernetes", "client-node", "dist", "index.js");
  if (!existsSync(main)) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), '{"private":true}\n');
    const wanted = ["install", `@kubernetes/client-node@${VERSION}`, "--ignore-scripts", "--no-audit"];
    spawnSync("npm", wanted, { cwd: folder, stdio: "inherit" });
  }
  return main;
}

async function runScenarios(main: string): Promise<Readonly<Record<string, string>>> {
  const redirect = pathToFileURL(join(import.meta.dirname, "redirect.mjs")).href;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "--import", redirect, join(import.meta.dirname, "main.ts")],
    { encoding: "utf8", env: { ...process.env, CLIENT_NODE: pathToFileURL(main).href } },
  );
  if (!stdout.startsWith("{")) {
    throw new Error(`the scenarios could not be run: ${stderr}`);
  }
  return JSON.parse(stdout) as Readonly<Record<string, string>>;
}
