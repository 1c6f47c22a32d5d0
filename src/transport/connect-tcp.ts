import { lookup } from "node:dns";
import type { Socket } from "node:net";
import { connect, isIP, isIPv4 } from "node:net";
import { ConnectionError } from "../errors.ts";
import { onAbort } from "../exec/abort-signals.ts";
import { dialFault, hostPort, isRefused } from "./go-words.ts";
import { listener } from "./listener.ts";
import type { Trace } from "./trace.ts";
import { untilAborted } from "./until-aborted.ts";

/** Options of {@link connectTcp}. */
export interface TcpTools {
  /** Called with each new socket, so that it can be closed in any state. */
  readonly onSocket: (socket: Socket) => void;
  readonly trace?: Trace | undefined;
  /** Cancels the attempt. */
  readonly signal?: AbortSignal | undefined;
}

/** client-go's dial timeout, in milliseconds: for the DNS lookup and all addresses together. */
const CONNECT_TIMEOUT = 30_000;
/** How long Go waits for the addresses of one family before it also tries the other family, in milliseconds. */
const FALLBACK_DELAY = 300;
/** The minimum time for one address while time remains, in milliseconds; as in Go. */
const LEAST_PART = 2000;

/**
 * Opens a TCP connection to a host as Go's `net.Dialer` does. Tries the addresses of the first family one after the other;
 * after 300 ms, or as soon as these have failed, tries those of the other family too, and the first that accepts wins
 * (RFC 6555). Each address gets its share of the remaining part of 30 seconds.
 *
 * @throws ConnectionError in Go's words, for the first address: `dial tcp 127.0.0.1:1: connect: connection refused`
 * @throws the signal's reason when it is aborted
 */
export async function connectTcp(hostname: string, port: number, tools: TcpTools): Promise<Socket> {
  const deadline = performance.now() + CONNECT_TIMEOUT;
  try {
    const addresses = await addressesOf(hostname, deadline, tools);
    const isFirstFamily = (address: string): boolean => isIPv4(address) === isIPv4(addresses[0] ?? "");
    const primaries = addresses.filter((address) => isFirstFamily(address));
    const fallbacks = addresses.filter((address) => !isFirstFamily(address));
    const dialAll = (some: readonly string[], signal: AbortSignal): Promise<Socket> =>
      dialInTurn(some, port, deadline, { ...tools, signal });
    return await race(primaries, fallbacks, dialAll, tools.signal);
  } catch (error) {
    tools.signal?.throwIfAborted();
    throw new ConnectionError(dialFault(error, hostname, port), { isRefused: isRefused(error) });
  }
}

/** Returns the addresses of a host, in the order of the system. */
async function addressesOf(
  hostname: string,
  deadline: number,
  { trace, signal }: TcpTools,
): Promise<readonly string[]> {
  if (isIP(hostname) !== 0) {
    return [hostname];
  }
  const start = performance.now();
  const reportLookup = (addresses: readonly string[]): void =>
    trace?.({ kind: "lookup", host: hostname, addresses, milliseconds: performance.now() - start });
  let timer: NodeJS.Timeout | undefined;
  const work = new Promise<readonly string[]>((resolve, reject) => {
    timer = setTimeout(() => reject(lookupTimeout()), deadline - start);
    lookup(
      // As in Go, an empty name is this machine.
      hostname || "localhost",
      { all: true },
      listener(reject, (error, found) => {
        if (error === null) {
          resolve(found.map(({ address }) => address));
        } else {
          reject(error);
        }
      }),
    );
  });
  try {
    const addresses = await untilAborted(work, signal);
    reportLookup(addresses);
    return addresses;
  } catch (error) {
    reportLookup([]);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Races the addresses of both families. Go's `dialParallel`. */
async function race(
  primaries: readonly string[],
  fallbacks: readonly string[],
  dialAll: (addresses: readonly string[], signal: AbortSignal) => Promise<Socket>,
  signal: AbortSignal | undefined,
): Promise<Socket> {
  const losers = new AbortController();
  signal?.throwIfAborted();
  const unlink = signal && onAbort(signal, () => losers.abort(signal.reason));
  let timer: NodeJS.Timeout | undefined;
  try {
    const primary = dialAll(primaries, losers.signal);
    if (fallbacks.length === 0) {
      return await primary;
    }
    const delay = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FALLBACK_DELAY);
      primary.catch(() => resolve());
    });
    const fallback = delay.then(() => dialAll(fallbacks, losers.signal));
    // If both fail, the error of the first family is reported.
    const winner = await Promise.any([primary, fallback]).catch(() => primary);
    for (const each of [primary, fallback]) {
      void each.then(
        (socket) => (socket === winner ? undefined : socket.destroy()),
        () => undefined,
      );
    }
    return winner;
  } finally {
    clearTimeout(timer);
    unlink?.();
    losers.abort(new Error("another address accepted"));
  }
}

/** Tries addresses one after the other, and reports the first error. Go's `dialSerial`. */
async function dialInTurn(
  addresses: readonly string[],
  port: number,
  deadline: number,
  tools: TcpTools,
): Promise<Socket> {
  let first: unknown;
  for (const [at, address] of addresses.entries()) {
    tools.signal?.throwIfAborted();
    try {
      return await dialOne(address, port, partOf(deadline - performance.now(), addresses.length - at), tools);
    } catch (error) {
      first ??= error;
    }
  }
  throw first ?? new Error("missing address");
}

/** Returns the share of the remaining time for one of several addresses, in milliseconds. Go's `partialDeadline`. */
export function partOf(remaining: number, addresses: number): number {
  return Math.max(remaining / addresses, Math.min(LEAST_PART, remaining));
}

/** Connects to a single address. Go's `dialSingle`. */
function dialOne(address: string, port: number, time: number, tools: TcpTools): Promise<Socket> {
  const { onSocket, trace, signal } = tools;
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: address,
      port,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: 30_000,
      autoSelectFamily: false,
    });
    onSocket(socket);
    const settle = (): void => {
      clearTimeout(timer);
      unlink?.();
      socket.off("error", fail).off("connect", onConnect).off("close", onClose);
    };
    const giveUp = (error: unknown): void => {
      settle();
      socket.on("error", () => undefined).destroy();
      reject(error);
    };
    const reportDial = (fault?: string): void =>
      trace?.({
        kind: "dial",
        address: hostPort(address, port),
        milliseconds: performance.now() - start,
        ...(fault !== undefined && { fault }),
      });
    const fail = listener(giveUp, (error: unknown) => {
      giveUp(error);
      reportDial(dialFault(error, address, port));
    });
    const timeout = { code: "ERR_SOCKET_CONNECTION_TIMEOUT", address };
    const timer = setTimeout(() => fail(Object.assign(new Error("timeout"), timeout)), Math.max(0, time));
    const onClose = (): void => fail(Object.assign(new Error("closed"), { code: "ECONNABORTED", address }));
    const onConnect = listener(giveUp, () => {
      settle();
      reportDial();
      resolve(socket);
    });
    const unlink = signal && onAbort(signal, () => giveUp(signal.reason));
    socket.on("error", fail).on("connect", onConnect).on("close", onClose);
  });
}

function lookupTimeout(): Error {
  return Object.assign(new Error("timeout"), { code: "ETIMEOUT" });
}
