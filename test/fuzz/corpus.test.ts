import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { childFaults } from "./fuzz-child.ts";
import { corpusOf, TARGET_NAMES } from "./targets.ts";

// Every input that was once a finding, and the valid ones, in a child process for each target: a signal, an uncaught
// exception or an unhandled rejection is a fault too.

describe("the corpus of the fuzz targets", () => {
  test.each(TARGET_NAMES)(
    "%s holds on every input",
    async (name) => {
      expect(corpusOf(name).length).toBeGreaterThan(0);
      expect(await childFaults(name, ["corpus"])).toEqual({ cases: corpusOf(name).length });
    },
    120_000,
  );

  test.each(TARGET_NAMES)(
    "%s holds on the first random cases",
    async (name) => {
      const cases = ["edits", "side-files", "http-answers"].includes(name) ? 40 : 300;
      expect(await childFaults(name, ["cases", 1, 0, cases, 60])).toEqual({ cases });
    },
    120_000,
  );
});

describe("the runner of the fuzz targets", () => {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-self-check-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ["signal", "killed by SIGKILL"],
    ["uncaught", "uncaught exception: Error: thrown later"],
    ["unhandled", "unhandled rejection: Error: rejected and dropped"],
    ["thrown", "the target threw: TypeError: foreign"],
  ])(
    "notices a fault that is of the kind %s",
    async (kind, what) => {
      const file = join(folder, kind);
      writeFileSync(file, kind);
      expect((await childFaults("self-check", ["file", file])).fault?.what).toContain(what);
    },
    120_000,
  );
});
