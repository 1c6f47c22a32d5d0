import type { Socket } from "node:net";
import { isIP } from "node:net";
import type { SecureContext, TLSSocket } from "node:tls";
import { connect } from "node:tls";
import { ConnectionError } from "../errors.ts";
import { connectionFault } from "./go-words.ts";
import type { TlsSettings } from "./tls-settings.ts";
import { serverFault } from "./verify-server.ts";

/** As Go's net/http, in milliseconds. */
const HANDSHAKE_TIMEOUT = 10_000;

/**
 * Speaks TLS over an open connection, and checks the server as Go does, in its order and words. Only HTTP/1.1 is offered.
 *
 * @param hostname - the host, unless the settings have another name for it; an IP address is not sent as SNI
 * @throws ConnectionError `tls: failed to verify certificate: x509: …`, `remote error: tls: …`
 */
export function connectTls(
  socket: Socket,
  hostname: string,
  settings: TlsSettings,
  context: SecureContext,
  now: () => number,
): Promise<TLSSocket> {
  const name = settings.serverName === "" ? hostname : settings.serverName;
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
      // The check below is stricter than Node's in some ways, and knows Go's words.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
    const ends = { ...endsOf(socket) };
    const timer = setTimeout(() => fail("net/http: TLS handshake timeout"), HANDSHAKE_TIMEOUT);
    const settle = (): void => {
      clearTimeout(timer);
      secure.off("error", onError).off("close", onClose).off("secureConnect", onSecure);
    };
    const fail = (message: string): void => {
      settle();
      secure.on("error", () => undefined).destroy();
      reject(new ConnectionError(message));
    };
    const onError = (error: unknown): void => fail(connectionFault(error, ends));
    const onClose = (): void => fail("EOF");
    const onSecure = (): void => {
      const fault = settings.insecure ? undefined : faultOf(secure, name, now());
      if (fault === undefined) {
        settle();
        // Otherwise the end of the connection, which follows an alert, would hide it from whoever reads.
        secure.on("error", () => secure.destroy());
        resolve(secure);
      } else {
        fail(`tls: failed to verify certificate: ${fault}`);
      }
    };
    secure.on("error", onError).on("close", onClose).on("secureConnect", onSecure);
  });
}

/** Go's `hostnameInSNI`. */
export function sentName(name: string): string {
  const bare = name.replace(/^\[(.*)\]$/s, "$1").replace(/%.*$/s, "");
  return isIP(bare) === 0 ? name.replace(/\.+$/, "") : "";
}

function faultOf(socket: TLSSocket, name: string, now: number): string | undefined {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) {
    return "tls: received empty certificates message";
  }
  const { authorizationError }: { readonly authorizationError: unknown } = socket;
  const chain = socket.authorized ? undefined : String(authorizationError);
  return serverFault(certificate, name, chain, now);
}

function endsOf({ localAddress, localPort, remoteAddress, remotePort }: Socket): object {
  return { localAddress, localPort, remoteAddress, remotePort };
}
