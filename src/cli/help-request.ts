import type { Command } from "commander";
import { CommanderError } from "commander";
import { EXIT_ERROR, EXIT_OK } from "./exit-code.ts";

/** Options of showing help. */
export interface HelpManner {
  /** Where the help goes; default: standard output. */
  readonly stream?: "out" | "err";
  /** The error after it; the exit code is then that of an error. */
  readonly fault?: Error | undefined;
}

/** Thrown by a command to show help. `main` shows it, so that the help's modules are loaded only when needed. */
export class HelpRequest extends CommanderError {
  override readonly name = "HelpRequest";
  /** The command, or the words that name it. */
  readonly topic: Command | readonly string[];
  readonly stream: "out" | "err";
  readonly fault: Error | undefined;

  constructor(topic: Command | readonly string[], { stream = "out", fault }: HelpManner = {}) {
    super(fault === undefined && stream === "out" ? EXIT_OK : EXIT_ERROR, "kcfg.help", "help is wanted");
    this.topic = topic;
    this.stream = stream;
    this.fault = fault;
  }
}
