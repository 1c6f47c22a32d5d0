import type { Paint } from "./colour.ts";

/**
 * Where a command writes. All that kcfg prints leaves by these doors, and by nothing else: whatever files, servers,
 * plugins and arguments say, it cannot steer a terminal, nor hide in a string.
 */
export interface IOStreams {
  readonly out: ResultDoor;
  readonly err: ErrorDoor;
}

/** A way to people. */
export interface Door {
  /** Whether it leads to a terminal. */
  readonly isTTY: boolean;
  /** Writes text for people: what they would not see is escaped, wherever it goes. Lines, tabs and own paint stay. */
  say(text: string): void;
  /** Writes one line for people. A line break in it is escaped too, so that no name can make up lines of its own. */
  sayLine(line: string): void;
  /** Paints text that {@link say} is to write. It may hold anything, and is escaped too. */
  readonly paint: Paint;
}

/** Standard output. */
export interface ResultDoor extends Door {
  /**
   * Writes what kubectl would print, or what a program asked for: byte for byte, but escaped on a terminal.
   */
  data(content: string | Uint8Array): void;
  /** Returns a name that is to be in a line of {@link data}: as it is, but one line on a terminal. */
  name(text: string): string;
  /** Writes JSON of kcfg's own. What people would not see is escaped, so that its value stays the same. */
  json(text: string): void;
  /** Writes YAML of kcfg's own; where it has in it what people would not see, its JSON, which is YAML that can hide nothing. */
  yaml(text: string, json: () => string): void;
  /**
   * Waits until what was written is on its way.
   *
   * @returns whether anybody still reads
   */
  drained(): Promise<boolean>;
}

/** Standard error. */
export interface ErrorDoor extends Door {
  /** Reports of an error. */
  fail(error: unknown): void;
  /** A warning of a server, whose head may be painted. */
  warning(text: string, isPainted: boolean): void;
  /** Takes the whole screen of the terminal. */
  enterScreen(): void;
  /** Gives the terminal back what it showed. */
  leaveScreen(): void;
  /** Draws a screen. @param column - where the cursor is in the first line */
  drawScreen(lines: readonly string[], column: number): void;
}
