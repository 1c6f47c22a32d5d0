import { UnitBuilder } from "../../src/go/unit-builder.ts";

test("pieces, ranges and digits add up", () => {
  const out = new UnitBuilder();
  out.push(0x61);
  out.add("b\u{1f600}");
  out.addRange("0123456789", 2, 5);
  out.addHex(0x1fa, 4, 0x61);
  out.addHex(0x1fa, 2, 0x41);
  expect(out.toString()).toBe("ab\u{1f600}23401faFA");
});

test("a long text is the sum of its parts", () => {
  const out = new UnitBuilder();
  const long = "0123456789".repeat(10);
  let want = "";
  for (let i = 0; i < 5_000; i++) {
    out.push(0xd83d);
    out.push(0xde00);
    out.addRange(long, i % 50, 50 + (i % 50));
    want += `\u{1f600}${long.slice(i % 50, 50 + (i % 50))}`;
  }
  expect(out.toString()).toBe(want);
});
