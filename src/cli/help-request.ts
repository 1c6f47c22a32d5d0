import type { Command } from "commander";
import { CommanderError } from "commander";
import { EXIT_ERROR, EXIT_OK } from "./exit-code.ts";

/** What is to come with the help. */
export interface HelpManner {
  /** Where the help goes; default: standard output. */
  readonly stream?: "out" | "err";
  /** What is to be told behind it; the exit code is then that of an error. */
  readonly fault?: Error | undefined;
}

/**
 * Thrown by a command that wants help to be shown. It is `main` that shows it, so that what writes help is loaded only when
 * there is help to write.
 */
export class HelpRequest extends CommanderError {
  override readonly name = "HelpRequest";
  /** The command to tell about, or the words that name it. */
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
