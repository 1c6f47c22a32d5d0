import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { SCENARIOS } from "./names.ts";

describe("the official client on a connection", () => {
  const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", join(__dirname, "main.ts")], {
    encoding: "utf8",
    timeout: 60_000,
  });

  test("can be loaded beside kcfg", () => {
    expect({ stdout, stderr }).toEqual({ stdout: expect.stringMatching(/^\{/) as unknown, stderr: "" });
  });

  const failures = (stdout.startsWith("{") ? JSON.parse(stdout) : {}) as Record<string, string>;
  test.each(SCENARIOS)("%s", (name) => {
    expect(failures[name]).toBeUndefined();
  });
});
