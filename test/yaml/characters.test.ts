import { bytes, read, refusal } from "./reading.ts";

// Expected values: sigs.k8s.io/yaml 1.6.0 on go-yaml 2.4.3.
describe("encodings, byte order marks and forbidden characters", () => {
  describe("UTF-8", () => {
    test.each([
      ["a: \u00c3\u00a9", '{"a":"\u00e9"}'],
      ["a: \u00e2\u0082\u00ac", '{"a":"\u20ac"}'],
      ["a: \u00f0\u009f\u0098\u0080", '{"a":"\ud83d\ude00"}'],
      ["\u00f0\u009f\u0098\u0080: b", '{"\ud83d\ude00":"b"}'],
      ["a: \u00ef\u00bf\u00bd", '{"a":"\ufffd"}'],
      ["a: \u00f4\u008f\u00bf\u00bf", '{"a":"\udbff\udfff"}'],
      ["a: \u00c2\u00a0", '{"a":"\u00a0"}'],
      ["a: \u00ee\u0080\u0080", '{"a":"\ue000"}'],
      ["\u00ef\u00bb\u00bfa: b", '{"a":"b"}'],
      ["\u00ef\u00bb\u00bf", "null"],
      ["\u00ef\u00bb\u00bf---\na", '"a"'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(bytes(yaml))).toBe(json);
    });

    test.each([
      ["a: \u00c2\u0085b", "could not find expected ':'"],
      ["a: \u00ff", "invalid leading UTF-8 octet"],
      ["a: \u0080", "invalid leading UTF-8 octet"],
      ["a: \u00c3", "incomplete UTF-8 octet sequence"],
      ["a: \u00c3(", "invalid trailing UTF-8 octet"],
      ["a: \u00e2\u0082", "incomplete UTF-8 octet sequence"],
      ["a: \u00e2(\u00a1", "invalid trailing UTF-8 octet"],
      ["a: \u00c0\u0080", "invalid length of a UTF-8 sequence"],
      ["a: \u00e0\u0080\u0080", "invalid length of a UTF-8 sequence"],
      ["a: \u00ed\u00a0\u0080", "invalid Unicode character"],
      ["a: \u00f0\u0080\u0080\u0080", "invalid length of a UTF-8 sequence"],
      ["a: \u00f4\u0090\u0080\u0080", "invalid Unicode character"],
      ["a: \u00f8\u0088\u0080\u0080\u0080", "invalid leading UTF-8 octet"],
      ["a: \u00ef\u00bf\u00be", "control characters are not allowed"],
      ["a: \u00ef\u00bf\u00bf", "control characters are not allowed"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(bytes(yaml)).reason).toBe(reason);
    });
  });

  describe("Control characters", () => {
    test.each([
      ["a: b\tc", '{"a":"b\\tc"}'],
      ["a: 'b\tc'", '{"a":"b\\tc"}'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(bytes(yaml))).toBe(json);
    });

    test.each([
      ["a: \u0000", "control characters are not allowed"],
      ["\u0000", "control characters are not allowed"],
      ["a: \u0001", "control characters are not allowed"],
      ["a: \b", "control characters are not allowed"],
      ["a: b\u000b", "control characters are not allowed"],
      ["a: b\f", "control characters are not allowed"],
      ["a: \u001b[0m", "control characters are not allowed"],
      ["a: \u007f", "control characters are not allowed"],
      ["a: \u00c2\u0080", "control characters are not allowed"],
      ["a: \u00c2\u0084", "control characters are not allowed"],
      ["a: \u00c2\u0086", "control characters are not allowed"],
      ["a: \u00c2\u009f", "control characters are not allowed"],
      ["# \u0007\na: b", "control characters are not allowed"],
      ["a: '\u0007'", "control characters are not allowed"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(bytes(yaml)).reason).toBe(reason);
    });
  });

  describe("UTF-16", () => {
    test.each([
      ["\u00ff\u00fea\u0000:\u0000 \u0000b\u0000", '{"a":"b"}'],
      ["\u00fe\u00ff\u0000a\u0000:\u0000 \u0000b", '{"a":"b"}'],
      ["\u00ff\u00fe", "null"],
      ["\u00fe\u00ff", "null"],
      ["\u00ff\u00fea\u0000:\u0000 \u0000\u00e9\u0000", '{"a":"\u00e9"}'],
      ["\u00ff\u00fea\u0000:\u0000 \u0000=\u00d8\u0000\u00de", '{"a":"\ud83d\ude00"}'],
      ["\u00fe\u00ff\u00d8=\u00de\u0000\u0000:\u0000 \u0000b", '{"\ud83d\ude00":"b"}'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(bytes(yaml))).toBe(json);
    });

    test.each([
      ["\u00ff\u00fea", "incomplete UTF-16 character"],
      ["\u00ff\u00fea\u0000:\u0000 \u0000\u0000\u00dc", "unexpected low surrogate area"],
      ["\u00ff\u00fea\u0000:\u0000 \u0000=\u00d8b\u0000", "expected low surrogate area"],
      ["\u00ff\u00fea\u0000:\u0000 \u0000=\u00d8", "incomplete UTF-16 surrogate pair"],
      ["\u00ff\u00fea\u0000:\u0000 \u0000=\u00d8\u0000", "incomplete UTF-16 surrogate pair"],
      ["\u00ff\u00fea\u0000:\u0000 \u0000\u0000\u0000", "control characters are not allowed"],
      ["\u00ff\u00fea\u0000:\u0000 \u0000\u00fe\u00ff", "control characters are not allowed"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(bytes(yaml)).reason).toBe(reason);
    });
  });

  describe("A byte order mark that is not at the start", () => {
    test.each([
      ["a: \u00ef\u00bb\u00bfb", '{"a":"\ufeffb"}'],
      ["a: b\n\u00ef\u00bb\u00bfc: d", '{"a":"b","\ufeffc":"d"}'],
      ["\u00ef\u00bb\u00bf\u00ef\u00bb\u00bfa: b", '{"a":"b"}'],
      ["\u00ef\u00bb\u00bf\u00ef\u00bb\u00bfa: b\ncd: e\n", '{"a":"b","d":"e"}'],
      ["\u00ef\u00bb\u00bf\u00ef\u00bb\u00bf\nab: c\nde: f\n", '{"b":"c","e":"f"}'],
      [
        "\u00ff\u00fe\u00ff\u00fea\u0000:\u0000 \u0000b\u0000\n\u0000c\u0000d\u0000:\u0000 \u0000e\u0000",
        '{"a":"b","d":"e"}',
      ],
      ["'\u00ef\u00bb\u00bf'", '"\ufeff"'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(bytes(yaml))).toBe(json);
    });

    test.each([["\u00ef\u00bb\u00bf\u00ef\u00bb\u00bf- a\n- b\n", "did not find expected '-' indicator"]])(
      "refuses %j: %s",
      (yaml, reason) => {
        expect(refusal(bytes(yaml)).reason).toBe(reason);
      },
    );
  });

  describe("Line breaks", () => {
    test.each([
      ["a: b\r\nc: d\r\n", '{"a":"b","c":"d"}'],
      ["a: b\rc: d\r", '{"a":"b","c":"d"}'],
      ["a: b\u0085c: d\u0085", '{"a":"b","c":"d"}'],
      ["a: b\u2028c: d\u2028", '{"a":"b","c":"d"}'],
      ["a: b\u2029c: d", '{"a":"b","c":"d"}'],
      ["a: b\n\rc: d", '{"a":"b","c":"d"}'],
      ["a: |\r\n x\r\n y\r\n", '{"a":"x\\ny\\n"}'],
      ["a: |\r x\r\r y\r", '{"a":"x\\n\\ny\\n"}'],
      ["a: |\n x\u0085 y\u0085", '{"a":"x\\ny\\n"}'],
      ["a: |\n x\u2028 y\u2029", '{"a":"x\\u2028y\\u2029"}'],
      ["a: >\n x\u2028 y\n", '{"a":"x\\u2028y\\n"}'],
      ["a: >\n x\n\u2028 y\n", '{"a":"x\\u2028y\\n"}'],
      ["a: x\u2028 y", '{"a":"x\\u2028y"}'],
      ["a: x\n\u2028 y", '{"a":"x\\u2028y"}'],
      ["a: x\u2028\n y", '{"a":"x\\u2028\\ny"}'],
      ["a: 'x\u2028 y'", '{"a":"x\\u2028y"}'],
      ["a: 'x\u2029\u2029y'", '{"a":"x\\u2029\\u2029y"}'],
      ["a: 'x\r\n\r\ny'", '{"a":"x\\ny"}'],
      ['a: "x\\\r\ny"', '{"a":"xy"}'],
      ['a: "x\\\u2028y"', '{"a":"xy"}'],
      ['a: "x\u0085\u0085y"', '{"a":"x\\ny"}'],
      ["# c\ra: b", '{"a":"b"}'],
      ["a: b # c\u2028c: d", '{"a":"b","c":"d"}'],
      ["a: b\u0085\u0085 c", '{"a":"b\\nc"}'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });
  });
});
