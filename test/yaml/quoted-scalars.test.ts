import { read, refusal } from "./reading.ts";

// Expected values: sigs.k8s.io/yaml 1.6.0 on go-yaml 2.4.3.
describe("scalars in quotes", () => {
  describe("Single quotes", () => {
    test.each([
      ["''", '""'],
      ["'a'", '"a"'],
      ["'a b'", '"a b"'],
      ["'it''s'", '"it\'s"'],
      ["''''", '"\'"'],
      ["'a\\n'", '"a\\\\n"'],
      ["'\"'", '"\\""'],
      ["'# : - ['", '"# : - ["'],
      ["'a\nb'", '"a b"'],
      ["'a\n\nb'", '"a\\nb"'],
      ["'a \n  b'", '"a b"'],
      ["'a\t\n\tb'", '"a b"'],
      ["'\na'", '" a"'],
      ["'a\n'", '"a "'],
      ["' a '", '" a "'],
      ["'\n\n'", '"\\n"'],
      ["a: 'b\nc'", '{"a":"b c"}'],
      ["a: 'b\n c'", '{"a":"b c"}'],
      ["a:\n 'b'\nc: d", '{"a":"b","c":"d"}'],
      ["'a': b", '{"a":"b"}'],
      ["'a' : b", '{"a":"b"}'],
      ["'a'b", '"a"'],
      ["a: 'b'#c", '{"a":"b"}'],
      ["a: 'b'  #c", '{"a":"b"}'],
      ["? 'a\n  b'\n: c", '{"a b":"c"}'],
      ["['a', 'b']", '["a","b"]'],
      ["{'a':b}", '{"a":"b"}'],
      ["{'a': b}", '{"a":"b"}'],
      ["['a':b]", '[{"a":"b"}]'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["'a", "found unexpected end of stream"],
      ["'a''", "found unexpected end of stream"],
      ["'a'b: c", "did not find expected key"],
      ["a: 'b' c", "did not find expected key"],
      ["a: 'b':", "mapping values are not allowed in this context"],
      ["'a\nb': c", "mapping values are not allowed in this context"],
      ["['a'b]", "did not find expected ',' or ']'"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });

  describe("Double quotes", () => {
    test.each([
      ['""', '""'],
      ['"a"', '"a"'],
      [
        '"\\0\\a\\b\\t\\n\\v\\f\\r\\e\\ \\"\\\'\\\\"',
        '"\\u0000\\u0007\\b\\t\\n\\u000b\\f\\r\\u001b \\"\'\\\\"',
      ],
      ['"\\N\\_\\L\\P"', '"\u0085\u00a0\\u2028\\u2029"'],
      ['"\\\ta"', '"\\ta"'],
      ['"\\x41\\u0042\\U00000043"', '"ABC"'],
      ['"\\u00e9\\u20AC\\U0001f600"', '"\u00e9\u20ac\ud83d\ude00"'],
      ['"\\xe9"', '"\u00e9"'],
      ['"a\\\nb"', '"ab"'],
      ['"a \\\n  b"', '"a b"'],
      ['"a\\\n\\\nb"', '"ab"'],
      ['"a\\\n\n b"', '"a\\nb"'],
      ['"a\n\\\nb"', '"a b"'],
      ['"a\nb"', '"a b"'],
      ['"a\n\n\nb"', '"a\\n\\nb"'],
      ['"a  \n  b"', '"a b"'],
      ['"a\\ \n  b"', '"a  b"'],
      ['"a\\\n  \\ b"', '"a b"'],
      ['"\'"', '"\'"'],
      ['"a\n --- b"', '"a --- b"'],
      ['"\\n "', '"\\n "'],
      ['"a": "b"', '{"a":"b"}'],
      ['{"a":"b"}', '{"a":"b"}'],
      ['{"a":1,"b":[2]}', '{"a":1,"b":[2]}'],
      ['["a":b]', '[{"a":"b"}]'],
      ['"a"\n: b', '"a"'],
      ['a: "b\n\n  c"', '{"a":"b\\nc"}'],
      ['"\\u0085"', '"\u0085"'],
      ['"\\x00"', '"\\u0000"'],
      ['"\\x7f\\x80"', '"\u007f\u0080"'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ['"\\/"', "found unknown escape character"],
      ['"\\x4"', "did not find expected hexdecimal number"],
      ['"\\xg0"', "did not find expected hexdecimal number"],
      ['"\\u004"', "did not find expected hexdecimal number"],
      ['"\\ud800"', "found invalid Unicode character escape code"],
      ['"\\ud83d\\ude00"', "found invalid Unicode character escape code"],
      ['"\\U00110000"', "found invalid Unicode character escape code"],
      ['"\\UFFFFFFFF"', "found invalid Unicode character escape code"],
      ['"\\q"', "found unknown escape character"],
      ['"\\1"', "found unknown escape character"],
      ['"\\', "found unknown escape character"],
      ['"\\"', "found unexpected end of stream"],
      ['"a', "found unexpected end of stream"],
      ['"a\n---\nb"', "found unexpected document indicator"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });
});
