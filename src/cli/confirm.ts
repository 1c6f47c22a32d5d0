import type { Host } from "../host/host.ts";
import type { IOStreams } from "./io-streams.ts";

/** Reports whether the user can be asked: both ends of the conversation are a terminal. */
export function canConfirm(host: Host, streams: IOStreams): boolean {
  return streams.err.isTTY && host.terminal.isTerminal("stdin");
}

/** The longest answer that is read, in bytes. */
const LONGEST_ANSWER = 1000;

/** Asks a question on the terminal. Returns whether the answer is `y` or `yes`; anything else is a no. */
export async function confirm(host: Host, streams: IOStreams, question: string): Promise<boolean> {
  streams.err.say(`${question} [y/N] `);
  const bytes: number[] = [];
  for (let byte = await host.terminal.readByte(); byte !== undefined; byte = await host.terminal.readByte()) {
    if (byte === LINE_FEED || bytes.length >= LONGEST_ANSWER) {
      return /^y(?:es)?$/i.test(new TextDecoder().decode(Uint8Array.from(bytes)).trim());
    }
    bytes.push(byte);
  }
  streams.err.say("\n");
  return false;
}

const LINE_FEED = 0x0a;
