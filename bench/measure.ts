import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** A program to run and to measure as a whole. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** The measurements of one run of a process. CPU and memory are measured on Linux only. */
export interface Sample {
  /** Milliseconds from the spawn to the exit. */
  readonly wall: number;
  /** Milliseconds of user and system time, in steps of 10: right in the mean of many runs. */
  readonly cpu?: number;
  /** Peak resident memory in MiB. */
  readonly memory?: number;
}

const POLL_MS = 2;

/**
 * Runs a program, discards its output, and measures it as a whole.
 *
 * Nothing is loaded into the program and nothing is between it and this process, so that a program of any language is
 * measured alike. CPU time is what this process is charged for the child when it ends (`cutime` and `cstime` in
 * /proc/self/stat). Peak memory is the system's own high-water mark (`VmHWM` in /proc/PID/status): read every 2 ms,
 * because it is gone with the process, it lacks at most what the last 2 ms added.
 *
 * @throws Error when the program fails
 */
export function measure({ command, args, env }: Program, cwd: string): Promise<Sample> {
  return new Promise((resolve, reject) => {
    const cpuBefore = cpuOfChildren();
    const start = performance.now();
    const child = spawn(command, args, { cwd, env: { ...env }, stdio: ["ignore", "ignore", "pipe"] });
    const complaints: Buffer[] = [];
    child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
    let memory: number | undefined;
    const poll = setInterval(() => {
      memory = peakMemory(child.pid) ?? memory;
    }, POLL_MS);
    let wall = 0;
    let cpuAfter: number | undefined;
    child.once("exit", () => {
      wall = performance.now() - start;
      cpuAfter = cpuOfChildren();
      clearInterval(poll);
    });
    child.once("error", (error) => {
      clearInterval(poll);
      reject(error);
    });
    child.once("close", (code) => {
      if (code !== 0) {
        const said = Buffer.concat(complaints).toString().trim();
        reject(new Error(`${command} ${args.join(" ")} exited with ${code}: ${said}`));
        return;
      }
      const cpu = cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore;
      resolve({ wall, ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) });
    });
  });
}

/**
 * Returns the CPU time of ended children in milliseconds. Linux counts it in ticks of 10 ms: fields 16 and 17, of which
 * the name in parentheses is the second.
 */
function cpuOfChildren(): number | undefined {
  const fields = read("/proc/self/stat")
    ?.replace(/^.*\) /su, "")
    .split(" ");
  return fields === undefined ? undefined : (Number(fields[13]) + Number(fields[14])) * 10;
}

function peakMemory(pid: number | undefined): number | undefined {
  const kibibytes = /VmHWM:\s+(\d+) kB/u.exec(read(`/proc/${pid}/status`) ?? "")?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
}

/** Reads a file of the system; undefined where there is none. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return undefined;
  }
}
