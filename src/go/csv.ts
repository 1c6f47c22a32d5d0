/** A string that Go's `encoding/csv` refuses, in its words. */
export class CsvError extends Error {
  override readonly name = "CsvError";
}

/**
 * Reads the first record of CSV as Go's `encoding/csv` does; an empty string has no fields.
 *
 * @throws CsvError
 */
export function readGoCsv(text: string): readonly string[] {
  return text === "" ? [] : new CsvReader(text).readRecord();
}

const BARE_QUOTE = 'bare " in non-quoted-field';
const STRAY_QUOTE = 'extraneous or missing " in quoted-field';

class CsvReader {
  readonly #lines: readonly string[];
  #at = 0;
  #line = "";
  /** The column, in bytes from 1, of the rest of the line. */
  #column = 1;
  #start = 0;

  constructor(text: string) {
    // Each line ends in one newline.
    this.#lines = text.match(/[^\n]*\n|[^\n]+$/g)?.map((line) => line.replace(/\r\n$/, "\n")) ?? [];
  }

  readRecord(): readonly string[] {
    do {
      if (!this.#nextLine()) {
        throw new CsvError("EOF");
      }
    } while (this.#line === "\n");
    this.#start = this.#at;
    const fields: string[] = [];
    for (let more = true; more;) {
      const { field, ended } = this.#line.startsWith('"') ? this.#readQuoted() : this.#readPlain();
      fields.push(field);
      more = !ended;
    }
    return fields;
  }

  #nextLine(): boolean {
    const line = this.#lines[this.#at];
    this.#at += 1;
    this.#line = line ?? "";
    this.#column = 1;
    return line !== undefined;
  }

  #skip(length: number): string {
    const skipped = this.#line.slice(0, length);
    this.#line = this.#line.slice(length);
    this.#column += Buffer.byteLength(skipped);
    return skipped;
  }

  #readPlain(): { readonly field: string; readonly ended: boolean } {
    const comma = this.#line.indexOf(",");
    const field = comma === -1 ? this.#line.replace(/\n$/, "") : this.#line.slice(0, comma);
    const quote = field.indexOf('"');
    if (quote !== -1) {
      this.#skip(quote);
      throw this.#error(BARE_QUOTE);
    }
    this.#skip(field.length + 1);
    return { field, ended: comma === -1 };
  }

  #readQuoted(): { readonly field: string; readonly ended: boolean } {
    this.#skip(1);
    let field = "";
    for (;;) {
      const quote = this.#line.indexOf('"');
      if (quote !== -1) {
        field += this.#skip(quote);
        this.#skip(1);
        if (this.#line.startsWith('"')) {
          field += this.#skip(1);
        } else if (this.#line.startsWith(",")) {
          this.#skip(1);
          return { field, ended: false };
        } else if (this.#line === "" || this.#line === "\n") {
          return { field, ended: true };
        } else {
          this.#column -= 1;
          throw this.#error(STRAY_QUOTE);
        }
      } else {
        field += this.#skip(this.#line.length);
        const column = this.#column;
        if (!this.#nextLine()) {
          this.#at -= 1;
          this.#column = column;
          throw this.#error(STRAY_QUOTE);
        }
      }
    }
  }

  #error(what: string): CsvError {
    const record = this.#start === this.#at ? "" : `record on line ${this.#start}; `;
    return new CsvError(`${record}parse error on line ${this.#at}, column ${this.#column}: ${what}`);
  }
}
