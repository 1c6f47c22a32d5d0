import { spawnSync } from "node:child_process";
import which from "which";

/** A test, or the same for each row of a table. */
interface TestOf {
  (name: string, run: jest.ProvidesCallback, timeout?: number): void;
  readonly each: jest.Each;
}

/** A block of tests, or the same for each row of a table. */
interface DescribeOf {
  (name: string, tests: () => void): void;
  readonly each: jest.Each;
}

/**
 * Returns `test` where it can run, else one that is skipped with the reason in its name: a test that cannot run never
 * counts as passed.
 *
 * @param lack - what is missing here; undefined when nothing is
 */
export function testUnless(lack: string | undefined): TestOf {
  return lack === undefined
    ? test
    : Object.assign((name: string, run: jest.ProvidesCallback) => test.skip(withReason(name, lack), run), {
        each: eachWithReason(test.skip.each, lack),
      });
}

/** Returns `describe` as `testUnless` returns `test`. */
export function describeUnless(lack: string | undefined): DescribeOf {
  return lack === undefined
    ? describe
    : Object.assign((name: string, tests: () => void) => describe.skip(withReason(name, lack), tests), {
        each: eachWithReason(describe.skip.each, lack),
      });
}

function eachWithReason(each: jest.Each, lack: string): jest.Each {
  const named = (rows: readonly unknown[]) => (name: string, run: () => void) =>
    each(rows)(withReason(name, lack), run);
  return named as jest.Each;
}

function withReason(name: string, lack: string): string {
  return `${name} (skipped: ${lack})`;
}

/** Returns the reason that a program is missing; undefined if it is in PATH. */
export function lackOf(program: string): string | undefined {
  return which.sync(program, { nothrow: true }) === null ? `no ${program} here` : undefined;
}

/** The names that Chromium has in PATH. */
const CHROMIUMS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

/** Chromium; undefined if there is none. */
export const chromium = CHROMIUMS.find((name) => lackOf(name) === undefined);

/** The reason that pages cannot be looked at. */
export const lackOfChromium = chromium === undefined ? "no Chromium here" : undefined;

/**
 * Returns the reason that util-linux's `script` is missing, which runs a command in a terminal of its own; BSD's takes
 * other arguments.
 */
export function lackOfScript(): string | undefined {
  const { stdout } = spawnSync("script", ["--version"], { encoding: "utf8" });
  return /util-linux/.test(stdout ?? "") ? undefined : "no script of util-linux here";
}

/** The reason on Windows: modes, named pipes, shell scripts. */
export const lackOfPosix = process.platform === "win32" ? "needs a POSIX system" : undefined;

/** The reason elsewhere: `/proc`, the start of a process, devices. */
export const lackOfLinux = process.platform === "linux" ? undefined : "needs Linux";

/** The reason for users other than root: files of other users. */
export const lackOfRoot = process.geteuid?.() === 0 ? undefined : "needs root";
