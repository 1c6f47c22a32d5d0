import type { ServerCounts } from "./unreliable-server.ts";

/** The output of `client.mjs`. */
export interface ClientReport {
  readonly node: string;
  readonly requests: number;
  /** How often it called `invalidate()`. */
  readonly invalidations: number;
  /** The number of successful requests, and of failed ones by kind of error, for each API. */
  readonly outcomes: Readonly<
    Record<string, { readonly ok: number; readonly failed: Readonly<Record<string, number>> }>
  >;
  /** Unhandled rejections, uncaught exceptions, warnings, hangs, and errors caused by bugs. */
  readonly faults: readonly string[];
  /** The handles that keep the process running although all connections were closed. */
  readonly handles: readonly string[];
  /** Memory in use after garbage collection, once a second. */
  readonly samples: readonly { readonly requests: number; readonly bytes: number }[];
}

/** A run of the client against the server. */
export interface SoakRun {
  readonly report: ClientReport;
  readonly server: ServerCounts;
  /** The credential that each run of the plugin printed. */
  readonly pluginRuns: readonly string[];
  readonly seconds: number;
}

/** How many bytes a request may leave behind before that is a leak, and how many the whole run may. */
const LEAK_OF_REQUEST = 64;
const LEAK_OF_RUN = 2 * 1024 * 1024;

/** Returns the failed checks of a run. */
export function judgeRun({ report, pluginRuns }: SoakRun): readonly string[] {
  const { faults, handles, outcomes, invalidations } = report;
  const { growth, requests } = memoryGrowth(report);
  const most = new Set(pluginRuns).size + invalidations;
  return [
    ...faults,
    ...(handles.length === 0 ? [] : [`handles left: ${handles.join(", ")}`]),
    ...(pluginRuns.length <= most
      ? []
      : [`the plugin ran ${pluginRuns.length} times, at most ${most} were needed`]),
    ...(growth <= Math.max(LEAK_OF_RUN, LEAK_OF_REQUEST * requests)
      ? []
      : [`memory grew by ${growth} bytes in ${requests} requests`]),
    ...Object.entries(outcomes)
      .filter(([, { ok }]) => ok === 0)
      .map(([way]) => `${way}: no request succeeded`),
  ];
}

/** Summarises a run in a few lines for people. */
export function describeRun({ report, server, pluginRuns, seconds }: SoakRun): string {
  const { growth, requests } = memoryGrowth(report);
  const faults = [...server.faults.values()].reduce((sum, count) => sum + count, 0);
  const ways = Object.entries(report.outcomes).map(([way, { ok, failed }]) => {
    const kinds = Object.entries(failed).toSorted(([, one], [, other]) => other - one);
    return `  ${way.padEnd(36)} ${String(ok).padStart(6)} ok   ${kinds.map(([kind, count]) => `${count} ${kind}`).join(", ")}`;
  });
  const perRequest = requests === 0 ? 0 : growth / requests;
  return [
    `\nNode.js ${report.node}, ${seconds} s`,
    `  requests ${report.requests}, as the server counts them ${server.requests} and ${server.webSockets} WebSockets, on ${server.connections} connections`,
    `  faults injected ${faults}: ${[...server.faults].map(([fault, count]) => `${count} ${fault}`).join(", ")}`,
    ...ways,
    `  unhandled errors, warnings and hangs ${report.faults.length}`,
    `  plugin runs ${pluginRuns.length}; tokens ${new Set(pluginRuns).size}, credentials dropped ${report.invalidations} times`,
    `  sockets and handles left ${report.handles.length}`,
    `  memory ${growth < 0 ? "" : "+"}${(growth / 1024).toFixed(0)} KiB in ${requests} requests (${perRequest.toFixed(1)} bytes each)`,
  ].join("\n");
}

/** Returns the growth of memory from the second to the last quarter of the run: the first quarter loads code. */
function memoryGrowth({ samples }: ClientReport): { readonly growth: number; readonly requests: number } {
  const quarter = (index: number): (typeof samples)[number] => {
    const part = samples.slice(
      Math.floor((samples.length * index) / 4),
      Math.floor((samples.length * (index + 1)) / 4),
    );
    const sorted = part.toSorted((one, other) => one.bytes - other.bytes);
    return sorted[Math.floor(sorted.length / 2)] ?? { requests: 0, bytes: 0 };
  };
  const [before, after] = [quarter(1), quarter(3)];
  return { growth: after.bytes - before.bytes, requests: Math.max(0, after.requests - before.requests) };
}
