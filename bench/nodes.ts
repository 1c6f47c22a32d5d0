import { execFileSync } from "node:child_process";
import { nodePath, NODES } from "../scripts/nodes.ts";

/** A Node.js to measure on. */
export interface BenchNode {
  readonly major: string;
  readonly version: string;
  readonly path: string;
}

/** The major version that is measured in addition to the running one. */
const OTHER = 24;

export function runningNode(): BenchNode {
  return { major: majorOf(process.versions.node), version: process.versions.node, path: process.execPath };
}

/**
 * Returns the Node.js that is measured in addition to the running one; undefined if that is the same.
 *
 * @throws Error when it cannot be fetched
 */
export async function otherNode(): Promise<BenchNode | undefined> {
  const source = NODES.find(({ major }) => major === OTHER);
  if (source === undefined || runningNode().major === String(OTHER)) {
    return undefined;
  }
  const path = await nodePath(source);
  const version = execFileSync(path, ["-p", "process.versions.node"], { encoding: "utf8" }).trim();
  return { major: majorOf(version), version, path };
}

function majorOf(version: string): string {
  return version.split(".")[0] ?? version;
}
