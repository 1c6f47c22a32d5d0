import { spawnSync } from "node:child_process";
import which from "which";

/**
 * `test` where it can run, else one that is skipped and says why in its name: what cannot run here never counts as held.
 *
 * @param lack - what is missing here; undefined when nothing is
 */
export function testUnless(
  lack: string | undefined,
): (name: string, run: jest.ProvidesCallback, timeout?: number) => void {
  return lack === undefined ? test : (name, run) => test.skip(`${name} (skipped: ${lack})`, run);
}

/** `describe`, as `testUnless`. */
export function describeUnless(lack: string | undefined): (name: string, tests: () => void) => void {
  return lack === undefined ? describe : (name, tests) => describe.skip(`${name} (skipped: ${lack})`, tests);
}

/** What is missing where a program is; undefined if it is in PATH. */
export function lackOf(program: string): string | undefined {
  return which.sync(program, { nothrow: true }) === null ? `no ${program} here` : undefined;
}

/** The same for the `script` of util-linux, which runs a command in a terminal of its own; that of BSD takes other words. */
export function lackOfScript(): string | undefined {
  const { stdout } = spawnSync("script", ["--version"], { encoding: "utf8" });
  return /util-linux/.test(stdout ?? "") ? undefined : "no script of util-linux here";
}
