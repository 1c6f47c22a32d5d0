import { isatty } from "node:tty";
import type { HostTerminal } from "./terminal.ts";

const DESCRIPTORS = { stdin: 0, stdout: 1, stderr: 2 } as const;

/** The terminal of this process. */
export const nodeTerminal: HostTerminal = {
  isTerminal: (stream) => isatty(DESCRIPTORS[stream]),
};
