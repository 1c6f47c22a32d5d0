import * as fc from "fast-check";
import type { JsonObject, JsonValue } from "../../src/api/json-value.ts";
import { readYaml } from "../../src/yaml/read.ts";
import { YamlError } from "../../src/yaml/yaml-error.ts";
import { read } from "./reading.ts";

type Path = readonly (string | number)[];

/** What becomes of a text: its value, or the reason why it has none. */
function outcome(yaml: string | Uint8Array): string {
  try {
    return read(yaml);
  } catch (error) {
    if (error instanceof YamlError) return `refused: ${error.reason}`;
    throw error;
  }
}

const FRAGMENTS =
  "a|b c|key: |: |:|- |-|? |[|]|{|}|, |\n|\n  |\n    | |\t| #c|#|'|\"|\\n|\\|'q'|\"d\"|\\x41|>\n|>-\n|+\n|&a |*a|!!int |!t |<<: |---|...|1|0x1|~|yes|.5|@|`|%|"
    .split("|")
    .concat("|\n", "|-\n", "|2\n", "|");

/** Texts that are YAML, or nearly. */
const yamlish = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 30 }).map((parts) => parts.join(""));

const WORD = /^[A-Za-z][A-Za-z0-9/+=._-]{0,60}$/;
const word = fc.stringMatching(WORD);

/** Simple lines, such as a kubeconfig has. */
const simpleLines = fc
  .array(
    fc.tuple(fc.constantFrom("", "  ", "- ", "  - ", "    "), word, fc.constantFrom(": ", ":", ""), word),
  )
  .map((rows) =>
    rows
      .map(([indent, key, colon, value]) => indent + key + colon + (colon === ": " ? value : ""))
      .join("\n"),
  );

/** Strings that mean the same in JSON and in YAML 1.1 when they are written by JSON.stringify. */
const printable = fc.string({
  unit: fc.constantFrom(..."aZ09 _-:#,[]{}&*!|>'\"%@`\\/\n\t\u00e9\u20ac😀".split(/(?:)/u)),
});

const json: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    printable,
    fc.array(tie("value")),
    fc.dictionary(printable, tie("value")),
  ),
})).value;

describe("readYaml", () => {
  test("reads JSON as JSON.parse does", () => {
    fc.assert(
      fc.property(json, fc.constantFrom(0, 1, 4), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(toPlain(readYaml(text).value)).toEqual(JSON.parse(text));
      }),
    );
  });

  test("throws nothing but YamlError, whatever the text", () => {
    fc.assert(fc.property(fc.oneof(yamlish, fc.string({ unit: "binary" })), (text) => void outcome(text)));
  });

  test("throws nothing but YamlError, whatever the bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 1500 }), (data) => void outcome(data)));
  });

  test("points into the text when it refuses it", () => {
    fc.assert(
      fc.property(yamlish, (text) => {
        const last = text.split("\n").length;
        const position = positionOfRefusal(text);
        if (position === undefined) return;
        expect(position.line).toBeGreaterThanOrEqual(1);
        expect(position.line).toBeLessThanOrEqual(last);
        expect(position.column).toBeLessThanOrEqual((text.split("\n")[position.line - 1] ?? "").length + 1);
      }),
    );
  });

  test("makes the same of a text, its bytes, and its bytes in UTF-16", () => {
    fc.assert(
      fc.property(yamlish, (text) => {
        const utf16 = new Uint8Array(Uint16Array.from(`\ufeff${text}`, (unit) => unit.charCodeAt(0)).buffer);
        expect(outcome(new TextEncoder().encode(text))).toBe(outcome(text));
        expect(outcome(utf16)).toBe(outcome(text));
        expect(outcome(`\ufeff${text}`)).toBe(outcome(text));
      }),
    );
  });

  test("makes the same of a text with the shortcuts for simple texts and without them", () => {
    fc.assert(
      fc.property(fc.oneof(yamlish, simpleLines), (text) => {
        // A letter that is not ASCII behind the document makes the text not simple; a byte order mark there makes the
        // reader count windows.
        expect(outcome(`${text}\n...\n# \u00e9`)).toBe(outcome(`${text}\n...\n#`));
        expect(outcome(`${text}\n...\n# \ufeff`)).toBe(outcome(`${text}\n...\n#`));
      }),
      { numRuns: 1000 },
    );
  });

  test("makes the same of a text whose lines end with CR LF", () => {
    fc.assert(
      fc.property(yamlish, (text) => {
        expect(outcome(text.replaceAll("\n", "\r\n"))).toBe(outcome(text));
      }),
    );
  });

  test("looks no further than the first document", () => {
    fc.assert(
      fc.property(yamlish, (garbage) => {
        expect(outcome(`key: value\n---\n${garbage}`)).toBe('{"key":"value"}');
      }),
    );
  });

  test("locates everything that is in the value", () => {
    fc.assert(
      fc.property(yamlish, (text) => {
        const document = tryRead(text);
        // An empty stream has no value to locate.
        if (document === undefined || document.value === null) return;
        for (const path of pathsOf(document.value)) expect(document.locate(path)).toBeDefined();
      }),
    );
  });
});

function toPlain(value: JsonValue): unknown {
  if (value instanceof Map) {
    const plain: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const [key, item] of value as JsonObject) plain[key] = toPlain(item);
    return plain;
  }
  if (Array.isArray(value)) return value.map((item: JsonValue) => toPlain(item));
  return typeof value === "bigint" ? Number(value) : value;
}

function tryRead(text: string): ReturnType<typeof readYaml> | undefined {
  try {
    return readYaml(text);
  } catch {
    return undefined;
  }
}

function positionOfRefusal(text: string): YamlError["position"] {
  try {
    readYaml(text);
    return undefined;
  } catch (error) {
    return error instanceof YamlError ? error.position : undefined;
  }
}

function pathsOf(value: JsonValue): Path[] {
  const paths: Path[] = [];
  const pending: (readonly [Path, JsonValue])[] = [[[], value]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [path, current] = next;
    paths.push(path);
    if (current instanceof Map) {
      for (const [key, item] of current) pending.push([[...path, key], item]);
    } else if (Array.isArray(current)) {
      for (const [index, item] of current.entries()) pending.push([[...path, index], item as JsonValue]);
    }
  }
  return paths;
}
