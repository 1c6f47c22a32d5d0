import { spawnSync } from "node:child_process";
import { repositoryRoot } from "../test/conformance/repository.ts";
import { nodePath, NODES } from "./nodes.ts";

/** Runs the suites on other versions of Node.js: on all of them, or on those whose major numbers are given. */
const wanted = process.argv.slice(2);
const unknown = wanted.filter((major) => !NODES.some((source) => String(source.major) === major));
if (unknown.length > 0) {
  throw new Error(
    `no Node.js ${unknown.join(", ")} here: there are ${NODES.map(({ major }) => major).join(", ")}`,
  );
}

const failed: string[] = [];
for (const source of NODES.filter(({ major }) => wanted.length === 0 || wanted.includes(String(major)))) {
  const node = await nodePath(source);
  console.log(`# ${source.package}`);
  const { status } = spawnSync(node, ["node_modules/jest/bin/jest.js"], {
    cwd: repositoryRoot(),
    stdio: "inherit",
  });
  if (status !== 0) {
    failed.push(source.package);
  }
}
if (failed.length > 0) {
  throw new Error(`the suites fail on ${failed.join(", ")}`);
}
