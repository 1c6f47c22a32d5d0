import { alternate } from "../../bench/alternate.ts";
import type { Program } from "../../bench/measure.ts";
import { measure } from "../../bench/measure.ts";
import { lackOfLinux, testUnless } from "../support/unless.ts";

const nodeProgram = (script: string): Program => ({
  command: process.execPath,
  args: ["-e", script],
  env: {},
});

const BUSY = "const held = Buffer.alloc(150 * 2 ** 20, 1); while (process.cpuUsage().user < 300_000);";

describe("a measured program", () => {
  test("is charged for the time that it takes", async () => {
    expect((await measure(nodeProgram(BUSY), ".")).wall).toBeGreaterThan(200);
  });

  testUnless(lackOfLinux)("is charged for the CPU time and the memory that it takes", async () => {
    const { cpu, memory } = await measure(nodeProgram(BUSY), ".");
    expect(cpu).toBeGreaterThanOrEqual(290);
    expect(memory).toBeGreaterThan(150);
  });

  test("is not charged with CPU time for waiting", async () => {
    const { wall, cpu } = await measure(nodeProgram("setTimeout(() => {}, 500)"), ".");
    expect(wall).toBeGreaterThan(500);
    expect(cpu ?? 0).toBeLessThan(wall);
  });

  test("that fails ends the measurement, and tells why", async () => {
    await expect(measure(nodeProgram("throw new Error('nothing to eat')"), ".")).rejects.toThrow(
      /exited with 1: [^]*nothing to eat/,
    );
    await expect(measure({ command: "/nonexistent", args: [], env: {} }, ".")).rejects.toThrow("ENOENT");
  });

  test("takes turns with others, and its first run does not count", async () => {
    const samples = await alternate({ one: nodeProgram("0"), other: nodeProgram("1") }, 2, ".");
    expect(Object.entries(samples).map(([name, runs]) => [name, runs.length])).toEqual([
      ["one", 2],
      ["other", 2],
    ]);
  });
});
