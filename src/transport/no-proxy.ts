import { BlockList, isIP, isIPv4 } from "node:net";
import { lookupName } from "../go/idna.ts";

/** Reports whether a host and port are reached without a proxy. */
type Matcher = (host: string, port: string, ip: string) => boolean;

/**
 * Reports whether `NO_PROXY` excludes a host from the proxy: Go's `golang.org/x/net/http/httpproxy`, with separate CIDRs
 * as in apimachinery's `NewProxierWithNoProxyCIDR`. `localhost` and loopback addresses are always excluded.
 *
 * @param list - the value of `NO_PROXY`
 * @param hostname - without brackets
 */
export function isDirect(list: string, hostname: string, port: number): boolean {
  // Go treats an address with a zone as a name.
  const ip = isIP(hostname) === 0 || hostname.includes("%") ? "" : hostname;
  if (hostname === "localhost" || isLoopback(ip)) {
    return true;
  }
  const host = hostname.trim().toLowerCase();
  return list
    .split(",")
    .map((rule) => rule.trim().toLowerCase())
    .some((rule) => rule !== "" && matcherOf(rule)(host, `${port}`, ip));
}

function matcherOf(rule: string): Matcher {
  if (rule === "*") {
    return () => true;
  }
  const subnet = parseCidr(rule);
  if (subnet !== undefined) {
    return (_host, _port, ip) => ip !== "" && isInIpv4(ip) === isInIpv4(rule) && subnet.check(ip, family(ip));
  }
  const { host, port: wanted } = splitRule(rule);
  if (host === "") {
    return () => false;
  }
  const ofPort = (port: string): boolean => wanted === "" || wanted === port;
  if (isIP(host) !== 0) {
    const address = new BlockList();
    address.addAddress(host, family(host));
    return (_host, port, ip) => ip !== "" && address.check(ip, family(ip)) && ofPort(port);
  }
  const suffix = lookupName(host.startsWith("*.") ? host.slice(1) : host);
  return suffix.startsWith(".")
    ? (name, port) => name.endsWith(suffix) && ofPort(port)
    : (name, port) => (name === suffix || name.endsWith(`.${suffix}`)) && ofPort(port);
}

/** Splits a rule into host and port as Go's `net.SplitHostPort`; a rule that cannot be split is a host. */
function splitRule(rule: string): { readonly host: string; readonly port: string } {
  const { host, port } = /^(?<host>\[[^[\]]*\]|[^:[\]]*):(?<port>[^:[\]]*)$/.exec(rule)?.groups ?? {};
  return host === undefined
    ? { host: rule, port: "" }
    : { host: host.replace(/^\[(.*)\]$/, "$1"), port: port ?? "" };
}

function parseCidr(rule: string): BlockList | undefined {
  const { address, bits } = /^(?<address>[^/]+)\/(?<bits>\d{1,3})$/.exec(rule)?.groups ?? {};
  if (address === undefined || isIP(address) === 0 || Number(bits) > (isIPv4(address) ? 32 : 128)) {
    return undefined;
  }
  const subnet = new BlockList();
  subnet.addSubnet(address, Number(bits), family(address));
  return subnet;
}

/** Reports whether an address or subnet is IPv4, also in IPv6 notation. Go compares only addresses of one family. */
function isInIpv4(text: string): boolean {
  const address = text.replace(/\/.*$/s, "");
  return (
    isIPv4(address) || new URL(`http://[${address.replace(/%.*$/s, "")}]`).hostname.startsWith("[::ffff:")
  );
}

function isLoopback(ip: string): boolean {
  const loopback = new BlockList();
  loopback.addSubnet("127.0.0.0", 8, "ipv4");
  loopback.addAddress("::1", "ipv6");
  return ip !== "" && loopback.check(ip, family(ip));
}

function family(ip: string): "ipv4" | "ipv6" {
  return isIPv4(ip) ? "ipv4" : "ipv6";
}
