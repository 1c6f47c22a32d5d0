import { Command, Option } from "commander";
import * as fc from "fast-check";
import { ConfigOverrides } from "../../src/api/overrides.ts";
import { bindOverrideFlags } from "../../src/cobra/bind-override-flags.ts";
import { recommendedConfigOverrideFlags } from "../../src/clientcmd/override-flags.ts";

/** What a program did with an argv. */
interface Outcome {
  readonly error?: string;
  /** The command that ran, with its own options and its arguments. */
  readonly ran?: readonly [string, object, readonly string[]];
  readonly events?: readonly string[];
  readonly overrides?: ConfigOverrides;
}

interface Program {
  readonly positional?: boolean;
  readonly bindTo?: "tool" | "group" | "leaf" | "nothing";
  /** Whether the command `run` takes what follows its first argument as it is. */
  readonly passThrough?: boolean;
  /** Whether `leaf` runs when no command is named. */
  readonly isDefault?: boolean;
}

/**
 * A program of commander's own kind: `tool [group] leaf` and `tool run`, with options of all kinds. The flags are bound
 * before the subcommands exist.
 */
function run(
  argv: readonly string[],
  { positional = false, bindTo = "tool", passThrough = false, isDefault = false }: Program = {},
): Outcome {
  const overrides = new ConfigOverrides();
  const bind = (command: Command) =>
    command.name() === bindTo
      ? bindOverrideFlags(command, overrides, recommendedConfigOverrideFlags(""))
      : undefined;
  let ran: Outcome["ran"];
  const events: string[] = [];
  const command = (name: string) => {
    const made = new Command(name)
      .helpCommand(false)
      .showSuggestionAfterError(false)
      .exitOverride()
      .configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
    bind(made);
    return made;
  };
  const leaf = () =>
    command("leaf")
      .option("-o, --out <file>", "a file")
      .option("-f, --files <files...>", "files")
      .option("-c, --color [when]", "whether to color")
      .option("-q, --quiet", "no words")
      .option("--no-check", "no check")
      .addOption(new Option("-l, --level <level>").choices(["-1", "low"]))
      .argument("[args...]")
      .action((_args, options: object, self: Command) => {
        ran = [self.name(), options, self.args];
      });
  const group = command("group").enablePositionalOptions(positional).addCommand(leaf());
  const other = command("run")
    .argument("<program>")
    .argument("[args...]")
    .passThroughOptions(passThrough)
    .action((_program, _args, options: object, self: Command) => {
      ran = [self.name(), options, self.args];
    });
  const tool = command("tool")
    .enablePositionalOptions(positional || passThrough)
    .option("-d, --debug", "tell more")
    .option("-p, --plugin <name>", "a plugin")
    .option("-e, --each <item...>", "items")
    .on("option:debug", () => events.push("debug"))
    .on("option:plugin", (name: string) => events.push(`plugin ${name}`))
    .on("option:namespace", (name: string) => events.push(`namespace ${name}`))
    .addCommand(leaf(), { isDefault })
    .addCommand(group)
    .addCommand(other);
  try {
    tool.parse(argv, { from: "user" });
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
  return { ...(ran === undefined ? {} : { ran }), events, overrides };
}

describe("flags on a program", () => {
  test.each([
    ["before the command", ["-nx", "leaf", "a"]],
    ["behind the command", ["leaf", "-n=x", "a"]],
    ["behind its arguments", ["leaf", "a", "-n", "x"]],
    ["before a group", ["--namespace", "x", "group", "leaf", "a"]],
    ["in a group", ["group", "--namespace=x", "leaf", "a"]],
    ["behind the command of a group", ["group", "leaf", "a", "-n", "ns/x"]],
    ["joined to a boolean of the command", ["leaf", "-qnx", "a"]],
    ["joined to a boolean of the program", ["-dnx", "leaf", "a"]],
    ["twice", ["-ny", "leaf", "-nx", "a"]],
  ])("can stand %s", (_place, argv) => {
    for (const positional of [false, true]) {
      const outcome = run(argv, { positional });
      expect([outcome.error, namespaceOf(outcome)]).toEqual([undefined, "x"]);
      expect(outcome.ran).toEqual([
        "leaf",
        argv.includes("-qnx") ? { check: true, quiet: true } : { check: true },
        ["a"],
      ]);
    }
  });

  test("emit the option's events and are among the program's options", () => {
    expect(run(["-p", "-d", "leaf", "-n=x", "--debug"]).events).toEqual([
      "plugin -d",
      "namespace x",
      "debug",
    ]);
  });

  test.each([
    [["leaf", "-o", "-n", "-ny"], { out: "-n" }, []],
    [["leaf", "--out", "--namespace=z", "-ny"], { out: "--namespace=z" }, []],
    [["leaf", "-o-n", "-ny"], { out: "-n" }, []],
    [["leaf", "-o", "--", "-ny"], { out: "--" }, []],
    [["leaf", "-ny", "-o", "--", "-q"], { out: "--", quiet: true }, []],
    [["leaf", "-f", "a", "b", "-ny"], { files: ["a", "b"] }, []],
    [["leaf", "-ny", "-f", "a", "b"], { files: ["a", "b"] }, []],
    [["leaf", "--color", "always", "-ny"], { color: "always" }, []],
    [["leaf", "--no-check", "-ny", "-l", "-1"], { check: false, level: "-1" }, []],
    [["leaf", "-ny", "--", "-nz", "--token"], {}, ["-nz", "--token"]],
    [["leaf", "-", "-ny", ""], {}, ["-", ""]],
    [["leaf", "-5", "-ny"], {}, ["-5"]],
    [["leaf", "group", "-ny", "leaf"], {}, ["group", "leaf"]],
  ])("leave options and arguments of a command to it: %j", (argv, options, args) => {
    for (const [prefix, positional] of [
      [[], false],
      [["group"], false],
      [[], true],
      [["group"], true],
    ] as const) {
      const outcome = run([...prefix, ...argv], { positional });
      expect([outcome.error, namespaceOf(outcome)]).toEqual([undefined, "y"]);
      expect(outcome.ran).toEqual(["leaf", { check: true, ...options }, args]);
    }
  });

  test("a boolean never takes the next argument, be it a command or not", () => {
    for (const positional of [false, true]) {
      for (const argv of [
        ["--insecure-skip-tls-verify", "leaf", "false"],
        ["leaf", "--insecure-skip-tls-verify", "false"],
      ]) {
        const { ran, overrides } = run(argv, { positional });
        expect([ran?.[2], overrides?.cluster.insecureSkipTlsVerify]).toEqual([["false"], true]);
      }
    }
  });

  test("an option of a subcommand goes first where the program has positional options", () => {
    const overrides = new ConfigOverrides();
    let seen: object = {};
    const tool = new Command("tool").enablePositionalOptions();
    bindOverrideFlags(tool, overrides, recommendedConfigOverrideFlags(""));
    tool
      .command("count")
      .option("-n, --number <n>")
      .action((options: object) => {
        seen = options;
      });
    tool.parse(["-nx", "count", "-n5", "--namespace=y"], { from: "user" });
    expect([seen, namespaceOf({ overrides })]).toEqual([{ number: "5" }, "y"]);
  });

  test("what is passed through to another program is left alone", () => {
    expect(
      run(["-nx", "run", "-ny", "ls", "-nz", "--token", "--", "-n"], { passThrough: true }),
    ).toMatchObject({
      ran: ["run", {}, ["ls", "-nz", "--token", "--", "-n"]],
      overrides: { context: { namespace: "y" } },
    });
  });

  test("work with a command that runs by default", () => {
    for (const positional of [false, true]) {
      expect(run(["a", "-o", "-q", "-nx", "b"], { positional, isDefault: true })).toMatchObject({
        ran: ["leaf", { out: "-q" }, ["a", "b"]],
        overrides: { context: { namespace: "x" } },
      });
      expect(run(["-qnx", "b"], { positional, isDefault: true })).toMatchObject({
        ran: ["leaf", { quiet: true }, ["b"]],
        overrides: { context: { namespace: "x" } },
      });
    }
  });

  test.each([
    [["leaf", "--nope", "-nx"], "error: unknown option '--nope'"],
    [["leaf", "-x"], "error: unknown option '-x'"],
    [["nope", "-nx"], "error: unknown command 'nope'"],
    [["leaf", "--out"], "error: option '-o, --out <file>' argument missing"],
    [["leaf", "--level=high", "-nx"], /^error: option '-l, --level <level>' argument 'high' is invalid/],
    [["leaf", "--namespac=x"], "error: unknown option '--namespac=x'"],
    [["leaf", "--token"], "error: flag needs an argument: --token"],
    [["leaf", "-qn"], "error: flag needs an argument: 'n' in -n"],
    [
      ["--disable-compression=yes", "leaf"],
      'error: invalid argument "yes" for "--disable-compression" flag: strconv.ParseBool: parsing "yes": invalid syntax',
    ],
  ])("errors about options are commander's, those about flags are pflag's: %j", (argv, message) => {
    expect(run(argv).error).toMatch(message);
  });

  test("an error has commander's code and exit code", () => {
    const tool = new Command("tool").exitOverride().configureOutput({ writeErr: () => undefined });
    bindOverrideFlags(tool, new ConfigOverrides(), recommendedConfigOverrideFlags(""));
    for (const [argv, code] of [
      [["--token"], "commander.optionMissingArgument"],
      [["--disable-compression=2"], "commander.invalidArgument"],
    ] as const) {
      expect(() => tool.parse([...argv], { from: "user" })).toThrow(
        expect.objectContaining({ code, exitCode: 1 }),
      );
    }
  });

  test("help is commander's", () => {
    expect(run(["leaf", "-nx", "--help"]).error).toBe("(outputHelp)");
    expect(run(["-h"]).error).toBe("(outputHelp)");
  });
});

describe("flags on one subcommand", () => {
  test.each([
    ["leaf", ["leaf", "a", "-nx"]],
    ["leaf", ["leaf", "-n", "x", "a"]],
    ["leaf", ["group", "leaf", "-qn=x", "a"]],
    ["group", ["group", "-nx", "leaf", "a"]],
    ["group", ["group", "leaf", "a", "--namespace", "x"]],
  ] as const)("work on %s: %j", (bindTo, argv) => {
    for (const positional of [false, true]) {
      expect(run(argv, { bindTo, positional })).toMatchObject({
        ran: ["leaf", {}, ["a"]],
        overrides: { context: { namespace: "x" } },
      });
    }
  });

  test("end the values of an option, as options do", () => {
    expect(run(["leaf", "--color", "-nx", "a", "-f", "b", "--token=t", "c"], { bindTo: "leaf" }).ran).toEqual(
      [
        "leaf",
        { check: true, requestTimeout: "0", namespace: "x", token: "t", color: true, files: ["b"] },
        ["a", "c"],
      ],
    );
  });

  test("are no flags of others", () => {
    expect(run(["run", "a", "-nx"], { bindTo: "leaf" }).error).toBe("error: unknown option '-nx'");
  });
});

function namespaceOf(outcome: Outcome): string | undefined {
  return outcome.overrides?.context.namespace;
}

function silentTool(): Command {
  return new Command("tool")
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
    .action(() => undefined);
}

describe("a command with flags keeps what else commander has", () => {
  test("options that must be given", () => {
    const command = silentTool().requiredOption("-r, --result <file>");
    bindOverrideFlags(command, new ConfigOverrides(), recommendedConfigOverrideFlags(""));
    expect(() => command.parse(["--token", "-r", "-nx"], { from: "user" })).toThrow(
      "error: required option '-r, --result <file>' not specified",
    );
    command.parse(["-rf", "-nx"], { from: "user" });
    expect(command.opts()).toEqual({ result: "f", namespace: "x", requestTimeout: "0" });
  });

  test("options as properties", () => {
    const overrides = new ConfigOverrides();
    const command = silentTool().storeOptionsAsProperties();
    bindOverrideFlags(command, overrides, recommendedConfigOverrideFlags("to-"));
    command.parse(["--to-as-group=a", "--to-as-group=b", "-n", "x"], { from: "user" });
    expect(overrides.authInfo.impersonateGroups).toEqual(["a", "b"]);
    expect(command).toMatchObject({ toAsGroup: ["a", "b"], toNamespace: "x" });
  });

  test("options that exclude each other, and hooks that wait", async () => {
    const overrides = new ConfigOverrides();
    const seen: string[] = [];
    const command = silentTool()
      .addOption(new Option("-a, --all").conflicts("namespace"))
      .hook("preAction", async () => {
        await Promise.resolve();
        seen.push(overrides.context.namespace);
      });
    bindOverrideFlags(command, overrides, recommendedConfigOverrideFlags(""));
    await command.parseAsync(["-n=x"], { from: "user" });
    expect(seen).toEqual(["x"]);
    await expect(command.parseAsync(["-anx"], { from: "user" })).rejects.toThrow(
      "error: option '-a, --all' cannot be used with option '-n, --namespace <value>'",
    );
  });

  test("options that are not known and allowed", () => {
    const overrides = new ConfigOverrides();
    const command = silentTool().allowUnknownOption().allowExcessArguments();
    bindOverrideFlags(command, overrides, recommendedConfigOverrideFlags(""));
    command.parse(["--what", "-nx", "-y=1", "a"], { from: "user" });
    expect([overrides.context.namespace, command.args]).toEqual(["x", ["--what", "-y=1", "a"]]);
  });
});

/** Words that mean something to the options and commands of the program. */
const WORDS = (
  "leaf group run a  - -- -5 low --out --out=x -o -ox -f --files --files=x -c --color -cx --color=x -q -qq -qo " +
  "--no-check -l -l-1 --level -d -dq -qd -p --plugin -e --each --each=x -h --nope -y --help"
).split(" ");

const argvs = fc.array(fc.constantFrom(...WORDS), { maxLength: 7 });
const programs = fc.record({
  positional: fc.boolean(),
  passThrough: fc.boolean(),
  isDefault: fc.boolean(),
});

test("a program with flags does with every other argv what it did without", () => {
  fc.assert(
    fc.property(argvs, programs, fc.constantFrom("tool", "group", "leaf"), (argv, program, bindTo) => {
      const { overrides: _unchanged, ...expected } = run(argv, { ...program, bindTo: "nothing" });
      const { overrides, ...outcome } = run(argv, { ...program, bindTo });
      const [name, options, args] = outcome.ran ?? [];
      const { requestTimeout: _default, ...own } = { requestTimeout: "", ...options };
      expect({ ...outcome, ...(name === undefined ? {} : { ran: [name, own, args] }) }).toEqual(expected);
      if (outcome.error === undefined) {
        expect(overrides).toEqual(new ConfigOverrides({ timeout: "0" }));
      }
    }),
    { numRuns: 300 },
  );
});

test("flags at the end of an argv add to what it does without them", () => {
  fc.assert(
    fc.property(argvs, programs, fc.string(), (argv, program, value) => {
      const expected = run(argv, program);
      fc.pre(expected.ran !== undefined && !argv.includes("--") && !takesNext(argv));
      fc.pre(!(program.passThrough && argv.includes("run")));
      const flags = [
        `--token=${value}`,
        "-n",
        value,
        "--insecure-skip-tls-verify",
        "--as-group",
        value,
        "--as-group=b",
      ];
      const { overrides, ...outcome } = run([...argv, ...flags], program);
      expect(outcome).toEqual({
        ran: expected.ran,
        events: [...(expected.events ?? []), `namespace ${value}`],
      });
      expect([
        overrides?.authInfo.token,
        overrides?.cluster.insecureSkipTlsVerify,
        overrides?.authInfo.impersonateGroups,
      ]).toEqual([value, true, [value, "b"]]);
    }),
    { numRuns: 300 },
  );
});

/** Whether an argv ends in an option that takes the next argument whatever it is. */
function takesNext(argv: readonly string[]): boolean {
  return /^(?:-(?:[a-z]*[ofl]|p|e)|--(?:out|files|level|plugin|each))$/.test(argv.at(-1) ?? "");
}
