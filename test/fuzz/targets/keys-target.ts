import { withGenerated } from "../generated.ts";
import * as keys from "../keys.ts";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createSecureContext } from "node:tls";
import { KeyPairError, readKeyPair } from "../../../src/exec/read-key-pair.ts";
import { repositoryRoot } from "../../conformance/repository.ts";
import { below, mutate, pick } from "../random-bytes.ts";
import type { FuzzTarget, Random } from "../target.ts";
import { expected } from "../target.ts";

/** A valid certificate: a key is read only with one. */
const CERTIFICATE = readFileSync(
  join(repositoryRoot(), "test/fuzz/corpus/certificates/self-signed.pem"),
  "latin1",
);

/** Returns the offsets of DER elements, as far as they can be followed. */
function elementsOf(bytes: Uint8Array, from = 0, to = bytes.length, found: number[] = []): readonly number[] {
  for (let at = from; at + 1 < to;) {
    found.push(at);
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1] ?? 0;
    const size = first < 0x80 ? 0 : first & 0x7f;
    let length = first < 0x80 ? first : 0;
    for (let index = 0; index < Math.min(size, 4); index++) {
      length = length * 256 + (bytes[at + 2 + index] ?? 0);
    }
    const start = at + 2 + size;
    const end = Math.min(start + length, to);
    if ((tag & 0x20) !== 0 || (tag === 4 && bytes[start] === 0x30)) {
      elementsOf(bytes, start, end, found);
    }
    at = Math.max(end, at + 2);
  }
  return found;
}

/** Returns DER with a wrong tag, length or value somewhere, or with bytes changed at random. */
export function damagedDer(random: Random, der: Uint8Array): Uint8Array {
  if (random() < 0.2) {
    return mutate(random, der, ["\x00", "\xff\xff", "\x30\x80", "\x02\x01\x00"]);
  }
  const bytes = Uint8Array.from(der);
  for (let left = 1 + below(random, 2); left > 0; left--) {
    const at = pick(random, elementsOf(bytes));
    const rest = Math.min(bytes.length - at - 2, 0x7f);
    switch (below(random, 4)) {
      case 0:
        bytes[at] = pick(random, [
          0,
          1,
          2,
          3,
          4,
          5,
          6,
          0x0c,
          0x13,
          0x17,
          0x18,
          0x30,
          0x31,
          0xa0,
          0xa1,
          below(random, 256),
        ]);
        break;
      case 1:
        bytes[at + 1] = pick(random, [
          0,
          1,
          rest,
          Math.max(rest - 1, 0),
          0x7f,
          0x80,
          0x81,
          0x82,
          0x84,
          0xff,
          below(random, 256),
        ]);
        break;
      case 2:
        bytes[at + 2 + below(random, 4)] = pick(random, [0, 1, 0x7f, 0x80, 0xff]);
        break;
      default: {
        const length = Math.min(bytes[at + 1] ?? 0, bytes.length - at - 2);
        bytes.fill(pick(random, [0, 1, 0xff]), at + 2, at + 2 + length);
      }
    }
  }
  return bytes;
}

/** Returns the type and the bytes of the first PEM block in a string. */
export function blockIn(text: Uint8Array): readonly [label: string, der: Uint8Array] {
  const found = /-----BEGIN ([A-Z0-9 ]*)-----([^-]*)-----END/u.exec(Buffer.from(text).toString("latin1"));
  return [found?.[1] ?? "PRIVATE KEY", Buffer.from(found?.[2] ?? "", "base64")];
}

export function pemOf(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/gu) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

/** A private key from a kubeconfig, a file or a plugin, with a certificate. */
const ofBytes: FuzzTarget = {
  name: "keys",
  cases: 22_000,
  make: (random, corpus) => {
    const honest = pick(random, corpus);
    if (random() < 0.1) {
      return mutate(random, honest, ["-----BEGIN ", "-----END ", "PRIVATE KEY-----", "\n", "A", "="]);
    }
    const [label, der] = blockIn(honest);
    const other = random() < 0.1 ? blockIn(pick(random, corpus))[0] : label;
    return Buffer.from(pemOf(other, damagedDer(random, der)));
  },
  run: (input) => {
    try {
      const pair = readKeyPair(CERTIFICATE, Buffer.from(input).toString("latin1"));
      createSecureContext({ cert: pair.certificate, key: pair.key() });
    } catch (error) {
      expected(error, [KeyPairError]);
    }
  },
};

/** The bytes above, and cases of structures: `test/fuzz/keys.ts`. */
export const target: FuzzTarget = withGenerated(ofBytes, keys);
