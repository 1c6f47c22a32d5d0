import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { kubectlPath } from "../test/conformance/kubectl.ts";
import { generateKubeconfig } from "./kubeconfig.ts";
import type { Measurement } from "./measure.ts";
import { measure, median } from "./measure.ts";

/**
 * Whole-process wall time and peak memory of `kcfg view` against `kubectl config view` and a bare `node -e 0`. The
 * three alternate in one run, so that whatever else the machine does burdens them alike; only ratios are worth
 * comparing between machines.
 */
const SIZES = [
  { contexts: 10, rounds: 15 },
  { contexts: 1000, rounds: 7 },
  { contexts: 10_000, rounds: 3 },
];

const BIN = fileURLToPath(new URL("../dist/cli/bin.cjs", import.meta.url));

async function main(): Promise<void> {
  const kubectl = await kubectlPath("1.36.3");
  const folder = mkdtempSync(join(tmpdir(), "kcfg-bench-"));
  try {
    console.log(
      "| contexts | kcfg view | kubectl config view | node -e 0 | wall: kcfg / kubectl | memory: kcfg / kubectl |",
    );
    console.log("|---|---|---|---|---|---|");
    for (const { contexts, rounds } of SIZES) {
      console.log(await row(folder, kubectl, contexts, rounds));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function row(folder: string, kubectl: string, contexts: number, rounds: number): Promise<string> {
  const file = join(folder, `${contexts}.yaml`);
  writeFileSync(file, generateKubeconfig(contexts));
  const env = { HOME: folder, KUBECONFIG: file };
  const runs: { kcfg: Measurement; kubectl: Measurement; node: Measurement }[] = [];
  for (let i = 0; i < rounds; i++) {
    runs.push({
      kcfg: await measure(process.execPath, [BIN, "view"], env),
      kubectl: await measure(kubectl, ["config", "view"], env),
      node: await measure(process.execPath, ["-e", "0"], env),
    });
  }
  const wall = (who: "kcfg" | "kubectl" | "node"): number => median(runs.map((run) => run[who].wall));
  const memory = (who: "kcfg" | "kubectl" | "node"): number =>
    median(runs.map((run) => run[who].memory ?? Number.NaN));
  const cell = (who: "kcfg" | "kubectl" | "node"): string =>
    `${wall(who).toFixed(0)} ms, ${memory(who).toFixed(0)} MiB`;
  return `| ${[
    contexts.toLocaleString("en"),
    cell("kcfg"),
    cell("kubectl"),
    cell("node"),
    (wall("kcfg") / wall("kubectl")).toFixed(2),
    (memory("kcfg") / memory("kubectl")).toFixed(2),
  ].join(" | ")} |`;
}

await main();
