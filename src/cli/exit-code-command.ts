import type { Option, ParseOptionsResult } from "commander";
import { CommanderError } from "commander";
import { explicitKuberc } from "../kuberc/explicit-kuberc.ts";
import { EXIT_OK, EXIT_UNDECIDED } from "./exit-code.ts";
import type { IOStreams } from "./io-streams.ts";
import { PflagCommand } from "./pflag-command.ts";

/**
 * A command whose exit code is a verdict: 0 or 1. Any failure exits with 2, because 1 means that the verdict is
 * negative.
 */
export class ExitCodeCommand extends PflagCommand {
  readonly #streams: IOStreams;
  readonly #honoured: ReadonlySet<string>;
  #kuberc = "";

  /**
   * Creates a command.
   *
   * @param honoured - the global flags that only this command honours, which its help therefore lists
   */
  constructor(name: string, streams: IOStreams, honoured: readonly string[]) {
    super(name);
    this.#streams = streams;
    this.#honoured = new Set(honoured);
  }

  /** The value of `--kuberc`. */
  get kuberc(): string {
    return this.#kuberc;
  }

  override addOption(option: Option): this {
    return super.addOption(this.#honoured.has(option.attributeName()) ? option.hideHelp(false) : option);
  }

  override parseOptions(argv: readonly string[]): ParseOptionsResult {
    try {
      this.#kuberc = explicitKuberc(argv);
      return super.parseOptions(argv);
    } catch (error) {
      throw this.#undecided(error);
    }
  }

  /** Ends the command with the exit code that `verdict` returns. */
  async decide(verdict: () => number | Promise<number>): Promise<void> {
    const exitCode = await this.#orUndecided(verdict);
    if (exitCode !== EXIT_OK) {
      throw new CommanderError(exitCode, "kcfg.verdict", "something is wrong");
    }
  }

  async #orUndecided(verdict: () => number | Promise<number>): Promise<number> {
    try {
      return await verdict();
    } catch (error) {
      throw this.#undecided(error);
    }
  }

  #undecided(error: unknown): CommanderError {
    if (error instanceof CommanderError) {
      return error;
    }
    this.#streams.err.fail(error);
    return new CommanderError(EXIT_UNDECIDED, "kcfg.verdict", "nothing could be decided");
  }
}
