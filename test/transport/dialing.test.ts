import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { partOf } from "../../src/transport/connect-tcp.ts";
import { lackOfLinux, testUnless } from "../support/unless.ts";
import type { SlowListener } from "./slow-listener.ts";
import { listenSlowly } from "./slow-listener.ts";

// Linux drops what does not fit into the queue of a port.
const linux = testUnless(lackOfLinux);
const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === "::1"),
);
const opened: { close: () => unknown }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
});

async function slowly(host?: string): Promise<SlowListener> {
  const listener = await listenSlowly(host);
  opened.push(listener);
  return listener;
}

/** Runs a program of its own that asks the server, and says what came of it and how long the process lived after that. */
async function ask(
  port: number,
  addresses: string,
  { limit = 0, way = "fetch", onAsking = (): void => undefined } = {},
): Promise<{ readonly said: string; readonly milliseconds: number; readonly lived: number }> {
  const words = [`http://api.test:${port}`, addresses, String(limit), way];
  const child = spawn(process.execPath, ["--import", "tsx", join(__dirname, "dial-process.ts"), ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(child, "exit");
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  onAsking();
  const { value } = await lines.next();
  const said = performance.now();
  await exit;
  return {
    ...(JSON.parse(value) as { said: string; milliseconds: number }),
    lived: performance.now() - said,
  };
}

describe("a name with several addresses", () => {
  linux("waits for one that takes a second to accept, although the next refuses", async () => {
    const listener = await slowly();
    const onAsking = (): void => void setTimeout(() => listener.accept(), 600);
    const { said, milliseconds } = await ask(listener.port, "127.0.0.1,127.0.0.2", { onAsking });
    expect(said).toBe("late");
    expect(milliseconds).toBeGreaterThan(600);
  });

  linux("tells of the first address when none accepts", async () => {
    const { said } = await ask(1, "127.0.0.2,127.0.0.3");
    expect(said).toBe("ConnectionError: dial tcp 127.0.0.2:1: connect: connection refused");
  });

  const both = testUnless(lackOfLinux ?? (hasIpv6 ? undefined : "needs IPv6"));
  both("tries the other family after 300 ms", async () => {
    const listener = await slowly("::1");
    const server = createServer((_request, response) => void response.end("fast"));
    server.listen(listener.port, "127.0.0.1");
    await once(server, "listening");
    opened.push({ close: () => server.close() });
    const { said, milliseconds } = await ask((server.address() as AddressInfo).port, "::1,127.0.0.1");
    expect(said).toBe("fast");
    expect(milliseconds).toBeGreaterThan(290);
    expect(milliseconds).toBeLessThan(1500);
  });

  test.each([
    [30_000, 1, 30_000],
    [30_000, 2, 15_000],
    [30_000, 20, 2000],
    [1500, 3, 1500],
    [-5, 2, -2.5],
  ])("gives an address its part of the %d ms that are left for %d", (left, addresses, want) => {
    expect(partOf(left, addresses)).toBe(want);
  });
});

describe("a server that does not even answer", () => {
  linux.each(["fetch", "dispatcher", "agent"])("is given up at once by %s", async (way) => {
    const { port } = await slowly();
    const { said, milliseconds, lived } = await ask(port, "127.0.0.1", { limit: 400, way });
    expect(said).toMatch(/TimeoutError|AbortError/);
    expect(milliseconds).toBeLessThan(2000);
    expect(lived).toBeLessThan(2000);
  });
});
