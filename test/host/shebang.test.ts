import { parseShebang } from "../../src/host/shebang.ts";

/** The interpreter, and the argument if there is one; undefined for a line that is refused. */
function parse(content: string): readonly string[] | undefined {
  const head = Buffer.alloc(256);
  head.write(content.slice(0, 256), "latin1");
  const shebang = parseShebang(head);
  return (
    shebang &&
    [shebang.interpreter, shebang.argument].flatMap((bytes) =>
      bytes === undefined ? [] : [Buffer.from(bytes).toString("latin1")],
    )
  );
}

const x = (count: number): string => "x".repeat(count);

/** What Linux 6.18 makes of each. */
describe("the first line of a script is read as Linux reads it", () => {
  test.each<readonly [string, readonly string[] | undefined]>([
    ["#!/bin/sh\necho\n", ["/bin/sh"]],
    ["#!/bin/sh", ["/bin/sh"]],
    ["#! \t/bin/sh \t\n", ["/bin/sh"]],
    ["#!/bin/sh -e\n", ["/bin/sh", "-e"]],
    ["#!/usr/bin/env -S node  --no-warnings\t\n", ["/usr/bin/env", "-S node  --no-warnings"]],
    ["#!/bin/sh -e", ["/bin/sh", "-e"]],
    ["#!/bin/sh\r\n", ["/bin/sh\r"]],
    ["#!sh\n", ["sh"]],
    ["#!/bin/sh\0-e x\n", ["/bin/sh"]],
    ["#!/bin/sh -e\0x\n", ["/bin/sh", "-e"]],
    ["#!/bin/sh \0x\n", ["/bin/sh", ""]],
    ["#!\0/bin/sh\n", [""]],
    ["#!", [""]],
    ["#! \t", [""]],
    ["#!\n/bin/sh\n", undefined],
    ["#! \t \n", undefined],
    [`#!${" ".repeat(254)}`, undefined],
    [`#!${" ".repeat(300)}/bin/sh\n`, undefined],
    [`#!/${x(252)}\n`, [`/${x(252)}`]],
    [`#!/${x(253)}\n`, undefined],
    [`#!/${x(252)} and more\n`, [`/${x(252)}`]],
    [`#!/bin/sh ${x(300)}\n`, ["/bin/sh", x(245)]],
  ])("%j", (content, wanted) => {
    expect(parse(content)).toEqual(wanted);
  });
});
