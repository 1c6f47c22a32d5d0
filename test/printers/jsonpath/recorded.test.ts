import { readFileSync } from "node:fs";
import { join } from "node:path";

import { hasEscapedBytes, toBytes } from "../../../src/go/byte-text.ts";
import { JsonPathError, parseJsonPath } from "../../../src/printers/jsonpath/jsonpath.ts";
import { readJson } from "./json-text.ts";

/** What `kubectl config view --raw -o jsonpath=TEMPLATE` did with a template, on 1.35.2 and 1.36.3 alike. */
interface Row {
  readonly template: string;
  readonly document: string;
  readonly allowMissingKeys?: boolean;
  readonly jsonOutput?: boolean;
  /** Exactly one of these: what it printed, why it did not parse, why it failed when it was run. */
  readonly prints?: string;
  /** What it printed, in hexadecimal, when that is not UTF-8. */
  readonly printsBytes?: string;
  readonly refuses?: string;
  readonly fails?: string;
}

interface Recording {
  readonly documents: Readonly<Record<string, string>>;
  readonly groups: Readonly<Record<string, readonly Row[]>>;
}

const recording = JSON.parse(
  readFileSync(join(process.cwd(), "test/printers/jsonpath/fixtures/recorded.json"), "utf8"),
) as Recording;

const documents = new Map(Object.entries(recording.documents).map(([name, text]) => [name, readJson(text)]));

function rowsOf(group: string): (readonly [name: string, row: Row])[] {
  return (recording.groups[group] ?? []).map((row) => [nameOf(row), row]);
}

function nameOf({
  template,
  document,
  allowMissingKeys,
  jsonOutput,
  prints,
  printsBytes,
  refuses,
  fails,
}: Row): string {
  const result =
    prints !== undefined || printsBytes !== undefined
      ? `prints ${printsBytes ?? JSON.stringify(prints?.slice(0, 40))}`
      : refuses === undefined
        ? `fails: ${fails}`
        : `is refused: ${refuses}`;
  const mode = `${allowMissingKeys === true ? " with missing keys allowed" : ""}${jsonOutput === true ? " as JSON" : ""}`;
  return `${JSON.stringify(template)} on ${document}${mode} ${result}`.replaceAll("%", "%%");
}

function outcomeOf(row: Row): Pick<Row, "prints" | "printsBytes" | "refuses" | "fails"> {
  const parsed = attempt(() => parseJsonPath(row.template, row));
  if (parsed instanceof JsonPathError) {
    return { refuses: parsed.message };
  }
  const prints = attempt(() => parsed.execute(documents.get(row.document) ?? null));
  if (prints instanceof JsonPathError) {
    return { fails: prints.message };
  }
  return hasEscapedBytes(prints) ? { printsBytes: Buffer.from(toBytes(prints)).toString("hex") } : { prints };
}

function attempt<T>(action: () => T): T | JsonPathError {
  try {
    return action();
  } catch (error) {
    if (error instanceof JsonPathError) {
      return error;
    }
    throw error;
  }
}

/** kubectl prints the filtered value at the head of this message, which the product does not. */
const FILTERED = " is not array or slice and cannot be filtered";

describe.each(Object.keys(recording.groups))("kubectl and the product agree: %s", (group) => {
  test.each(rowsOf(group))("%s", (_name, row) => {
    const { prints, printsBytes, refuses, fails } = row;
    const outcome = outcomeOf(row);
    if (fails?.endsWith(FILTERED) === true) {
      expect(outcome.fails).toMatch(/^[[\]{}<>.\w ]+ is not array or slice and cannot be filtered$/);
      return;
    }
    expect(outcome).toEqual(JSON.parse(JSON.stringify({ prints, printsBytes, refuses, fails })));
  });
});
