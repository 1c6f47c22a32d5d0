import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import process from "node:process";

/** Asks a server whose name has the given addresses, for at most so long, and says what came of it, and when. */
const [server = "", addresses = "", limit = "0", way = "fetch"] = process.argv.slice(2);
const found = addresses.split(",").map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
Object.assign(dns, {
  lookup: (
    _name: string,
    options: { readonly all?: boolean },
    callback: (error: null, ...found: unknown[]) => void,
  ) => {
    const [first] = found;
    setImmediate(() =>
      options.all === true ? callback(null, found) : callback(null, first?.address, first?.family),
    );
  },
});
syncBuiltinESMExports();
const { RestConfig } = await import("../../src/api/rest-config.ts");
const { nodeHost } = await import("../../src/host/node-host.ts");
const { connect } = await import("../../src/transport/connection.ts");
const { request } = await import("undici");
const { get } = await import("node:http");
const connection = connect({ ...nodeHost, env: {} }, new RestConfig({ host: server }));
const signal = limit === "0" ? undefined : AbortSignal.timeout(Number(limit));
process.stdout.write("asking\n");
const start = performance.now();
let said: string;
try {
  said = await ask();
} catch (error) {
  said = String(error);
}
process.stdout.write(JSON.stringify({ said, milliseconds: performance.now() - start }));

async function ask(): Promise<string> {
  const abortable = signal === undefined ? {} : { signal };
  switch (way) {
    case "dispatcher": {
      const options = { ...abortable, dispatcher: connection.dispatcher() };
      return await (await request(`${server}/x`, options)).body.text();
    }
    case "agent": {
      const { agent } = await connection.httpsOptions();
      return await new Promise<string>((resolve, reject) => {
        get(`${server}/x`, { agent, ...abortable }, (response) => {
          response.resume().on("end", () => resolve(String(response.statusCode)));
        }).on("error", reject);
      });
    }
    default:
      return await (await connection.fetch("/x", abortable)).text();
  }
}
