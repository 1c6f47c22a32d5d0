import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { connect } from "node:net";
import { Worker } from "node:worker_threads";

/** A port at which connections are accepted only when that is said, so that until then no SYN is answered. */
export interface SlowListener {
  readonly port: number;
  /** Accepts from now on. A client that was not answered tries again a second after its first try. */
  accept(): void;
  close(): Promise<void>;
}

const PROGRAM = `
  const { createServer } = require("node:http");
  const { parentPort, workerData: { gate, host } } = require("node:worker_threads");
  const server = createServer((request, response) => response.end("late"));
  server.listen({ host, port: 0, backlog: 1 }, () => {
    parentPort.postMessage(server.address());
    setImmediate(() => Atomics.wait(new Int32Array(gate), 0, 0));
  });
`;

/** Opens the port and fills its queue, which Linux drops further SYNs for. */
export async function listenSlowly(host = "127.0.0.1"): Promise<SlowListener> {
  const gate = new SharedArrayBuffer(4);
  const worker = new Worker(PROGRAM, { eval: true, workerData: { gate, host } });
  const [{ port }] = (await once(worker, "message")) as [AddressInfo];
  const fillers: Socket[] = [];
  // So many are accepted by the system itself; the next ones are not answered.
  for (let left = 4; left > 0; left--) {
    fillers.push(connect({ host, port }).on("error", () => undefined));
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  const accept = (): void => {
    Atomics.store(new Int32Array(gate), 0, 1);
    Atomics.notify(new Int32Array(gate), 0);
  };
  return {
    port,
    accept,
    close: async () => {
      accept();
      fillers.forEach((filler) => filler.destroy());
      await worker.terminate();
    },
  };
}
