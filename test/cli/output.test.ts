import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { paint } from "../../src/cli/colour.ts";
import { openStreams } from "../../src/cli/output.ts";
import { reportError } from "../../src/cli/report-error.ts";
import { ServerError } from "../../src/cli/server/server-error.ts";
import { UsageError } from "../../src/cli/usage-error.ts";
import { visible, visibleJson, visibleLine } from "../../src/go/visible.ts";
import { InvalidConfigurationError } from "../../src/errors.ts";
import { repositoryRoot } from "../conformance/repository.ts";

/** Doors, and what has come out of them, as UTF-8. */
function doors(isTTY: boolean) {
  const written: Uint8Array[] = [];
  const stream = { isTTY, write: (content: string | Uint8Array) => written.push(Buffer.from(content)) };
  return {
    streams: openStreams({ out: stream, err: stream }),
    text: () => Buffer.concat(written).toString(),
  };
}

describe("visible text", () => {
  test.each([
    ["a\u001b[2Jb", String.raw`a\x1b[2Jb`],
    ["\u009b\u0085\u007f\u0007", String.raw`\u009b\u0085\x7f\a`],
    ["\u202e\u2066\u200f\u061c", String.raw`\u202e\u2066\u200f\u061c`],
    ["\u2028\ufeff\u200d\u3164\u00ad", String.raw`\u2028\ufeff\u200d\u3164\u00ad`],
    ["\u{e0041}\ud800", String.raw`\U000e0041\ud800`],
    ["a\rb\r\nc", "a\\rb\r\nc"],
    ["a\tb\nc", "a\tb\nc"],
    [
      "K\u00f6ln \u65e5\u672c \u26a0\ufe0f \ud83d\ude00 C:\\x",
      "K\u00f6ln \u65e5\u672c \u26a0\ufe0f \ud83d\ude00 C:\\x",
    ],
  ])("%j is %j", (text, expected) => expect(visible(text)).toBe(expected));

  test("is one line where it has to be", () => {
    expect(visibleLine("a\r\nb\tc\u0000")).toBe(String.raw`a\r\nb\tc\x00`);
  });

  test("keeps its value in JSON", () => {
    const value = "\u009b\u202e\u{e0041}\n\u007f\ufe0f";
    const json = visibleJson(JSON.stringify([value], undefined, 2));
    expect(json.replaceAll("\ufe0f", "")).toMatch(/^[\n -~]*$/);
    expect(JSON.parse(json)).toEqual([value]);
  });
});

describe("the doors", () => {
  test.each([true, false])("let text for people out visibly; terminal: %s", (isTTY) => {
    const { streams, text } = doors(isTTY);
    streams.out.say("a\u001b[31mb\u001b[0m\n");
    streams.err.sayLine("c\nd");
    streams.err.fail(new Error("e\n\u009bf"));
    streams.err.warning("g\u202e", false);
    expect(text()).toBe(
      String.raw`a\x1b[31mb\x1b[0m` +
        "\n" +
        String.raw`c\nd` +
        "\n" +
        String.raw`error: e\n\u009bf` +
        "\n" +
        String.raw`Warning: g\u202e` +
        "\n",
    );
  });

  test("paint nothing but what they were given to paint", () => {
    const { streams, text } = doors(true);
    streams.out.say(`${streams.out.paint("a\u001b[2J", "red")} ${paint("b", "red")}\n`);
    expect(text()).toBe("\u001b[31ma\\x1b[2J\u001b[0m \\x1b[31mb\\x1b[0m\n");
  });

  test("let data out as it is where no terminal is", () => {
    const { streams, text } = doors(false);
    streams.out.data("\u001b\u202e");
    streams.out.data(Uint8Array.of(0xc2, 0x9b));
    expect(text()).toBe("\u001b\u202e\u009b");
    expect(streams.out.name("a\nb")).toBe("a\nb");
  });

  test("escape data on a terminal, also where a character comes in parts, and bytes that are none", () => {
    const { streams, text } = doors(true);
    streams.out.data(Uint8Array.of(0x41, 0xc2));
    streams.out.data(Uint8Array.of(0x9b, 0x9b, 0xe2, 0x80));
    streams.out.data("\u001b\n");
    expect(text()).toBe("A\\u009b\ufffd\ufffd\\x1b\n");
    expect(streams.out.name("a\nb")).toBe(String.raw`a\nb`);
  });

  test("draw screens in which nothing else draws", () => {
    const { streams, text } = doors(true);
    streams.err.drawScreen([streams.err.paint("x", "bold"), "\u001b[2J"], 3);
    expect(text()).toBe("\u001b[H\u001b[K\u001b[1mx\u001b[0m\r\n\u001b[J\\x1b[2J\u001b[H\u001b[4G");
  });
});

const told = (error: unknown): string => reportError(error, { asKubectl: false });

describe("an error", () => {
  test.each([
    [
      "of usage keeps the line of its pointer",
      new UsageError("a\nb\nSee 'kcfg x -h' for help"),
      "error: a\\nb\nSee 'kcfg x -h' for help\n",
    ],
    [
      "of several has a line for each",
      new InvalidConfigurationError([new Error("a\nb"), new Error("c")], { fromValidation: true }),
      "Error in configuration: \n* a\\nb\n* c\n",
    ],
    [
      "of go-yaml keeps its list",
      new Error("yaml: unmarshal errors:\n  line 2: a\nb"),
      "error: yaml: unmarshal errors:\n  line 2: a\\nb\n",
    ],
    [
      "of a server may have lines",
      new ServerError({ message: "a\nb\u001b", reason: "", details: undefined }),
      "Error from server: a\nb\\x1b\n",
    ],
  ])("%s", (_what, error, expected) => expect(told(error)).toBe(expected));

  test.each([
    ["a type error", new TypeError("Cannot read properties of null (reading 's3cr3t')")],
    ["JSON that does not parse", new SyntaxError('Unexpected token, "s3cr3t" is not valid JSON')],
    ["a stack that is full", new RangeError("Maximum call stack size exceeded")],
    ["no error at all", { token: "s3cr3t" }],
    ["a text", "s3cr3t"],
  ])("that is a fault of kcfg, %s, is one line without what was read", (_what, error) => {
    expect(told(error)).toMatch(/^error: internal error: [^\n]*please report it[^\n]*\n$/);
    expect(told(error)).not.toContain("s3cr3t");
  });
});

/** Every file of the source. */
function sources(under = join(repositoryRoot(), "src")): readonly string[] {
  return readdirSync(under, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? sources(join(under, entry.name)) : [join(under, entry.name)],
  );
}

describe("nothing but the doors writes to streams", () => {
  const root = `${repositoryRoot()}/src/`;
  const filesWith = (pattern: RegExp): readonly string[] =>
    sources()
      .filter((file) => pattern.test(readFileSync(file, "utf8")))
      .map((file) => file.slice(root.length).replaceAll("\\", "/"))
      .toSorted();

  test.each([
    [
      "the streams of the process",
      /\bprocess\.std(?:out|err)\b|\{[^{}]*\bstd(?:out|err)\b[^{}]*\} = process\b/,
      ["cli/run-process.ts", "host/node-terminal.ts"],
    ],
    [
      "what stands for them",
      /from "[^"]*\/standard-streams\.ts"/,
      ["cli/main.ts", "cli/output.ts", "cli/process-stream.ts", "cli/run-process.ts"],
    ],
    ["descriptors, but for answers in plain ASCII", /\bwriteSync\((?:1|2)\b/, ["cli/run-shortly.ts"]],
    ["the console", /^(?!\s*\*|\s*\/).*\bconsole\.\w+\(/m, []],
    [
      "sequences of terminals",
      /\\u001b\[(?!\^)/,
      ["cli/colour.ts", "cli/output.ts", "cli/shell/prompt-text.ts"],
    ],
    ["the terminal of the host", /\bterminal\.write\(/, ["loading/terminal-prompter.ts"]],
  ])("%s", (_what, pattern, expected) => expect(filesWith(pattern)).toEqual(expected));
});
