import { read, refusal } from "./reading.ts";

// Expected values: sigs.k8s.io/yaml 1.6.0 on go-yaml 2.4.3.
describe("collections in brackets and braces", () => {
  describe("Sequences", () => {
    test.each([
      ["[]", "[]"],
      ["[ ]", "[]"],
      ["[a]", '["a"]'],
      ["[a, b]", '["a","b"]'],
      ["[a,b]", '["a","b"]'],
      ["[a,]", '["a"]'],
      ["[a, ]", '["a"]'],
      ["[a]]", '["a"]'],
      ["a: [b, c]\nd: e", '{"a":["b","c"],"d":"e"}'],
      ["[[a], [b, [c]]]", '[["a"],["b",["c"]]]'],
      ["[a,\nb]", '["a","b"]'],
      ["[\na\n]", '["a"]'],
      ["a: [\nb]", '{"a":["b"]}'],
      ["a: [\n]\n", '{"a":[]}'],
      ["a: [b\n]\nc: d", '{"a":["b"],"c":"d"}'],
      ["- [a\n- b]", '[["a - b"]]'],
      ["[a # c\n, b]", '["a","b"]'],
      ["[a, # c\n b]", '["a","b"]'],
      ["[ # a\n]", "[]"],
      ["[\t]", "[]"],
      ["[a\t,\tb]", '["a","b"]'],
      ["[---\n]", '["---"]'],
      ["[\n---]", '["---"]'],
      ["[~, ]", "[null]"],
      ["['a',\"b\"]", '["a","b"]'],
      ["[a: b, c: d]", '[{"a":"b"},{"c":"d"}]'],
      ["[{a: b}]", '[{"a":"b"}]'],
      ["[? a : b]", '[{"a":"b"}]'],
      ["[? a]", '[{"a":null}]'],
      ["[a: ]", '[{"a":null}]'],
      ["[a: , b]", '[{"a":null},"b"]'],
      ["[&x a, *x]", '["a","a"]'],
      ["[!!str 1, !!int '2']", '["1",2]'],
      ["[a]b", '["a"]'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["[,]", "did not find expected node content"],
      ["[a,,b]", "did not find expected node content"],
      ["[,a]", "did not find expected node content"],
      ["[a b", "did not find expected ',' or ']'"],
      ["[a", "did not find expected ',' or ']'"],
      ["[", "did not find expected node content"],
      ["a:\n[b]\n", "could not find expected ':'"],
      ["[#a]", "did not find expected node content"],
      ["[\n--- ]", "did not find expected node content"],
      ["[a}", "did not find expected ',' or ']'"],
      ["[?]", "did not find expected ',' or ']'"],
      ["[? : b]", "did not find expected ',' or ']'"],
      ["[: b]", "did not find expected node content"],
      ["[: ]", "did not find expected node content"],
      ["[a: b: c]", "did not find expected ',' or ']'"],
      ["[[a]: b]", "invalid map key"],
      ["[*x]", "unknown anchor referenced"],
      ["[a]: b", "invalid map key"],
      ["a: [b]c", "did not find expected key"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });

  describe("Mappings", () => {
    test.each([
      ["{}", "{}"],
      ["{ }", "{}"],
      ["{a: b}", '{"a":"b"}'],
      ["{a: b, c: d}", '{"a":"b","c":"d"}'],
      ["{a: b,}", '{"a":"b"}'],
      ["{a}", '{"a":null}'],
      ["{a, b}", '{"a":null,"b":null}'],
      ["{a, b: c}", '{"a":null,"b":"c"}'],
      ["{a: }", '{"a":null}'],
      ["{a: , b: c}", '{"a":null,"b":"c"}'],
      ["{a:}", '{"a:":null}'],
      ["{a:, b}", '{"a:":null,"b":null}'],
      ["{a :b}", '{"a :b":null}'],
      ["{a : b}", '{"a":"b"}'],
      ["{a:\nb}", '{"a":"b"}'],
      ['{"a":b}', '{"a":"b"}'],
      ["{'a' :b}", '{"a":"b"}'],
      ["{? a : b}", '{"a":"b"}'],
      ["{? a}", '{"a":null}'],
      ["{a: {b: {c: d}}}", '{"a":{"b":{"c":"d"}}}'],
      ["a: {\nb: c}", '{"a":{"b":"c"}}'],
      ["a: {\n b: c\n}\nd: e", '{"a":{"b":"c"},"d":"e"}'],
      ["a: {b: c\n}", '{"a":{"b":"c"}}'],
      ["{a: b #c\n}", '{"a":"b"}'],
      ["{a: b#c}", '{"a":"b#c"}'],
      ["{<<: {a: b}}", '{"a":"b"}'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["{a: b,,}", "did not find expected node content"],
      ["{,}", "did not find expected node content"],
      ["{a\n: b}", "did not find expected ',' or '}'"],
      ['{"a"\n:b}', "did not find expected ',' or '}'"],
      ["{?}", "unsupported map key of type: null"],
      ["{? : b}", "unsupported map key of type: null"],
      ["{: b}", "did not find expected node content"],
      ["{:}", "did not find expected node content"],
      ["{:a}", "did not find expected node content"],
      ["{a: b: c}", "did not find expected ',' or '}'"],
      ["{a: b c: d}", "did not find expected ',' or '}'"],
      ["{a: b\n c: d}", "did not find expected ',' or '}'"],
      ["{a", "did not find expected ',' or '}'"],
      ["{a:", "did not find expected node content"],
      ["{a: b", "did not find expected ',' or '}'"],
      ["{", "did not find expected node content"],
      ["}", "did not find expected node content"],
      ["{a]", "did not find expected ',' or '}'"],
      ["{a: [b}", "did not find expected ',' or ']'"],
      ["{a: b}: c", "invalid map key"],
      ["{[a]: b}", "invalid map key"],
      ["{{a: b}: c}", "invalid map key"],
      ["{a: - b}", "did not find expected node content"],
      ["{- a}", "did not find expected node content"],
      ["{{ .Values.a }}", "invalid map key"],
      ["a: {{ b }}", "invalid map key"],
      ["{a: |\n b}", "found character that cannot start any token"],
      ["{a: 'b'c: d}", "did not find expected ',' or '}'"],
      ["{~: a}", "unsupported map key of type: null"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });
});
