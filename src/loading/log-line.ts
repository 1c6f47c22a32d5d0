import type { Host } from "../host/host.ts";
import type { LoadingRules } from "./loading-rules.ts";

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

/** The verbosities at which missing kubeconfigs, and those that were read, are logged: kubectl's. */
const MISSING = 1;
const LOADED = 6;

/** Returns what logs which kubeconfigs are read, and that none of them exists. */
export function logOfFiles(
  host: Host,
  verbosity: number,
  write: (line: string) => void,
): Pick<LoadingRules, "warn" | "loaded"> {
  const log = (text: string): void => write(logLine(host, "load", text));
  return {
    warn: (missing) => {
      if (verbosity >= MISSING) {
        log(`Config not found: ${missing.join(", ")}`);
      }
    },
    loaded: verbosity >= LOADED ? (file) => log(`Config loaded from file:  ${file}`) : undefined,
  };
}
