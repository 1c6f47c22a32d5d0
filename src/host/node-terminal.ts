import { read } from "node:fs";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { HiddenLine } from "./hidden-line.ts";
import type { HostTerminal, KeyListener } from "./terminal.ts";
import { tty } from "./node-late-modules.ts";

const DESCRIPTORS = { stdin: 0, stdout: 1, stderr: 2 } as const;

/** How long to wait, in milliseconds, for a non-blocking standard input that has no data yet. */
const RETRY_AFTER = 20;

/** The terminal of this process. */
export const nodeTerminal: HostTerminal = {
  isTerminal: (stream) => tty().isatty(DESCRIPTORS[stream]),
  write: (text) => void process.stdout.write(text),
  readByte,
  readHiddenLine,
  size: () => {
    const { columns, rows } = process.stderr;
    return { columns: columns || USUAL_SIZE.columns, rows: rows || USUAL_SIZE.rows };
  },
  takeKeys,
};

/** The size of a terminal that does not report one. */
const USUAL_SIZE = { columns: 80, rows: 24 };

/** Reads one byte. Does not use `process.stdin`, which reads ahead: the following bytes may be for another program. */
async function readByte(): Promise<number | undefined> {
  for (;;) {
    try {
      return await readOne();
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EOF") {
        return undefined;
      }
      if (code !== "EAGAIN") {
        throw error;
      }
      await sleep(RETRY_AFTER);
    }
  }
}

function readOne(): Promise<number | undefined> {
  const buffer = Buffer.alloc(1);
  return new Promise((resolve, reject) => {
    read(DESCRIPTORS.stdin, buffer, 0, 1, null, (error, count) =>
      error === null ? resolve(count === 0 ? undefined : buffer[0]) : reject(error),
    );
  });
}

function takeKeys({ onKeys, onResize, onEnd }: KeyListener): () => void {
  const { stdin, stderr } = process;
  stdin.setRawMode(true);
  stdin.on("data", onKeys).on("end", onEnd).on("error", onEnd);
  stderr.on("resize", onResize);
  stdin.resume();
  return () => {
    stdin.off("data", onKeys).off("end", onEnd).off("error", onEnd);
    stderr.off("resize", onResize);
    stdin.setRawMode(false);
    stdin.pause();
  };
}

function readHiddenLine(): Promise<string> {
  const { stdin } = process;
  const line = new HiddenLine();
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      stdin.off("data", onData).off("end", onEnd).off("error", onError);
      stdin.setRawMode(false);
      stdin.pause();
      settle();
    };
    const onData = (bytes: Uint8Array): void => {
      line.type(bytes);
      if (line.state === "complete") {
        finish(() => resolve(line.text));
      } else if (line.state === "interrupted") {
        finish(() => {
          process.kill(process.pid, "SIGINT");
          reject(new Error("interrupted"));
        });
      }
    };
    const onEnd = (): void => finish(() => reject(new Error("EOF")));
    const onError = (error: Error): void => finish(() => reject(error));
    stdin.setRawMode(true);
    stdin.on("data", onData).on("end", onEnd).on("error", onError);
    stdin.resume();
  });
}
