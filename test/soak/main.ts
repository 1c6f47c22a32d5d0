import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NODES, nodePath } from "../../scripts/nodes.ts";
import { repositoryRoot } from "../conformance/repository.ts";
import { faultChooser } from "./faults.ts";
import type { ClientReport } from "./verdict.ts";
import { describeRun, judgeRun } from "./verdict.ts";
import { startUnreliableServer } from "./unreliable-server.ts";

/**
 * Runs the built kcfg against an unreliable server through every public API, then checks for unhandled errors, excessive
 * plugin runs, open sockets and leaked memory.
 *
 *     npm run soak                 two minutes on each of Node.js 20 and 24
 *     KCFG_SOAK_SECONDS=600        seconds on each
 *     KCFG_SOAK_NODES=20           on these (22, 24, 26 are fetched; this Node.js is used for its own version)
 *     KCFG_SEED=7                  other faults
 *
 * Everything runs on loopback and in a temporary folder. Exits with 1 if a check fails.
 */
/** How long a client may take to exit after its run time, in milliseconds. */
const GRACE = 40_000;

const seconds = Number(process.env["KCFG_SOAK_SECONDS"] ?? 120);
const seed = Number(process.env["KCFG_SEED"] ?? 1);
/** Rotates once in a short run; in a long one, slowly enough that clients have read the next authority before. */
const authorityLife = Math.min(seconds * 700, 330_000);
const versions = (process.env["KCFG_SOAK_NODES"] ?? "20,24").split(",").map(Number);

let isAllWell = true;
for (const version of versions) {
  const node = await nodeOf(version);
  const folder = mkdtempSync(join(tmpdir(), "kcfg-soak-"));
  try {
    const faults = await soak(node, folder);
    isAllWell &&= faults.length === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exit(isAllWell ? 0 : 1);

async function nodeOf(major: number): Promise<string> {
  const source = NODES.find((each) => each.major === major);
  if (Number(process.versions.node.split(".")[0]) === major) {
    return process.execPath;
  }
  if (source === undefined) {
    throw new Error(`this is Node.js ${process.versions.node}, and there is no package for Node.js ${major}`);
  }
  return nodePath(source);
}

async function soak(node: string, folder: string): Promise<readonly string[]> {
  const files = { authorities: join(folder, "ca.pem"), credential: join(folder, "credential.json") };
  const server = await startUnreliableServer(files, faultChooser(seed), authorityLife);
  const runs = join(folder, "plugin-runs");
  const plugin = join(folder, "plugin");
  writeFileSync(runs, "");
  // One line per run: the credential that it prints.
  writeFileSync(plugin, `#!/bin/sh\ntee -a '${runs}' < '${files.credential}'\necho >> '${runs}'\n`, {
    mode: 0o755,
  });
  const kubeconfig = join(folder, "kubeconfig");
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      "current-context": "c",
      clusters: [{ name: "c", cluster: { server: server.url, "certificate-authority": files.authorities } }],
      users: [
        {
          name: "u",
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1",
              command: plugin,
              interactiveMode: "Never",
            },
          },
        },
      ],
      contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
    }),
    { mode: 0o600 },
  );
  try {
    const report = await runClient(node, kubeconfig, folder);
    const pluginRuns = readFileSync(runs, "utf8")
      .split("\n")
      .filter((line) => line !== "");
    const run = { report, server: server.counts, pluginRuns, seconds };
    console.log(describeRun(run));
    const faults = judgeRun(run);
    console.log(faults.length === 0 ? "  all well" : faults.map((fault) => `  FAULT ${fault}`).join("\n"));
    return faults;
  } finally {
    await server.close();
  }
}

function runClient(node: string, kubeconfig: string, home: string): Promise<ClientReport> {
  const client = join(repositoryRoot(), "test/soak/client.mjs");
  return new Promise((resolve, reject) => {
    const child = spawn(node, ["--expose-gc", client, repositoryRoot(), kubeconfig, String(seconds)], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { PATH: process.env["PATH"] ?? "", HOME: home },
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), seconds * 1000 + GRACE);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0 && signal === null) {
        resolve(JSON.parse(output) as ClientReport);
      } else {
        reject(new Error(`the client ended with ${code ?? signal}: ${output.slice(0, 2000)}`));
      }
    });
  });
}
