import { Patches } from "../../../src/yaml/edit/patches.ts";
import { Refusal } from "../../../src/yaml/edit/refusal.ts";

describe("changes of a text", () => {
  const text = "one\ntwo\nthree\n";

  test("are made all at once, in the order of their places", () => {
    const patches = new Patches(text);
    patches.replace(8, 13, "3");
    patches.removeLines(0, 4);
    patches.insertLines(7, "2b", 0);
    expect(patches.apply("\n").text).toBe("two\n2b\n3\n");
  });

  test("tell what is kept", () => {
    const patches = new Patches(text);
    patches.replace(4, 7, "2");
    expect(patches.apply("\n").kept).toEqual([
      { from: 0, to: 4, shift: 0 },
      { from: 7, to: 14, shift: -2 },
    ]);
  });

  test("put deeper lines before others at one place", () => {
    const patches = new Patches(text);
    patches.insertLines(3, "outer", 0);
    patches.insertLines(3, "  inner", 4);
    patches.replace(0, 3, "1:");
    expect(patches.apply("\r\n").text).toBe("1:\r\n  inner\r\nouter\ntwo\nthree\n");
  });

  test("put lines after the last one that stays", () => {
    const patches = new Patches(text);
    patches.removeLines(4, 8);
    patches.removeLines(8, 14);
    patches.insertLines(13, "new", 0);
    expect(patches.apply("\n").text).toBe("one\nnew\n");
  });

  test("leave a text without a line end at its end as it was", () => {
    const patches = new Patches("one\r\ntwo");
    patches.removeLines(5, 8);
    expect(patches.apply("\r\n").text).toBe("one");
  });

  test("are refused if they overlap", () => {
    const patches = new Patches(text);
    patches.replace(0, 5, "");
    patches.replace(4, 7, "");
    expect(() => patches.apply("\n")).toThrow(Refusal);
  });

  test("are forgotten back to a mark", () => {
    const patches = new Patches(text);
    patches.replace(0, 3, "1");
    const undo = patches.mark();
    patches.replace(4, 7, "2");
    patches.removeLines(8, 14);
    undo();
    expect(patches.apply("\n").text).toBe("1\ntwo\nthree\n");
  });
});
