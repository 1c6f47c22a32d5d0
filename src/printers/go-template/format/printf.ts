import { OutputBuilder } from "../go-text.ts";
import { type Element, GoInt, typeOf } from "../template-value.ts";
import { type Flags, PRINT_FLAGS } from "./flags.ts";
import { formatValue } from "./format-value.ts";

/** The largest width or precision; a larger one is a mistake. */
const MAX_SIZE = 1_000_000;

/**
 * Implements Go's `fmt.Sprintf`. Mistakes are reported in the result: `%!d(string=x)`, `%!d(MISSING)`, `%!(EXTRA
 * int=1)`.
 */
export function formatPrintf(format: string, elements: readonly Element[]): string {
  const result = new OutputBuilder();
  const reader = new DirectiveReader(format, elements, result);
  for (;;) {
    const next = format.indexOf("%", reader.position);
    if (next < 0) {
      break;
    }
    result.write(format.slice(reader.position, next));
    reader.position = next + 1;
    if (!reader.formatOne()) {
      break;
    }
  }
  result.write(format.slice(reader.position));
  writeExtra(result, reader);
  return result.toString();
}

function writeExtra(result: OutputBuilder, { reordered, argument, elements }: DirectiveReader): void {
  if (reordered || argument >= elements.length) {
    return;
  }
  const extra = elements
    .slice(argument)
    .map((element) =>
      element === null ? "<nil>" : `${typeOf(element)}=${formatValue(element, "v", PRINT_FLAGS)}`,
    );
  result.write(`%!(EXTRA ${extra.join(", ")})`);
}

/** Reads `%[flags][width][.precision][verb]` with `*` and `[n]`, and formats an argument with it (`pp.doPrintf`). */
class DirectiveReader {
  readonly elements: readonly Element[];
  readonly #format: string;
  readonly #result: OutputBuilder;
  position = 0;
  /** The next argument. */
  argument = 0;
  /** Whether any directive chose its argument: then none is extra. */
  reordered = false;
  #isGoodIndex = true;
  #isAfterIndex = false;

  constructor(format: string, elements: readonly Element[], result: OutputBuilder) {
    this.#format = format;
    this.elements = elements;
    this.#result = result;
  }

  /** Formats one directive. Returns false when the format ends before the verb. */
  formatOne(): boolean {
    this.#isGoodIndex = true;
    const flags = this.#readFlags();
    this.#readIndex();
    let { minus } = flags;
    let width = this.#readStar("%!(BADWIDTH)");
    if (width === undefined) {
      width = this.#readSize();
      // As in "%[3]2d".
      this.#isGoodIndex &&= !(this.#isAfterIndex && width !== undefined);
    } else if (width !== null && width < 0) {
      minus = true;
      width = -width;
    }
    const precision = this.#readPrecision();
    if (!this.#isAfterIndex) {
      this.#readIndex();
    }
    const verb = this.#readVerb();
    if (verb === undefined) {
      this.#result.write("%!(NOVERB)");
      return false;
    }
    this.#write(verb, { ...flags, minus, width: width ?? undefined, precision });
    return true;
  }

  #write(verb: string, flags: Flags): void {
    if (verb === "%") {
      this.#result.write("%");
    } else if (!this.#isGoodIndex) {
      this.#result.write(`%!${verb}(BADINDEX)`);
    } else if (this.argument >= this.elements.length) {
      this.#result.write(`%!${verb}(MISSING)`);
    } else {
      const element = this.elements[this.argument++] ?? null;
      const isPlain = verb === "v" || verb === "w";
      const own = isPlain ? { ...flags, sharp: false, plus: false, goSyntax: flags.sharp } : flags;
      this.#result.write(formatValue(element, verb, own));
    }
  }

  #readFlags(): Flags {
    const flags = { ...PRINT_FLAGS };
    for (; ; this.position++) {
      switch (this.#format.charAt(this.position)) {
        case "#":
          flags.sharp = true;
          break;
        case "0":
          flags.zero = true;
          break;
        case "+":
          flags.plus = true;
          break;
        case "-":
          flags.minus = true;
          break;
        case " ":
          flags.space = true;
          break;
        default:
          return flags;
      }
    }
  }

  /** Reads `[n]`, which chooses the next argument. */
  #readIndex(): void {
    this.#isAfterIndex = false;
    if (this.#format.charAt(this.position) !== "[") {
      return;
    }
    this.reordered = true;
    const close = this.#format.indexOf("]", this.position);
    if (close < 0 || this.position + 3 > this.#format.length) {
      this.position++;
      this.#isGoodIndex = false;
      return;
    }
    const digits = this.#format.slice(this.position + 1, close);
    this.position = close + 1;
    const index = parseSize(digits);
    this.#isAfterIndex = index !== undefined;
    if (index === undefined || index < 1 || index > this.elements.length) {
      this.#isGoodIndex = false;
    } else {
      this.argument = index - 1;
    }
  }

  /** Reads a size from an argument: undefined when there is no `*`, null when the argument is no valid size. */
  #readStar(complaint: string): number | null | undefined {
    if (this.#format.charAt(this.position) !== "*") {
      return undefined;
    }
    this.position++;
    this.#isAfterIndex = false;
    const element = this.elements[this.argument];
    if (element !== undefined) {
      this.argument++;
      if (element instanceof GoInt && element.value <= MAX_SIZE && element.value >= -MAX_SIZE) {
        return Number(element.value);
      }
    }
    this.#result.write(complaint);
    return null;
  }

  #readSize(): number | undefined {
    const start = this.position;
    while (isDigit(this.#format.charAt(this.position))) {
      this.position++;
    }
    if (start === this.position) {
      return undefined;
    }
    const size = parseSize(this.#format.slice(start, this.position));
    if (size === undefined) {
      // Go gives up on the whole format.
      this.position = this.#format.length;
    }
    return size;
  }

  #readPrecision(): number | undefined {
    // A point at the very end is a verb.
    if (this.#format.charAt(this.position) !== "." || this.position + 1 >= this.#format.length) {
      return undefined;
    }
    this.position++;
    this.#isGoodIndex &&= !this.#isAfterIndex;
    this.#readIndex();
    const star = this.#readStar("%!(BADPREC)");
    if (star === undefined) {
      return this.#readSize() ?? 0;
    }
    if (star !== null && star < 0) {
      this.#result.write("%!(BADPREC)");
      return undefined;
    }
    return star ?? undefined;
  }

  #readVerb(): string | undefined {
    const rune = this.#format.codePointAt(this.position);
    if (rune === undefined) {
      return undefined;
    }
    const verb = String.fromCodePoint(rune);
    this.position += verb.length;
    // A byte that is not UTF-8 is no character.
    return rune >= 0xdc80 && rune <= 0xdcff ? "\ufffd" : verb;
  }
}

/** Reads a number of digits; undefined when there are none or it is far too large (`parsenum`). */
function parseSize(digits: string): number | undefined {
  let size = 0;
  for (const digit of digits) {
    if (!isDigit(digit) || size > MAX_SIZE) {
      return undefined;
    }
    size = size * 10 + Number(digit);
  }
  return digits === "" ? undefined : size;
}

function isDigit(character: string): boolean {
  return character >= "0" && character <= "9" && character.length === 1;
}
