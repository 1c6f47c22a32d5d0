import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { OPERATIONS } from "../../bench/in-process/operations.ts";
import type { Result } from "../../bench/result.ts";
import { BARE, IMPORTS } from "../../bench/suites/imports.ts";
import { repositoryFolder } from "../support/run-bin.ts";

/** Runs every benchmark on next to nothing: what is measured says nothing, but that it is measured does. */
describe("the bench", () => {
  let result: Result | undefined;
  beforeAll(async () => {
    const args = ["--import", "tsx", "bench/bench.ts", "--smoke", "--json"];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: repositoryFolder });
    result = JSON.parse(stdout) as Result;
  }, 300_000);

  test("runs on the Node.js that runs the tests", () => {
    expect(result?.machine.nodes.map(({ version }) => version)).toEqual([process.versions.node]);
  });

  test("measures every command in YAML and JSON, beside the official client and a bare Node.js", () => {
    const runs = result?.commands.map(({ command, contexts, files, samples }) => [
      `${command}: ${contexts} in ${files}`,
      Object.keys(samples).length,
    ]);
    expect(runs).toEqual([
      ["view: 2 in 1", 5],
      ["current-context: 2 in 1", 3],
      ["view --minify: 2 in 1", 3],
      ["view: 4 in 3", 5],
      ["current-context: 4 in 3", 3],
      ["view --minify: 4 in 3", 3],
    ]);
    for (const { samples } of result?.commands ?? []) {
      expect(Object.values(samples).every(([sample]) => (sample?.wall ?? 0) > 0)).toBe(true);
    }
  });

  test("measures every import", () => {
    const [onThisNode] = result?.imports ?? [];
    expect(Object.keys(onThisNode?.samples ?? {})).toEqual([BARE, ...Object.values(IMPORTS)]);
  });

  test("measures every function of the library", () => {
    const measured = result?.operations.map(({ operation, format }) => `${operation}, ${format}`);
    expect(measured).toEqual(
      OPERATIONS.flatMap(({ name, formats }) => formats.map((format) => `${name}, ${format}`)),
    );
    expect(result?.operations.every(({ bytes, times }) => bytes > 0 && (times[0] ?? 0) > 0)).toBe(true);
  });
});
