import type { Socket } from "node:net";
import { connect } from "node:net";

/**
 * Connects a client of a proxy with a port of this machine. Any requested host becomes 127.0.0.1: so a test may call
 * its server by any name, and no test reaches another machine.
 *
 * @param first - bytes that the client has sent already
 */
export function pipeToLoopback(
  client: Socket,
  port: number,
  {
    onOpen,
    onRefused,
    first,
  }: { readonly onOpen: () => void; readonly onRefused: () => void; readonly first?: Buffer },
): void {
  const upstream = connect(port, "127.0.0.1");
  let open = false;
  upstream.once("connect", () => {
    open = true;
    onOpen();
    if (first !== undefined && first.length > 0) {
      upstream.write(first);
    }
    client.pipe(upstream).pipe(client);
  });
  upstream.on("error", () => {
    if (open) {
      client.destroy();
    } else {
      onRefused();
    }
  });
  client.on("error", () => upstream.destroy());
  client.once("close", () => upstream.destroy());
}
