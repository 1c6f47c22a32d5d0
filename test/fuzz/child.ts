import { readFileSync, writeSync } from "node:fs";
import { corpusOf, targetNamed } from "./targets.ts";
import type { FuzzTarget } from "./target.ts";
import { Fault } from "./target.ts";
import { randomOf } from "./random-bytes.ts";

/**
 * Runs cases of one target in this process, and writes to descriptor 3 what it is at. The parent notices when this
 * process dies or hangs.
 *
 *     child.ts TARGET cases SEED FIRST COUNT SECONDS
 *     child.ts TARGET corpus
 *     child.ts TARGET file PATH
 */
export type Message =
  | { readonly at: number | string }
  | { readonly fault: string; readonly at: number | string; readonly input: string; readonly small: string }
  | { readonly done: number };

const [, , name = "", mode = "", ...rest] = process.argv;
const target = await targetNamed(name);
let current: number | string = "";

function tell(message: Message): void {
  writeSync(3, `${JSON.stringify(message)}\n`);
}

function die(what: string): (error: unknown) => void {
  return (error) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    tell({ fault: `${what}: ${text.slice(0, 2000)}`, at: current, input: "", small: "" });
    process.exit(3);
  };
}
process.on("uncaughtException", die("uncaught exception"));
process.on("unhandledRejection", die("unhandled rejection"));

const corpus = corpusOf(name);
if (mode === "corpus") {
  for (const [file, bytes] of corpus) {
    await runCase(file, bytes, false);
  }
  await settle();
  tell({ done: corpus.length });
} else if (mode === "file") {
  await runCase(rest[0] ?? "", readFileSync(rest[0] ?? ""), false);
  await settle();
  tell({ done: 1 });
} else {
  const [seed = 0, first = 0, count = 0, seconds = 0] = rest.map(Number);
  const seeds = corpus.map(([, bytes]) => bytes);
  const end = Date.now() + seconds * 1000;
  let index = first;
  for (; index < first + count && Date.now() < end; index++) {
    await runCase(index, target.make(randomOf(seed, index), seeds), true);
  }
  await settle();
  tell({ done: index - first });
}
await target.close?.();
process.exit(0);

async function runCase(at: number | string, input: Uint8Array, shrinks: boolean): Promise<void> {
  current = at;
  tell({ at });
  const fault = await faultOf(target, input);
  if (fault !== undefined) {
    const small = shrinks ? await shrink(input) : input;
    tell({ fault, at, input: base64(input), small: base64(small) });
    process.exit(2);
  }
}

/** Waits for errors of streams, sockets and promises, which may come a little after the case. */
async function settle(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
}

async function faultOf(tested: FuzzTarget, input: Uint8Array): Promise<string | undefined> {
  try {
    await tested.run(input);
    return undefined;
  } catch (error) {
    return error instanceof Fault
      ? error.message
      : `the target threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}

/** Removes parts as long as there is still a fault, for a few seconds. */
async function shrink(input: Uint8Array): Promise<Uint8Array> {
  let best = input;
  const end = Date.now() + 5000;
  for (let size = input.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < best.length && Date.now() < end;) {
      const less = Buffer.concat([best.subarray(0, at), best.subarray(at + size)]);
      if ((await faultOf(target, less)) === undefined) {
        at += size;
      } else {
        best = less;
      }
    }
  }
  return best;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
