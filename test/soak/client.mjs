// Sends requests to the unreliable server through every API, for some time, and prints the results as JSON:
//     node --expose-gc client.mjs PACKAGE KUBECONFIG SECONDS
import { get } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { PassThrough, Writable } from "node:stream";
import { CoreV1Api, Exec, Log, PortForward, Watch } from "@kubernetes/client-node";

const [, , packageFolder, kubeconfig, seconds] = process.argv;
const { connect, defaultLoadingRules, newNonInteractiveDeferredLoadingClientConfig } = await import(
  `${packageFolder}/dist/index.js`
);
const { toKubeConfig } = await import(`${packageFolder}/dist/client-node.js`);

const faults = [];
process.on("unhandledRejection", (error) => fault("unhandled rejection", error));
process.on("uncaughtException", (error) => fault("uncaught exception", error));
process.on("warning", (warning) => {
  if (warning.name !== "ExperimentalWarning") {
    fault("warning", warning);
  }
});

function fault(kind, error) {
  if (faults.length < 20) {
    faults.push(`${kind}: ${error?.stack ?? String(error)}`);
  }
}

const outcomes = {};
let requests = 0;
let invalidations = 0;

const rules = defaultLoadingRules({ explicitPath: kubeconfig });
const config = await newNonInteractiveDeferredLoadingClientConfig(rules).clientConfig();
const connection = connect(config);
// The generated clients accept no signal: only the timeout of the connection ends a stalled response there.
const timed = connect(config.with({ timeout: 3000 }));
const kc = toKubeConfig(timed, { namespace: "ns" });
const PODS = "/api/v1/namespaces/ns/pods";

const end = Date.now() + Number(seconds) * 1000;
const HANG = 15_000;
/** The timeout of requests that accept a signal, in milliseconds. */
const PATIENCE = 1000;

/** Runs an operation repeatedly until the end. Errors are expected from this server; an operation that hangs is a fault. */
async function work(name, once) {
  const counts = (outcomes[name] = { ok: 0, failed: {} });
  while (Date.now() < end) {
    requests += 1;
    let timer;
    const hang = new Promise((resolve) => {
      timer = setTimeout(resolve, HANG, "hang");
    });
    try {
      const result = await Promise.race([once(), hang]);
      if (result === "hang") {
        fault(name, new Error(`did not end within ${HANG} ms`));
      } else {
        counts.ok += 1;
      }
    } catch (thrown) {
      // The official client rejects with the error event of a failed WebSocket.
      const error = thrown?.error ?? thrown;
      const kind = kindOf(error);
      counts.failed[kind] = (counts.failed[kind] ?? 0) + 1;
      if (isProgramFault(error) && !isOfClientNode(name, error)) {
        fault(name, error);
      }
    } finally {
      clearTimeout(timer);
    }
    await sleep(5);
  }
}

function kindOf(error) {
  // fetch's own message says nothing about the cause.
  const message = String((error?.message === "fetch failed" ? error.cause?.message : error?.message) ?? "");
  return `${error?.name ?? typeof error}: ${message.replace(/https?:\/\/\S+?:(?=\s)|\d+\.\d+\.\d+\.\d+:\d+/gu, "…").slice(0, 90)}`;
}

/** Reports an error of the official client 1.x itself: it treats a truncated body as complete, and cannot parse it. */
function isOfClientNode(name, error) {
  return name.startsWith("client-node") && error.name === "SyntaxError" && /JSON/u.test(error.message);
}

/** Reports whether an error is a bug: JavaScript's own errors are, except the TypeErrors that fetch must throw. */
function isProgramFault(error) {
  const isOfFetch = /^(?:fetch failed|terminated|Response body object|Body is unusable)/u.test(
    error?.message,
  );
  return (
    !(error instanceof Error || error instanceof DOMException) ||
    ["RangeError", "ReferenceError", "SyntaxError"].includes(error.name) ||
    (error.name === "TypeError" && !isOfFetch)
  );
}

const signal = () => AbortSignal.timeout(PATIENCE);
/** One signal for the whole program, as programs have for their shutdown. */
const program = new AbortController();

const ways = {
  "fetch, body read": async () => {
    const response = await connection.fetch(PODS, { signal: signal() });
    await response.text();
  },
  "fetch, body left": async () => {
    await connection.fetch(PODS, { signal: signal() });
  },
  "fetch, body cancelled": async () => {
    const response = await connection.fetch(PODS, { signal: signal() });
    await response.body?.cancel();
  },
  "fetch, one signal of the program's": async () => {
    const response = await timed.fetch(PODS, { signal: program.signal });
    await response.arrayBuffer();
  },
  "fetch, POST": async () => {
    const response = await connection.fetch(PODS, { method: "POST", body: "{}", signal: signal() });
    await response.text();
  },
  "fetch, watch": async () => {
    const response = await connection.fetch(`${PODS}?watch=1`, { signal: AbortSignal.timeout(3000) });
    for await (const chunk of response.body ?? []) {
      void chunk;
    }
  },
  dispatcher: async () => {
    const ending = signal();
    const response = await fetch(`${connection.server}${PODS}`, {
      dispatcher: connection.dispatcher(),
      signal: ending,
    });
    await response.text();
    // Keep a reference: some versions of Node.js garbage-collect an unreferenced timeout.
    return ending.aborted;
  },
  httpsOptions: async () => {
    const options = await connection.httpsOptions(signal());
    await new Promise((resolve, reject) => {
      get(`${connection.server}${PODS}`, { ...options, signal: signal() }, (answer) => {
        answer.on("error", reject).on("end", resolve).resume();
      }).on("error", reject);
    });
  },
  "client-node, list": () => kc.makeApiClient(CoreV1Api).listNamespacedPod({ namespace: "ns" }),
  "client-node, watch": async () => {
    let settle;
    const ended = new Promise((resolve, reject) => {
      settle = (error) => (error ? reject(error) : resolve());
    });
    // A failure is also reported to the callback, before there is a controller.
    ended.catch(() => undefined);
    const controller = await new Watch(kc).watch(PODS, {}, () => undefined, settle);
    const timer = setTimeout(() => controller.abort(), 2500);
    try {
      await ended;
    } finally {
      clearTimeout(timer);
    }
  },
  "client-node, log": async () => {
    const log = new PassThrough();
    log.resume();
    const controller = await new Log(kc).log("ns", "pod", "c", log, { follow: true });
    await Promise.race([sleep(2500), new Promise((resolve) => log.once("end", resolve))]);
    controller.abort();
  },
  "client-node, exec": async () => {
    const socket = await new Exec(kc).exec("ns", "pod", "c", ["ls"], nothing(), nothing(), null, false);
    await closed(socket);
  },
  "client-node, port-forward": async () => {
    const input = new PassThrough();
    let echoed;
    const echo = new Promise((resolve) => {
      echoed = resolve;
    });
    const output = new Writable({
      write: (data, _encoding, done) => {
        echoed();
        done();
      },
    });
    const socket = await new PortForward(kc).portForward("ns", "pod", [80], output, nothing(), input);
    input.write("ping");
    await Promise.race([echo, sleep(1000)]);
    input.end();
    socket.close();
    await closed(socket);
  },
};

function nothing() {
  return new Writable({ write: (_data, _encoding, done) => done() });
}

function closed(socket) {
  return socket.readyState === 3
    ? undefined
    : new Promise((resolve) => {
        socket.addEventListener("close", resolve);
      });
}

/** Invalidates the credentials at intervals, while watches run. */
async function invalidateAtTimes() {
  while (Date.now() + 5000 < end) {
    await sleep(4000);
    invalidations += 1;
    await connection.invalidate();
  }
}

const samples = [];
async function measure() {
  while (Date.now() < end) {
    globalThis.gc();
    const { heapUsed, external } = process.memoryUsage();
    samples.push({ requests, bytes: heapUsed + external });
    await sleep(1000);
  }
}

await Promise.all([
  ...Object.entries(ways).map(([name, once]) => work(name, once)),
  invalidateAtTimes(),
  measure(),
]);
await Promise.all([connection.close(), timed.close()]);
await sleep(1500);
globalThis.gc();
const handles = process.getActiveResourcesInfo().filter((name) => !/^(?:Pipe|TTY|FSReq|Timeout)/u.test(name));
process.stdout.write(
  `${JSON.stringify({ requests, invalidations, outcomes, faults, handles, samples, node: process.versions.node })}\n`,
);
