import { isIPv4, isIPv6 } from "node:net";

/**
 * Parses an IP address into 4 or 16 bytes. An IPv4 address in an IPv6 one (`::ffff:10.0.0.1`) becomes the IPv4 address.
 * Undefined for what Go's `net.ParseIP` refuses, such as an address with a zone.
 */
export function parseIp(text: string): Uint8Array | undefined {
  if (isIPv4(text)) {
    return Uint8Array.from(text.split("."), Number);
  }
  return isIPv6(text) && !text.includes("%") ? unmapped(ipv6Bytes(text)) : undefined;
}

/** Implements Go's `net.IP.String`. */
export function formatIp(address: Uint8Array): string {
  const bytes = unmapped(address);
  if (bytes.length === 4) {
    return bytes.join(".");
  }
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16),
  );
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}

function unmapped(bytes: Uint8Array): Uint8Array {
  const isMapped =
    bytes.length === 16 &&
    bytes.subarray(0, 10).every((byte) => byte === 0) &&
    bytes[10] === 0xff &&
    bytes[11] === 0xff;
  return isMapped ? bytes.subarray(12) : bytes;
}

/** Parses an IPv6 address without a zone into bytes. */
export function ipv6Bytes(text: string): Uint8Array {
  const [head = "", tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split("::");
  const before = groupsOf(head);
  const after = groupsOf(tail ?? "");
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array.from({ length: zeros }, () => "0"), ...after];
  return Uint8Array.from(
    groups.flatMap((group) => {
      const value = Number.parseInt(group, 16);
      return [value >> 8, value & 0xff];
    }),
  );
}

function groupsOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(":");
}
