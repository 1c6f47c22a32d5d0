import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { createServer, get } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newTlsClientConfig } from "../../src/api/rest-config.ts";
import { ROOTS_PERIOD } from "../../src/transport/root-certificates.ts";
import type { Authority, Identity } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";
import { startServer } from "../support/https-server.ts";
import { lackOfPosix, testUnless } from "../support/unless.ts";
import { closeAll, machine, open, trusting } from "./open.ts";

let authority: Authority;
let identity: Identity;
let folder: string;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  authority = await createAuthority();
  identity = await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] });
  folder = mkdtempSync(join(tmpdir(), "kcfg-"));
});

afterEach(async () => {
  await closeAll();
  await Promise.all(closing.splice(0).map((close) => close()));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** A server whose answers to /watch go on until the test ends them; all others are short. */
async function serveWatches(): Promise<{
  readonly url: string;
  readonly watches: readonly ServerResponse[];
}> {
  const watches: ServerResponse[] = [];
  const server = createServer({ cert: identity.certificate, key: identity.key }, (request, response) => {
    if (request.url?.startsWith("/watch") === true) {
      response.write("begin\n");
      watches.push(response);
    } else {
      response.end("short");
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, watches };
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

describe("a watch that runs", () => {
  test("is not cut off by invalidate(), whichever way it runs", async () => {
    const { url, watches } = await serveWatches();
    const connection = open({ host: url, tls: trusting(authority.certificate) });
    const watch = await connection.fetch("/watch");
    const { agent } = await connection.httpsOptions();
    const ofAgent = new Promise<string>((resolve, reject) => {
      get(`${url}/watch`, { agent }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("end", () => resolve(text)).on("error", reject);
      }).on("error", reject);
    });
    await (await connection.fetch("/x")).text();
    while (watches.length < 2) {
      await pause(10);
    }
    await connection.invalidate();
    expect(await (await connection.fetch("/x")).text()).toBe("short");
    await pause(5500);
    watches.forEach((response) => response.end("end\n"));
    expect(await watch.text()).toBe("begin\nend\n");
    expect(await ofAgent).toBe("begin\nend\n");
  });

  test("is not cut off by other authorities in the CA file", async () => {
    const { url, watches } = await serveWatches();
    const file = join(folder, "ca.crt");
    writeFileSync(file, authority.certificate);
    let now = Date.now();
    const host = machine({ now: () => now });
    const connection = open({ host: url, tls: newTlsClientConfig({ caFile: file }) }, host);
    const watch = await connection.fetch("/watch");
    writeFileSync(file, (await createAuthority("another")).certificate);
    now += ROOTS_PERIOD + 1;
    await expect(connection.fetch("/x")).rejects.toThrow("x509: certificate signed by unknown authority");
    await pause(5500);
    watches[0]?.end("end\n");
    expect(await watch.text()).toBe("begin\nend\n");
  });

  test("is ended by close(), even after invalidate()", async () => {
    const { url } = await serveWatches();
    const connection = open({ host: url, tls: trusting(authority.certificate) });
    const watch = await connection.fetch("/watch");
    await connection.invalidate();
    await connection.close();
    await expect(watch.text()).rejects.toThrow();
  });
});

describe("a limit of connections", () => {
  test.each([1, 3])("of %d is kept, and whoever waits gets one", async (maxConnections) => {
    const server = await startServer({ identity, reply: [{ delay: 20, body: "x" }] });
    closing.push(server.close);
    const connection = open({ host: server.url, tls: trusting(authority.certificate) }, machine(), {
      maxConnections,
    });
    const ask = async (): Promise<string> => (await connection.fetch("/x")).text();
    expect(new Set(await Promise.all(Array.from({ length: 12 }, ask)))).toEqual(new Set(["x"]));
    expect(server.connections()).toBe(maxConnections);
    const { agent } = await connection.httpsOptions();
    expect(agent.maxSockets).toBe(maxConnections);
  });

  test("is not used up by requests that were given up", async () => {
    const server = await startServer({ identity, reply: [{ delay: 200, body: "x" }] });
    closing.push(server.close);
    const options = { maxConnections: 1 };
    const connection = open({ host: server.url, tls: trusting(authority.certificate) }, machine(), options);
    for (const signal of [AbortSignal.abort(), AbortSignal.timeout(5), AbortSignal.timeout(100)]) {
      await expect(connection.fetch("/x", { signal })).rejects.toThrow();
    }
    expect(await (await connection.fetch("/x")).text()).toBe("x");
  });
});

/** What a server says that takes a new token alone, which replaces the old one after the first request. */
async function statuses(rereadTokenFile: boolean | undefined): Promise<readonly number[]> {
  const server = await startServer({
    identity,
    reply: ({ headers }) => ({
      status: headers.some(([, value]) => value === "Bearer new") ? 200 : 401,
      body: "x",
    }),
  });
  closing.push(server.close);
  const file = join(folder, "token");
  writeFileSync(file, "old");
  const tls = trusting(authority.certificate);
  const connection = open({ host: server.url, tls, bearerTokenFile: file }, machine(), { rereadTokenFile });
  const ask = async (): Promise<number> => {
    const response = await connection.fetch("/x");
    await response.text();
    return response.status;
  };
  const first = await ask();
  writeFileSync(file, "new");
  return [first, await ask(), await ask()];
}

describe("a token file", () => {
  test("is read again after a 401 if that is wanted, and else after 50 seconds", async () => {
    expect(await statuses(undefined)).toEqual([401, 401, 401]);
    // The first 401 has it read again for the second request.
    expect(await statuses(true)).toEqual([401, 200, 200]);
  });
});

test("a connection closes at the end of a block that has it for its own", async () => {
  const server = await startServer({ identity, reply: [{ body: "x" }] });
  closing.push(server.close);
  const connection = open({ host: server.url, tls: trusting(authority.certificate) });
  await (await connection.fetch("/x")).text();
  await connection[Symbol.asyncDispose]();
  await expect(connection.fetch("/x")).rejects.toThrow("the connection has been closed");
});

describe("times of any length", () => {
  test("a timeout beyond what a timer of JavaScript can wait is no timeout of nothing", async () => {
    const server = await startServer({ identity, reply: [{ delay: 100, body: "x" }] });
    closing.push(server.close);
    const tls = trusting(authority.certificate);
    const connection = open({ host: server.url, tls, timeout: 597 * 3_600_000 });
    expect(await (await connection.fetch("/x")).text()).toBe("x");
  });

  test("a server that says to come back in weeks is waited for, until the user gives up", async () => {
    const server = await startServer({
      identity,
      reply: [{ status: 503, headers: { "retry-after": "3000000" } }],
    });
    closing.push(server.close);
    const connection = open({ host: server.url, tls: trusting(authority.certificate) });
    const signal = AbortSignal.timeout(500);
    await expect(connection.fetch("/x", { signal })).rejects.toThrow("aborted due to timeout");
    expect(server.requests).toHaveLength(1);
  });
});

testUnless(lackOfPosix)(
  "one signal for thousands of requests collects neither listeners nor memory nor warnings",
  async () => {
    const server = await serveWatches();
    const plugin = join(folder, "plugin");
    const credential = {
      kind: "ExecCredential",
      apiVersion: "client.authentication.k8s.io/v1",
      status: { token: "t" },
    };
    writeFileSync(plugin, `#!/bin/sh\necho '${JSON.stringify(credential)}'\n`, { mode: 0o755 });
    const program = join(__dirname, "lasting-process.ts");
    const child = spawn(process.execPath, ["--import", "tsx", program, server.url, plugin, "4000"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [text] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
    const { grown, ...said } = JSON.parse(text) as { readonly grown: number };
    expect(said).toEqual({ statuses: [200], warnings: [], listeners: 0 });
    expect(grown).toBeLessThan(400_000);
  },
  120_000,
);
