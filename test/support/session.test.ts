import { PageSandbox } from "./page-sandbox.ts";
import { runSession } from "./session.ts";
import { describeUnless, lackOfPosix } from "./unless.ts";

describeUnless(lackOfPosix)("a session of a page", () => {
  let sandbox: PageSandbox;
  beforeAll(() => {
    sandbox = new PageSandbox();
  });
  afterAll(() => sandbox.remove());

  async function answer(...lines: readonly string[]): Promise<string> {
    return (await runSession(sandbox, lines.map((line) => `${line}\n`).join(""))).wanted;
  }

  test("is answered command by command, on both streams, with exit codes", async () => {
    expect(await answer("$ echo one; echo two >&2", "wrong", "$ false", "$ echo $?")).toBe(
      "$ echo one; echo two >&2\none\ntwo\n$ false\n$ echo $?\n1\n",
    );
  });

  test("may continue a command on more lines", async () => {
    expect(await answer("$ cat <<END", "> a b", "> END")).toBe("$ cat <<END\n> a b\n> END\na b\n");
  });

  test("shows neither a missing newline nor blanks at ends of lines", async () => {
    expect(await answer("$ printf 'a  \\nb'", "$ printf 'c'")).toBe(
      "$ printf 'a  \\nb'\na\nb\n$ printf 'c'\nc\n",
    );
  });

  test("shows the home under another name, and sets tables anew for it", async () => {
    const table = "$ printf 'A%20s   B\\n%s   b\\n' '' $HOME";
    expect(await answer("$ pwd")).toBe("$ pwd\n/home/ada\n");
    expect(await answer(table)).toBe(`${table}\nA           B\n/home/ada   b\n`);
  });

  test("tells what the shell cannot read", async () => {
    expect(await answer("$ echo 'open")).toMatch(/quote/i);
  });

  test("begins with a command", async () => {
    await expect(answer("kcfg view")).rejects.toThrow('a session begins with a command, "$ ..."');
  });
});
