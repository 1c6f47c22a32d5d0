import { isBlank, splitDocuments } from "../../../src/codec/kuberc/documents.ts";
import { thrownBy } from "../../support/fake-host.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function split(text: string): readonly (readonly [text: string, line: number])[] {
  return [...splitDocuments(bytes(text))].map(({ data, line }) => [
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(data),
    line,
  ]);
}

describe("a file is cut into documents as apimachinery's YAMLReader does", () => {
  test.each<[text: string, want: readonly (readonly [string, number])[]]>([
    ["", []],
    ["a: 1", [["a: 1\n", 1]]],
    ["a: 1\n", [["a: 1\n", 1]]],
    [
      "a\n---\nb\n",
      [
        ["a\n", 1],
        ["b\n", 3],
      ],
    ],
    // A separator without a document before it opens the next one.
    ["---\na\n", [["---\na\n", 1]]],
    [
      "---\n---\na\n",
      [
        ["---\n", 1],
        ["a\n", 3],
      ],
    ],
    ["a\n---\n", [["a\n", 1]]],
    [
      "a\n---\n---\nb\n",
      [
        ["a\n", 1],
        ["---\nb\n", 3],
      ],
    ],
    [
      "a\n--- # why\nb\n",
      [
        ["a\n", 1],
        ["b\n", 3],
      ],
    ],
    [
      "a\n---\t\u00a0\u0085#\nb\n",
      [
        ["a\n", 1],
        ["b\n", 3],
      ],
    ],
    [
      "a\r\n---\r\nb\r\n",
      [
        ["a\n", 1],
        ["b\n", 3],
      ],
    ],
    ["a\rb\r", [["a\rb\r\n", 1]]],
    [" ---\n", [[" ---\n", 1]]],
    [
      "x: |\n---\ny\n",
      [
        ["x: |\n", 1],
        ["y\n", 3],
      ],
    ],
    ["\ufeff---\na\n", [["\ufeff---\na\n", 1]]],
    ["a\n...\nb\n", [["a\n...\nb\n", 1]]],
  ])("%j", (text, want) => {
    expect(split(text)).toEqual(want);
  });

  test.each([
    ["---x\n", "x", 1],
    ["a\n--- {b: 1}  \n", "{b: 1}", 2],
    ["a\n----\n", "-", 2],
    ["--- \ufeff\n", "\ufeff", 1],
  ])("%j has a bad separator", (text, rest, line) => {
    expect(thrownBy(() => split(text))).toMatchObject({
      message: `invalid Yaml document separator: ${rest}`,
      line,
    });
  });

  test("a bad separator is not seen before it is come to", () => {
    const documents = splitDocuments(bytes("a\n---\nb\n---x\n"));
    expect(documents.next().done).toBe(false);
  });

  test.each([
    ["\n \t\u0085\u2028\n", true],
    ["\ufeff\n", false],
    ["# c\n", false],
    ["---\n", false],
  ])("whether %j is blank: %j", (text, want) => {
    expect([...splitDocuments(bytes(text))].map(isBlank)).toEqual([want]);
  });
});
