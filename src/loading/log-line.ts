import type { Host } from "../host/host.ts";

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
