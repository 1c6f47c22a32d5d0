import type { ConnectProxy } from "../../support/connect-proxy.ts";
import { startConnectProxy } from "../../support/connect-proxy.ts";
import type { TestServer } from "../../support/https-server.ts";
import { okReply, startServer } from "../../support/https-server.ts";
import type { SocksProxy } from "../../support/socks-proxy.ts";
import { startSocksProxy } from "../../support/socks-proxy.ts";
import type { Identities } from "./identities.ts";
import { mapStrings } from "./map-strings.ts";
import type { Arrived, Passed, ProxySpec, ServerSpec, WireCase } from "./wire-case.ts";

type Place =
  | { readonly kind: "server"; readonly server: TestServer }
  | { readonly kind: "http"; readonly proxy: ConnectProxy }
  | { readonly kind: "socks5"; readonly proxy: SocksProxy };

/** The servers and proxies of one case, running. */
export interface Bench {
  /** URL by name. */
  readonly urls: ReadonlyMap<string, string>;
  readonly ports: ReadonlyMap<string, number>;
  readonly arrived: () => readonly Arrived[];
  readonly passed: () => readonly Passed[];
  readonly close: () => Promise<void>;
}

export async function startBench(identities: Identities, wanted: WireCase): Promise<Bench> {
  const places = new Map<string, Place>();
  const fill = (text: string): string =>
    text.replaceAll(/@\{(\w+)\.port\}/gu, (all, name: string) => {
      const place = places.get(name);
      return place === undefined ? all : String(running(place).port);
    });
  for (const [name, spec] of Object.entries(wanted.servers)) {
    places.set(name, { kind: "server", server: await openServer(identities, spec, fill) });
  }
  for (const [name, spec] of Object.entries(wanted.proxies)) {
    places.set(name, await openProxy(identities, spec));
  }
  const all = [...places].map(([name, place]) => [name, running(place)] as const);
  return {
    urls: new Map(all.map(([name, { url }]) => [name, url])),
    ports: new Map(all.map(([name, { port }]) => [name, port])),
    arrived: () =>
      [...places].flatMap(([at, place]) => (place.kind === "server" ? arrivedAt(at, place.server) : [])),
    passed: () => [...places].flatMap(([through, place]) => passedThrough(through, place)),
    close: async () => {
      await Promise.all(all.map(([, place]) => place.close()));
    },
  };
}

function running(place: Place): { readonly url: string; readonly port: number; close(): Promise<void> } {
  return place.kind === "server" ? place.server : place.proxy;
}

function openServer(
  identities: Identities,
  spec: ServerSpec,
  fill: (text: string) => string,
): Promise<TestServer> {
  const replies = spec.reply ?? [okReply];
  return startServer({
    ...(spec.plain !== true && { identity: identities.of(spec.identity ?? "api") }),
    clientAuthorities: identities.ca,
    ...(spec.http2 && { http2: true }),
    ...(spec.ciphers !== undefined && {
      tls: { maxVersion: "TLSv1.2", ciphers: `${spec.ciphers}:@SECLEVEL=0`, dhparam: "auto" },
    }),
    reply: (_request, index) => mapStrings(fill, replies[Math.min(index, replies.length - 1)] ?? okReply),
  });
}

async function openProxy(identities: Identities, spec: ProxySpec): Promise<Place> {
  const { kind, identity, ...rest } = spec;
  if (kind === "socks5") {
    return { kind, proxy: await startSocksProxy(rest) };
  }
  const tls = kind === "https" ? { identity: identities.of(identity ?? "api") } : {};
  return { kind: "http", proxy: await startConnectProxy({ ...rest, ...tls }) };
}

function arrivedAt(at: string, { requests }: TestServer): readonly Arrived[] {
  return requests.map(({ method, target, httpVersion, headers, tls }) => ({
    at,
    method,
    target,
    http: httpVersion,
    headers: inOrder(headers),
    ...(tls && { serverName: tls.serverName, clientCertificate: tls.clientCertificate }),
  }));
}

function passedThrough(through: string, place: Place): readonly Passed[] {
  switch (place.kind) {
    case "server":
      return [];
    case "http":
      return place.proxy.requests.map(({ kind, target, headers }) => ({
        through,
        kind,
        target,
        headers: inOrder(headers),
      }));
    case "socks5":
      return place.proxy.requests.map(({ addressType, host, port, methods, credentials }) => ({
        through,
        kind: `${addressType}, offering ${methods.join(" ")}`,
        target: `${host}:${port}`,
        ...(credentials !== undefined && { credentials }),
      }));
    default:
      throw new Error("no kind of place");
  }
}

/** Sorts headers by name, in lower case; the values of one name keep their order. */
function inOrder(
  headers: readonly (readonly [name: string, value: string])[],
): readonly (readonly [string, string])[] {
  return headers
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : Number(one > other)));
}
