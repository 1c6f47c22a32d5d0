import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Server } from "node:https";
import { createServer, request as nodeRequest } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { request as undiciRequest } from "undici";
import type { Connection } from "../../src/transport/connection.ts";
import type { Identity } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";
import { closeAll, open, trusting } from "./open.ts";

let ca: string;
let identity: Identity;
const servers: Server[] = [];

beforeAll(async () => {
  const authority = await createAuthority();
  ca = authority.certificate;
  identity = await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] });
});

afterEach(async () => {
  await closeAll();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** What a server does with the n-th request of a connection, from 1. */
type Answering = (nth: number, request: IncomingMessage, response: ServerResponse) => void;

async function serve(answering: Answering): Promise<{ readonly url: string; readonly seen: string[] }> {
  const counts = new WeakMap<Socket, number>();
  const seen: string[] = [];
  const server = createServer({ cert: identity.certificate, key: identity.key }, (request, response) => {
    const nth = (counts.get(request.socket) ?? 0) + 1;
    counts.set(request.socket, nth);
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      seen.push(`${request.method} ${body}`.trim());
      answering(nth, request, response);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  servers.push(server);
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** Answers one request a connection, and closes it as the next one arrives. */
const closesOnSecond: Answering = (nth, request, response) => {
  if (nth > 1) {
    request.socket.destroy();
  } else {
    response.end("fine");
  }
};

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

type Way = (connection: Connection, url: string, asked?: Asked) => Promise<string>;

const ways: Readonly<Record<string, Way>> = {
  fetch: async (connection, _url, asked = {}) => (await connection.fetch("/x", asked)).text(),
  "dispatcher()": async (connection, url, { method = "GET", ...rest } = {}) => {
    const options = { method, ...rest, dispatcher: connection.dispatcher() };
    return (await undiciRequest(`${url}/x`, options)).body.text();
  },
  "Node's fetch with dispatcher()": async (connection, url, asked = {}) => {
    const init: object = { ...asked, dispatcher: connection.dispatcher() };
    return (await fetch(`${url}/x`, init)).text();
  },
  "the agent of httpsOptions()": async (connection, url, { body, ...rest } = {}) => {
    const { agent, headers } = await connection.httpsOptions();
    const options = { agent, ...rest, headers: { ...headers, ...rest.headers } };
    return await new Promise<string>((resolve, reject) => {
      const sent = nodeRequest(`${url}/x`, options, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("end", () => resolve(text)).on("error", reject);
      });
      sent.on("error", reject).end(body);
    });
  },
};

/** Lets clients take back the connection that has just become free. */
function pause(milliseconds = 20): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

describe.each(Object.entries(ways))("a connection that the server closes, by %s", (_name, ask) => {
  test("while the next request arrives: it is sent again, as often as that happens", async () => {
    const { url } = await serve(closesOnSecond);
    const connection = open({ host: url, tls: trusting(ca), bearerToken: "t" });
    for (let round = 0; round < 5; round++) {
      expect(await ask(connection, url)).toBe("fine");
      await pause();
    }
  });

  test("while two requests arrive at once: both are sent again", async () => {
    const { url } = await serve(closesOnSecond);
    const connection = open({ host: url, tls: trusting(ca) });
    for (let round = 0; round < 4; round++) {
      const both = await Promise.all([ask(connection, url), ask(connection, url)]);
      expect(both).toEqual(["fine", "fine"]);
      await pause();
    }
  });

  test("while a request arrives that may not be repeated: it is not", async () => {
    const { url, seen } = await serve(closesOnSecond);
    const connection = open({ host: url, tls: trusting(ca) });
    await ask(connection, url);
    await pause();
    await expect(ask(connection, url, { method: "POST", body: "pay" })).rejects.toThrow();
    expect(seen).toEqual(["GET", "POST pay"]);
  });

  test("while a request with an Idempotency-Key arrives: it is sent again with its body", async () => {
    const { url, seen } = await serve(closesOnSecond);
    const connection = open({ host: url, tls: trusting(ca) });
    await ask(connection, url);
    await pause();
    const asked = { method: "POST", body: "pay once", headers: { "Idempotency-Key": "1" } };
    expect(await ask(connection, url, asked)).toBe("fine");
    expect(seen).toEqual(["GET", "POST pay once", "POST pay once"]);
  });

  test("while the program was too busy to see it: nothing was sent, so any request is sent on another", async () => {
    const { url, seen } = await serve((_nth, request, response) => {
      response.end("fine", () => setImmediate(() => request.socket.end()));
    });
    const connection = open({ host: url, tls: trusting(ca) });
    await ask(connection, url);
    const busyUntil = performance.now() + 100;
    setImmediate(() => {
      while (performance.now() < busyUntil);
    });
    expect(await ask(connection, url, { method: "POST", body: "pay" })).toBe("fine");
    expect(seen).toEqual(["GET", "POST pay"]);
  });

  test("although it is a new one: that is an error", async () => {
    const { url, seen } = await serve((_nth, request) => request.socket.destroy());
    const connection = open({ host: url, tls: trusting(ca) });
    await expect(ask(connection, url)).rejects.toThrow();
    expect(seen).toEqual(["GET"]);
  });

  test("after the beginning of an answer: that is an error", async () => {
    const { url, seen } = await serve((nth, request, response) => {
      if (nth === 1) {
        response.end("fine");
      } else {
        request.socket.write("HTTP/1.1 200 OK\r\n", () => request.socket.destroy());
      }
    });
    const connection = open({ host: url, tls: trusting(ca) });
    await ask(connection, url);
    await pause();
    await expect(ask(connection, url)).rejects.toThrow();
    expect(seen).toEqual(["GET", "GET"]);
  });

  test("with a body that comes in many pieces: the answers are whole", async () => {
    const text = "0123456789".repeat(300_000);
    const { url } = await serve((nth, request, response) => {
      if (nth % 3 === 0) {
        request.socket.destroy();
      } else {
        response.end(text);
      }
    });
    const connection = open({ host: url, tls: trusting(ca) });
    for (let round = 0; round < 6; round++) {
      expect((await ask(connection, url)).length).toBe(text.length);
      await pause();
    }
  });
});
