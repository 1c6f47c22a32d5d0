import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { gzipSync } from "node:zlib";
import { RestConfig } from "../../src/api/rest-config.ts";
import { ConnectionError } from "../../src/errors.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import { connect } from "../../src/transport/connection.ts";
import type { Random } from "./damage.ts";
import { damageText, pick } from "./damage.ts";

/** What a server sends, whatever the request is, and how the client reads it. */
export interface AnswerCase {
  /** Bytes, one character each; one piece after the other. */
  readonly pieces: readonly string[];
  readonly ending: "end" | "reset" | "stall";
  readonly reading: "whole" | "none" | "cancel" | "late";
  /** Milliseconds until the request is aborted; 0 for never. */
  readonly abortAfter: number;
}

const STATUSES = [
  "200 OK",
  "200",
  "404 Not Found",
  "600 X",
  "999 X",
  "099 X",
  "000 X",
  "1000 X",
  "204 N",
  "304 N",
  "205 R",
  "101 S",
  "100 C",
  "103 E",
  "503 S",
  "401 U",
  "302 F",
  "200 \u00ff\u00fe\u0001",
  "abc",
];
const HEADERS = [
  "Content-Length: 5",
  "Content-Length: 50",
  "Content-Length: -1",
  "Content-Length: 5\r\nContent-Length: 6",
  "Content-Encoding: gzip",
  "Content-Encoding: gzip",
  "Content-Encoding: deflate",
  "Content-Encoding: identity",
  "Transfer-Encoding: chunked",
  "Transfer-Encoding: gzip",
  "Connection: close",
  "Connection: upgrade\r\nUpgrade: x",
  "Location: /x",
  "Location: http://[::1",
  "Location: ftp://x/",
  "Retry-After: 0",
  "X: \u00ff\u00fe",
  "X: a\0b",
  "no colon",
  ": no name",
  "__proto__: x",
  "Set-Cookie: a\r\nSet-Cookie: b",
  'Warning: 299 - "x',
  "Content-Type: application/json",
];
const BODIES = [
  "",
  "hello",
  "5\r\nhello\r\n0\r\n\r\n",
  "zz\r\nhello",
  "ffffffffffffffff\r\nx",
  gzipSync("hello\n".repeat(20)).toString("latin1"),
  gzipSync("").toString("latin1"),
  gzipSync("x".repeat(5000)).toString("latin1").slice(0, 20),
  `${gzipSync("a").toString("latin1")}rest`,
  "x".repeat(4000),
];

export function randomCase(random: Random): AnswerCase {
  const headers = Array.from({ length: Math.floor(random() * 4) }, () => `${pick(random, HEADERS)}\r\n`).join(
    "",
  );
  const answer = (): string => `HTTP/1.1 ${pick(random, STATUSES)}\r\n${headers}\r\n${pick(random, BODIES)}`;
  const whole = random() < 0.2 ? answer() + answer() : answer();
  const text = random() < 0.3 ? damageText(random, whole) : whole;
  const cut = Math.floor(random() * text.length);
  return {
    pieces: random() < 0.4 ? [text.slice(0, cut), text.slice(cut)] : [text],
    ending: pick(random, ["end", "end", "reset", "stall"]),
    reading: pick(random, ["whole", "whole", "none", "cancel", "late"]),
    abortAfter: random() < 0.3 ? 1 + Math.floor(random() * 20) : 0,
  };
}

/** The longest time without a hang, in milliseconds. */
const LIMIT = 5000;

/**
 * Sends a request to such a server, and reads the response or not. Returns the error's message, or what was read.
 *
 * @throws anything but a response, a ConnectionError or the abort: that is a fault of kcfg
 */
export async function run({ pieces, ending, reading, abortAfter }: AnswerCase): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined).once("data", () => void answer());
    const answer = async (): Promise<void> => {
      for (const piece of pieces) {
        socket.write(piece, "latin1");
        await pause(2);
      }
      if (ending === "end") {
        socket.end();
      } else if (ending === "reset") {
        socket.resetAndDestroy();
      }
    };
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const connection = connect(nodeHost, new RestConfig({ host: `http://127.0.0.1:${port}`, timeout: 300 }));
  const signal = abortAfter > 0 ? AbortSignal.timeout(abortAfter) : null;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the request hangs")), LIMIT);
  });
  try {
    const response = await Promise.race([connection.fetch("/x", { signal }), late]);
    if (reading === "cancel") {
      await response.body?.cancel();
    }
    if (reading === "late") {
      await pause(30);
    }
    return reading === "none" || reading === "cancel" ? "" : await Promise.race([response.text(), late]);
  } catch (error) {
    const isExpected =
      error instanceof ConnectionError || (error instanceof Error && error.name === "TimeoutError");
    if (!isExpected) {
      throw error;
    }
    return error.message;
  } finally {
    clearTimeout(timer);
    await connection.close();
    server.close();
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
