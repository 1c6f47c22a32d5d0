import { once } from "node:events";
import type { AddressInfo, Server, Socket } from "node:net";
import { connect, createServer } from "node:net";
import { startServer } from "../support/https-server.ts";
import { closeAll, open } from "./open.ts";

const servers: { close: () => unknown }[] = [];

afterEach(async () => {
  await closeAll();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A server that does as the test says with each connection; its address. */
async function serveRaw(onData: (socket: Socket, text: string) => void): Promise<string> {
  const server: Server = createServer((socket) => {
    socket.on("error", () => undefined).on("data", (data) => onData(socket, data.toString("latin1")));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  servers.push({ close: () => server.close() });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each([
  ["of a known length", "Content-Length: 0\r\n\r\n"],
  ["in chunks", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
])("an empty body %s that is called gzip is an empty body", async (_name, rest) => {
  const address = await serveRaw((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n${rest}`);
  });
  const response = await open({ host: `http://${address}` }).fetch("/x");
  expect(await response.text()).toBe("");
});

test("100 Continue before the answer is no answer", async () => {
  const address = await serveRaw((socket) => {
    socket.write("HTTP/1.1 100 Continue\r\n\r\n");
    setTimeout(() => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"), 20);
  });
  const connection = open({ host: `http://${address}` });
  expect(await (await connection.fetch("/x", { method: "POST", body: "y" })).text()).toBe("ok");
  expect(await (await connection.fetch("/x")).text()).toBe("ok");
});

test("a proxy may end the lines of its answer to CONNECT as it likes", async () => {
  const server = await startServer();
  servers.push(server);
  const proxy = await serveRaw((socket, text) => {
    if (text.startsWith("CONNECT ")) {
      socket.removeAllListeners("data");
      socket.write("HTTP/1.1 200 Fine\nX: y\n\n");
      const through = connect(server.port, "127.0.0.1");
      through
        .on("error", () => undefined)
        .pipe(socket)
        .pipe(through);
    }
  });
  const connection = open({ host: "https://api.test", proxyUrl: `http://${proxy}` });
  // The tunnel is open: what fails is TLS, which this server does not speak.
  await expect(connection.fetch("/x")).rejects.toThrow("server gave HTTP response to HTTPS client");
});

test("a signal takes effect while the body of an answer that is thrown away does not end", async () => {
  const address = await serveRaw((socket) => {
    socket.write("HTTP/1.1 503 Busy\r\nRetry-After: 30\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
  });
  const start = performance.now();
  const signal = AbortSignal.timeout(200);
  await expect(open({ host: `http://${address}` }).fetch("/x", { signal })).rejects.toThrow("timeout");
  expect(performance.now() - start).toBeLessThan(3000);
});
