import type { Paint } from "./colour.ts";

/**
 * Where a command writes. Everything that kcfg prints leaves through these, so that no content of files, servers,
 * plugins or arguments can control a terminal, or be invisible. Only the short way writes by itself, plain ASCII and prompts.
 */
export interface IOStreams {
  readonly out: ResultDoor;
  readonly err: ErrorDoor;
}

/** A stream for people. */
export interface Door {
  /** Whether it is a terminal. */
  readonly isTTY: boolean;
  /**
   * Writes text for people: escapes invisible characters, whatever the stream is. Line feeds, tabs and own colours
   * stay.
   */
  say(text: string): void;
  /** Writes one line for people. Escapes line breaks too, so that no name can forge lines. */
  sayLine(line: string): void;
  /** Styles text for {@link say}. It may hold anything, and is escaped too. */
  readonly paint: Paint;
}

/** Standard output. */
export interface ResultDoor extends Door {
  /** Writes what kubectl would print, or what a program asked for: byte for byte, but escaped on a terminal. */
  data(content: string | Uint8Array): void;
  /** Formats a name for a line of {@link data}: unchanged, but one line on a terminal. */
  name(text: string): string;
  /** Writes kcfg's own JSON. Escapes invisible characters, so that its value stays the same. */
  json(text: string): void;
  /** Writes kcfg's own YAML; if it has invisible characters, its JSON instead, which is YAML without them. */
  yaml(text: string, json: () => string): void;
  /**
   * Waits until the output has been flushed.
   *
   * @returns whether the reader is still there
   */
  drained(): Promise<boolean>;
}

/** Standard error. */
export interface ErrorDoor extends Door {
  /** Reports an error. */
  fail(error: unknown): void;
  /** Writes a warning of a server, whose head may be coloured. */
  warning(text: string, isPainted: boolean): void;
  /** Shows a line on a terminal that the next one replaces; `""` removes it. It must fit into the width of the terminal. */
  status(line: string): void;
  /** Takes the whole screen of the terminal. */
  enterScreen(): void;
  /** Restores the terminal's previous content. */
  leaveScreen(): void;
  /** Draws a screen. @param column - where the cursor is in the first line */
  drawScreen(lines: readonly string[], column: number): void;
}
