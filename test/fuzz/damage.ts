/** A number from 0 to 1. */
export type Random = () => number;

export function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** Returns the offsets and ends of all DER elements, however deep. */
function elementsOf(der: Uint8Array, from = 0, to = der.length): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (let at = from; at + 2 <= to;) {
    const first = der[at + 1] ?? 0;
    const octets = first < 0x80 ? 0 : first & 0x7f;
    const length =
      octets === 0
        ? first
        : Number(`0x${Buffer.from(der.subarray(at + 2, at + 2 + octets)).toString("hex")}`);
    const end = at + 2 + octets + length;
    if (octets > 3 || !(end <= to)) {
      return found;
    }
    found.push([at, end]);
    const tag = der[at] ?? 0;
    const start = at + 2 + octets + (tag === 0x03 ? 1 : 0);
    if ((tag & 0x20) !== 0 || tag === 0x04 || tag === 0x03) {
      found.push(...elementsOf(der, start, end));
    }
    at = end;
  }
  return found;
}

const TELLING_BYTES = [
  0, 1, 2, 3, 4, 5, 6, 0x1f, 0x20, 0x30, 0x7f, 0x80, 0x81, 0x82, 0x84, 0x9f, 0xa0, 0xa1, 0xfe, 0xff,
];

/** Damages DER in one to four places: lengths, tags, numbers, whole elements; sometimes only bytes. */
export function damageDer(random: Random, der: Uint8Array): Uint8Array {
  let damaged: Buffer = Buffer.from(der);
  for (let left = 1 + Math.floor(random() * random() * 4); left > 0; left--) {
    damaged = damageOnce(random, damaged);
  }
  return damaged;
}

function damageOnce(random: Random, der: Buffer): Buffer {
  const elements = elementsOf(der);
  const [start, end] = elements.length === 0 ? [0, der.length] : pick(random, elements);
  const byte = random() < 0.5 ? pick(random, TELLING_BYTES) : Math.floor(random() * 256);
  const put = (at: number, value: number): Buffer => {
    const copy = Buffer.from(der);
    copy[at] = value;
    return copy;
  };
  switch (Math.floor(random() * 10)) {
    case 0:
      return put(Math.floor(random() * der.length), byte);
    case 1:
      return put(
        Math.floor(random() * der.length),
        (der[Math.floor(random() * der.length)] ?? 0) ^ (1 << Math.floor(random() * 8)),
      );
    case 2:
      // A length that reaches further, up to the end of everything.
      return put(start + 1, Math.floor(random() * (der.length - start)) & 0xff);
    case 3:
      return put(start + 1, (der[start + 1] ?? 0) + pick(random, [-1, 1, 2, -2, 0x40, 70]));
    case 4:
      return put(start, byte);
    case 5:
      return Buffer.concat([der.subarray(0, start), der.subarray(end)]);
    case 6:
      return Buffer.concat([der.subarray(0, end), der.subarray(start, end), der.subarray(end)]);
    case 7:
      return der.subarray(0, Math.floor(random() * der.length));
    case 8: {
      const [from, to] = pick(random, elements.length === 0 ? [[0, der.length] as const] : elements);
      return Buffer.concat([der.subarray(0, start), der.subarray(from, to), der.subarray(end)]);
    }
    default: {
      // Another value of the same length, or of another, with the length put right.
      const content = Buffer.from(
        Array.from({ length: Math.floor(random() * 40) }, () => pick(random, TELLING_BYTES)),
      );
      const length = Math.min(content.length, 127);
      return Buffer.concat([
        der.subarray(0, start + 1),
        Buffer.from([length]),
        content.subarray(0, length),
        der.subarray(end),
      ]);
    }
  }
}

/** Damages a string in a place or two. */
export function damageText(random: Random, text: string): string {
  const at = Math.floor(random() * text.length);
  const piece = pick(random, [
    "",
    "\n",
    "\r\n",
    " ",
    "-----",
    "-----BEGIN ",
    "Proc-Type: 4,ENCRYPTED\n\n",
    "a: b\n\n",
    "=",
    "\0",
    "\u00ff",
    "A",
  ]);
  switch (Math.floor(random() * 4)) {
    case 0:
      return text.slice(0, at) + piece + text.slice(at);
    case 1:
      return text.slice(0, at) + piece + text.slice(at + 1 + Math.floor(random() * 8));
    case 2:
      return text.slice(0, at);
    default:
      return text + text.slice(at);
  }
}
