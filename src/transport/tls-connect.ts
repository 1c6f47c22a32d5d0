import type { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import { isIP } from "node:net";
import type { SecureContext, TLSSocket } from "node:tls";
import { connect, rootCertificates } from "node:tls";
import { ConnectionError } from "../errors.ts";
import { connectionFault } from "./go-words.ts";
import { listener } from "./listener.ts";
import type { TlsSettings } from "./tls-settings.ts";
import { readShown, serverFault } from "./verify-server.ts";

/** Go's timeout for the TLS handshake, in milliseconds. */
const HANDSHAKE_TIMEOUT = 10_000;

/**
 * Starts TLS on an open connection, and verifies the server as Go does, in its order and words. Offers only HTTP/1.1.
 *
 * @param hostname - the host, unless the settings override its name; an IP address is not sent as SNI
 * @throws ConnectionError `tls: failed to verify certificate: x509: …`, `remote error: tls: …`
 */
export function connectTls(
  socket: Socket,
  hostname: string,
  settings: TlsSettings,
  context: SecureContext,
  now: () => number,
): Promise<TLSSocket> {
  const name = settings.serverName === "" ? checkedName(hostname) : settings.serverName;
  if (name === "" && !settings.insecure) {
    return Promise.reject(
      new ConnectionError("tls: either ServerName or InsecureSkipVerify must be specified in the tls.Config"),
    );
  }
  return new Promise((resolve, reject) => {
    const secure = connect({
      socket,
      secureContext: context,
      servername: sentName(name),
      ALPNProtocols: ["http/1.1"],
      // The check below is stricter than Node's in some ways, and has Go's messages.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
    const ends = { ...endsOf(socket) };
    const settle = (): void => {
      clearTimeout(timer);
      secure.off("error", onError).off("close", onClose).off("secureConnect", onSecure);
    };
    const fail = (error: unknown): void => {
      settle();
      secure.on("error", () => undefined).destroy();
      reject(error);
    };
    const failWith = (message: string): void => fail(new ConnectionError(message));
    const onTimeout = (): void => failWith("net/http: TLS handshake timeout");
    const onError = listener(fail, (error: unknown) => failWith(connectionFault(error, ends)));
    const onClose = (): void => failWith("EOF");
    const onSecure = listener(fail, () => {
      checkServer(secure, settings, name, now());
      settle();
      // Otherwise the end of the connection, which follows an alert, would hide it from the reader.
      secure.on("error", () => secure.destroy());
      resolve(secure);
    });
    const timer = setTimeout(onTimeout, HANDSHAKE_TIMEOUT);
    secure.on("error", onError).on("close", onClose).on("secureConnect", onSecure);
  });
}

/** Returns the name to verify. Go keeps the brackets of an address with a zone, and so treats it as a name. */
function checkedName(hostname: string): string {
  return hostname.includes("%") && isIP(hostname) !== 0 ? `[${hostname}]` : hostname;
}

/** Returns the name to send as SNI. Go's `hostnameInSNI`. */
export function sentName(name: string): string {
  const bare = name.replace(/^\[(.*)\]$/s, "$1").replace(/%.*$/s, "");
  return isIP(bare) === 0 ? name.replace(/\.+$/, "") : "";
}

/** Verifies the server's certificates. @throws ConnectionError in Go's words */
function checkServer(socket: TLSSocket, settings: TlsSettings, name: string, now: number): void {
  const shown = readShown(shownBy(socket));
  const { authorizationError }: { readonly authorizationError: unknown } = socket;
  const fault = settings.insecure
    ? undefined
    : serverFault(shown, socket.authorized ? undefined : String(authorizationError), {
        name,
        roots: () => settings.roots ?? rootCertificates,
        now,
      });
  if (fault !== undefined) {
    throw new ConnectionError(`tls: failed to verify certificate: ${fault}`);
  }
}

/** The maximum number of certificates that are read. */
const MAX_SHOWN = 100;

/** Returns the certificates that a server sent, DER, its own first. */
function shownBy(socket: TLSSocket): readonly Uint8Array[] {
  const ders: Uint8Array[] = [];
  let next: X509Certificate | undefined = socket.getPeerX509Certificate();
  while (next !== undefined && ders.length < MAX_SHOWN) {
    ders.push(next.raw);
    next = next.issuerCertificate;
  }
  return ders;
}

function endsOf({ localAddress, localPort, remoteAddress, remotePort }: Socket): object {
  return { localAddress, localPort, remoteAddress, remotePort };
}
