import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtCli } from "../conformance/repository.ts";

const folder = mkdtempSync(join(tmpdir(), "kcfg-lazy-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Tells at the end which files were loaded. */
const SPY = `
const loaded = [];
const { _extensions } = require("node:module");
const load = _extensions[".js"];
_extensions[".js"] = (module, file) => (loaded.push(file), load(module, file));
process.on("exit", () => process.stderr.write("LOADED" + JSON.stringify(loaded)));
`;

/** The parts of the built CLI that a command loads, by the names of the modules that they begin with. */
function partsOf(...args: readonly string[]): readonly string[] {
  const spy = join(folder, "spy.cjs");
  writeFileSync(spy, SPY);
  const { stderr } = spawnSync(process.execPath, ["-r", spy, builtCli(), ...args], {
    env: { HOME: folder, PATH: process.env["PATH"] },
    encoding: "utf8",
  });
  const files = JSON.parse(stderr.slice(stderr.indexOf("LOADED") + 6)) as readonly string[];
  return files.flatMap((file) => /([a-z-]+)-[A-Z0-9]{8}\.cjs$/.exec(file)?.[1] ?? []);
}

const RARE = new Set(["show-help", "answer", "pick-context", "request-log", "template-printer"]);

describe("what is seldom needed is not loaded", () => {
  test.each([
    ["current-context"],
    ["view", "--raw"],
    ["get-contexts"],
    ["view", "-v=9"],
    ["set-context", "x", "--dry-run"],
    ["use-context", "x"],
  ])("by kcfg %s", (...args) => {
    const parts = partsOf(...args);
    expect(parts).toContain(args[0]);
    expect(parts.filter((part) => RARE.has(part))).toEqual([]);
  });

  test.each([
    ["show-help", ["view", "-h"]],
    ["answer", ["__complete", "view", ""]],
    ["request-log", ["raw", "/", "-v=9", "--server=http://127.0.0.1:1"]],
  ])("%s is, where it is needed", (part, args) => {
    expect(partsOf(...args)).toContain(part);
  });

  test("a short command line that has an answer loads the short way alone", () => {
    expect(partsOf("view").filter((part) => part !== "chunk")).toEqual([]);
  });

  test("completion loads the command that is called, and no other", () => {
    const parts = partsOf("__complete", "view", "--").filter((part) => part !== "chunk");
    expect(parts).toEqual(["run-process", "answer", "view"]);
  });
});
