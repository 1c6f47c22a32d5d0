import { GoUrlError, quoteBytes } from "./url-escape.ts";

/** How many bytes an IPv6 address has. */
const IPV6_BYTES = 16;

/**
 * Refuses strings that Go's `netip.ParseAddr` does not accept as an IPv6 address, with a zone or without.
 *
 * @param text - a byte string
 * @throws GoUrlError in the words of `net/url`
 */
export function requireIpv6(text: string): void {
  switch (/[.:%]/.exec(text)?.[0]) {
    case ":":
      checkIpv6(text);
      return;
    case ".":
      checkIpv4(text, text);
      throw new GoUrlError("invalid IP-literal");
    case "%":
      throw refusal(text, "missing IPv6 address");
    default:
      throw refusal(text, "unable to parse IP");
  }
}

function checkIpv6(text: string): void {
  const zoneAt = text.indexOf("%");
  if (zoneAt === text.length - 1) {
    throw refusal(text, "zone must be a non-empty string");
  }
  let rest = zoneAt < 0 ? text : text.slice(0, zoneAt);
  let hasEllipsis = rest.startsWith("::");
  rest = hasEllipsis ? rest.slice(2) : rest;
  if (hasEllipsis && rest === "") {
    return;
  }
  let bytes = 0;
  while (bytes < IPV6_BYTES) {
    const digits = countDigits(text, rest);
    if (rest[digits] === ".") {
      checkEmbeddedIpv4(text, rest, bytes, hasEllipsis);
      bytes += 4;
      rest = "";
      break;
    }
    bytes += 2;
    rest = rest.slice(digits);
    if (rest === "") {
      break;
    }
    rest = skipColon(text, rest);
    if (rest.startsWith(":")) {
      if (hasEllipsis) {
        throw refusal(text, "multiple :: in address", rest);
      }
      hasEllipsis = true;
      rest = rest.slice(1);
      if (rest === "") {
        break;
      }
    }
  }
  if (rest !== "") {
    throw refusal(text, "trailing garbage after address", rest);
  }
  if (bytes < IPV6_BYTES && !hasEllipsis) {
    throw refusal(text, "address string too short");
  }
  if (bytes >= IPV6_BYTES && hasEllipsis) {
    throw refusal(text, "the :: must expand to at least one field of zeros");
  }
}

function countDigits(text: string, rest: string): number {
  const digits = /^[0-9A-Fa-f]*/.exec(rest)?.[0].length ?? 0;
  if (digits > 4) {
    throw refusal(text, "each group must have 4 or less digits", rest);
  }
  if (digits === 0) {
    throw refusal(text, "each colon-separated field must have at least one digit", rest);
  }
  return digits;
}

function skipColon(text: string, rest: string): string {
  if (!rest.startsWith(":")) {
    throw refusal(text, "unexpected character, want colon", rest);
  }
  if (rest.length === 1) {
    throw refusal(text, "colon must be followed by more characters", rest);
  }
  return rest.slice(1);
}

function checkEmbeddedIpv4(text: string, rest: string, bytes: number, hasEllipsis: boolean): void {
  if (!hasEllipsis && bytes !== IPV6_BYTES - 4) {
    throw refusal(text, "embedded IPv4 address must replace the final 2 fields of the address", rest);
  }
  if (bytes + 4 > IPV6_BYTES) {
    throw refusal(text, "too many hex fields to fit an embedded IPv4 at the end of the address", rest);
  }
  checkIpv4(text, rest);
}

/**
 * Checks the IPv4 address at the end of an IPv6 address.
 *
 * @param part - the part of `text` that must be the IPv4 address
 */
function checkIpv4(text: string, part: string): void {
  const stranger = /[^\d.]/.exec(part);
  const upToStranger = part.slice(0, stranger?.index);
  const fields = upToStranger.split(".");
  let at = 0;
  for (const [index, field] of fields.entries()) {
    if (/^0\d/.test(field)) {
      throw refusal(text, "IPv4 field has octet with leading zero");
    }
    if (Number(field) > 255) {
      throw refusal(text, "IPv4 field has value >255");
    }
    at += field.length;
    const isLast = index === fields.length - 1;
    if (!isLast && (field === "" || at === part.length - 1)) {
      throw refusal(text, "IPv4 field must have at least one digit", part.slice(at));
    }
    if (!isLast && index === 3) {
      throw refusal(text, "IPv4 address too long");
    }
    at += 1;
  }
  if (stranger !== null) {
    throw refusal(text, "unexpected character", part.slice(stranger.index));
  }
  if (fields.length < 4) {
    throw refusal(text, "IPv4 address too short");
  }
}

function refusal(text: string, reason: string, at = ""): GoUrlError {
  const where = at === "" ? "" : ` (at ${quoteBytes(at)})`;
  return new GoUrlError(`invalid host: ParseAddr(${quoteBytes(text)}): ${reason}${where}`);
}
