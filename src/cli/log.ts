import type { Host } from "../host/host.ts";
import { logLine } from "../loading/log-line.ts";
import type { IOStreams } from "./io-streams.ts";

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
