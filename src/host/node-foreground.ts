import process from "node:process";
import { startFault } from "./node-executable.ts";
import { childProcess } from "./node-late-modules.ts";
import type { ForegroundOptions, ProcessEnd } from "./processes.ts";
import { startError } from "./start-plan.ts";

/** The signals of the keyboard: the terminal sends them to the program, too. */
const OF_KEYBOARD = ["SIGINT", "SIGQUIT"] as const;

/** The signals that end this process, and so the program. */
const OF_END = ["SIGTERM", "SIGHUP"] as const;

/** How long the program has to end by itself, in milliseconds. */
const GRACE = 1000;

function ignore(): void {}

/** Runs a program in the foreground, as {@link HostProcesses.runInForeground} says. */
export async function runInForeground(
  file: string,
  { argv0, args, env, onStart }: ForegroundOptions,
): Promise<ProcessEnd> {
  // What the system does not execute, the C library would hand to a shell.
  const fault = startFault(file);
  if (fault !== undefined) {
    throw startError(fault);
  }
  const { spawn } = childProcess();
  let stop: () => void = ignore;
  const onEnd = (): void => stop();
  OF_KEYBOARD.forEach((signal) => process.on(signal, ignore));
  OF_END.forEach((signal) => process.on(signal, onEnd));
  let killing: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(file, args, { argv0, env, shell: false, stdio: "inherit" });
      // Interactive shells ignore SIGTERM.
      stop = () => {
        child.kill("SIGHUP");
        child.kill("SIGCONT");
        killing ??= setTimeout(() => child.kill("SIGKILL"), GRACE);
      };
      child.on("error", reject);
      child.on("exit", (code, signal) =>
        resolve({ exitCode: code ?? undefined, signal: signal ?? undefined }),
      );
      if (child.pid !== undefined) {
        onStart?.(child.pid);
      }
    });
  } finally {
    clearTimeout(killing);
    OF_KEYBOARD.forEach((signal) => process.off(signal, ignore));
    OF_END.forEach((signal) => process.off(signal, onEnd));
  }
}
