import { Option } from "commander";
import { PflagCommand } from "../../src/cli/pflag-command.ts";
import { UsageError } from "../../src/cli/usage-error.ts";

function parse(...argv: readonly string[]): { readonly options: unknown; readonly args: readonly string[] } {
  const command = new PflagCommand("tool")
    .addOption(new Option("-o, --output <format>"))
    .addOption(new Option("-n, --namespace <name>"))
    .addOption(new Option("-r, --raw"))
    .addOption(new Option("--no-headers"))
    .addOption(new Option("-q, --quiet"))
    .addOption(new Option("--as-group <group...>"))
    .allowExcessArguments()
    .action(() => undefined);
  command.parse([...argv], { from: "user" });
  return { options: command.opts(), args: command.args };
}

describe("options are parsed as pflag parses them", () => {
  test.each([
    [["--output", "json"], { output: "json" }, []],
    [["--output=json"], { output: "json" }, []],
    [["--output="], { output: "" }, []],
    [["--output", "--raw"], { output: "--raw" }, []],
    [["-o", "json"], { output: "json" }, []],
    [["-ojson"], { output: "json" }, []],
    [["-o=json"], { output: "json" }, []],
    [["-o="], { output: "=" }, []],
    [["-o", "-n"], { output: "-n" }, []],
    [["-nfoo", "bar"], { namespace: "foo" }, ["bar"]],
    [["-rq"], { raw: true, quiet: true }, []],
    [["-rojson"], { raw: true, output: "json" }, []],
    [["-r=false"], { raw: false }, []],
    [["--raw"], { raw: true }, []],
    [["--raw=T"], { raw: true }, []],
    [["--raw=0"], { raw: false }, []],
    [["--raw", "false"], { raw: true }, ["false"]],
    [["--raw", "--raw=false"], { raw: false }, []],
    [["--no-headers"], { headers: false }, []],
    [["--no-headers=false"], { headers: true }, []],
    [["--output=a", "-ob"], { output: "b" }, []],
    [["--as-group", "a,b", "--as-group=c"], { asGroup: ["a,b", "c"] }, []],
    [["--as_group", "a"], { asGroup: ["a"] }, []],
    [["x", "--raw", "y"], { raw: true }, ["x", "y"]],
    [["--raw", "--", "--output", "-"], { raw: true }, ["--output", "-"]],
    [["-", ""], {}, ["-", ""]],
    [["-test.v", "x"], {}, ["x"]],
    [["-qtest.v=1"], { quiet: true }, []],
  ])("%j", (argv, options, args) => {
    expect(parse(...argv)).toEqual({ options: { headers: true, ...options }, args });
  });

  test.each([
    [["--nope"], "unknown flag: --nope"],
    [["--outp=x"], "unknown flag: --outp"],
    [["-x"], "unknown shorthand flag: 'x' in -x"],
    [["-rxq"], "unknown shorthand flag: 'x' in -xq"],
    [["-raw"], "unknown shorthand flag: 'a' in -aw"],
    [["--output"], "flag needs an argument: --output"],
    [["-o"], "flag needs an argument: 'o' in -o"],
    [["-ro"], "flag needs an argument: 'o' in -o"],
    [["--raw="], `invalid argument "" for "-r, --raw" flag: strconv.ParseBool: parsing "": invalid syntax`],
    [
      ["--no-headers=maybe"],
      `invalid argument "maybe" for "--no-headers" flag: strconv.ParseBool: parsing "maybe": invalid syntax`,
    ],
    [["--=x"], "bad flag syntax: --=x"],
    [["---x"], "bad flag syntax: ---x"],
    [["--_x=y"], "unknown flag: --_x"],
    [["-'"], "unknown shorthand flag: '\\'' in -'"],
    [['-"'], `unknown shorthand flag: '"' in -"`],
    [["-\t"], "unknown shorthand flag: '\\t' in -\t"],
    [["-\x7F"], "unknown shorthand flag: '\\x7f' in -\x7F"],
    [["-qé"], "unknown shorthand flag: 'Ã' in -é"],
    [["-😀"], "unknown shorthand flag: 'Ã' in -😀"],
  ])("%j is refused in pflag's words", (argv, message) => {
    expect(() => parse(...argv)).toThrow(new UsageError(`${message}\nSee 'tool --help' for usage.`));
  });
});
