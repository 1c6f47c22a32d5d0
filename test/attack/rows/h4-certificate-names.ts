import type { Attack } from "../attack.ts";
import { eachVariant, held } from "../attack.ts";
import { derLength, selfSigned } from "../certificate-shapes.ts";
import { kubeconfig } from "../kubeconfig-text.ts";
import { embedded, serveTls } from "../servers.ts";
import { lastLines } from "../child-run.ts";

/** A GeneralName of a subjectAltName: its tag and content. */
type Name = readonly [tag: number, content: Uint8Array];

const bytes = (length: number, value = 1): Uint8Array => new Uint8Array(length).fill(value);
const text = (value: string): Uint8Array => Buffer.from(value, "latin1");

const IP = 0x87;
const DNS = 0x82;

const SHAPES: readonly (readonly [string, readonly Name[]])[] = [
  ...[0, 1, 2, 3, 5, 6, 7, 8, 12, 15, 17, 20, 31, 32, 33, 127, 128, 255, 256, 5000].map(
    (length) => [`an iPAddress of ${length} bytes`, [[IP, bytes(length)]]] as const,
  ),
  [
    "a bad iPAddress behind a good one",
    [
      [IP, new Uint8Array([127, 0, 0, 1])],
      [IP, bytes(5)],
    ],
  ],
  [
    "a bad iPAddress before a good one",
    [
      [IP, bytes(5)],
      [IP, new Uint8Array([127, 0, 0, 1])],
    ],
  ],
  ["no names", []],
  ["an empty dNSName", [[DNS, bytes(0)]]],
  ["a dNSName with a NUL", [[DNS, text("127.0.0.1\0.evil")]]],
  ["a dNSName that is an address", [[DNS, text("127.0.0.1")]]],
  ["a dNSName that is no ASCII", [[DNS, bytes(9, 0xff)]]],
  ["a dNSName of 70,000 letters", [[DNS, bytes(70_000, 0x61)]]],
  ["a dNSName with quotes and a comma", [[DNS, text('x", IP Address:127.0.0.1, DNS:"y')]]],
  ["an e-mail address", [[0x81, text("a@b")]]],
  ["a URI", [[0x86, text("https://127.0.0.1/")]]],
  ["a URI that is none", [[0x86, text("https://[::1")]]],
  ["an empty otherName", [[0xa0, bytes(0)]]],
  ["an empty directoryName", [[0xa4, bytes(0)]]],
  ["a registeredID of no bytes", [[0x88, bytes(0)]]],
  ["an unknown tag", [[0x9e, bytes(4)]]],
  ["3,000 addresses", Array.from({ length: 3000 }, (): Name => [IP, bytes(4)])],
];

export function subjectAltName(names: readonly Name[]): Uint8Array {
  const content = Buffer.concat(
    names.flatMap(([tag, value]) => [Buffer.from([tag]), derLength(value.length), value]),
  );
  return Buffer.concat([Buffer.from([0x30]), derLength(content.length), content]);
}

/** Returns Go's TLS error at the end of kubectl's message. */
function goWords(stderr: string): string {
  const line = stderr.trim().split("\n").at(-1) ?? "";
  return line.replace(/^.*?(?=(?:tls|x509): )/u, "");
}

export const attacks: readonly Attack[] = [
  {
    row: "H4",
    attack:
      "A server shows a certificate with an iPAddress that is not 4 or 16 bytes, or other odd names: to kcfg, and to a program with the library",
    run: async (world) => {
      await eachVariant(
        SHAPES,
        ([name]) => name,
        async ([, names]) => {
          const identity = await selfSigned({ names: subjectAltName(names) });
          const ca = await selfSigned({});
          const server = await serveTls(identity);
          try {
            const trusting = `certificate-authority-data: ${embedded(identity.certificate)}`;
            const files = [
              trusting,
              `certificate-authority-data: ${embedded(ca.certificate)}`,
              `${trusting}, tls-server-name: "10.0.0.1"`,
              `${trusting}, tls-server-name: h.example`,
              "insecure-skip-tls-verify: true",
            ].map((cluster, index) =>
              world.write(`k${index}.yaml`, kubeconfig({ server: server.url, cluster })),
            );
            const run = await world.kcfg(["raw", "/", "--kubeconfig", files[0] ?? ""]);
            held(run.code === 1 || run.code === 0, `exit code ${String(run.code)}: ${lastLines(run)}`);
            await world.kcfg(["raw", "/", "--kubeconfig", files[1] ?? ""]);
            const library = await world.embed("embed.mjs", files);
            held(library.stdout.includes("alive"), `a program with the library died: ${lastLines(library)}`);
          } finally {
            await server.close();
          }
        },
      );
    },
  },
  {
    row: "H4",
    needs: ["kubectl"],
    attack: "kcfg refuses what kubectl refuses among these certificates, in the same words",
    run: async (world) => {
      await eachVariant(
        SHAPES.filter(([name]) => /iPAddress/u.test(name)),
        ([name]) => name,
        async ([, names]) => {
          const identity = await selfSigned({ names: subjectAltName(names) });
          const server = await serveTls(identity);
          try {
            const file = world.write(
              "k.yaml",
              kubeconfig({
                server: server.url,
                cluster: `certificate-authority-data: ${embedded(identity.certificate)}`,
              }),
            );
            const kubectl = await world.run([world.kubectl ?? "", "get", "--raw", "/", "--kubeconfig", file]);
            const kcfg = await world.kcfg(["raw", "/", "--kubeconfig", file]);
            held(
              (kubectl.code === 0) === (kcfg.code === 0),
              `kubectl exits with ${String(kubectl.code)}, kcfg with ${String(kcfg.code)}`,
            );
            held(
              goWords(kubectl.stderr) === goWords(kcfg.stderr),
              `kubectl: ${goWords(kubectl.stderr).slice(0, 150)}; kcfg: ${goWords(kcfg.stderr).slice(0, 150)}`,
            );
          } finally {
            await server.close();
          }
        },
      );
    },
  },
];
