import { generateKeyPairSync } from "node:crypto";
import type { Attack } from "../attack.ts";
import { eachVariant, held } from "../attack.ts";
import { selfSigned } from "../certificate-shapes.ts";
import { lastLines } from "../child-run.ts";
import { kubeconfig, plugin } from "../kubeconfig-text.ts";
import { embedded } from "../servers.ts";

type Bytes = Uint8Array;

function pem(label: string, der: Bytes): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/gu) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

function derOf(
  type: "pkcs8" | "pkcs1" | "sec1",
  key: { readonly export: (options: never) => unknown },
): Bytes {
  return key.export({ type, format: "der" } as never) as Bytes;
}

/** Returns valid keys of every kind, as DER in every form: the attacks change them. */
function honestKeys(): readonly (readonly [string, string, Bytes])[] {
  const keys: (readonly [string, string, Bytes])[] = [];
  for (const curve of ["prime256v1", "secp384r1", "secp521r1", "secp256k1"]) {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: curve });
    keys.push([`${curve} in PKCS#8`, "PRIVATE KEY", derOf("pkcs8", privateKey)]);
    keys.push([`${curve} in SEC1`, "EC PRIVATE KEY", derOf("sec1", privateKey)]);
  }
  const explicit = generateKeyPairSync("ec", {
    namedCurve: "prime256v1",
    paramEncoding: "explicit",
  } as never) as unknown as { readonly privateKey: { readonly export: (options: never) => unknown } };
  keys.push(["prime256v1 with explicit parameters", "PRIVATE KEY", derOf("pkcs8", explicit.privateKey)]);
  const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
  keys.push(["RSA in PKCS#8", "PRIVATE KEY", derOf("pkcs8", rsa)]);
  keys.push(["RSA in PKCS#1", "RSA PRIVATE KEY", derOf("pkcs1", rsa)]);
  const pss = generateKeyPairSync("rsa-pss", { modulusLength: 1024 }).privateKey;
  keys.push(["RSA-PSS", "PRIVATE KEY", derOf("pkcs8", pss)]);
  const dsa = generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 }).privateKey;
  keys.push(["DSA", "PRIVATE KEY", derOf("pkcs8", dsa)]);
  for (const type of ["ed25519", "ed448", "x25519", "x448"] as const) {
    keys.push([type, "PRIVATE KEY", derOf("pkcs8", generateKeyPairSync(type as "ed25519").privateKey)]);
  }
  return keys;
}

/** Returns the offsets of all DER elements, nested ones included. */
function elements(bytes: Bytes, from = 0, to = bytes.length, found: number[] = []): readonly number[] {
  for (let at = from; at + 1 < to;) {
    found.push(at);
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1] ?? 0;
    const size = first < 0x80 ? 0 : first & 0x7f;
    let length = first < 0x80 ? first : 0;
    for (let i = 0; i < size; i++) {
      length = length * 256 + (bytes[at + 2 + i] ?? 0);
    }
    const start = at + 2 + size;
    const end = Math.min(start + length, to);
    // Structures, and strings that hold structures.
    if ((tag & 0x20) !== 0 || (tag === 0x04 && bytes[start] === 0x30)) {
      elements(bytes, start, end, found);
    }
    at = end === at ? to : end;
  }
  return found;
}

/**
 * Returns every key with a wrong length, tag or value at each of its elements, cut off at each, or with more at its
 * end.
 */
function mutations(bytes: Bytes): readonly Bytes[] {
  const made: Bytes[] = [];
  const change = (at: number, value: number): void => {
    const copy = Uint8Array.from(bytes);
    copy[at] = value;
    made.push(copy);
  };
  for (const at of elements(bytes)) {
    const length = bytes[at + 1] ?? 0;
    const rest = Math.min(bytes.length - at - 2, 0x7f);
    for (const value of new Set([
      0,
      1,
      length - 1,
      length + 1,
      rest,
      rest - 1,
      0x7f,
      0x80,
      0x81,
      0x82,
      0x84,
      0xff,
    ])) {
      change(at + 1, value & 0xff);
    }
    for (const value of [0x00, 0x02, 0x03, 0x04, 0x05, 0x06, 0x30, 0xa0]) {
      change(at, value);
    }
    for (const offset of [2, 3, 4]) {
      change(at + offset, (bytes[at + offset] ?? 0) ^ 0xff);
      change(at + offset, 0);
    }
    made.push(bytes.subarray(0, at), bytes.subarray(0, at + 2));
  }
  made.push(Buffer.concat([bytes, bytes]), Buffer.concat([bytes, new Uint8Array(100)]), new Uint8Array(0));
  return made;
}

/** Returns the key of the original finding: the private scalar's length reaches to the end of the structure. */
function longScalar(): string {
  const bytes = Uint8Array.from(
    derOf("pkcs8", generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey),
  );
  const at = Buffer.from(bytes).indexOf(Buffer.from([2, 1, 1, 4, 0x20])) + 4;
  bytes[at] = bytes.length - at - 1;
  return pem("PRIVATE KEY", bytes);
}

/** Returns a DSA key whose parameters are zero. */
function zeroDsa(): string {
  const bytes = Buffer.from(
    derOf("pkcs8", generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 }).privateKey),
  );
  for (const at of elements(bytes)
    .filter((begin) => bytes[begin] === 2)
    .slice(1)) {
    bytes.fill(0, at + 4, at + 10);
  }
  return pem("PRIVATE KEY", bytes);
}

const COMMANDS = [
  "doctor",
  "raw /",
  "credential",
  "resolve",
  "explain",
  "export",
  "view --raw --flatten",
  "check-plugins",
];

export const attacks: readonly Attack[] = [
  {
    row: "H5",
    attack: "A P-256 key whose scalar is 102 bytes long, and a malformed DSA key: from data, file and plugin",
    run: async (world) => {
      const { certificate } = await selfSigned({});
      const variants = [
        ["P-256", longScalar()],
        ["DSA", zeroDsa()],
      ].flatMap(([name = "", key = ""]) => [
        [
          `${name}, data`,
          key,
          `client-certificate-data: ${embedded(certificate)}, client-key-data: ${embedded(key)}`,
        ] as const,
        [`${name}, file`, key, "client-certificate: c.pem, client-key: k.pem"] as const,
        [`${name}, plugin`, key, plugin("./plug")] as const,
      ]);
      await eachVariant(
        variants,
        ([name]) => name,
        async ([, key, user]) => {
          world.write("c.pem", certificate);
          world.write("k.pem", key);
          const credential = {
            apiVersion: "client.authentication.k8s.io/v1",
            kind: "ExecCredential",
            status: { clientCertificateData: certificate, clientKeyData: key },
          };
          world.write("plug", `#!/bin/sh\ncat <<'END'\n${JSON.stringify(credential)}\nEND\n`, {
            mode: 0o755,
          });
          const file = world.write("k.yaml", kubeconfig({ user }));
          for (const command of COMMANDS) {
            await world.kcfg([...command.split(" "), "--kubeconfig", file]);
          }
          await world.kcfg(["import", file, "--kubeconfig", world.at("own.yaml"), "--trust"]);
          const library = await world.embed("embed.mjs", [file]);
          held(library.stdout.includes("alive"), `a program with the library died: ${lastLines(library)}`);
        },
      );
    },
  },
  {
    row: "H5",
    attack:
      "Every element of an honest key of every kind gets a wrong tag, length or value, in a program with the library",
    run: async (world) => {
      const { certificate } = await selfSigned({});
      await eachVariant(
        honestKeys(),
        ([name]) => name,
        async ([, label, bytes]) => {
          const keys = [bytes, ...mutations(bytes)].map((mutant) => pem(label, mutant));
          const file = world.write("keys.json", JSON.stringify({ certificate, keys }));
          const run = await world.embed("keys.mjs", [file], {
            seconds: 120,
          });
          const last = run.stdout.trim().split("\n").at(-1) ?? "";
          held(
            last === `done ${keys.length}`,
            `the process ended (${run.signal ?? `exit code ${String(run.code)}`}) after "${last}": ${lastLines(run)}`,
          );
        },
      );
    },
  },
];
