const LINE_FEED = 10;

/** How much of a line without an end is kept, in bytes; more is written as if it were a line. */
const LONGEST_LINE = 64 * 1024;

/** Takes output apart into lines, without their line feeds. */
export class LineSplitter {
  #rest: Uint8Array = new Uint8Array();

  /** Adds output, and returns the lines that are complete. */
  add(chunk: Uint8Array): readonly Uint8Array[] {
    const lines: Uint8Array[] = [];
    let data: Uint8Array = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (let end = data.indexOf(LINE_FEED); end !== -1; end = data.indexOf(LINE_FEED)) {
      lines.push(data.subarray(0, end));
      data = data.subarray(end + 1);
    }
    for (; data.length > LONGEST_LINE; data = data.subarray(LONGEST_LINE)) {
      lines.push(data.subarray(0, LONGEST_LINE));
    }
    this.#rest = Uint8Array.from(data);
    return lines;
  }

  /** Returns what follows the last line feed, if anything does. */
  end(): readonly Uint8Array[] {
    const rest = this.#rest;
    this.#rest = new Uint8Array();
    return rest.length === 0 ? [] : [rest];
  }
}
