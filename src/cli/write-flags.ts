import { InvalidArgumentError, Option } from "commander";
import { parseGoDuration } from "../go/duration.ts";
import { goQuote } from "../go/quote.ts";
import { DEFAULT_LOCK_TIMEOUT } from "../writing/locks.ts";
import type { PflagCommand } from "./pflag-command.ts";

/** The flags of every command that replaces files which others may edit. */
export interface WriteFlags {
  /** In milliseconds. */
  readonly lockTimeout: number;
  readonly trustFolderOwner: boolean;
}

/** Adds the flags of replacing files to a command. */
export function withWriteFlags<C extends PflagCommand>(command: C): C {
  return command
    .addOption(
      new Option(
        "--lock-timeout <duration>",
        "How long to wait for others who edit the same files: 10s, 500ms, 0.",
      )
        .default(DEFAULT_LOCK_TIMEOUT, "10s")
        .argParser(parseTimeout),
    )
    .addOption(trustFolderOwnerOption());
}

export function trustFolderOwnerOption(): Option {
  return new Option(
    "--trust-folder-owner",
    "As root: write the file although another user owns a folder that leads to it, and could exchange it meanwhile.",
  ).default(false);
}

function parseTimeout(text: string): number {
  const milliseconds = parseGoDuration(text);
  if (milliseconds === undefined) {
    throw new InvalidArgumentError(`time: invalid duration ${goQuote(text)}`);
  }
  return milliseconds;
}
