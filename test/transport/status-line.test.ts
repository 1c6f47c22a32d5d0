import type { Server } from "node:net";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { statusLineFault } from "../../src/transport/status-line.ts";
import { closeAll, complaint } from "./open.ts";

const PREFIX = "Unable to connect to the server: net/http: HTTP/1.x transport connection broken: ";

let answer = "";
let server: Server;
beforeAll(async () => {
  server = createServer((socket) => {
    socket.on("error", () => undefined).once("data", () => socket.end(Buffer.from(answer, "latin1")));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
});
afterEach(closeAll);
afterAll(() => server.close());

/** As kubectl 1.36 prints it after the prefix. */
test.each([
  ["SSH-2.0-OpenSSH_9.6\r\n", 'malformed HTTP response "SSH-2.0-OpenSSH_9.6"'],
  ["SSH-2.0-OpenSSH_9.6p1 Ubuntu-3\r\n", 'malformed HTTP status code "Ubuntu-3"'],
  ["220 mail.example.com ESMTP Postfix\r\n", 'malformed HTTP status code "mail.example.com"'],
  ["+OK POP3 ready\r\n", 'malformed HTTP status code "POP3"'],
  ["GET / HTTP/1.1\r\n\r\n", 'malformed HTTP status code "/"'],
  ["<html>\n<body> x\n", 'malformed HTTP response "<html>"'],
  ["J\0\0\0\n8.0.36\0\r\n", String.raw`malformed HTTP response "J\x00\x00\x00"`],
  ["\xff\xfe\r\n", String.raw`malformed HTTP response "\xff\xfe"`],
  ["\r\n\r\n", 'malformed HTTP response ""'],
  ["HTT", 'malformed HTTP response "HTT"'],
  [`${"x".repeat(300)}\r\n`, `malformed HTTP response "${"x".repeat(300)}"`],
  ["HTTP/1.1 OK\r\n\r\n", 'malformed HTTP status code "OK"'],
  ["HTTP/1.1 20x OK\r\n\r\n", 'malformed HTTP status code "20x"'],
  ["HTTP/1.1 2000 OK\r\n\r\n", 'malformed HTTP status code "2000"'],
  ["HTTP/9.x 200 OK\r\n\r\n", 'malformed HTTP version "HTTP/9.x"'],
  ["HTTP/1.1 200 OK", "unexpected EOF"],
  ["HTTP/1.1 200 OK\r\n", "unexpected EOF"],
  ["HTTP/1.1 100 Continue\r\n\r\n", "unexpected EOF"],
  ["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n", "unexpected EOF"],
  ["HTTP/1.1 200 OK\r\nContent-Le", 'malformed MIME header: missing colon: "Content-Le"'],
])("a server that says %j", async (said, words) => {
  answer = said;
  const { port } = server.address() as AddressInfo;
  expect(await complaint({ host: `http://127.0.0.1:${port}` })).toBe(PREFIX + words);
});

test("a server that says nothing", async () => {
  answer = "";
  const { port } = server.address() as AddressInfo;
  expect(await complaint({ host: `http://127.0.0.1:${port}` })).toBe("Unable to connect to the server: EOF");
});

test.each(["HTTP/1.1 200 OK", "HTTP/1.0 404", "HTTP/1.1  200 OK", "HTTP/1.1 +20 x"])("%j is HTTP", (line) => {
  expect(statusLineFault(line)).toBeUndefined();
});
