import { BYTE_ORDER_MARK, CR, HASH, LF, NUL, SPACE, isBlank, isBreak, isBreakOrEnd } from "./chars.ts";
import type { YamlInput } from "./input.ts";
import { NextOccurrence } from "./next-occurrence.ts";
import { countCharacters, positionAt } from "./position-at.ts";
import { YamlError } from "./yaml-error.ts";

/** The horizon of a string without faults: more than the length of any string. */
const INFINITY = 0x7fffffff;

/**
 * A position in the text, and how far the text has been read.
 *
 * go-yaml reads no further than it must, in windows of 512 bytes, so a fault in a window that is never needed is never
 * reported. Every rule that looks ahead therefore calls `need`, exactly where libyaml does. For a string without faults
 * (nearly all strings) the horizon is at infinity and `need` does nothing.
 */
export class Cursor {
  readonly text: string;
  readonly end: number;
  /** Offset of the next character. */
  pos = 0;
  /** Offset at which the current line starts; `pos - lineStart` is the column. */
  lineStart = 0;
  /** Offset up to which text has been read. Beyond the end of the text it counts NULs. */
  horizon: number;
  /** Whether the text is nothing but printable ASCII characters and line feeds. */
  readonly simple: boolean;
  readonly nextLineFeed: NextOccurrence;
  readonly nextSpace: NextOccurrence;
  readonly nextColon: NextOccurrence;
  readonly nextHash: NextOccurrence;
  readonly nextSingleQuote: NextOccurrence;
  readonly nextDoubleQuote: NextOccurrence;
  readonly nextBackslash: NextOccurrence;
  readonly #input: YamlInput;
  #windowsRead = 0;
  /** Offset of the first character in libyaml's buffer: where the cursor was when a window was last read. */
  #bufferStart = 0;

  constructor(input: YamlInput) {
    this.#input = input;
    this.text = input.text;
    this.end = input.text.length;
    this.simple = input.simple;
    this.nextLineFeed = new NextOccurrence(input.text, "\n");
    this.nextSpace = new NextOccurrence(input.text, " ");
    this.nextColon = new NextOccurrence(input.text, ":");
    this.nextHash = new NextOccurrence(input.text, "#");
    this.nextSingleQuote = new NextOccurrence(input.text, "'");
    this.nextDoubleQuote = new NextOccurrence(input.text, '"');
    this.nextBackslash = new NextOccurrence(input.text, "\\");
    this.horizon = input.windows === undefined ? INFINITY : 0;
  }

  /** Returns the character code `ahead` units after the cursor, NUL past the end. */
  at(ahead = 0): number {
    const i = this.pos + ahead;
    return i < this.end ? this.text.charCodeAt(i) : NUL;
  }

  get column(): number {
    return this.pos - this.lineStart;
  }

  /** Makes sure that `count` characters have been read. @throws YamlError where one of them cannot be */
  need(count: number): void {
    // A character may take two units.
    if (this.pos + 2 * count > this.horizon) this.#readOn(count);
  }

  /** Skips spaces and tabs. */
  skipBlanks(): void {
    this.need(1);
    while (isBlank(this.at())) {
      this.pos++;
      this.need(1);
    }
  }

  /** Skips spaces. */
  skipSpaces(): void {
    this.need(1);
    while (this.at() === SPACE) {
      this.pos++;
      this.need(1);
    }
  }

  /** Skips spaces and line feeds, in a simple text. Returns whether there was a line feed. */
  skipSimpleWhiteSpace(): boolean {
    const { text } = this;
    let i = this.pos;
    let broken = false;
    for (let code = text.charCodeAt(i); code === SPACE || code === LF; code = text.charCodeAt(i)) {
      i++;
      if (code === LF) {
        broken = true;
        this.lineStart = i;
      }
    }
    this.pos = i;
    return broken;
  }

  /** Skips a comment, if one starts here, up to its line break. */
  skipComment(): void {
    if (this.at() !== HASH) return;
    if (this.simple) {
      this.pos = this.nextLineFeed.from(this.pos);
      return;
    }
    while (!isBreakOrEnd(this.at())) {
      this.skipCharacter();
      this.need(1);
    }
  }

  /** Skips one character, both halves of it. */
  skipCharacter(): void {
    const code = this.at();
    if (code >= 0xd800 && code <= 0xdbff) {
      this.pos += 2;
    } else {
      this.pos++;
    }
  }

  /** Skips a line break, if there is one; CR LF is one. */
  skipBreak(): void {
    const code = this.at();
    if (!isBreak(code)) return;
    this.pos += code === CR && this.at(1) === LF ? 2 : 1;
    this.lineStart = this.pos;
  }

  /**
   * Skips a byte order mark at the start of a line, as go-yaml does: it checks the first character of its buffer
   * instead of the next one, so that with a mark there it swallows whichever character starts the line.
   */
  skipByteOrderMark(): void {
    if (this.horizon === INFINITY || this.pos !== this.lineStart) return;
    if (this.text.charCodeAt(this.#bufferStart) !== BYTE_ORDER_MARK) return;
    this.skipCharacter();
    this.lineStart = this.pos - 1;
  }

  /** Reports whether there are more than `limit` characters between an offset and the cursor. */
  isFartherThan(limit: number, from: number): boolean {
    const units = this.pos - from;
    if (units <= limit) return false;
    return units > 2 * limit || countCharacters(this.text, from, this.pos) > limit;
  }

  /** Makes an error at an offset, by default that of the cursor. */
  error(reason: string, offset: number = this.pos, hint?: string): YamlError {
    return new YamlError(reason, positionAt(this.text, offset), hint);
  }

  /** Reads on. libyaml's `yaml_parser_update_buffer`. */
  #readOn(count: number): void {
    let unread = this.#unread();
    if (unread >= count) return;
    this.#bufferStart = this.pos;
    const { ends, fault } = this.#input.windows ?? { ends: [] };
    while (unread < count) {
      const end = ends[this.#windowsRead];
      if (end === undefined) {
        if (fault !== undefined) throw fault;
        // At the end of the stream each reading adds one NUL.
        this.horizon++;
        return;
      }
      this.#windowsRead++;
      this.horizon = end;
      unread = this.#unread();
    }
  }

  /** Returns how many characters have been read but not passed. */
  #unread(): number {
    const textRead = Math.min(this.horizon, this.end);
    const beyond = this.horizon - textRead;
    return (
      (this.pos < textRead ? countCharacters(this.text, this.pos, textRead) : textRead - this.pos) + beyond
    );
  }
}
