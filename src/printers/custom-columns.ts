import type { JsonValue } from "../api/json-value.ts";
import { fields } from "../go/space.ts";
import { alignColumns } from "../go/tabwriter.ts";
import { formatPrint } from "./go-template/format/format-print.ts";
import { decodeValue } from "./go-template/template-value.ts";
import { itemsOf } from "./items-of.ts";
import type { JsonPathTemplate } from "./jsonpath/jsonpath.ts";
import { parseJsonPath } from "./jsonpath/jsonpath.ts";
import type { JsonPathValue } from "./jsonpath/jsonpath-value.ts";
import { decodeAsGo, GoByte, NO_VALUE } from "./jsonpath/jsonpath-value.ts";
import type { DocumentPrinter } from "./plain-printer.ts";
import { PrintError } from "./print-error.ts";
import { toOutput } from "./to-output.ts";

/** A column of a table: its header, and the JSONPath of its cells. */
interface Column {
  readonly header: string;
  readonly path: string;
}

/** The longest table, in UTF-16 units: a longer one could not be held in memory, or not for long. */
const MAX_TABLE = 2 ** 26;

const TWO_LINES =
  "Expected format is one line of space separated headers, one line of space separated column specs.";

/**
 * Makes the printer of `-o custom-columns=SPEC`, where SPEC is `HEADER:path,HEADER:path`. kubectl's
 * `NewCustomColumnsPrinterFromSpec`.
 *
 * @throws PrintError when the columns cannot be read
 */
export function customColumnsPrinter(spec: string, noHeaders: boolean): DocumentPrinter {
  return tablePrinter(
    spec.split(",").map((part) => {
      const colon = part.indexOf(":");
      if (colon === -1) {
        throw new PrintError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
      }
      return { header: part.slice(0, colon), path: relaxedPath(part.slice(colon + 1)) };
    }),
    noHeaders,
  );
}

/**
 * Makes the printer of `-o custom-columns-file`: the first line of the file has the headers, the second the paths. As in
 * kubectl, the headers are always printed. kubectl's `NewCustomColumnsPrinterFromTemplate`.
 *
 * @throws PrintError when the columns cannot be read
 */
export function customColumnsFilePrinter(text: string): DocumentPrinter {
  const lines = text.split("\n");
  if (lines.at(-1) === "") {
    lines.pop();
  }
  const [headers, paths] = lines.map(fields);
  if (headers === undefined) {
    throw new PrintError(`invalid template, missing header line. ${TWO_LINES}`);
  }
  if (paths === undefined) {
    throw new PrintError(`invalid template, missing spec line. ${TWO_LINES}`);
  }
  if (headers.length !== paths.length) {
    throw new PrintError(
      `number of headers (${headers.length}) and field specifications (${paths.length}) don't match`,
    );
  }
  return tablePrinter(
    headers.map((header, at) => ({ header, path: relaxedPath(paths[at] ?? "") })),
    false,
  );
}

/** Completes a path: `metadata.name`, `.metadata.name` and `{metadata.name}` are `{.metadata.name}`. */
function relaxedPath(path: string): string {
  if (path === "") {
    return "";
  }
  const [, braced, bare] = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(path) ?? [];
  const field = braced ?? bare;
  if (field === undefined) {
    throw new PrintError(
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    );
  }
  return `{.${field}}`;
}

function tablePrinter(columns: readonly Column[], noHeaders: boolean): DocumentPrinter {
  return (document) => {
    const lines = new TableLines();
    try {
      if (!noHeaders) {
        lines.add(columns.map(({ header }) => header));
      }
      // As in kubectl, the paths are read after the headers have been printed.
      const paths = columns.map(({ path }) => parseJsonPath(path, { allowMissingKeys: true }));
      for (const object of itemsOf(document) ?? [document]) {
        const value = decodeAsGo(object, true);
        lines.add(paths.map((path) => cellOf(path, value)));
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new PrintError(message, { cause: error, printed: toOutput(lines.toString()) });
    }
    return toOutput(lines.toString());
  };
}

function cellOf(path: JsonPathTemplate, value: JsonValue): string {
  const results = path.find(value);
  const [first = []] = results;
  const cells = results.flat().map(sprint);
  return (first.length === 0 ? ["<none>", ...cells] : cells).map(escapeTerminal).join(",");
}

/** Formats a value as Go's `fmt.Sprint`. */
function sprint(value: JsonPathValue): string {
  if (value === NO_VALUE) {
    return "<nil>";
  }
  return value instanceof GoByte ? String(value.byte) : formatPrint([decodeValue(value)]);
}

/** Escapes what controls a terminal. cli-runtime's `EscapeTerminal`. */
function escapeTerminal(text: string): string {
  return text.replaceAll("\u001b", "^[").replaceAll("\r", "\\r");
}

/** The lines of a table, which are aligned at the end. */
class TableLines {
  #text = "";
  #lines = 0;
  /** The width of each column but the last. */
  readonly #widths: number[] = [];

  /**
   * Adds a line.
   *
   * @throws PrintError when the aligned table may be longer than {@link MAX_TABLE}
   */
  add(cells: readonly string[]): void {
    const text = `${cells.join("\t")}\n`;
    for (const line of text.slice(0, -1).split("\n")) {
      this.#lines++;
      for (const [at, cell] of line.split("\t").slice(0, -1).entries()) {
        this.#widths[at] = Math.max(this.#widths[at] ?? 6, cell.length + 3);
      }
    }
    const padded = this.#lines * this.#widths.reduce((sum, width) => sum + width, 0);
    if (padded + this.#text.length + text.length > MAX_TABLE) {
      throw new PrintError(`the table is longer than ${MAX_TABLE} characters`);
    }
    this.#text += text;
  }

  toString(): string {
    return alignColumns(this.#text);
  }
}
