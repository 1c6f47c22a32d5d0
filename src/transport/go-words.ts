import { codeOf, errnoWords } from "../go/errno.ts";

/** OpenSSL's reasons for an alert that the peer sent, in Go's words. */
const ALERTS: Readonly<Record<string, string>> = {
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: "protocol version not supported",
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: "handshake failure",
  ERR_SSL_SSL_TLS_ALERT_HANDSHAKE_FAILURE: "handshake failure",
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: "bad certificate",
  ERR_SSL_SSL_TLS_ALERT_BAD_CERTIFICATE: "bad certificate",
  ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE: "unsupported certificate",
  ERR_SSL_SSL_TLS_ALERT_UNSUPPORTED_CERTIFICATE: "unsupported certificate",
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED: "revoked certificate",
  ERR_SSL_SSL_TLS_ALERT_CERTIFICATE_REVOKED: "revoked certificate",
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: "expired certificate",
  ERR_SSL_SSL_TLS_ALERT_CERTIFICATE_EXPIRED: "expired certificate",
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: "unknown certificate",
  ERR_SSL_SSL_TLS_ALERT_CERTIFICATE_UNKNOWN: "unknown certificate",
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: "unknown certificate authority",
  ERR_SSL_TLSV1_ALERT_ACCESS_DENIED: "access denied",
  ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR: "error decrypting message",
  ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR: "internal error",
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: "unrecognized name",
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: "certificate required",
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: "no application protocol",
  ERR_SSL_NO_APPLICATION_PROTOCOL: "no application protocol",
};

/** OpenSSL's reasons for faults that it found itself. */
const OWN_FAULTS: Readonly<Record<string, string>> = {
  ERR_SSL_WRONG_VERSION_NUMBER: "http: server gave HTTP response to HTTPS client",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "http: server gave HTTP response to HTTPS client",
  ERR_SSL_HTTP_REQUEST: "http: server gave HTTP response to HTTPS client",
  ERR_SSL_UNSUPPORTED_PROTOCOL: "tls: server selected unsupported protocol version 301",
};

/** Returns why a TCP connection failed, in Go's words: `dial tcp 127.0.0.1:1: connect: connection refused`. */
export function dialFault(error: unknown, hostname: string, port: number): string {
  const first: object = typeof error === "object" && error !== null ? error : {};
  const code = codeOf(first);
  if (code === "ENOTFOUND") {
    return `dial tcp: lookup ${hostname}: no such host`;
  }
  if (code === "EAI_AGAIN") {
    return `dial tcp: lookup ${hostname}: server misbehaving`;
  }
  if (code === "ETIMEOUT") {
    return `dial tcp: lookup ${hostname}: i/o timeout`;
  }
  const { address }: { readonly address?: unknown } = first;
  const place = hostPort(typeof address === "string" ? address : hostname, port);
  return code === "ERR_SOCKET_CONNECTION_TIMEOUT"
    ? `dial tcp ${place}: i/o timeout`
    : `dial tcp ${place}: connect: ${errnoWords(code) ?? (code || "unknown error")}`;
}

/** Reports whether a TCP connection failed because nothing listens at the port. */
export function isRefused(error: unknown): boolean {
  return codeOf(error) === "ECONNREFUSED";
}

/** The two ends of a connection. */
export interface Ends {
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
}

/** Returns why an open connection failed: a TLS alert, a reset, an end: `read tcp A->B: read: connection reset by peer`. */
export function connectionFault(error: unknown, ends: Ends): string {
  const code = codeOf(error);
  const alert = ALERTS[code];
  if (alert !== undefined) {
    return `remote error: tls: ${alert}`;
  }
  const own = OWN_FAULTS[code];
  if (own !== undefined) {
    return own;
  }
  if (code.startsWith("ERR_SSL_")) {
    return `tls: ${code.slice("ERR_SSL_".length).toLowerCase().replaceAll("_", " ")}`;
  }
  const word = errnoWords(code);
  if (word === undefined || ends.remoteAddress === undefined) {
    return word ?? "EOF";
  }
  const from = hostPort(ends.localAddress ?? "", ends.localPort ?? 0);
  const to = hostPort(ends.remoteAddress, ends.remotePort ?? 0);
  const verb = code === "EPIPE" ? "write" : "read";
  return `${verb} tcp ${from}->${to}: ${verb}: ${word}`;
}

/** Joins a host and a port. Go's `net.JoinHostPort`. */
export function hostPort(hostname: string, port: number): string {
  return hostname.includes(":") ? `[${hostname}]:${port}` : `${hostname}:${port}`;
}
