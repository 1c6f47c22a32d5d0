import type { RestConfigFields } from "../../src/api/rest-config.ts";
import { newTlsClientConfig, RestConfig } from "../../src/api/rest-config.ts";
import type { Host } from "../../src/host/host.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import type { Connection, ConnectOptions } from "../../src/transport/connection.ts";
import { connect } from "../../src/transport/connection.ts";
import { connectionMessage } from "../../src/transport/connection-message.ts";
import type { TestServer } from "../support/https-server.ts";

const opened: Connection[] = [];

/** This machine, with an environment of its own and perhaps another clock. */
export function machine(changes: Partial<Host> = {}): Host {
  return { ...nodeHost, env: {}, ...changes };
}

/** A connection that {@link closeAll} closes. */
export function open(
  fields: Partial<RestConfigFields>,
  host: Host = machine(),
  options?: ConnectOptions,
): Connection {
  const connection = connect(host, new RestConfig(fields), options);
  opened.push(connection);
  return connection;
}

export async function closeAll(): Promise<void> {
  await Promise.all(opened.splice(0).map((connection) => connection.close()));
}

/** TLS settings that trust a PEM bundle. */
export function trusting(bundle: string, changes: Parameters<typeof newTlsClientConfig>[0] = {}) {
  return newTlsClientConfig({ caData: Buffer.from(bundle), ...changes });
}

/** What `kubectl get --raw` would print if it failed with the same error; `""` for no error. */
export async function complaint(fields: Partial<RestConfigFields>, host?: Host): Promise<string> {
  try {
    const response = await open(fields, host).fetch("/x");
    await response.text();
    return "";
  } catch (error) {
    return connectionMessage(error) ?? `error: ${(error as Error).message}`;
  }
}

/** The values of a header of the last request that a server got. */
export function sent(server: TestServer, name: string): readonly string[] {
  return (server.requests.at(-1)?.headers ?? [])
    .filter(([given]) => given.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value);
}
