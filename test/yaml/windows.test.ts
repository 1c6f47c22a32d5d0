import { bytes, read, refusal } from "./reading.ts";

// Expected values: sigs.k8s.io/yaml 1.6.0 on go-yaml 2.4.3, which reads 512 bytes at a time.
describe("how far a stream is read", () => {
  describe("a fault behind the document is seen only in a window that has been read", () => {
    test.each([
      ["a: b\n---\n", "x", 503, "\u0001", '{"a":"b"}'],
      ["a: b\n---\n", "x", 504, "\u0001", '{"a":"b"}'],
      ["a: b\n...\n", "x", 503, "\u00ff", '{"a":"b"}'],
      ["a: b\n---\n", "#\n", 252, "\u0001", '{"a":"b"}'],
      ["[a] b\n", "#\n", 253, "\u0001", '["a"]'],
      ["[a] b\n", "#\n", 254, "\u0001", '["a"]'],
      ["a: b\n---\n", "\u00c3\u00a9", 252, "\u0001", '{"a":"b"}'],
      ["a: b\n---\n", "\u00c3\u00a9", 251, "x\u00c3", '{"a":"b"}'],
      ["a: b\n---\n", "\u00c3\u00a9", 251, "\u00c3\u00a9\u0001", '{"a":"b"}'],
      ["a: b\n---\n", "\u00e2\u0082\u00ac", 167, "xx\u0001", '{"a":"b"}'],
      ["a: b\n---\n", "\u00e2\u0082\u00ac", 168, "\u0001", '{"a":"b"}'],
      ["a: b\n---\n", "\u00f0\u009f\u0098\u0080", 125, "xxx\u0080", '{"a":"b"}'],
      ["a: b\n---\n", "\u00f0\u009f\u0098\u0080", 126, "\u0080", '{"a":"b"}'],
      ["\u00ef\u00bb\u00bfa: b\n---\n", "x", 500, "\u0001", '{"a":"b"}'],
      ["a: b\n---\n", "x", 503, "\u00c3", '{"a":"b"}'],
      ["a: b\n---\n", "x", 502, "\u00c3", '{"a":"b"}'],
      ["a: b\n---\n", "x", 503, "\u00e2\u0082", '{"a":"b"}'],
      ["a: b\n---\n", "x", 502, "\u00e2\u0082", '{"a":"b"}'],
      ["a: b\n---\n", "x", 501, "\u00e2\u0082", '{"a":"b"}'],
    ])("so text %# is read", (head, fill, times, tail, json) => {
      expect(read(bytes(head + fill.repeat(times) + tail))).toBe(json);
    });

    test.each([
      ["a: b\n---\n", "x", 502, "\u0001", "control characters are not allowed"],
      ["a: b\n...\n", "x", 502, "\u00ff", "invalid leading UTF-8 octet"],
      ["a: b\n---\n", "#\n", 251, "\u0001", "control characters are not allowed"],
      ["a: b\n", "#\n", 400, "\u0001", "control characters are not allowed"],
      ["a: b\n---\n", "\u00c3\u00a9", 251, "\u0001", "control characters are not allowed"],
      ["\u00ef\u00bb\u00bfa: b\n---\n", "x", 499, "\u0001", "control characters are not allowed"],
    ])("so fault %# is seen", (head, fill, times, tail, reason) => {
      expect(refusal(bytes(head + fill.repeat(times) + tail)).reason).toBe(reason);
    });
  });

  describe("a document that ends where a window ends wants as much of the next one as its end marker is long", () => {
    test.each([
      ["a: ", "b", 504, "\n---\n\u0001", '{"a":"' + "b".repeat(504) + '"}'],
      ["a: ", "b", 504, "\n---\n", '{"a":"' + "b".repeat(504) + '"}'],
      ["a: ", "b", 504, "\n...\n\u0001x", '{"a":"' + "b".repeat(504) + '"}'],
    ])("so text %# is read", (head, fill, times, tail, json) => {
      expect(read(bytes(head + fill.repeat(times) + tail))).toBe(json);
    });

    test.each([
      ["a: ", "b", 505, "\n---\u0001", "control characters are not allowed"],
      ["a: ", "b", 505, "\n---\n\u0001", "control characters are not allowed"],
      ["a: ", "b", 503, "\n---\n\u0001", "control characters are not allowed"],
      ["a: ", "b", 502, "\n...\n\u0001x", "control characters are not allowed"],
      ["a: ", "b", 503, "\n...\n\u0001x", "control characters are not allowed"],
      ["a: ", "b", 505, "\n...\n\u0001x", "control characters are not allowed"],
      ["a: ", "b", 506, "\n...\n\u0001x", "control characters are not allowed"],
      ["[", "a", 509, "] \u0001", "control characters are not allowed"],
      ["[", "a", 510, "]\u0001", "control characters are not allowed"],
      ["[", "a", 508, "] b\u0001", "control characters are not allowed"],
      ["[", "a", 507, "] b\u0001", "control characters are not allowed"],
      ["[", "a", 506, "] b \u0001", "control characters are not allowed"],
      ["'", "a", 510, "'\u0001", "control characters are not allowed"],
      ["'", "a", 506, "'\nb: c\u0001", "control characters are not allowed"],
      ['{a: "', "b", 503, '"} c\n\u0001', "control characters are not allowed"],
      ['{a: "', "b", 502, '"} c\n\u0001', "control characters are not allowed"],
    ])("so fault %# is seen", (head, fill, times, tail, reason) => {
      expect(refusal(bytes(head + fill.repeat(times) + tail)).reason).toBe(reason);
    });
  });

  describe("the second window counts from the last whole character of the first", () => {
    test.each([
      ["a: b\n---\n", "x", 502, "\u00c3\u00a9" + "y".repeat(510) + "\u0001", '{"a":"b"}'],
      ["a: b\n---\n\u00c3\u00a9", "x", 501, "\u00c3\u00a9\u0001", '{"a":"b"}'],
    ])("so text %# is read", (head, fill, times, tail, json) => {
      expect(read(bytes(head + fill.repeat(times) + tail))).toBe(json);
    });

    test.each([
      [
        "a: b\n# ",
        "\u00c3\u00a9",
        253,
        "\n---\n" + "y".repeat(500) + "\u0001",
        "control characters are not allowed",
      ],
      [
        "a: b\n# ",
        "\u00c3\u00a9",
        253,
        "\n---\n" + "y".repeat(501) + "\u0001",
        "control characters are not allowed",
      ],
      [
        "a: b\n# x",
        "\u00c3\u00a9",
        253,
        "\n---\n" + "y".repeat(500) + "\u0001",
        "control characters are not allowed",
      ],
      [
        "a: b\n# x",
        "\u00c3\u00a9",
        253,
        "\n---\n" + "y".repeat(501) + "\u0001",
        "control characters are not allowed",
      ],
      [
        "a: b\n# x",
        "\u00c3\u00a9",
        253,
        "\n---\n" + "y".repeat(502) + "\u0001",
        "control characters are not allowed",
      ],
    ])("so fault %# is seen", (head, fill, times, tail, reason) => {
      expect(refusal(bytes(head + fill.repeat(times) + tail)).reason).toBe(reason);
    });
  });

  describe("a byte order mark first in the buffer makes each line lose its first character", () => {
    test.each([
      ["\u00ef\u00bb\u00bf\u00ef\u00bb\u00bfa: b\n", "#\n", 1, "cd: e\nfg: h\n", '{"a":"b","d":"e","g":"h"}'],
      ["\u00ef\u00bb\u00bf\u00ef\u00bb\u00bfa: b\n", "#\n", 260, "cd: e\nfg: h\n", '{"a":"b"}'],
      ["\u00ef\u00bb\u00bf\u00ef\u00bb\u00bf", "\n", 3, "ab: c\n", '{"b":"c"}'],
      ["a: '", "b", 508, "\u00ef\u00bb\u00bf'\ncd: e\n", '{"a":"' + "b".repeat(508) + '\ufeff","cd":"e"}'],
      ["a: '", "b", 504, "\u00ef\u00bb\u00bf'\ncd: e\n", '{"a":"' + "b".repeat(504) + '\ufeff","cd":"e"}'],
      ["a: '", "b", 507, "\u00ef\u00bb\u00bf'\ncd: e\n", '{"a":"' + "b".repeat(507) + '\ufeff","cd":"e"}'],
      [
        "a: '",
        "b",
        506,
        "\u00ef\u00bb\u00bf'\ncd: e\nfg: h\n",
        '{"a":"' + "b".repeat(506) + '\ufeff","cd":"e","fg":"h"}',
      ],
      [
        "a: ",
        "b",
        507,
        "\u00ef\u00bb\u00bf\ncd: e\nfg: h\n",
        '{"a":"' + "b".repeat(507) + '\ufeff","cd":"e","fg":"h"}',
      ],
      ["# ", "b", 507, "\u00ef\u00bb\u00bf\ncd: e\nfg: h\n", '{"cd":"e","fg":"h"}'],
      ["# ", "b", 510, "\u00ef\u00bb\u00bf\ncd: e\nfg: h\n", '{"d":"e","g":"h"}'],
      ["# ", "b", 509, "\u00ef\u00bb\u00bf\ncd: e\nfg: h\n", '{"d":"e","g":"h"}'],
    ])("so text %# is read", (head, fill, times, tail, json) => {
      expect(read(bytes(head + fill.repeat(times) + tail))).toBe(json);
    });

    test.each([
      ["a: '", "b", 505, "\u00ef\u00bb\u00bf'\ncd: e\n", "did not find expected key"],
      ["a: ", "b", 506, "\u00ef\u00bb\u00bf\ncd: e\nfg: h\n", "did not find expected key"],
    ])("so fault %# is seen", (head, fill, times, tail, reason) => {
      expect(refusal(bytes(head + fill.repeat(times) + tail)).reason).toBe(reason);
    });
  });
});
