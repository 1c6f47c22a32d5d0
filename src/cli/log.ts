import type { Host } from "../host/host.ts";
import type { IOStreams } from "./io-streams.ts";

/**
 * Formats a line of the log as klog, kubectl's log, does: level, month and day, time, process number, place. The place
 * is a part of kcfg; its line number is 1, which klog also writes for an unknown one.
 */
export function logLine({ now, self }: Pick<Host, "now" | "self">, place: string, text: string): string {
  const at = new Date(now());
  const date = `${two(at.getMonth() + 1)}${two(at.getDate())}`;
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":");
  const micros = `${String(at.getMilliseconds()).padStart(3, "0")}000`;
  return `I${date} ${time}.${micros} ${String(self.pid).padStart(7)} ${place}:1] ${text}\n`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

/** Writes to the log, which is standard error. */
export function log(host: Host, streams: IOStreams, place: string, text: string): void {
  streams.err.say(logLine(host, place, text));
}

/** The verbosity at which the kuberc in use is logged: kubectl's. */
const KUBERC_USED = 5;

/** Logs the kuberc in use, if there is one. */
export function logKuberc(host: Host, streams: IOStreams, level: number, file: string | undefined): void {
  if (level >= KUBERC_USED && file !== undefined) {
    log(host, streams, "kuberc", `kuberc: using ${file}`);
  }
}
