import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Format } from "../kubeconfig.ts";
import { OPERATIONS } from "./operations.ts";
import { timeCalls } from "./time-calls.ts";

/** Which operation to time, on what, and for how long: the one argument of this program, as JSON. */
export interface Question {
  readonly operation: string;
  readonly contexts: number;
  readonly format: Format;
  /** Milliseconds. */
  readonly duration: number;
}

/** What this program prints, as JSON. */
export interface Answer {
  readonly bytes: number;
  /** Milliseconds of one call, measured again and again. */
  readonly times: readonly number[];
}

async function answer({ operation, contexts, format, duration }: Question): Promise<Answer> {
  const found = OPERATIONS.find(({ name }) => name === operation);
  if (found === undefined) {
    throw new Error(`no operation is called ${operation}`);
  }
  const folder = mkdtempSync(join(tmpdir(), "kcfg-bench-"));
  try {
    const { call, bytes } = await found.prepare({ contexts, format, folder });
    return { bytes, times: await timeCalls(call, duration) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

console.log(JSON.stringify(await answer(JSON.parse(process.argv[2] ?? "{}") as Question)));
