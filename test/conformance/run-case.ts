import { join } from "node:path";
import type { Call, Runner } from "./call.ts";
import type { Sandbox } from "./sandbox.ts";
import { buildSandbox, nobody } from "./sandbox.ts";
import type { Case, Outcome } from "./vector.ts";
import { splitText } from "./vector.ts";

/** Runs a case in a temporary root of its own, which is removed afterwards. */
export async function runCase(runner: Runner, wanted: Case): Promise<Outcome> {
  const sandbox = buildSandbox(wanted);
  try {
    const ended = await runner.run(callOf(wanted, sandbox));
    const observed = wanted.observe && sandbox.observe(wanted.observe);
    return {
      exitCode: ended.exitCode,
      stdout: splitText(inOrder(sandbox.blank(ended.stdout), wanted)),
      stderr: splitText(withoutNoise(sandbox.blank(ended.stderr))),
      ...(observed && { files: observed }),
    };
  } finally {
    sandbox.remove();
  }
}

function callOf(wanted: Case, { root, fill }: Sandbox): Call {
  const env: Record<string, string> = {
    PATH: process.env["PATH"] ?? "/usr/bin:/bin",
    HOME: join(root, "home"),
  };
  for (const [name, value] of Object.entries(wanted.env ?? {})) {
    if (value === null) {
      delete env[name];
    } else {
      env[name] = fill(value);
    }
  }
  return {
    argv: wanted.argv.map(fill),
    env,
    cwd: join(root, wanted.cwd ?? "."),
    ...(wanted.stdin !== undefined && { stdin: join(root, wanted.stdin) }),
    ...(wanted.unprivileged === true && process.getuid?.() === 0 && { as: nobody }),
  };
}

/** Sorts what kubectl prints in Go's random map order: all of a random case, and clusters in any case. */
function inOrder(stdout: string, wanted: Case): string {
  if (wanted.random === true) {
    const words = stdout.split(/[\s,|]+/u).filter((word) => word !== "");
    return words.toSorted().join(" ");
  }
  if (!wanted.argv.includes("get-clusters") || !stdout.startsWith("NAME\n")) {
    return stdout;
  }
  const rows = stdout.slice("NAME\n".length).split(/(?<=\n)/u);
  return `NAME\n${rows.toSorted().join("")}`;
}

/**
 * Removes variable parts: klog writes a time, a process id and a source line before each warning; a panic ends in a
 * stack of addresses.
 */
function withoutNoise(stderr: string): string {
  return stderr
    .replaceAll(/^[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{6} +\d+ [\w.-]+:\d+\] /gmu, "")
    .replace(/(?<=^panic: .*\n)\ngoroutine [^]*$/mu, "");
}
