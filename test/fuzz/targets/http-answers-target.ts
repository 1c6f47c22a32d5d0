import { withGenerated } from "../generated.ts";
import * as httpAnswers from "../http-answers.ts";
import { once } from "node:events";
import type { Server, Socket } from "node:net";
import { createServer } from "node:net";
import { gzipSync } from "node:zlib";
import { newTlsClientConfig, RestConfig } from "../../../src/api/rest-config.ts";
import { KcfgError } from "../../../src/errors.ts";
import { nodeHost } from "../../../src/host/node-host.ts";
import type { Connection } from "../../../src/transport/connection.ts";
import { connect } from "../../../src/transport/connection.ts";
import { mutate, pick } from "../random-bytes.ts";
import type { FuzzTarget } from "../target.ts";
import { expected, SECRET } from "../target.ts";

const zipped = gzipSync("hello, hello, hello").toString("latin1");

const EXAMPLES = [
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
  `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${zipped.length}\r\n\r\n${zipped}`,
  "HTTP/1.1 600 X\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n",
  "HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 4\r\n\r\nmore",
  "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
  'HTTP/1.1 429 Slow\r\nRetry-After: 0\r\nContent-Length: 24\r\n\r\n{"kind":"Status","code":1',
  'HTTP/1.1 401 No\r\nWWW-Authenticate: Bearer realm="x"\r\nContent-Length: 0\r\n\r\n',
  "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhello",
  'HTTP/1.1 200 OK\r\nWarning: 299 - "careful"\r\nSet-Cookie: a=b\r\n\r\nto the end',
];

const TOKENS = [
  ..."HTTP/1.1 HTTP/1.0 HTTP/2.0 200 204 205 304 100 101 103 302 307 600 999 1000 000 gzip deflate br chunked identity".split(
    " ",
  ),
  ..."Content-Length: Transfer-Encoding: Content-Encoding: Location: Retry-After: Connection: Trailer: Upgrade: close".split(
    " ",
  ),
  ..."-1 0 99999999999999999999 ffffffffffffffff; 0x5 \0 \x7f \x80 \xff : ; , / // http:// https://[::1 ://".split(
    " ",
  ),
  "\r\n",
  "\r\n\r\n",
  "\n",
  "\r",
  " ",
  "\t",
  "\r\n0\r\n\r\n",
];

interface Line {
  readonly server: Server;
  readonly connection: Connection;
  readonly sockets: Set<Socket>;
  answer: Uint8Array;
}

let line: Promise<Line> | undefined;

async function open(): Promise<Line> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    socket.once("data", () => socket.end(opened.answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { readonly port: number };
  const connection = connect(
    nodeHost,
    new RestConfig({ host: `http://127.0.0.1:${port}`, tls: newTlsClientConfig(), bearerToken: SECRET }),
  );
  const opened: Line = { server, connection, sockets, answer: new Uint8Array() };
  return opened;
}

/** A server's response in bytes, or an error, and nothing later. */
const ofBytes: FuzzTarget = {
  name: "http-answers",
  cases: 700,
  make: (random, corpus) => {
    const all = [...EXAMPLES.map((text) => Buffer.from(text, "latin1")), ...corpus];
    return mutate(random, pick(random, all), TOKENS, all);
  },
  run: async (input) => {
    line ??= open();
    const opened = await line;
    opened.answer = input;
    const { signal, abort } = deadline();
    try {
      const response = await opened.connection.fetch("/x", { signal });
      await response.arrayBuffer();
    } catch (error) {
      // Parsers of HTTP and of compressed bodies have errors of their own, which are passed on as rejections.
      if (
        !signal.aborted &&
        (!(error instanceof Error) || /^(?:Type|Range|Reference|Syntax)Error$/u.test(error.name))
      ) {
        expected(error, [KcfgError], undefined);
      }
    } finally {
      abort();
      for (const socket of opened.sockets) {
        socket.destroy();
      }
    }
  },
  close: async () => {
    const opened = await line;
    opened?.server.close();
  },
};

/** Makes a deadline: the server always closes, so anything longer waits for something that never comes. */
function deadline(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 5000);
  return {
    signal: controller.signal,
    abort: () => {
      clearTimeout(timer);
    },
  };
}

/** The bytes above, and cases of structures: `test/fuzz/http-answers.ts`. */
export const target: FuzzTarget = withGenerated(ofBytes, httpAnswers);
