import { Command, Option } from "commander";
import * as fc from "fast-check";
import { ConfigOverrides } from "../../src/api/overrides.ts";
import { bindOverrideFlags } from "../../src/cobra/bind-override-flags.ts";
import { recommendedConfigOverrideFlags } from "../../src/clientcmd/override-flags.ts";

/** What a program did with an argv: the command that ran, its own options, its arguments; and the bound flags that were given. */
interface Outcome {
  readonly error?: string;
  readonly ran?: string;
  readonly options?: object;
  readonly args?: readonly string[];
  readonly flags?: object;
}

type Where = readonly ("demo" | "grant" | "group" | "leaf")[];

function command(name: string): Command {
  return new Command(name)
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
    .helpCommand(false);
}

/**
 * Runs `demo grant [NAME]`, `demo logs`, `demo group leaf` or `demo group (default)`, whose commands have options with the
 * names of bound flags.
 */
function run(argv: readonly string[], bindTo: Where = ["demo"], positional = false): Outcome {
  const flags: Record<string, ConfigOverrides> = {};
  let ran: Pick<Outcome, "ran" | "options" | "args"> = {};
  const act = (each: Command): Command =>
    each.argument("[args...]").action((_args, options: object, self: Command) => {
      ran = { ran: self.name(), options: { ...options }, args: self.args };
    });
  const bind = (each: Command): void => {
    if ((bindTo as readonly string[]).includes(each.name())) {
      const overrides = new ConfigOverrides();
      const infos = recommendedConfigOverrideFlags("");
      infos.cluster.apiServer.shortName = "s";
      infos.context.authInfoName.shortName = "u";
      infos.timeout.default = "";
      bindOverrideFlags(each, overrides, infos);
      flags[each.name()] = overrides;
    }
  };
  const grant = act(
    command("grant")
      .aliases(["give", "allow"])
      .option("-q, --quiet", "no words")
      .option("-o, --out <file>", "a file"),
  );
  if (!bindTo.includes("grant")) {
    grant
      .option("-u, --user <name>", "who gets it")
      .option("--token [kind]", "a kind of token")
      .option("--insecure-skip-tls-verify", "a boolean")
      .addOption(new Option("--as <roles...>", "roles"));
  }
  const logs = act(
    command("logs").option("-s, --since <time>", "a time").option("-n, --number <lines>", "how many"),
  );
  const leaf = act(
    command("leaf").option("--user <name>", "who").option("--disable-compression <level>", "a level"),
  );
  const group = command("group").addCommand(leaf);
  if (!bindTo.includes("group")) {
    group.option("--cluster <name>", "which");
  }
  const demo = act(command("demo").enablePositionalOptions(positional))
    .option("-d, --debug", "tell more")
    .addCommand(grant)
    .addCommand(logs)
    .addCommand(group);
  [demo, grant, group].forEach(bind);
  try {
    demo.parse(argv, { from: "user" });
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
  return {
    ...ran,
    flags: Object.fromEntries(Object.entries(flags).map(([name, each]) => [name, given(each)])),
  };
}

/** The overrides that were given. */
function given({ authInfo, cluster, context, currentContext }: ConfigOverrides): object {
  return Object.fromEntries(
    Object.entries({
      user: context.authInfo,
      cluster: context.cluster,
      namespace: context.namespace,
      token: authInfo.token,
      as: authInfo.impersonate,
      server: cluster.server,
      insecure: cluster.insecureSkipTlsVerify,
      uncompressed: cluster.disableCompression,
      context: currentContext,
    }).filter(([, value]) => value !== "" && value !== false),
  );
}

const jane = { ran: "grant", options: { user: "jane" }, args: ["x"], flags: { demo: {} } };

describe("an option of the subcommand goes before a flag of the same name, as in cobra", () => {
  test.each([
    ["grant x --user jane"],
    ["grant x --user=jane"],
    ["grant --user jane x"],
    ["grant --user=jane x"],
    ["--user jane grant x"],
    ["--user=jane grant x"],
    ["grant x -u jane"],
    ["grant x -ujane"],
    ["grant -ujane x"],
    ["-u jane grant x"],
    ["-ujane grant x"],
    ["give x --user jane"],
    ["--user jane allow x"],
    ["grant --user jill x --user=jane"],
    ["--user jill grant x -u jane"],
    ["--user jane grant -- x"],
  ])("demo %s", (line) => {
    expect(run(line.split(" "))).toEqual(jane);
  });

  test.each<[string, object]>([
    ["grant x -qu jane", { ...jane, options: { user: "jane", quiet: true } }],
    ["grant x -qujane", { ...jane, options: { user: "jane", quiet: true } }],
    ["-d grant x -u jane", jane],
    ["-du jane grant x", jane],
    ["grant x -qu -n", { ...jane, options: { quiet: true, user: "-n" } }],
    ["grant x --user --user", { ...jane, options: { user: "--user" } }],
    ["grant x --out --user --user jane", { ...jane, options: { out: "--user", user: "jane" } }],
    ["grant x -qo --user", { ...jane, options: { quiet: true, out: "--user" } }],
    [
      "grant x --user jane --context=c -n ns",
      { ...jane, flags: { demo: { context: "c", namespace: "ns" } } },
    ],
    [
      "--context c --user jane -n ns grant x",
      { ...jane, flags: { demo: { context: "c", namespace: "ns" } } },
    ],
    ["--user jane --user jill grant x", { ...jane, options: { user: "jill" } }],
    ["grant x --token", { ...jane, options: { token: true } }],
    ["grant x --token a", { ...jane, options: { token: "a" } }],
    [
      "grant x --token=a --cluster c",
      { ...jane, options: { token: "a" }, flags: { demo: { cluster: "c" } } },
    ],
    ["grant x --insecure-skip-tls-verify", { ...jane, options: { insecureSkipTlsVerify: true } }],
    ["--insecure-skip-tls-verify grant x", { ...jane, options: { insecureSkipTlsVerify: true } }],
    ["grant x --as a b --user jane", { ...jane, options: { as: ["a", "b"], user: "jane" } }],
    ["--as a grant x", { ...jane, options: { as: ["a", "x"] }, args: [] }],
    [
      "logs -s 5m -n 3",
      { ran: "logs", options: { since: "5m", number: "3" }, args: [], flags: { demo: {} } },
    ],
    ["-s5m logs -n3", { ran: "logs", options: { since: "5m", number: "3" }, args: [], flags: { demo: {} } }],
    [
      "logs --server https://s --namespace=n -s 1h",
      {
        ran: "logs",
        options: { since: "1h" },
        args: [],
        flags: { demo: { server: "https://s", namespace: "n" } },
      },
    ],
    ["group leaf --user jane", { ran: "leaf", options: { user: "jane" }, args: [], flags: { demo: {} } }],
    ["group --user jane leaf", { ran: "leaf", options: { user: "jane" }, args: [], flags: { demo: {} } }],
    [
      "--user jane group leaf a",
      { ran: "leaf", options: { user: "jane" }, args: ["a"], flags: { demo: {} } },
    ],
    [
      "--disable-compression group leaf 5 a",
      { ran: "leaf", options: { disableCompression: "5" }, args: ["a"], flags: { demo: {} } },
    ],
    [
      "--user jane x",
      { ran: "demo", options: { debug: undefined }, args: ["x"], flags: { demo: { user: "jane" } } },
    ],
    ["logs --user jane", { ran: "logs", options: {}, args: [], flags: { demo: { user: "jane" } } }],
    ["-u jane logs", { ran: "logs", options: {}, args: [], flags: { demo: { user: "jane" } } }],
    [
      "group leaf --user jane -u jill",
      { ran: "leaf", options: { user: "jane" }, args: [], flags: { demo: { user: "jill" } } },
    ],
  ])("demo %s", (line, outcome) => {
    const { options, ...rest } = run(line.split(" "));
    expect({ ...rest, options: rest.ran === "demo" ? { debug: undefined } : options }).toEqual(outcome);
  });

  test.each([
    ["grant x --user", "error: option '-u, --user <name>' argument missing"],
    ["grant x -u", "error: option '-u, --user <name>' argument missing"],
    ["grant x --insecure-skip-tls-verify=false", "error: unknown option '--insecure-skip-tls-verify=false'"],
    ["grant x --usr jane", "error: unknown option '--usr'\n(Did you mean --user?)"],
    ["logs --user", "error: flag needs an argument: --user"],
    ["grant --disable-compression=2", /^error: invalid argument "2" for "--disable-compression" flag/],
  ])("errors name the option that is meant: demo %s", (line, error) => {
    expect(run(line.split(" ")).error).toMatch(error);
  });

  test("a value that a flag would refuse, for an option before its command", () => {
    expect(run(["--disable-compression=high", "group", "leaf"])).toMatchObject({
      ran: "leaf",
      options: { disableCompression: "high" },
    });
  });
});

describe("flags at several levels: the nearest to the command that runs counts", () => {
  test.each<[string, Where, object]>([
    ["grant x --user jane", ["demo", "grant"], { demo: {}, grant: { user: "jane" } }],
    ["--user jane grant x", ["demo", "grant"], { demo: {}, grant: { user: "jane" } }],
    [
      "-u jane grant --insecure-skip-tls-verify x",
      ["demo", "grant"],
      { demo: {}, grant: { user: "jane", insecure: true } },
    ],
    ["group leaf --context c --user jane", ["demo", "group"], { demo: {}, group: { context: "c" } }],
    ["group leaf --user jane --cluster x", ["group"], { group: { cluster: "x" } }],
    ["group leaf --user jane -u jill", ["group"], { group: { user: "jill" } }],
    ["group --user jane leaf", ["group"], { group: {} }],
  ])("demo %s, bound to %j", (line, bindTo, flags) => {
    const outcome = run(line.split(" "), bindTo);
    expect([outcome.error, outcome.flags]).toEqual([undefined, flags]);
    if (outcome.ran === "leaf") {
      expect(outcome.options).toEqual({ user: "jane" });
    }
  });

  test("with positional options, flags before a command's name are the program's", () => {
    expect(run(["--user", "jill", "grant", "--user", "jane", "x"], ["demo"], true)).toEqual({
      ...jane,
      flags: { demo: { user: "jill" } },
    });
  });
});

test("wherever an option is, its command gets it", () => {
  const options = fc.constantFrom(
    ["--user", "jane"],
    ["--user=jane"],
    ["-u", "jane"],
    ["-ujane"],
    ["-qu", "jane"],
  );
  const others = fc.shuffledSubarray([
    ["--context", "c"],
    ["-nn"],
    ["-d"],
    ["--server=s"],
    ["--cluster", "grant"],
  ]);
  fc.assert(
    fc.property(options, others, fc.nat(9), fc.constantFrom("grant", "give"), (option, around, at, name) => {
      const parts = [...around, [name]];
      const isLate = option[0] === "-qu";
      const index = isLate ? parts.length : at % (parts.length + 1);
      const argv = [...parts.slice(0, index), option, ...parts.slice(index)].flat();
      const outcome = run(argv);
      expect(outcome).toMatchObject({ ran: "grant", options: { user: "jane" }, args: [] });
      expect(outcome.flags).toEqual({
        demo: expect.not.objectContaining({ user: expect.anything() as unknown }) as unknown,
      });
    }),
    { numRuns: 200 },
  );
});
