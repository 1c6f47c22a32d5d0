import { read, refusal } from "./reading.ts";

// Expected values: sigs.k8s.io/yaml 1.6.0 on go-yaml 2.4.3.
describe("scalars without quotes", () => {
  describe("On one line", () => {
    test.each([
      ["abc", '"abc"'],
      ["a b  c", '"a b  c"'],
      [" abc ", '"abc"'],
      ["a\tb", '"a\\tb"'],
      ["a: b c", '{"a":"b c"}'],
      ["a:b", '"a:b"'],
      ["a:b: c", '{"a:b":"c"}'],
      ["a::b", '"a::b"'],
      ["a: b:c", '{"a":"b:c"}'],
      ["a: :b", '{"a":":b"}'],
      [":a: b", '{":a":"b"}'],
      ["a: -b", '{"a":"-b"}'],
      ["- -", "[[null]]"],
      ["a: ?b", '{"a":"?b"}'],
      ["?a: b", '{"?a":"b"}'],
      ["a: b#c", '{"a":"b#c"}'],
      ["a: b #c", '{"a":"b"}'],
      ["a: #c", '{"a":null}'],
      ["a #c: d", '"a"'],
      ["#a: b", "null"],
      ["a: b\t#c", '{"a":"b"}'],
      ["a: b,c", '{"a":"b,c"}'],
      ["a: b]", '{"a":"b]"}'],
      ["a: b[c]", '{"a":"b[c]"}'],
      ["a: b{c}", '{"a":"b{c}"}'],
      ["a: !", '{"a":""}'],
      ["a: b'c'", '{"a":"b\'c\'"}'],
      ['a: b"c"', '{"a":"b\\"c\\""}'],
      ["a: b@c", '{"a":"b@c"}'],
      ["a: =", '{"a":"="}'],
      ["a: <b", '{"a":"\\u003cb"}'],
      ["a: ~b", '{"a":"~b"}'],
      ["a: (b)", '{"a":"(b)"}'],
      ["a: $b", '{"a":"$b"}'],
      ["a: ^b", '{"a":"^b"}'],
      ["a: \\n", '{"a":"\\\\n"}'],
      ["a: /b", '{"a":"/b"}'],
      ["a: ;b", '{"a":";b"}'],
      ["a: .b", '{"a":".b"}'],
      ["a: +b", '{"a":"+b"}'],
      ["a: \u00e9", '{"a":"\u00e9"}'],
      ["a: \ud83d\ude00 b", '{"a":"\ud83d\ude00 b"}'],
      ["a: \u00a0b", '{"a":"\u00a0b"}'],
      ["a: b\\", '{"a":"b\\\\"}'],
      ["http://a:1/b?c#d: e", '{"http://a:1/b?c#d":"e"}'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["a: b:", "mapping values are not allowed in this context"],
      ["a: b: c", "mapping values are not allowed in this context"],
      ["a: ::", "mapping values are not allowed in this context"],
      [":", "did not find expected key"],
      [": a", "did not find expected key"],
      ["a: - b", "block sequence entries are not allowed in this context"],
      ["a: -", "block sequence entries are not allowed in this context"],
      ["a: ? b", "mapping keys are not allowed in this context"],
      ["a: [b", "did not find expected ',' or ']'"],
      ["a: }", "did not find expected node content"],
      ["a: ]", "did not find expected node content"],
      ["a: ,b", "did not find expected node content"],
      ["a: &", "did not find expected alphabetic or numeric character"],
      ["a: *", "did not find expected alphabetic or numeric character"],
      ["a: | b", "did not find expected comment or line break"],
      ["a: |b", "did not find expected comment or line break"],
      ["a: >b", "did not find expected comment or line break"],
      ["a: 'b", "found unexpected end of stream"],
      ["a: %b", "found character that cannot start any token"],
      ["a: @b", "found character that cannot start any token"],
      ["a: `b`", "found character that cannot start any token"],
      ["@a: b", "found character that cannot start any token"],
      ["`a: b", "found character that cannot start any token"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });

  describe("On several lines", () => {
    test.each([
      ["a: b\n  c", '{"a":"b c"}'],
      ["a: b\n c\n d", '{"a":"b c d"}'],
      ["a: b\n\n c", '{"a":"b\\nc"}'],
      ["a: b\n\n\n c", '{"a":"b\\n\\nc"}'],
      ["a: b \n  c ", '{"a":"b c"}'],
      ["a: b\n \t c", '{"a":"b c"}'],
      ["a: b\n  - c", '{"a":"b - c"}'],
      ["- b\n  c", '["b c"]'],
      ["- b\n c", '["b c"]'],
      ["a\nb", '"a b"'],
      ["a\n b\n  c", '"a b c"'],
      ["a\n\nb", '"a\\nb"'],
      ["a\n#b\nc", '"a"'],
      ["a\n- b", '"a - b"'],
      ["a\n: b", '"a"'],
      ["a:\n  b\n  c", '{"a":"b c"}'],
      ["a:\n b\n c\nd: e", '{"a":"b c","d":"e"}'],
      ["a:\n b\nc: d", '{"a":"b","c":"d"}'],
      ["- a\n -b", '["a -b"]'],
      ["- a\n - b", '["a - b"]'],
      ["a: b\n  ? c", '{"a":"b ? c"}'],
      ["a: b\n  'c'", '{"a":"b \'c\'"}'],
      ["a: b\n  [c]", '{"a":"b [c]"}'],
      ["a: x\n  \n  \n  y\n\n", '{"a":"x\\n\\ny"}'],
      ["a\n--- b", '"a"'],
      ["a: b\n ...", '{"a":"b ..."}'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["a: b\nc", "could not find expected ':'"],
      ["a: b\n\tc", "found a tab character that violates indentation"],
      ["a: b\n\t\n c", "found a tab character that violates indentation"],
      ["a: b\n  # c\n  d", "did not find expected key"],
      ["a: b\n  c # d\n  e", "did not find expected key"],
      ["a: b\n  c: d", "mapping values are not allowed in this context"],
      ["- b\nc", "could not find expected ':'"],
      ["- - b\n  c", "could not find expected ':'"],
      ["a: b\n : c", "did not find expected key"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });

  describe("In flow collections", () => {
    test.each([
      ["[a b]", '["a b"]'],
      ["[a:b]", '["a:b"]'],
      ["[a: b]", '[{"a":"b"}]'],
      ["[a :b]", '["a :b"]'],
      ["[a:]", '["a:"]'],
      ["[?a]", '[{"a":null}]'],
      ["[a, b:c]", '["a","b:c"]'],
      ["[a#b]", '["a#b"]'],
      ["[a #b\n]", '["a"]'],
      ["[-a]", '["-a"]'],
      ["[-]", '["-"]'],
      ["[a-]", '["a-"]'],
      ["[a\nb]", '["a b"]'],
      ["[a\n\nb]", '["a\\nb"]'],
      ["[a\n b\n]", '["a b"]'],
      ["[a\n# c\n]", '["a"]'],
      ["[a\n\tb]", '["a b"]'],
      ["{a b: c}", '{"a b":"c"}'],
      ["{a:b}", '{"a:b":null}'],
      ["{a:b: c}", '{"a:b":"c"}'],
      ["{a: b:c}", '{"a":"b:c"}'],
      ["{a: b\nc}", '{"a":"b c"}'],
      ["{http://x}", '{"http://x":null}'],
      ["[http://x:1]", '["http://x:1"]'],
      ["[a|b]", '["a|b"]'],
      ["[a%]", '["a%"]'],
      ["[a@b]", '["a@b"]'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["[a?b]", "did not find expected ',' or ']'"],
      ["[- a]", "did not find expected node content"],
      ["[:a]", "did not find expected node content"],
      ["[::]", "did not find expected node content"],
      ["[a\n# c\nb]", "did not find expected ',' or ']'"],
      ["{a\nb: c}", "did not find expected ',' or '}'"],
      ["[a}]", "did not find expected ',' or ']'"],
      ["[a{]", "did not find expected ',' or ']'"],
      ["[|]", "found character that cannot start any token"],
      ["[>]", "found character that cannot start any token"],
      ["[@a]", "found character that cannot start any token"],
      ["[%a]", "found character that cannot start any token"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });
});
