import { read, refusal } from "./reading.ts";

// Expected values: sigs.k8s.io/yaml 1.6.0 on go-yaml 2.4.3.
describe("collections by indentation", () => {
  describe("Sequences", () => {
    test.each([
      ["- a", '["a"]'],
      ["- a\n- b", '["a","b"]'],
      ["-", "[null]"],
      ["-\n", "[null]"],
      ["- \n-\n", "[null,null]"],
      ["-a", '"-a"'],
      ["-  a", '["a"]'],
      ["-\n a", '["a"]'],
      ["- - a\n  - b\n- c", '[["a","b"],"c"]'],
      ["-\n  - a\n  - b", '[["a","b"]]'],
      ["- a\n - b", '["a - b"]'],
      [" - a\n - b", '["a","b"]'],
      [" - a\n- b", '["a"]'],
      ["- a\n  - b", '["a - b"]'],
      ["-\n- a\n -b", '[null,"a -b"]'],
      ["- a: b\n  c: d\n- e: f", '[{"a":"b","c":"d"},{"e":"f"}]'],
      ["- a:\n  - b\n  c: d", '[{"a":["b"],"c":"d"}]'],
      ["- a:\n    b\n  c:", '[{"a":"b","c":null}]'],
      ["- # c\n  a", '["a"]'],
      ["- a # c\n# d\n- b", '["a","b"]'],
      ["- ? a\n  : b", '[{"a":"b"}]'],
      ["- [a]\n- {b: c}", '[["a"],{"b":"c"}]'],
      ["---\n- a\n...\n", '["a"]'],
      ["- |\n a\n- >\n b\n", '["a\\n","b\\n"]'],
      ["- -\n- -", "[[null],[null]]"],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["-\ta", "found character that cannot start any token"],
      ["- \ta", "found character that cannot start any token"],
      ["-\na", "could not find expected ':'"],
      ["- - a\n - b", "did not find expected '-' indicator"],
      ["- a\nb", "could not find expected ':'"],
      ["- a\nb: c", "did not find expected '-' indicator"],
      ["- a: b\n c: d", "did not find expected '-' indicator"],
      ["-\t- a", "found character that cannot start any token"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });

  describe("Mappings", () => {
    test.each([
      ["a: b\nc: d", '{"a":"b","c":"d"}'],
      ["a:b", '"a:b"'],
      ["a:\tb", '{"a":"b"}'],
      ["a: \tb", '{"a":"b"}'],
      ["a:  b", '{"a":"b"}'],
      ["a :b", '"a :b"'],
      ["a : b", '{"a":"b"}'],
      ["a:\n b", '{"a":"b"}'],
      ["a:\nb: c", '{"a":null,"b":"c"}'],
      ["a:\n  b: c\n  d: e\nf: g", '{"a":{"b":"c","d":"e"},"f":"g"}'],
      [" a: b\n c: d", '{"a":"b","c":"d"}'],
      [" a: b\nc: d", '{"a":"b"}'],
      ["a: b\n\n\nc: d", '{"a":"b","c":"d"}'],
      ["a: b\n# c\nd: e", '{"a":"b","d":"e"}'],
      ["a: b\n  # c\nd: e", '{"a":"b","d":"e"}'],
      ["a: # c\n  b", '{"a":"b"}'],
      ["a:#c", '"a:#c"'],
      ["a b: c", '{"a b":"c"}'],
      ["'a': b\n\"c\": d", '{"a":"b","c":"d"}'],
      ["1: a\ntrue: b", '{"1":"a","true":"b"}'],
      ["a: b\na: c", '{"a":"c"}'],
      ["a: {b: c}\nd: [e]", '{"a":{"b":"c"},"d":["e"]}'],
      ["a:\n- b\n- c\nd: e", '{"a":["b","c"],"d":"e"}'],
      ["a:\n- b\n - c", '{"a":["b - c"]}'],
      ["a:\n -b", '{"a":"-b"}'],
      ["a:\n- b: c\n  d: e\n- f", '{"a":[{"b":"c","d":"e"},"f"]}'],
      ["- a\n-", '["a",null]'],
      ["a:\n\n- b", '{"a":["b"]}'],
      ["a: &x\n  b: c", '{"a":{"b":"c"}}'],
      ["a: !!map\n  b: c", '{"a":{"b":"c"}}'],
      ["a:\n&x b: c", '{"a":null,"b":"c"}'],
      ["&x a: b", '{"a":"b"}'],
      ["&x\na: b", '{"a":"b"}'],
      ["a: b\n&x c: d", '{"a":"b","c":"d"}'],
      ["a: |\n b\nc: |\n d\n", '{"a":"b\\n","c":"d\\n"}'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["a:\nb", "could not find expected ':'"],
      ["a:\n  b: c\n d: e", "did not find expected key"],
      ["a: b\n c: d", "mapping values are not allowed in this context"],
      ["a:\n\tb: c", "found character that cannot start any token"],
      ["a:\n  b: c\n\td: e", "found a tab character that violates indentation"],
      ["\ta: b", "found character that cannot start any token"],
      ["a: b: c", "mapping values are not allowed in this context"],
      ["a: 'b': c", "mapping values are not allowed in this context"],
      ["a: b\nc", "could not find expected ':'"],
      ["a: b\nc\nd: e", "could not find expected ':'"],
      ["a\nb: c", "mapping values are not allowed in this context"],
      ["a:\n- b\n c: d", "mapping values are not allowed in this context"],
      ["a:\n - b\n- c", "did not find expected key"],
      ["a: - b", "block sequence entries are not allowed in this context"],
      ["[a]: b\nc: d", "invalid map key"],
      ["a: b\n[c]: d", "invalid map key"],
      ["a: b\n'c'\n", "could not find expected ':'"],
      ["a: b\n- c", "did not find expected key"],
      ["- a\n? b", "did not find expected '-' indicator"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });

  describe("Keys with a question mark", () => {
    test.each([
      ["? a\n: b", '{"a":"b"}'],
      ["? a", '{"a":null}'],
      ["? a\n? b\n", '{"a":null,"b":null}'],
      ["? a\n:\n  b", '{"a":"b"}'],
      ["?\n  a\n:\n  b", '{"a":"b"}'],
      ["? |\n a\n: b", '{"a\\n":"b"}'],
      ["? a\n: - b\n  - c", '{"a":["b","c"]}'],
      ["? a\n: b: c", '{"a":{"b":"c"}}'],
      ["? a\n b\n: c", '{"a b":"c"}'],
      ["? a\nb: c", '{"a":null,"b":"c"}'],
      ["? a\n: b\nc: d", '{"a":"b","c":"d"}'],
      ["? a # c\n: b # d", '{"a":"b"}'],
      ["? ''\n: b", '{"":"b"}'],
      ["? a\n: ? b\n  : c", '{"a":{"b":"c"}}'],
      ["? &x a\n: *x", '{"a":"a"}'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["?", "unsupported map key of type: null"],
      ["? a\n:b", "could not find expected ':'"],
      ["? a : b", "invalid map key"],
      ["? a: b", "invalid map key"],
      ["? a: b\n: c", "invalid map key"],
      ["? - a\n: b", "invalid map key"],
      ["? [a]\n: b", "invalid map key"],
      ["? {a: b}\n: c", "invalid map key"],
      [": a", "did not find expected key"],
      ["- : a", "did not find expected key"],
      ["? : a", "did not find expected key"],
      ["?\ta\n:\tb", "found character that cannot start any token"],
      ["? a\n  : b", "did not find expected key"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });

  describe("Keys without a question mark", () => {
    test.each([
      ["x".repeat(1024) + ": a", '{"' + "x".repeat(1024) + '":"a"}'],
      ["'" + "x".repeat(1022) + "': a", '{"' + "x".repeat(1022) + '":"a"}'],
      ["\ud83d\ude00".repeat(1024) + ": a", '{"' + "\ud83d\ude00".repeat(1024) + '":"a"}'],
      ["? " + "x".repeat(1025) + "\n: a", '{"' + "x".repeat(1025) + '":"a"}'],
      ["a\n : b", '"a"'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["x".repeat(1025) + ": a", "mapping values are not allowed in this context"],
      ["'" + "x".repeat(1023) + "': a", "mapping values are not allowed in this context"],
      ["{" + "x".repeat(1025) + ": a}", "did not find expected ',' or '}'"],
      ["- " + "x".repeat(1025) + ": a", "mapping values are not allowed in this context"],
      ["{'" + "x".repeat(1023) + "': a}", "did not find expected ',' or '}'"],
      ["\ud83d\ude00".repeat(1025) + ": a", "mapping values are not allowed in this context"],
      ["'a\n ': b", "mapping values are not allowed in this context"],
      ["a: b\nc\n: d", "could not find expected ':'"],
      ["[a,\n b]: c", "mapping values are not allowed in this context"],
      ["{'a'\n: b}", "did not find expected ',' or '}'"],
      ["['a'\n: b]", "did not find expected ',' or ']'"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });
});
