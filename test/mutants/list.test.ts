import { spawnSync } from "node:child_process";
import { repositoryRoot } from "../conformance/repository.ts";

const { stdout, status } = spawnSync(
  process.execPath,
  ["--import", "tsx", "test/mutants/main.ts", "--list"],
  { cwd: repositoryRoot(), encoding: "utf8" },
);

test("what survivors.json lists is still a mutant", () => {
  expect(stdout.split("\n").filter((line) => line.startsWith("listed,"))).toEqual([]);
  expect(status).toBe(0);
});

test.each([
  // The caller's own Authorization is sent to another origin.
  /^src\/transport\/follow\.ts:\d+ redirectedHeaders: \["authorization", .* → \["", /m,
  // A bare star matches every host with a single label.
  /^src\/transport\/verify-server\.ts:\d+ matches: .*labels\.length > 1 → .*labels\.length >= 1/m,
  // The folder of a new file is not synced to disk.
  /^src\/writing\/atomic-file\.ts:\d+ .*host\.fs\.syncDirectory\(.* → \(nothing\)/m,
])("%s is one", (line) => {
  expect(stdout).toMatch(line);
});
