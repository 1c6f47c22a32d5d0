import { ExecConfig } from "../../src/api/exec.ts";
import type { ExecConfigFields } from "../../src/api/exec.ts";
import { NO_POLICY } from "../../src/api/plugin-policy.ts";
import type { PluginCall } from "../../src/exec/run-plugin.ts";
import type { Host } from "../../src/host/host.ts";
import type { RunOptions, RunResult } from "../../src/host/processes.ts";
import type { FakeMachine } from "../support/fake-host.ts";
import { fakeHost } from "../support/fake-host.ts";

export const PLUGIN = "/bin/plug";

export interface StartedProcess extends RunOptions {
  readonly file: string;
}

/** A machine with an executable that is started by a function, and a record of what was started. */
export function pluginHost(
  answer: (process: StartedProcess) => string | Partial<RunResult> | Promise<string | Partial<RunResult>>,
  machine: FakeMachine & { readonly terminal?: boolean; readonly now?: () => number } = {},
): { readonly host: Host; readonly started: readonly StartedProcess[] } {
  const started: StartedProcess[] = [];
  const host = fakeHost({ executables: [PLUGIN], ...machine });
  return {
    started,
    host: {
      ...host,
      now: () => machine.now?.() ?? host.now(),
      terminal: { ...host.terminal, isTerminal: () => machine.terminal ?? false },
      processes: {
        ...host.processes,
        run: async (file, options) => {
          const process = { file, ...options };
          started.push(process);
          const result = await answer(process);
          return {
            stdout: new Uint8Array(),
            isTruncated: false,
            exitCode: 0,
            signal: undefined,
            ...(typeof result === "string" ? { stdout: Buffer.from(result, "latin1") } : result),
          };
        },
      },
    },
  };
}

/** A call of the plugin as a kubeconfig might have it. */
export function pluginCall(
  exec: Partial<ExecConfigFields> = {},
  more: Partial<Omit<PluginCall, "exec">> = {},
): PluginCall {
  return {
    exec: new ExecConfig({
      command: PLUGIN,
      apiVersion: "client.authentication.k8s.io/v1",
      interactiveMode: "IfAvailable",
      ...exec,
    }),
    cluster: undefined,
    policy: NO_POLICY,
    stdinUnavailable: "",
    ...more,
  };
}

/** What the promise is rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}
