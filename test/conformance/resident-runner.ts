import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { join } from "node:path";
import type { Call, Ended, Runner } from "./call.ts";
import { patience } from "./call.ts";
import { kcfgRunner } from "./process-runner.ts";
import { repositoryRoot } from "./repository.ts";

/**
 * Makes a runner of the CLI in a few long-lived processes, one call at a time in each, by its sources: the built CLI
 * cannot be called.
 *
 * Calls that need a standard input or another user get a process of the built CLI, and so does every twentieth, so that
 * the way through the real executable is tested too.
 */
export function residentRunner(cli: string): Runner {
  const alone = kcfgRunner(cli);
  const idle: Resident[] = [];
  let count = 0;
  return {
    canRun: alone.canRun,
    run: async (call) => {
      count += 1;
      if (call.stdin !== undefined || call.as !== undefined || count % 20 === 0) {
        return alone.run(call);
      }
      const resident = idle.pop() ?? (await openResident());
      try {
        const ended = await resident.run(call);
        idle.push(resident);
        return ended;
      } catch (error) {
        resident.close();
        throw error;
      }
    },
    close: () => {
      alone.close();
      for (const resident of idle) {
        resident.close();
      }
    },
  };
}

interface Resident {
  readonly run: (call: Call) => Promise<Ended>;
  readonly close: () => void;
}

async function openResident(): Promise<Resident> {
  const root = repositoryRoot();
  const child = fork(
    join(root, "test", "conformance", "resident.mjs"),
    [join(root, "src", "cli", "main.ts")],
    {
      execArgv: ["--import", "tsx"],
      cwd: root,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    },
  );
  await answer(child, "start");
  return {
    run: async (call) => {
      child.send({ argv: call.argv, env: call.env, cwd: call.cwd });
      const ended = (await answer(child, call.argv.join(" "))) as Ended;
      return { ...ended, stdout: asWritten(ended.stdout), stderr: asWritten(ended.stderr) };
    },
    close: () => {
      child.kill();
    },
  };
}

/** Returns text as a stream writes it: UTF-8 has no halves of surrogate pairs. */
function asWritten(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}

function answer(child: ChildProcess, what: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(`has not ended after ${patience} ms`), patience);
    const fail = (why: string): void => {
      settle();
      child.kill("SIGKILL");
      reject(new Error(`kcfg ${what}: ${why}`));
    };
    const onExit = (code: number | null): void => fail(`the process ended with ${String(code)}`);
    const onMessage = (message: unknown): void => {
      settle();
      resolve(message);
    };
    const settle = (): void => {
      clearTimeout(timer);
      child.off("exit", onExit);
      child.off("message", onMessage);
    };
    child.once("exit", onExit);
    child.once("message", onMessage);
  });
}
