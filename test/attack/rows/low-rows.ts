import { existsSync, lstatSync, readlinkSync, rmSync } from "node:fs";
import { spawn } from "node:child_process";
import { gzipSync } from "node:zlib";
import type { Attack } from "../attack.ts";
import { eachVariant, held } from "../attack.ts";
import { selfSigned, sequence, tlv } from "../certificate-shapes.ts";
import { lastLines, withoutCrash } from "../child-run.ts";
import { kubeconfig } from "../kubeconfig-text.ts";
import { embedded, sendForEver, serveTcp, serveTls } from "../servers.ts";
import { succeeded } from "../world.ts";
import type { World } from "../world.ts";
import { subjectAltName } from "./h4-certificate-names.ts";

const HEAD = "kind: Config\napiVersion: v1\ncontexts: [{name: x, context: {cluster: c}}]\n";
const blanks = " ".repeat(1_000_000);

/** Strings that make a careless masking of secrets slow. */
const SLOW: readonly (readonly [string, string])[] = [
  ["# token and 1 MB of blanks", `${HEAD}# token${blanks}\n`],
  ["# token: and 1 MB of blanks and a word", `${HEAD}# token:${blanks}!\n`],
  ["# password= and 1 MB of quotes", `${HEAD}# password=${'"'.repeat(1_000_000)}\n`],
  ["1 MB of tabs", `${HEAD}#${"\t".repeat(1_000_000)}token\n`],
  ["1 MB of 'token '", `${HEAD}# ${"token ".repeat(170_000)}\n`],
  ["1 MB of 'token: '", `${HEAD}# ${"token: ".repeat(140_000)}\n`],
  ["1 MB of one letter", `${HEAD}# ${"a".repeat(1_000_000)}\n`],
  ["1 MB of dashes", `${HEAD}# ${"-".repeat(1_000_000)}\n`],
  ["1 MB of base64", `${HEAD}# ${"QUFB".repeat(250_000)}=\n`],
  ["1 MB of JWT's dots", `${HEAD}# ${"eyJh.".repeat(200_000)}\n`],
  ["1 MB of URLs with passwords", `${HEAD}# ${"http://u:p@".repeat(90_000)}\n`],
  ["a second document of 1 MB of blanks", `${HEAD}---\n${blanks}!\n`],
  ["200,000 comments", `${HEAD}${"# token x\n".repeat(200_000)}`],
  [
    "20,000 comments and 20,000 tokens",
    `${HEAD}users:\n${Array.from({ length: 20_000 }, (_, i) => `- name: u${i}\n  user: {token: abcdefg${i}}\n# note ${i} xx yy zz zzz\n`).join("")}`,
  ],
];

async function secure(
  world: World,
  answer: Parameters<typeof serveTls>[1],
  run: (file: string) => Promise<void>,
): Promise<void> {
  const identity = await selfSigned({});
  const server = await serveTls(identity, answer);
  try {
    await run(
      world.write(
        "k.yaml",
        kubeconfig({
          server: server.url,
          cluster: `certificate-authority-data: ${embedded(identity.certificate)}`,
        }),
      ),
    );
  } finally {
    await server.close();
  }
}

const BIG = "x".repeat(65_536);

/** Responses that do not end. */
const ENDLESS: readonly (readonly [string, NonNullable<Parameters<typeof serveTls>[1]>])[] = [
  [
    "the body of a redirect",
    (socket) => {
      socket.write("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 999999999999\r\n\r\n");
      sendForEver(socket, BIG);
    },
  ],
  [
    "the chunked body of a redirect",
    (socket) => {
      socket.write("HTTP/1.1 302 Found\r\nLocation: /x\r\nTransfer-Encoding: chunked\r\n\r\n");
      sendForEver(socket, `10000\r\n${BIG}\r\n`);
    },
  ],
  ["100 Continue", (socket) => sendForEver(socket, "HTTP/1.1 100 Continue\r\n\r\n")],
  ["103 Early Hints", (socket) => sendForEver(socket, "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")],
  ["102 Processing", (socket) => sendForEver(socket, "HTTP/1.1 102 Processing\r\n\r\n")],
  [
    "headers",
    (socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      sendForEver(socket, `X: ${"y".repeat(1000)}\r\n`);
    },
  ],
  [
    "one header",
    (socket) => {
      socket.write("HTTP/1.1 200 OK\r\nX: ");
      sendForEver(socket, BIG);
    },
  ],
  ["the status line", (socket) => sendForEver(socket, BIG)],
  [
    "an error's body",
    (socket) => {
      socket.write("HTTP/1.1 500 X\r\nContent-Type: application/json\r\n\r\n");
      sendForEver(socket, BIG);
    },
  ],
  [
    "a forbidden body",
    (socket) => {
      socket.write("HTTP/1.1 403 X\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
      sendForEver(socket, `10000\r\n${BIG}\r\n`);
    },
  ],
  [
    "an error's body, compressed",
    (socket) => {
      socket.write("HTTP/1.1 500 X\r\nContent-Encoding: gzip\r\n\r\n");
      const bomb = gzipSync(Buffer.alloc(50_000_000)).toString("latin1");
      socket.write(Buffer.from(bomb, "latin1"));
      sendForEver(socket, "x");
    },
  ],
  [
    "trailers",
    (socket) => {
      socket.write("HTTP/1.1 500 X\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n");
      sendForEver(socket, "X: y\r\n");
    },
  ],
  [
    "a chunk's extension",
    (socket) => {
      socket.write("HTTP/1.1 500 X\r\nTransfer-Encoding: chunked\r\n\r\n5;");
      sendForEver(socket, BIG);
    },
  ],
  [
    "401 with a body",
    (socket) => {
      socket.write("HTTP/1.1 401 X\r\nWWW-Authenticate: Basic\r\n\r\n");
      sendForEver(socket, BIG);
    },
  ],
];

/** Possible contents of a forged state file. */
const FORGED: readonly string[] = [
  "",
  "null",
  "5",
  '"x"',
  "[]",
  "{}",
  "{",
  "\0",
  "\u001b]0;PWN\u0007",
  '{"undo":null}',
  '{"undo":5}',
  '{"undo":[]}',
  '{"undo":{"command":5}}',
  '{"undo":{"operation":"x","command":5}}',
  '{"version":1e999}',
  '{"__proto__":{"undo":{}}}',
  '{"constructor":null}',
  "[".repeat(100_000),
  '{"history":null}',
  '{"history":[null]}',
  '{"entries":[{"files":null}]}',
  '{"previousContext":5}',
  '{"previousContext":{"toString":5}}',
];

/** Returns a JSON text with each of its values replaced by another kind of value. */
function mutated(text: string): readonly string[] {
  const made: string[] = [text.slice(0, text.length >> 1), `${text}${text}`];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return made;
  }
  const visit = (value: unknown, replace: (other: unknown) => unknown): void => {
    for (const other of [null, 5, -1, "", "../../x", [], {}, true]) {
      made.push(JSON.stringify(replace(other)));
    }
    if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        visit(inner, (other) =>
          replace(
            Array.isArray(value)
              ? value.map((item: unknown, index) => (String(index) === key ? other : item))
              : { ...value, [key]: other },
          ),
        );
      }
    }
  };
  visit(parsed, (other) => other);
  return made;
}

export const attacks: readonly Attack[] = [
  {
    row: "L1",
    attack: "1 MB of blanks, quotes or tokens in comments: --dry-run, edits and -v hide secrets in time",
    run: async (world) => {
      await eachVariant(
        SLOW,
        ([name]) => name,
        async ([, text]) => {
          const file = world.write("k.yaml", text);
          for (const args of ["set-context x -n y --dry-run", "set-context x -n y", "doctor"]) {
            await world.kcfg([...args.split(" "), "--kubeconfig", file], { seconds: 40 });
          }
        },
      );
    },
  },
  {
    row: "L2",
    attack:
      "A server sends redirects, 1xx answers, headers or error bodies without end: kcfg and the library end, in bounds",
    run: async (world) => {
      await eachVariant(
        ENDLESS,
        ([name]) => name,
        async ([, answer]) => {
          await secure(world, answer, async (file) => {
            await world.kcfg(["raw", "/", "--kubeconfig", file], { seconds: 40, maxMiB: 600, keep: 10_000 });
            const library = await world.embed("embed-status.mjs", [file], { seconds: 40, maxMiB: 600 });
            withoutCrash(library, "a program with the library");
          });
        },
      );
    },
  },
  {
    row: "L3",
    attack:
      "kcfg is killed while it holds the lock; its process number is soon another program's: the lock is recovered",
    run: async (world) => {
      const file = world.write("k.yaml", kubeconfig());
      const lock = `${file}.lock`;
      // A big kubeconfig keeps the lock for a while.
      world.write(
        file,
        `${kubeconfig()}${Array.from({ length: 40_000 }, (_, i) => `- {name: u${i}, user: {token: t}}`).join("\n")}\n`,
      );
      let target = "";
      for (let round = 0; round < 10 && target === ""; round++) {
        await world.kcfg(["use-context", round % 2 === 0 ? "prod" : "dev", "--kubeconfig", file], {
          mayCrash: true,
          started: (pid) => {
            const look = setInterval(() => {
              if (existsSync(lock) || isLink(lock)) {
                clearInterval(look);
                try {
                  process.kill(pid, "SIGKILL");
                } catch {
                  // Too late: the next round.
                }
              }
            }, 1);
            setTimeout(() => clearInterval(look), 20_000).unref();
          },
        });
        target = isLink(lock) ? linkTarget(lock) : "";
      }
      held(target !== "", "no lock was left to look at");
      const pid = /pid=(\d+)/u.exec(target)?.[1] ?? "none";
      const squatter = spawn("sleep", ["60"], { stdio: "ignore" });
      try {
        rmSync(lock, { force: true });
        world.link(target.replaceAll(pid, String(squatter.pid)), lock);
        world.write(file, kubeconfig());
        const run = await world.kcfg(["use-context", "prod", "--kubeconfig", file, "--lock-timeout", "5s"]);
        held(run.code === 0, `never recovered: ${run.stderr.trim().slice(0, 200)}`);
      } finally {
        squatter.kill("SIGKILL");
      }
    },
  },
  {
    row: "L4",
    attack:
      "A forged or damaged state file: undo, use-context - and edits say so in words, and change nothing wrongly",
    run: async (world) => {
      const file = world.write("k.yaml", kubeconfig());
      succeeded(await world.kcfg(["set-context", "dev", "-n", "one", "--kubeconfig", file]));
      succeeded(await world.kcfg(["use-context", "prod", "--kubeconfig", file]));
      const honest = world.files("home/.kube/kcfg");
      held(honest.length > 0, "no state in ~/.kube/kcfg after an edit");
      const text = world.read(file);
      await eachVariant(
        honest.flatMap(([path, content]) =>
          [
            ...FORGED,
            // The fuzz target side-files goes further.
            ...mutated(content).filter((_, index) => index % 4 === 0),
          ].map((forged) => [path, forged] as const),
        ),
        ([path, forged]) => `${path.slice(world.home.length)}: ${forged.slice(0, 60)}`,
        async ([path, forged]) => {
          world.write(path, forged);
          world.write(file, text);
          for (const args of [["undo"], ["use-context", "-"]]) {
            await world.kcfg([...args, "--kubeconfig", file]);
          }
          for (const [kept, content] of honest) {
            world.write(kept, content);
          }
        },
      );
    },
  },
  {
    row: "L5",
    attack:
      "Standard output or error is full (/dev/full), closed, or a pipe whose reader has left: no stack trace, no hang",
    run: async (world) => {
      const file = world.write("k.yaml", kubeconfig());
      const bin = `"${world.node}" "${world.package}/dist/cli/bin.cjs"`;
      const commands = [
        "view",
        "view -o json",
        "get-contexts",
        "doctor",
        "doctor -o sarif",
        "export",
        "explain",
        "check-plugins",
        "--help",
        "completion bash",
        "version",
        "use-context prod",
        "set-context dev -n x --dry-run",
        "nonsense",
        "raw /",
        "credential",
        "kuberc view",
        "undo",
        "options",
        "resolve",
        "import nothing",
      ];
      await eachVariant(
        commands.flatMap((command) =>
          ["> /dev/full", "2> /dev/full", "> /dev/full 2>&1", ">&-", "2>&-", ">&- 2>&-", "| true"].map(
            (where) => [command, where] as const,
          ),
        ),
        ([command, where]) => `${command} ${where}`,
        async ([command, where]) => {
          const run = await world.sh(`${bin} ${command} --kubeconfig ${file} ${where}`);
          withoutCrash(run, "kcfg");
          held(!run.stdout.includes("node:internal"), "a stack trace on standard output");
        },
      );
    },
  },
  {
    row: "L6",
    attack: "130,000 entries: import, view, edits, doctor and the rest do not overflow the stack",
    run: async (world) => {
      const contexts = Array.from(
        { length: 130_000 },
        (_, index) => `- {name: x${index}, context: {cluster: c, user: u}}\n`,
      ).join("");
      const big = world.write("big.yaml", kubeconfig().replace("contexts:\n", `contexts:\n${contexts}`));
      await eachVariant(
        [
          ["import", big, "--kubeconfig", world.write("own.yaml", "apiVersion: v1\nkind: Config\n")],
          [
            "import",
            big,
            "--prefix",
            "p-",
            "--kubeconfig",
            world.write("own2.yaml", "apiVersion: v1\nkind: Config\n"),
          ],
          ["view", "--kubeconfig", big],
          ["get-contexts", "--kubeconfig", big],
          ["check-plugins", "--kubeconfig", big],
          ["set-context", "x1", "-n", "y", "--kubeconfig", big],
          ["export", "x1", "--kubeconfig", big],
        ],
        (args) => args[0] ?? "",
        async (args) => {
          const run = await world.kcfg(args, { seconds: 240, maxMiB: 3000 });
          held(run.code === 0, `exit code ${String(run.code)}: ${lastLines(run)}`);
        },
      );
    },
  },
  {
    row: "L7",
    attack:
      "Certificates: SAN localhost. is refused; anyExtendedKeyUsage and keyCertSign only are accepted, as Go does",
    run: async (world) => {
      const any = new Uint8Array([0x55, 0x1d, 0x25, 0x00]);
      const clientAuth = new Uint8Array([0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02]);
      const cases = [
        ["SAN localhost.", { names: dns("localhost.") }, "localhost", false],
        ["SAN localhost", { names: dns("localhost") }, "localhost", true],
        ["anyExtendedKeyUsage", { extendedUsages: [any] }, "127.0.0.1", true],
        ["anyExtendedKeyUsage and another", { extendedUsages: [clientAuth, any] }, "127.0.0.1", true],
        ["clientAuth only", { extendedUsages: [clientAuth] }, "127.0.0.1", false],
        ["keyCertSign only", { usage: 0x04, authority: true }, "127.0.0.1", true],
        ["cRLSign only", { usage: 0x02 }, "127.0.0.1", true],
      ] as const;
      await eachVariant(
        cases,
        ([name]) => name,
        async ([, shape, host, accepted]) => {
          const identity = await selfSigned(shape);
          const server = await serveTls(identity);
          try {
            const file = world.write(
              "k.yaml",
              kubeconfig({
                server: `https://${host}:${server.port}`,
                cluster: `certificate-authority-data: ${embedded(identity.certificate)}`,
              }),
            );
            const run = await world.kcfg(["raw", "/", "--kubeconfig", file]);
            held((run.code === 0) === accepted, accepted ? `refused: ${lastLines(run)}` : "accepted");
          } finally {
            await server.close();
          }
        },
      );
    },
  },
  {
    row: "L7",
    needs: ["kubectl"],
    attack: "Certificates of many kinds are accepted or refused as kubectl does",
    run: async (world) => {
      const names = [
        "localhost",
        "LOCALHOST",
        "localhost.",
        "*.localhost",
        "*",
        "l*",
        "*localhost",
        ".localhost",
        "localhost..",
        "h.example",
        "*.example",
        "*.h.example",
        "h.*",
        "a.*.example",
        "H.EXAMPLE",
        "h.example.",
        "h_x.example",
        "-h.example",
        "h-.example",
        "xn--h.example",
        "*.xn--h.example",
        "h.example\0",
        " h.example",
        "h.example ",
        "127.0.0.1",
        "",
        "1.2.3.4",
      ];
      const asked = ["h.example", "a.h.example", "localhost", "127.0.0.1"];
      const usages = [0x80, 0x20, 0x04, 0x02, 0x08, 0xa0, 0x06, 0x00];
      const kp = (last: number): Uint8Array => oid(0x2b, 6, 1, 5, 5, 7, 3, last);
      const shapes = [
        ...names.flatMap((name) =>
          asked.map(
            (host) => [`SAN ${JSON.stringify(name)}, asked ${host}`, { names: dns(name) }, host] as const,
          ),
        ),
        ...usages.map((usage) => [`key usage ${usage}`, { usage }, "127.0.0.1"] as const),
        ...usages.map(
          (usage) => [`key usage ${usage} of a CA`, { usage, authority: true }, "127.0.0.1"] as const,
        ),
        ["no CA", { authority: false }, "127.0.0.1"] as const,
        ...[
          [kp(1)],
          [kp(2)],
          [kp(3)],
          [oid(0x55, 0x1d, 0x25, 0)],
          [kp(2), oid(0x55, 0x1d, 0x25, 0)],
          [oid(0x60, 0x86, 0x48, 1, 0x86, 0xf8, 0x42, 4, 1)],
          [oid(0x2b, 6, 1, 4, 1, 0x82, 0x37, 10, 3, 3)],
          [],
        ].map(
          (extendedUsages) =>
            [
              `extended usage ${extendedUsages.map((id) => Buffer.from(id).toString("hex")).join()}`,
              { extendedUsages },
              "127.0.0.1",
            ] as const,
        ),
        [
          "no SAN, a common name",
          { names: subjectAltName([]), commonName: "127.0.0.1" },
          "127.0.0.1",
        ] as const,
      ];
      await eachVariant(
        shapes,
        ([name]) => name,
        async ([, shape, host]) => {
          const identity = await selfSigned(shape);
          const server = await serveTls(identity);
          try {
            const file = world.write(
              "k.yaml",
              kubeconfig({
                server: server.url,
                cluster: `certificate-authority-data: ${embedded(identity.certificate)}, tls-server-name: ${JSON.stringify(host)}`,
              }),
            );
            const kubectl = await world.run([world.kubectl ?? "", "get", "--raw", "/", "--kubeconfig", file]);
            const kcfg = await world.kcfg(["raw", "/", "--kubeconfig", file]);
            held(
              (kubectl.code === 0) === (kcfg.code === 0),
              `kubectl: ${kubectl.code === 0 ? "accepted" : lastLines(kubectl)}; kcfg: ${kcfg.code === 0 ? "accepted" : lastLines(kcfg)}`,
            );
          } finally {
            await server.close();
          }
        },
      );
    },
  },
  {
    row: "L2",
    attack: "An OpenID provider that a kubeconfig names answers without end",
    run: async (world) => {
      const server = await serveTcp((socket) => {
        socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
        sendForEver(socket, BIG);
      });
      try {
        const file = world.write(
          "k.yaml",
          kubeconfig({
            user: `auth-provider: {name: oidc, config: {idp-issuer-url: "${server.url}", client-id: c, refresh-token: r, id-token: "a.eyJleHAiOjF9.c"}}`,
          }),
        );
        await world.kcfg(["raw", "/", "--kubeconfig", file], { seconds: 40, maxMiB: 600 });
        await world.kcfg(["credential", "--kubeconfig", file], { seconds: 40, maxMiB: 600 });
      } finally {
        await server.close();
      }
    },
  },
];

function oid(...bytes: readonly number[]): Uint8Array {
  return new Uint8Array(bytes);
}

function dns(name: string): Uint8Array {
  return sequence(tlv(0x82, Buffer.from(name, "latin1")));
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function linkTarget(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
