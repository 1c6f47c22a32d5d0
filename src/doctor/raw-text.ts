import type { Position } from "../api/position.ts";

/** Indicators of YAML can begin and continue a key where no space follows. */
const PLAIN_KEY =
  /^(?:[^\s:'"{}[\],&*!?|>%@`#-]|[-?:](?=[^\s{}[\],]))(?:[^\s:{}[\],]|:(?=[^\s{}[\],]))*(?=\s*:(?:[\s{}[\],]|$))/;

/** Reads the raw text at a position. */
export class RawText {
  readonly #text: string;
  #behindQuestions: ReadonlySet<string> | undefined;
  #lines: readonly string[] | undefined;
  /** The last position: so many characters, and so many units, into its line. */
  #last = { line: 0, characters: 0, index: 0 };

  constructor(data: Uint8Array) {
    this.#text = new TextDecoder().decode(data);
  }

  /** Whether there may be a `?` in front of a key, or a tag. */
  get hasQuestionOrTag(): boolean {
    return this.#text.includes("?") || this.#text.includes("!");
  }

  /** Returns the key at a position if it is written without quotes; undefined for any other. */
  plainKeyAt(position: Position): string | undefined {
    const line = this.#lineAt(position);
    return line === undefined ? undefined : PLAIN_KEY.exec(line)?.[0];
  }

  /** Reports whether a key is right behind a `?`, without a space: which makes no difference to kubectl. */
  isBehindQuestion({ line, column }: Position): boolean {
    this.#behindQuestions ??= new Set(this.#text.includes("?") ? this.#allLines().flatMap(placesBehind) : []);
    return this.#behindQuestions.has(`${line}:${column}`);
  }

  /** Returns the position of the document after the first one, if it holds anything. */
  secondDocument(first: Position): Position | undefined {
    const lines = this.#allLines();
    // No scalar can hold such a line: it ends any document.
    const start = lines.findIndex((line, index) => index >= first.line && /^---(?:[ \t]|$)/.test(line));
    const hasContent = lines.some(
      (line, index) => index >= start && /^(?!---[ \t]*(?:#|$)|\.\.\.[ \t]*$)[ \t]*[^ \t#]/.test(line),
    );
    return start === -1 || !hasContent ? undefined : { line: start + 1, column: 1 };
  }

  #allLines(): readonly string[] {
    this.#lines ??= this.#text.split(/\r\n|\n|\r/);
    return this.#lines;
  }

  #lineAt({ line, column }: Position): string | undefined {
    const text = this.#allLines()[line - 1];
    if (text === undefined) {
      return undefined;
    }
    // A line may be as long as the file, and positions come in order.
    const last = this.#last;
    const isBehind = last.line === line && last.characters <= column - 1;
    const start = isBehind ? last : { characters: 0, index: 0 };
    const index = indexOfCharacter(text, column - 1 - start.characters, start.index);
    this.#last = { line, characters: column - 1, index };
    return text.slice(index);
  }
}

/** Returns the offset of a character; one beyond U+FFFF counts once. */
function indexOfCharacter(text: string, count: number, start: number): number {
  let index = start;
  for (let i = 0; i < count && index < text.length; i++) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return index;
}

/** A question mark, with the anchor and the tag that a key may have. */
const QUESTION = /\?(?:[&!][^\s?]*[ \t]+){0,2}/g;

/** Returns the places behind the question marks of a line: right there, and in and behind what may precede the key. */
function placesBehind(line: string, index: number): readonly string[] {
  let [characters, last] = [0, 0];
  return Array.from(line.matchAll(QUESTION)).flatMap(({ 0: marks, index: start }) => {
    characters += Array.from(line.slice(last, start)).length;
    const places = Array.from(marks, (_character, at) => `${index + 1}:${characters + at + 2}`);
    characters += places.length;
    last = start + marks.length;
    return places;
  });
}
