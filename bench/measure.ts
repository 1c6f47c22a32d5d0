import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** What one run of a process took. */
export interface Measurement {
  /** Wall time in milliseconds. */
  readonly wall: number;
  /** Peak resident memory in MiB; undefined where the system does not tell. */
  readonly memory: number | undefined;
}

/** Runs a program, throws away what it prints, and measures it as a whole. */
export function measure(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command, [...args], { env: { ...env }, stdio: ["ignore", "ignore", "inherit"] });
    let peak: number | undefined;
    const sampler = setInterval(() => {
      peak = peakMemory(child.pid) ?? peak;
    }, 2);
    child.once("error", reject);
    child.once("exit", (code) => {
      const wall = performance.now() - start;
      clearInterval(sampler);
      if (code === 0) {
        resolve({ wall, memory: peak });
      } else {
        reject(new Error(`${command} ${args.join(" ")} exited with ${code}`));
      }
    });
  });
}

/** Linux keeps the high-water mark, so a late sample is as good as a continuous one. */
function peakMemory(pid: number | undefined): number | undefined {
  try {
    const kibibytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch {
    return undefined;
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
