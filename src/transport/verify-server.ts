import type { X509Certificate } from "node:crypto";
import { BlockList, isIP, isIPv6 } from "node:net";

/**
 * Why a server's certificate is not good for a host; undefined if it is. The order and the words are those of Go's
 * `x509.Certificate.Verify`: time, name, authority, usage.
 *
 * @param name - the name or IP address that the server is to have
 * @param authorityFault - what OpenSSL found about the chain, such as `CERT_HAS_EXPIRED`; undefined if it is good
 * @param now - milliseconds since 1970
 */
export function serverFault(
  certificate: X509Certificate,
  name: string,
  authorityFault: string | undefined,
  now: number,
): string | undefined {
  return (
    timeFault(certificate, now) ??
    nameFault(certificate, name) ??
    (authorityFault === undefined ? undefined : chainFault(authorityFault))
  );
}

function timeFault({ validFrom, validTo }: X509Certificate, now: number): string | undefined {
  const [from, to] = [Date.parse(validFrom), Date.parse(validTo)];
  const words = (relation: string, limit: number): string =>
    `x509: certificate has expired or is not yet valid: current time ${rfc3339(now)} is ${relation} ${rfc3339(limit)}`;
  if (now < from) {
    return words("before", from);
  }
  // Certificates tell whole seconds, and are good until the end of the last.
  return now >= to + 1000 ? words("after", to) : undefined;
}

/** Why a certificate is not for a host. Go's `VerifyHostname`: only its alternative names count. */
export function nameFault(certificate: X509Certificate, name: string): string | undefined {
  const { dns, ips } = alternativeNames(certificate.subjectAltName ?? "");
  const bare = name.replace(/^\[(.*)\]$/s, "$1");
  const isAddress = isIP(bare) !== 0;
  if (isAddress ? ips.some((ip) => isSameAddress(ip, bare)) : dns.some((pattern) => matches(pattern, name))) {
    return undefined;
  }
  const commonName = /^CN=(?<name>.*)$/m.exec(certificate.subject)?.groups?.["name"] ?? "";
  if (certificate.subjectAltName === undefined && matches(commonName, name)) {
    return "x509: certificate relies on legacy Common Name field, use SANs instead";
  }
  if (isAddress && ips.length === 0) {
    return `x509: cannot validate certificate for ${name} because it doesn't contain any IP SANs`;
  }
  const valid = isAddress ? ips.map(shortAddress) : dns;
  if (valid.length === 0) {
    return `x509: certificate is not valid for any names, but wanted to match ${name}`;
  }
  return valid.length >= 100
    ? `x509: certificate is valid for ${valid.length} names, but none matched ${name}`
    : `x509: certificate is valid for ${valid.join(", ")}, not ${name}`;
}

function chainFault(code: string): string {
  switch (code) {
    case "CERT_HAS_EXPIRED":
    case "CERT_NOT_YET_VALID":
      return "x509: certificate has expired or is not yet valid";
    case "INVALID_PURPOSE":
      return "x509: certificate specifies an incompatible key usage";
    case "PATH_LENGTH_EXCEEDED":
      return "x509: too many intermediates for path length constraint";
    case "CERT_CHAIN_TOO_LONG":
      return "x509: signature check attempts limit reached while verifying certificate chain";
    default:
      return "x509: certificate signed by unknown authority";
  }
}

/** Takes apart what Node makes of the extension: `DNS:a.test, IP Address:10.0.0.1`, with odd values in JSON's quotes. */
function alternativeNames(text: string): {
  readonly dns: readonly string[];
  readonly ips: readonly string[];
} {
  const names = Array.from(
    text.matchAll(/(?:^|, )(?<kind>[A-Za-z ]+):(?:(?<quoted>"(?:[^"\\]|\\.)*")|(?<plain>[^,]*))/g),
    ({ groups }) => ({
      kind: groups?.["kind"],
      value:
        groups?.["quoted"] === undefined ? (groups?.["plain"] ?? "") : String(JSON.parse(groups["quoted"])),
    }),
  );
  return {
    dns: names.filter(({ kind }) => kind === "DNS").map(({ value }) => value),
    ips: names.filter(({ kind }) => kind === "IP Address").map(({ value }) => value),
  };
}

/** Go's `matchHostnames`: a star stands for the first label, and only for the whole of it. */
function matches(pattern: string, name: string): boolean {
  const [patternLabels, labels] = [pattern, name].map((text) =>
    text.toLowerCase().replace(/\.$/, "").split("."),
  );
  return (
    patternLabels !== undefined &&
    labels !== undefined &&
    patternLabels.length === labels.length &&
    labels.every(
      (label, at) =>
        label !== "" &&
        (label === patternLabels[at] || (at === 0 && patternLabels[0] === "*" && labels.length > 1)),
    )
  );
}

function isSameAddress(one: string, other: string): boolean {
  const list = new BlockList();
  list.addAddress(one, isIPv6(one) ? "ipv6" : "ipv4");
  return list.check(other, isIPv6(other) ? "ipv6" : "ipv4");
}

function shortAddress(ip: string): string {
  return isIPv6(ip) ? new URL(`http://[${ip}]`).hostname.slice(1, -1) : ip;
}

function rfc3339(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
