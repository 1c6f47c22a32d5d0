import { read, refusal } from "./reading.ts";

// Expected values: sigs.k8s.io/yaml 1.6.0 on go-yaml 2.4.3.
describe("literal and folded scalars", () => {
  describe("Literal", () => {
    test.each([
      ["|\n a\n", '"a\\n"'],
      ["|\n a\n b\n", '"a\\nb\\n"'],
      ["|\n a\n  b\n", '"a\\n b\\n"'],
      ["|\n a\n\n b\n", '"a\\n\\nb\\n"'],
      ["|\n a\n\n\n", '"a\\n"'],
      ["|-\n a\n\n", '"a"'],
      ["|+\n a\n\n", '"a\\n\\n"'],
      ["|\n", '""'],
      ["|", '""'],
      ["|+\n\n\n", '"\\n\\n"'],
      ["|-\n", '""'],
      ["a: |\n  b\nc: d\n", '{"a":"b\\n","c":"d"}'],
      ["a: |\n b\n c", '{"a":"b\\nc"}'],
      ["a: |\nb: c\n", '{"a":"","b":"c"}'],
      ["a: |\n\n  b\n", '{"a":"\\nb\\n"}'],
      ["a: |\n  b\n \n", '{"a":"b\\n"}'],
      ["a: |\n  b\n    \n", '{"a":"b\\n  \\n"}'],
      ["a: |2\n   b\n", '{"a":" b\\n"}'],
      ["a: |1\n  b\n", '{"a":" b\\n"}'],
      ["a: |4\n    b\n", '{"a":"b\\n"}'],
      ["a: |9\n          b\n", '{"a":" b\\n"}'],
      ["a: |2-\n   b\n", '{"a":" b"}'],
      ["a: |-2\n   b\n", '{"a":" b"}'],
      ["a: |+2\n   b\n\n", '{"a":" b\\n\\n"}'],
      ["a: |2 # c\n   b\n", '{"a":" b\\n"}'],
      ["a: |# c\n b\n", '{"a":"b\\n"}'],
      ["a: | # c\n b\n", '{"a":"b\\n"}'],
      ["a: |\t# c\n b\n", '{"a":"b\\n"}'],
      ["a: |\n # b\n", '{"a":"# b\\n"}'],
      ["a: |\n  b\n # c\n", '{"a":"b\\n"}'],
      ["a: |\n  b\n# c\nd: e", '{"a":"b\\n","d":"e"}'],
      ["a: |\n b\t\n", '{"a":"b\\t\\n"}'],
      ["- |\n a\n- b\n", '["a\\n","b"]'],
      ["- - |\n   a\n", '[["a\\n"]]'],
      ["a:\n- |\n b\n", '{"a":["b\\n"]}'],
      ["a:\n- |\nb: c", '{"a":[""],"b":"c"}'],
      ["a: |\n  b: c\n  - d\n", '{"a":"b: c\\n- d\\n"}'],
      ["a: |\n ---\n", '{"a":"---\\n"}'],
      ["|\n---\n", '""'],
      ["--- |\na\n", '""'],
      ["--- |\n a\n---\n", '"a\\n"'],
      ["? |\n a\n: |\n b\n", '{"a\\n":"b\\n"}'],
      ["? |\n a\n: b", '{"a\\n":"b"}'],
      ["|\n a\nb: c", '"a\\n"'],
      ["a: |\n \u00e9\n \ud83d\ude00\n", '{"a":"\u00e9\\n\ud83d\ude00\\n"}'],
      ["a: !!str |\n b\n", '{"a":"b\\n"}'],
      ["a: &x |\n b\nc: *x", '{"a":"b\\n","c":"b\\n"}'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["a: |\n   \n  b\n", "did not find expected key"],
      ["a: |\n    \n  b\n", "did not find expected key"],
      ["a: |\n  b\n c\n", "did not find expected key"],
      ["a: |4\n   b\n", "did not find expected key"],
      ["a: |0\n b\n", "found an indentation indicator equal to 0"],
      ["a: |10\n b\n", "did not find expected comment or line break"],
      ["a: |-+\n b\n", "did not find expected comment or line break"],
      ["a: |--\n b\n", "did not find expected comment or line break"],
      ["a: | b\n", "did not find expected comment or line break"],
      ["a: |x\n", "did not find expected comment or line break"],
      ["a: |\n\tb\n", "found a tab character where an indentation space is expected"],
      ["a: |\n  b\n\tc\n", "found a tab character where an indentation space is expected"],
      ["a: |\n  \tb\n", "found a tab character where an indentation space is expected"],
      ["a: |\n \t\n b\n", "found a tab character where an indentation space is expected"],
      ["- |\n  a\n b\n", "did not find expected '-' indicator"],
      ["[|\n a]", "found character that cannot start any token"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });

  describe("Folded", () => {
    test.each([
      [">\n a\n b\n", '"a b\\n"'],
      [">\n a\n\n b\n", '"a\\nb\\n"'],
      [">\n a\n\n\n b\n", '"a\\n\\nb\\n"'],
      [">\n a\n  b\n c\n", '"a\\n b\\nc\\n"'],
      [">\n  a\n\n   b\n\n  c\n", '"a\\n\\n b\\n\\nc\\n"'],
      [">\n a\n b\n\n\n", '"a b\\n"'],
      [">-\n a\n b\n", '"a b"'],
      [">+\n a\n b\n\n", '"a b\\n\\n"'],
      [">\n\n a\n", '"\\na\\n"'],
      [">\n \n a\n", '"\\na\\n"'],
      [">\n a\n \n b\n", '"a\\nb\\n"'],
      [">\n a \n b\n", '"a  b\\n"'],
      [">2\n   a\n  b\n", '" a\\nb\\n"'],
      ["a: >\n  b\n  c\nd: e\n", '{"a":"b c\\n","d":"e"}'],
      [">", '""'],
      [">\n", '""'],
      [">-", '""'],
      ["a: >\n b\n\n  c\n d\n", '{"a":"b\\n\\n c\\nd\\n"}'],
      [">\n a\n\n  b\n\n\n c\n", '"a\\n\\n b\\n\\n\\nc\\n"'],
      ["- >\n a\n - b\n", '["a - b\\n"]'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      [">\n a\n\tb\n", "found a tab character where an indentation space is expected"],
      [">\n \ta\n b\n", "found a tab character where an indentation space is expected"],
      ["a: >x\n b", "did not find expected comment or line break"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });
});
