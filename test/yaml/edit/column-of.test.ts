import { columnOf } from "../../../src/yaml/edit/text-lines.ts";

function bySearch(text: string, at: number): number {
  return /[^\r\n]*$/.exec(text.slice(0, at))?.[0].length ?? 0;
}

test("the column is that of the line, in whatever order it is asked for", () => {
  const texts = ["ab\ncd\r\nef\rgh", "\n\nx", "abc", ""];
  for (const text of texts) {
    const offsets = Array.from({ length: text.length + 1 }, (_, at) => at);
    for (const at of [...offsets, ...offsets.toReversed(), ...offsets.filter((each) => each % 2 === 0)]) {
      expect([text, at, columnOf(text, at)]).toEqual([text, at, bySearch(text, at)]);
    }
  }
});

test("very many values of one line are no burden", () => {
  const text = "x, ".repeat(400_000);
  let sum = 0;
  for (let at = 0; at < text.length; at += 3) sum += columnOf(text, at);
  expect(sum).toBe((400_000 * 399_999 * 3) / 2);
});
