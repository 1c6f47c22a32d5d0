import * as fc from "fast-check";
import type { JsonObject, JsonValue } from "../../../src/api/json-value.ts";
import {
  type GoTemplateOptions,
  parseGoTemplate,
  printDocument,
  TemplateError,
} from "../../../src/printers/go-template/go-template.ts";

const nothing: JsonObject = new Map();

function run(template: string, document: JsonObject = nothing, options?: GoTemplateOptions): string {
  return parseGoTemplate(template, options).execute(document);
}

function failureOf(template: string, document: JsonObject = nothing): TemplateError {
  try {
    run(template, document);
  } catch (error) {
    if (error instanceof TemplateError) {
      return error;
    }
    throw error;
  }
  throw new Error(`${template} does not fail`);
}

function nested(depth: number): string {
  return `{{${"(print ".repeat(depth)}1${")".repeat(depth)}}}`;
}

function holding(...entries: readonly (readonly [string, JsonValue])[]): JsonObject {
  return new Map(entries);
}

describe("a document is what apimachinery's JSON decoder makes of it", () => {
  test.each<[value: JsonValue, type: string, text: string]>([
    [1, "int64", "1"],
    [-0, "int64", "0"],
    [1.5, "float64", "1.5"],
    [1e17, "int64", "100000000000000000"],
    [2 ** 60, "int64", "1152921504606847000"],
    [2 ** 63, "float64", "9.223372036854776e+18"],
    [9007199254740993n, "int64", "9007199254740993"],
    [2n ** 63n - 1n, "int64", "9223372036854775807"],
    [-(2n ** 63n), "int64", "-9223372036854775808"],
    [2n ** 64n, "float64", "1.8446744073709552e+19"],
    [1e300, "float64", "1e+300"],
    [1e-7, "float64", "1e-07"],
    ["x", "string", "x"],
    [true, "bool", "true"],
    [[1, null], "[]interface {}", "[1 <nil>]"],
    [holding(["b", 1], ["a", 2]), "map[string]interface {}", "map[a:2 b:1]"],
  ])("%p is of type %s", (value, type, text) => {
    expect(run('{{printf "%T %v" .x .x}}', holding(["x", value]))).toBe(`${type} ${text}`);
  });

  test("the keys of a map are in the order of their bytes", () => {
    const map = holding(["\u{1f600}", 1], ["\ufb01", 2], ["z", 3], ["B", 4]);
    expect(run("{{range $k, $v := .}}{{$k}}{{$v}} {{end}}", map)).toBe("B4 z3 \ufb012 \u{1f600}1 ");
  });

  test("the capacity of a slice is that of one that grew one by one", () => {
    const lists = holding(["x", [1, 2, 3, 4, 5]], ["y", []]);
    expect(run("{{slice .x 4 8}}{{slice .y 0 0}}", lists)).toBe("[5 <nil> <nil> <nil>][]");
    expect(failureOf("{{slice .x 0 9}}", lists).message).toContain("index out of range: 9");
  });

  test.each([
    [1, 1],
    [3, 4],
    [17, 32],
    [33, 71],
    [144, 303],
    [600, 1023],
    [1281, 1535],
    [2000, 2560],
    [3000, 3584],
    [5000, 5120],
  ])("a slice of %i elements has a capacity of %i", (length, capacity) => {
    const list = holding(["x", Array.from({ length }, () => 1)]);
    expect(run(`{{len (slice .x 0 ${capacity})}}`, list)).toBe(String(capacity));
    expect(failureOf(`{{slice .x 0 ${capacity + 1}}}`, list).message).toContain("index out of range");
  });

  test("names that JavaScript's objects have are names like any other", () => {
    const own = holding(["__proto__", "p"], ["constructor", "c"]);
    expect(run("{{.__proto__}}{{.constructor}}{{.toString}}{{index . `valueOf`}}", own)).toBe(
      "pc<no value><no value>",
    );
    expect(run("{{.__proto__}}{{.constructor.name}}{{exists . `hasOwnProperty`}}")).toBe(
      "<no value><no value>false",
    );
    expect(failureOf("{{constructor}}").message).toBe(
      'template: output:1: function "constructor" not defined',
    );
    expect(failureOf("{{template `__proto__`}}").message).toContain('template "__proto__" not defined');
  });
});

describe("a template that fails", () => {
  test("tells what it had printed, which is part of the output", () => {
    const error = failureOf("a{{.x}}b{{.x.y}}c", holding(["x", "1"]));
    expect(error.printed).toBe("a1b");
    expect(error.message).toBe(
      'template: output:1:12: executing "output" at <.x.y>: can\'t evaluate field y in type interface {}',
    );
  });

  test("counts columns in bytes", () => {
    expect(failureOf("\né😀{{.x.y}}", holding(["x", 1])).message).toContain("output:2:10:");
  });

  const secret = holding(["x", "s3cr3t"], ["m", holding(["k", "s3cr3t"])], ["l", ["s3cr3t"]]);

  test.each([
    ["{{range .x}}{{end}}", "range can't iterate over a string"],
    ["{{.x | call}}", "error calling call: non-function <string Value> of type string"],
    ["{{eq .m .m}}", "error calling eq: non-comparable type map[string]interface {}"],
    ["{{eq .m .l}}", "error calling eq: non-comparable types map[string]interface {}, []interface {}"],
    [
      "{{base64decode .x}}",
      "error calling base64decode: base64 decode failed: illegal base64 data at input byte 4",
    ],
    ["{{index .x .x}}", "error calling index: cannot index slice/array with type string"],
    ["{{index .l .x}}", "error calling index: cannot index slice/array with type string"],
    ["{{lt .x 1}}", "error calling lt: incompatible types for comparison: string and int"],
    ["{{.x.y}}", "can't evaluate field y in type interface {}"],
    ["{{len 1}}{{.x}}", "error calling len: len of type int"],
  ])("%s does not tell the value", (template, message) => {
    const error = failureOf(template, secret);
    expect(error.message.endsWith(`: ${message}`)).toBe(true);
    expect(error.message).not.toContain("s3cr3t");
    expect(error.printed).not.toContain("s3cr3t");
  });
});

describe("what would take too long or too much is refused", () => {
  test.each([
    ["{{range 1000000000000}}{{end}}", "the template takes more than 10000000 steps"],
    [
      '{{define "a"}}{{template "a"}}{{template "a"}}{{end}}{{template "a"}}',
      "exceeded maximum template depth (100000)",
    ],
    [
      '{{define "a"}}{{if .}}{{template "a" (slice . 1)}}{{template "a" (slice . 1)}}{{end}}{{end}}{{template "a" (printf "%99s" "")}}',
      "the template takes more than 10000000 steps",
    ],
    [
      '{{$x := "0123456789"}}{{range 40}}{{$x = print $x $x}}{{end}}',
      "the template takes more than 10000000 steps",
    ],
    [
      '{{$x := "&&&&&&&&&&"}}{{range 40}}{{$x = html $x $x}}{{end}}',
      "the template takes more than 10000000 steps",
    ],
    [
      '{{range 1000}}{{printf "%1000000d" 1}}{{end}}',
      "the template makes a text of more than 67108864 characters",
    ],
  ])("%s", (template, message) => {
    expect(failureOf(template).message).toContain(message);
  });

  test("an expression in 500 parentheses is evaluated, one in more is refused", () => {
    expect(run(nested(500))).toBe("1");
    expect(failureOf(nested(501)).message).toBe("template: output:1: max expression depth exceeded");
    expect(failureOf(nested(1_000_000)).message).toBe("template: output:1: max expression depth exceeded");
  });

  test("branches may be nested as deeply as one likes", () => {
    const depth = 5_000;
    expect(run(`${"{{if 1}}".repeat(depth)}x${"{{end}}".repeat(depth)}`)).toBe("x");
    expect(run(`{{if 0}}${"{{else if 0}}".repeat(depth)}{{else}}x{{end}}`)).toBe("x");
    expect(run(`${"{{range 1}}".repeat(depth)}x${"{{end}}".repeat(depth)}`)).toBe("x");
    const blocks = Array.from({ length: 2000 }, (_, index) => `{{block "b${index}" 1}}{{with 1}}`).join("");
    expect(run(`${blocks}x${"{{end}}{{end}}".repeat(2000)}`)).toBe("x");
    expect(failureOf("{{if 1}}".repeat(depth)).message).toBe("template: output:1: unexpected EOF");
  });

  test("a document may be nested as deeply as one likes", () => {
    const depth = 20_000;
    let value: JsonValue = "x";
    for (let i = 0; i < depth; i++) {
      value = i % 2 === 0 ? [value] : new Map([["k", value]]);
    }
    const document = holding(["d", value]);
    expect(run("{{.d}}", document)).toHaveLength(depth * 2 + (depth / 2) * 5 + 1);
    expect(run('{{printf "%#v" .d}}', document)).toContain('"x"');
    expect(printDocument(document).startsWith("map[d:map[k:[map[k:")).toBe(true);
  });

  test("a long template is parsed in time that grows with its length", () => {
    const start = performance.now();
    expect(run("{{1}}".repeat(50_000))).toHaveLength(50_000);
    expect(run(`{{/* ${"*".repeat(1_000_000)} */}}x`)).toBe("x");
    const spaces = " ".repeat(1_000_000);
    const digits = "1".repeat(1_000_000);
    expect(failureOf(`{{define "a"}}${spaces}x${spaces}{{end}}{{${digits}}}`).message.slice(0, 50)).toBe(
      'template: output:1: illegal number syntax: "111111',
    );
    expect(failureOf(`{{${digits}+${digits}}}`).message.slice(0, 50)).toBe(
      'template: output:1: bad number syntax: "1111111111',
    );
    expect(failureOf(`{{${digits}+${digits}i}}`).message.slice(0, 50)).toBe(
      'template: output:1: strconv.ParseFloat: parsing "1',
    );
    expect(performance.now() - start).toBeLessThan(60_000);
  });
});

describe("any text", () => {
  const piece = fc.constantFrom(
    ...'{{ }} ( ) | $ . .x $x := = , " \' ` - /* */ 1 0x 1.5 1i nil true and or not len index slice print printf html js eq lt call exists base64decode if else end range with define template block break continue "a" \\ é'.split(
      " ",
    ),
    " ",
    "\n",
    "{{- ",
    " -}}",
  );
  const document = holding(["x", [1, "a", null, holding(["x", "y"])]]);

  test("is a template that prints, or is refused or fails in words", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const template = pieces.join("");
        try {
          expect(typeof run(template, document)).toBe("string");
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
          expect((error as TemplateError).message).toMatch(/^template: output:\d+:/u);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("without braces prints itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        fc.pre(!text.includes("{{"));
        expect(run(text)).toBe(text);
      }),
    );
  });
});
