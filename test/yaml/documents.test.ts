import { read, refusal } from "./reading.ts";

// Expected values: sigs.k8s.io/yaml 1.6.0 on go-yaml 2.4.3.
describe("where the first document starts and ends", () => {
  describe("A stream without a document", () => {
    test.each([
      ["", "null"],
      ["\n", "null"],
      ["# only a comment", "null"],
      ["\n\n  # c\n", "null"],
      ["   ", "null"],
      ["%YAML 1.1\n---\n", "null"],
      ["---", "null"],
      ["---\n", "null"],
      ["--- # c\n", "null"],
      ["---\n...\n", "null"],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([["\t# c", "found character that cannot start any token"]])(
      "refuses %j: %s",
      (yaml, reason) => {
        expect(refusal(yaml).reason).toBe(reason);
      },
    );
  });

  describe("Document markers", () => {
    test.each([
      ["---\na: b\n", '{"a":"b"}'],
      ["--- a\n", '"a"'],
      ["--- {a: b}\n", '{"a":"b"}'],
      ["--- |\n x\n", '"x\\n"'],
      ["--- >\n x\n y\n", '"x y\\n"'],
      ["---a: b\n", '{"---a":"b"}'],
      ["---\ta\n", '"a"'],
      ["a\n---\nb\n", '"a"'],
      ["a: b\n---\nc: d\n", '{"a":"b"}'],
      ["a: b\n...\nc: d\n", '{"a":"b"}'],
      ["a: b\n... # c\n", '{"a":"b"}'],
      ["a: b\n ---\n", '{"a":"b ---"}'],
      ["a: b\n--- c\n", '{"a":"b"}'],
      ["a\n...\n...\n", '"a"'],
      ["a: 'x\n---y'\n", '{"a":"x ---y"}'],
      ["a: |\n x\n---\n y\n", '{"a":"x\\n"}'],
      ["- a\n---\n", '["a"]'],
      ["a:\n---\n", '{"a":null}'],
      ["{a: b}\n---", '{"a":"b"}'],
      ["a\n---- b\n", '"a ---- b"'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["--- - a\n", "block sequence entries are not allowed in this context"],
      ["--- a: b\n", "mapping values are not allowed in this context"],
      ["a: b\n...x\n", "could not find expected ':'"],
      ["a: b\n---x\n", "could not find expected ':'"],
      ["...\n", "did not find expected node content"],
      ["...\na\n", "did not find expected node content"],
      ["a: 'x\n---\ny'\n", "found unexpected document indicator"],
      ['a: "x\n...\ny"\n', "found unexpected document indicator"],
      ["a: x\n---y\n", "could not find expected ':'"],
      ["[a,\n---\nb]\n", "did not find expected node content"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });

  describe("What stands behind the first document is not looked at", () => {
    test.each([
      ["a: b\n---\n{[\n", '{"a":"b"}'],
      ["a: b\n...\n@\n", '{"a":"b"}'],
      ["a\n---\n\t- `\n", '"a"'],
      ["[a] b\n", '["a"]'],
      ["{a: b} c\n", '{"a":"b"}'],
      ["'a' 'b'\n", '"a"'],
      ["[a]\n]\n", '["a"]'],
      ['"a" # c\n', '"a"'],
      ["--- a\n--- %\n", '"a"'],
      ["a\n...\n%FOO\n", '"a"'],
      ["&a b\n--- *x\n", '"b"'],
      ["[]: a\n", "[]"],
      ["{}: a\n", "{}"],
      ["[] : a\n", "[]"],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([["[a]: b\n", "invalid map key"]])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });

  describe("What stands right behind it is", () => {
    test.each([
      ["--- a\n@\n", '"a @"'],
      ["a: b\n---\n", '{"a":"b"}'],
      ["a\n%YAML 1.1\n", '"a %YAML 1.1"'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["[a] @\n", "found character that cannot start any token"],
      ["{a: b} `\n", "found character that cannot start any token"],
      ["a: b\n%FOO\n", "found unknown directive name"],
      ["[a] 'b\n", "found unexpected end of stream"],
      ["[a]: b: c\n", "mapping values are not allowed in this context"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });

  describe("Directives", () => {
    test.each([
      ["%YAML 1.1\n---\na\n", '"a"'],
      ["%YAML 1.1 # c\n---\na\n", '"a"'],
      ["%YAML 01.1\n---\na\n", '"a"'],
      ["%YAML 1.01\n---\na\n", '"a"'],
      ["%TAG ! x\n---\n!a b\n", '"b"'],
      ["%TAG !e! tag:yaml.org,2002:\n---\n!e!int '1'\n", "1"],
      ["%TAG !! x\n---\n!!int '1'\n", '"1"'],
      ["a: b%c\n", '{"a":"b%c"}'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["%YAML 1.2\n---\na\n", "found incompatible YAML document"],
      ["%YAML 1.0\n---\na\n", "found incompatible YAML document"],
      ["%YAML 2.0\n---\na\n", "found incompatible YAML document"],
      ["%YAML 1.001\n---\na\n", "found extremely long version number"],
      ["%YAML 1\n---\na\n", "did not find expected digit or '.' character"],
      ["%YAML a\n---\na\n", "did not find expected version number"],
      ["%YAML 1.1 x\n---\na\n", "did not find expected comment or line break"],
      ["%YAML 1.1\na\n", "did not find expected <document start>"],
      ["%YAML 1.1\n", "did not find expected <document start>"],
      ["%YAML 1.1\n%YAML 1.1\n---\na\n", "found duplicate %YAML directive"],
      ["%TAG !e! x\n%TAG !e! y\n---\na\n", "found duplicate %TAG directive"],
      ["%TAG e x\n---\na\n", "did not find expected '!'"],
      ["%TAG !e x\n---\na\n", "did not find expected '!'"],
      ["%TAG !e!x\n---\na\n", "did not find expected whitespace"],
      ["%TAG !e! \n---\na\n", "did not find expected tag URI"],
      ["%TAG !e! x y\n---\na\n", "did not find expected comment or line break"],
      ["%FOO bar\n---\na\n", "found unknown directive name"],
      ["%\n---\na\n", "could not find expected directive name"],
      ["%YAML!\n---\na\n", "found unexpected non-alphabetical character"],
      [" %YAML 1.1\n---\na\n", "found character that cannot start any token"],
      ["a: %b\n", "found character that cannot start any token"],
      ["- %a\n", "found character that cannot start any token"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });
});
