import type { Attack } from "../attack.ts";
import { eachVariant, held } from "../attack.ts";
import { selfSigned } from "../certificate-shapes.ts";
import { lastLines } from "../child-run.ts";
import { kubeconfig, plugin } from "../kubeconfig-text.ts";
import { embedded, serveTcp, serveTls } from "../servers.ts";
import { gzipSync } from "node:zlib";

const ENCODINGS = [
  "gzip",
  "deflate",
  "br",
  "zstd",
  "identity",
  "gzip, gzip",
  "x-gzip",
  "GZIP",
  "nonsense",
  "\x80",
];

function answer(status: string, headers: readonly string[], body: string): string {
  return [`HTTP/1.1 ${status}`, ...headers, `Content-Length: ${body.length}`, "", body].join("\r\n");
}

const truncated = gzipSync("hello hello hello").subarray(0, 15).toString("latin1");
const whole = gzipSync("hello").toString("latin1");

/** Responses in raw bytes. */
const ANSWERS: readonly (readonly [string, string])[] = [
  ...["600 X", "999 X", "700 X", "200 OK", "204 X", "205 X", "304 X", "404 X", "500 X"].flatMap((status) =>
    ENCODINGS.map(
      (encoding) =>
        [`${status}, ${encoding}`, answer(status, [`Content-Encoding: ${encoding}`], "hello")] as const,
    ),
  ),
  ["gzip cut off", answer("200 OK", ["Content-Encoding: gzip"], truncated)],
  ["gzip with junk behind", answer("200 OK", ["Content-Encoding: gzip"], `${whole}junk`)],
  ["gzip, no body", answer("600 X", ["Content-Encoding: gzip"], "")],
  [
    "gzip cut off by the connection",
    `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 500\r\n\r\n${whole.slice(0, 12)}`,
  ],
  [
    "chunks that are none",
    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello",
  ],
  ["a reason that is no ASCII", answer("600 \xff\xfe", ["Content-Encoding: gzip"], "x")],
  ["a reason with a tab", answer("600 a\tb", ["Content-Encoding: gzip"], "x")],
  ["status 99", answer("099 X", [], "x")],
  ["status 0", answer("000 X", [], "x")],
  ["status 1000", answer("1000 X", [], "x")],
  [
    "status 101",
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhello",
  ],
  ["status 100 alone", "HTTP/1.1 100 Continue\r\n\r\n"],
  ["no HTTP", "\x15\x03\x01\x00\x02\x02\x46"],
  ["HTTP/0.9", "hello"],
  ["HTTP/2.0", answer("200 OK", [], "x").replace("1.1", "2.0")],
  ["nothing", ""],
  ["an empty header name", answer("200 OK", [": x"], "x")],
  ["a header with NUL", answer("200 OK", ["X: \0"], "x")],
  ["a header that is no ASCII", answer("600 X", ["X-\xff: \xff", "Content-Encoding: gzip"], "x")],
  ["Location without an address", answer("302 Found", ["Location: http://[::1"], "x")],
  ["Location to itself", answer("302 Found", ["Location: /"], "x")],
  ["Location with another scheme", answer("302 Found", ["Location: javascript:alert(1)"], "x")],
  ["Location to a bad port", answer("302 Found", ["Location: https://127.0.0.1:99999/"], "x")],
  ["Location with bytes", answer("302 Found", ["Location: /\xff\xfe\x80"], "x")],
  ["Retry-After without end", answer("429 X", ["Retry-After: 99999999999999999999"], "x")],
  ["Retry-After below zero", answer("503 X", ["Retry-After: -1"], "x")],
  ["two lengths", answer("200 OK", ["Content-Length: 3"], "x")],
  ["a huge length", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nx"],
  ["WWW-Authenticate of 10 KB", answer("401 X", [`WWW-Authenticate: ${"a".repeat(10_000)}`], "x")],
  [
    "a Status that is none",
    answer("500 X", ["Content-Type: application/json"], '{"kind":"Status","message":{"a":[]},"details":5}'),
  ],
  ["a Warning that is none", answer("200 OK", ['Warning: 299 - "\\', "Warning: \x80"], "x")],
  [
    "trailers",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n1\r\nx\r\n0\r\nX: \xff\r\n\r\n",
  ],
];

export const attacks: readonly Attack[] = [
  {
    row: "H6",
    attack:
      "A server answers with a status that WHATWG refuses, and says gzip of a body that is none; and 100 other odd answers",
    run: async (world) => {
      const identity = await selfSigned({});
      // One program requests all responses in turn: the server takes the number of the response from the path.
      const server = await serveTls(identity, (socket, request) => {
        const index = Number(/^GET \/(\d+)/u.exec(request)?.[1] ?? NaN);
        socket.end(Buffer.from(ANSWERS[index]?.[1] ?? answer("200 OK", [], "{}"), "latin1"));
      });
      const file = world.write(
        "k.yaml",
        kubeconfig({
          server: server.url,
          cluster: `certificate-authority-data: ${embedded(identity.certificate)}`,
        }),
      );
      const faults: string[] = [];
      try {
        for (let first = 0; first < ANSWERS.length;) {
          const run = await world.embed("embed-many.mjs", [file, String(first), String(ANSWERS.length)], {
            seconds: 240,
          });
          const last = Number(/(\d+)\n?$/u.exec(run.stdout)?.[1] ?? first);
          if (run.stdout.includes("alive")) {
            break;
          }
          faults.push(`${ANSWERS[last]?.[0] ?? "?"}: a program with the library died: ${lastLines(run)}`);
          first = last + 1;
        }
        await eachVariant(
          ANSWERS.map(([name], index) => [name, index] as const).filter(
            ([, index]) => index % 6 === 0 || index >= 90,
          ),
          ([name]) => name,
          async ([, index]) => {
            for (const verbose of [[], ["-v=9"]]) {
              const run = await world.kcfg([
                "raw",
                `/${index}`,
                ...verbose,
                "--kubeconfig",
                file,
                "--request-timeout=10s",
              ]);
              held(run.code === 0 || run.code === 1, `exit code ${String(run.code)}`);
            }
          },
        );
      } finally {
        await server.close();
      }
      held(faults.length === 0, faults.slice(0, 10).join("\n"));
    },
  },
  {
    row: "H6",
    attack: "A proxy (HTTP, HTTPS, SOCKS5) that the kubeconfig names answers CONNECT oddly, or not at all",
    run: async (world) => {
      const answers: readonly (readonly [string, string])[] = [
        ...ANSWERS.filter((_, index) => index % 9 === 0 || index >= 90),
        ["a SOCKS version that is none", "\x04\x00"],
        ["SOCKS: no method", "\x05\xff"],
        ["SOCKS: a short answer", "\x05\x00\x05\x00\x00\x09"],
        ["SOCKS: a name of 255 letters", `\x05\x00\x05\x00\x00\x03\xff${"a".repeat(255)}\0\0`],
      ];
      await eachVariant(
        ["http", "socks5"].flatMap((scheme) => answers.map(([name, raw]) => [scheme, name, raw] as const)),
        ([scheme, name]) => `${scheme}: ${name}`,
        async ([scheme, , raw]) => {
          const { createServer } = await import("node:net");
          const server = createServer((socket) => {
            socket.on("error", () => {});
            socket.once("data", () => socket.end(Buffer.from(raw, "latin1")));
          });
          await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
          const { port } = server.address() as { readonly port: number };
          try {
            const file = world.write(
              "k.yaml",
              kubeconfig({
                server: "https://cluster.example:6443",
                cluster: `proxy-url: "${scheme}://127.0.0.1:${port}"`,
              }),
            );
            const run = await world.embed("embed.mjs", [file]);
            held(run.stdout.includes("alive"), `the program died: ${lastLines(run)}`);
          } finally {
            server.close();
          }
        },
      );
    },
  },
  {
    row: "H6",
    attack: "The server closes, resets or goes silent at every point of the handshake and of the answer",
    run: async (world) => {
      const identity = await selfSigned({});
      const compressed = answer("200 OK", ["Content-Encoding: gzip"], gzipSync("hello").toString("latin1"));
      await eachVariant(
        [0, 1, 8, 15, 17, 40, compressed.length - 3, compressed.length - 1],
        (length) => `after ${length} bytes of the answer`,
        async (length) => {
          for (const leave of ["end", "reset"]) {
            const server = await serveTls(identity, (socket) => {
              socket.write(Buffer.from(compressed.slice(0, length), "latin1"), () =>
                leave === "end" ? socket.end() : socket.destroy(new Error("reset")),
              );
            });
            try {
              const file = world.write(
                "k.yaml",
                kubeconfig({
                  server: server.url,
                  cluster: `certificate-authority-data: ${embedded(identity.certificate)}`,
                }),
              );
              const run = await world.embed("embed.mjs", [file]);
              held(run.stdout.includes("alive"), `the program died (${leave}): ${lastLines(run)}`);
            } finally {
              await server.close();
            }
          }
        },
      );
      const tcp = await serveTcp((socket) => socket.destroy());
      try {
        const file = world.write(
          "k.yaml",
          kubeconfig({ server: tcp.url.replace("http:", "https:"), user: plugin("./missing") }),
        );
        await world.kcfg(["raw", "/", "--kubeconfig", file, "--request-timeout=5s"]);
      } finally {
        await tcp.close();
      }
    },
  },
];
