import { fstatSync, writeSync } from "node:fs";
import { nodeHost } from "../host/node-host.ts";
import { answerShortly } from "./shortcut/answer-shortly.ts";
import type { ShortLine } from "./shortcut/short-line.ts";

/**
 * Runs a short command line, and writes its answer to the standard output itself: to open Node's stream would take as long
 * as all the rest. An answer is plain ASCII, or a prompt for a shell that holds no character to obey, so it needs none of the doors of `io-streams.ts`.
 *
 * @returns what the standard output did not take at once; undefined if the line has no short answer
 */
export function runShortly(line: ShortLine): Uint8Array | undefined {
  const answer = answerShortly(nodeHost, line, fstatSync(1).isCharacterDevice());
  if (answer === undefined) {
    return undefined;
  }
  const bytes = Buffer.from(answer);
  let written = 0;
  try {
    while (written < bytes.length) {
      written += writeSync(1, bytes, written);
    }
  } catch {
    // Node's stream waits for a slow reader, and knows what a failure means.
  }
  return bytes.subarray(written);
}
