import { get } from "node:https";
import process from "node:process";
import { newTlsClientConfig, RestConfig } from "../../src/api/rest-config.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import { connect } from "../../src/transport/connection.ts";

/** Sends requests in every way, and closes nothing. */
const [server = "", proxyUrl = ""] = process.argv.slice(2);
for (const through of ["", proxyUrl]) {
  const connection = connect(
    nodeHost,
    new RestConfig({ host: server, proxyUrl: through, tls: newTlsClientConfig({ insecure: true }) }),
  );
  await (await connection.fetch("/x")).text();
  const init: object = { dispatcher: connection.dispatcher() };
  await (await fetch(`${server}/x`, init)).text();
  const options: object = await connection.httpsOptions();
  await new Promise((resolve) => {
    get(`${server}/x`, options, (response) => response.resume().on("end", resolve));
  });
}
process.stdout.write("done");
