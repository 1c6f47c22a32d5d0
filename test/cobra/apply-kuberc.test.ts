import { Command, InvalidArgumentError, Option } from "commander";
import type { Preference } from "../../src/api/preference.ts";
import { PflagCommand } from "../../src/cli/pflag-command.ts";
import { decodeKuberc } from "../../src/codec/kuberc/decode-kuberc.ts";
import type { Host } from "../../src/index.ts";
import { applyKuberc, KubercError, PluginPolicyError } from "../../src/index.ts";
import { findCommand } from "../../src/cobra/find-command.ts";
import { fakeHost, thrownBy } from "../support/fake-host.ts";
import type { AppliedCase } from "./apply-kuberc.table.ts";
import { appliedAliases, appliedDefaults } from "./apply-kuberc.table.ts";

const host: Host = fakeHost();

/** Applies without a word of warning. */
function apply(program: Command, preference: Preference, argv: readonly string[]): string[] {
  return applyKuberc(program, preference, argv, {
    warn: (text) => {
      throw new Error(`unexpected warning: ${text}`);
    },
    host,
  });
}

/** A program whose commands stand each inside the one before. */
function programOf({ commands }: AppliedCase): Command {
  const program = new PflagCommand("root").addOption(new Option("--kuberc <file>"));
  let parent: Command = program;
  for (const [name, ...flags] of commands) {
    const command = new PflagCommand(name).argument("[args...]").addOption(new Option("--kuberc <file>"));
    for (const [flag, value, letter] of flags) {
      const names = letter === undefined ? `--${flag}` : `-${letter}, --${flag}`;
      command.addOption(new Option(typeof value === "string" ? `${names} <value>` : names).default(value));
    }
    command.action(() => undefined);
    parent.addCommand(command);
    parent = command;
  }
  return program;
}

function words(text: string | undefined): readonly string[] {
  return text?.split(" ") ?? [];
}

function preferenceOf({ defaults = [], aliases = [] }: AppliedCase): Preference {
  return {
    defaults: defaults.map(([command, name, value]) => ({ command, options: [{ name, default: value }] })),
    aliases: aliases.map(({ name, command, prepend, append, option }) => ({
      name,
      command,
      prependArgs: words(prepend),
      appendArgs: words(append),
      options: option === undefined ? [] : [{ name: option[0], default: option[1] }],
    })),
    pluginPolicy: { credentialPluginPolicy: "", credentialPluginAllowlist: undefined },
  };
}

describe("a kuberc does to a commander program what it does to kubectl", () => {
  test.each([...appliedDefaults, ...appliedAliases].map((row) => [row.source, row] as const))(
    "%s",
    (_source, row) => {
      const program = programOf(row);
      const argv = row.argv.split(" ");
      if (row.error !== undefined) {
        const error = thrownBy(() => apply(program, preferenceOf(row), argv));
        expect(error).toBeInstanceOf(KubercError);
        expect(error).toHaveProperty("message", row.error);
        return;
      }
      const { command, rest } = findCommand(program, apply(program, preferenceOf(row), argv));
      command.parse([...rest], { from: "user" });
      expect(command.opts()).toMatchObject(row.flags ?? {});
      expect(command.name()).toBe(row.runs ?? row.commands.at(-1)?.[0]);
      expect(command.args).toEqual(row.args === undefined || row.args === "" ? [] : row.args.split(" "));
    },
  );
});

/** A kuberc as somebody would write it. */
function kuberc(text: string): Preference {
  const document = `apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n${text}`;
  const { used } = decodeKuberc(new TextEncoder().encode(document));
  if (used?.preference === undefined) {
    throw new Error("kubectl would not use it");
  }
  return used.preference;
}

interface Outcome {
  /** The command that ran, or what happened instead. */
  readonly ran: string;
  readonly args: readonly string[];
  readonly opts: Readonly<Record<string, unknown>>;
}

/** A program that commander itself runs. */
function run(text: string, argv: string): Outcome & { readonly warnings: readonly string[] } {
  let outcome: Outcome = { ran: "nothing", args: [], opts: {} };
  const command = (name: string): Command => {
    const made = new Command(name).argument("[args...]");
    return made.action(() => {
      outcome = { ran: name, args: made.args, opts: made.optsWithGlobals() };
    });
  };
  const create = new Command("create").option("--dry-run <strategy>");
  create.addCommand(command("configmap").option("--from-file <file>"));
  create.addCommand(command("secret").alias("sec"));
  const program = new Command("tool")
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .option("--context <name>", "", "")
    .addCommand(
      command("get")
        .addOption(new Option("-o, --output <format>").choices(["json", "wide"]).env("TOOL_OUTPUT"))
        .option("-w, --watch")
        .option("-A, --all-namespaces")
        .option("--no-headers")
        .option("--column <name...>")
        .option("--limit <n>", "", (value) => {
          if (!/^\d+$/.test(value)) {
            throw new InvalidArgumentError("not a number");
          }
          return Number(value);
        })
        .addOption(new Option("--selector <text>").implies({ filtered: true }))
        .addOption(new Option("--server_side")),
    )
    .addCommand(create)
    .addCommand(command("view").option("--raw"));
  program.addCommand(new Command("config").addCommand(command("view").option("--raw").option("--flatten")));
  const warnings: string[] = [];
  program.parse(
    applyKuberc(program, kuberc(text), argv.split(" "), { warn: (warning) => warnings.push(warning), host }),
    { from: "user" },
  );
  return { ...outcome, warnings };
}

describe("options that the user does not give get their values", () => {
  test.each([
    ["get", "output", "json", "get", { output: "json" }],
    ["get", "watch", "true", "get", { watch: true }],
    ["get", "watch", "F", "get", { watch: false }],
    ["get", "no-headers", "true", "get", { headers: false }],
    ["get", "column", "name", "get", { column: ["name"] }],
    ["get", "limit", "7", "get", { limit: 7 }],
    ["get", "selector", "app=x", "get", { selector: "app=x", filtered: true }],
    ["get", "all_namespaces", "true", "get", { allNamespaces: true }],
    ["get", "server_side", "true", "get", { server_side: true }],
    ["get", "context", "staging", "get", { context: "staging" }],
    ["get", "context", "staging", "get --context dev", { context: "dev" }],
    ["get", "limit", "7", "get --limit 8", { limit: 8 }],
    ["get", "limit", "7", "get --limit=8", { limit: 8 }],
    ["get", "watch", "true", "get -Aw", { watch: true, allNamespaces: true }],
    ["get", "output", "json", "get -owide", { output: "wide" }],
    ["create configmap", "from-file", "a", "create configmap", { fromFile: "a" }],
    ["create configmap", "dry-run", "client", "create configmap", { dryRun: "client" }],
    ["create sec", "dry-run", "client", "create secret x", { dryRun: "client" }],
    // What looks like one of the user's options is one, as in kubectl.
    ["get", "watch", "true", "get -Aw x", { watch: true }],
  ])("%s: --%s=%s, called as %j", (command, name, value, argv, opts) => {
    const { opts: found } = run(
      `defaults: [{command: "${command}", options: [{name: ${name}, default: "${value}"}]}]`,
      argv,
    );
    expect(found).toEqual(expect.objectContaining(opts));
  });

  test("what stands after -- looks like one of the user's options too, as in kubectl", () => {
    const text = 'defaults: [{command: get, options: [{name: limit, default: "7"}]}]';
    expect(run(text, "get -- --limit").opts["limit"]).toBeUndefined();
    expect(run(text, "get -- limit").opts["limit"]).toBe(7);
  });

  test("an environment variable of the option goes before the kuberc", () => {
    process.env["TOOL_OUTPUT"] = "wide";
    try {
      const { opts } = run("defaults: [{command: get, options: [{name: output, default: json}]}]", "get");
      expect(opts["output"]).toBe("wide");
    } finally {
      delete process.env["TOOL_OUTPUT"];
    }
  });

  test("defaults of one command are given to every command of its name, as in kubectl", () => {
    const text = 'defaults: [{command: config view, options: [{name: raw, default: "true"}]}]';
    expect(run(text, "view").opts).toMatchObject({ raw: true });
    expect(run(text, "config view").opts).toMatchObject({ raw: true });
  });
});

function alias(fields: string): string {
  return `aliases: [{${fields}}]`;
}

describe("aliases stand for commands", () => {
  test.each([
    ["name: mk, command: create configmap", "mk x", "configmap", ["x"]],
    ["name: mk, command: create configmap", "--context=a mk x", "configmap", ["x"]],
    ["name: mk, command: create", "mk secret x", "secret", ["x"]],
    ["name: mk, command: create sec", "mk x", "secret", ["x"]],
    ["name: gp, command: get pods", "gp x", "get", ["x"]],
    ["name: gp, command: get, prependArgs: [pods]", "gp", "get", ["pods"]],
    [
      "name: gp, command: get, prependArgs: [pods], appendArgs: [z]",
      "gp x -w y",
      "get",
      ["pods", "x", "y", "z"],
    ],
    ["name: any, command: ''", "any get x", "get", ["x"]],
    ["name: get, command: view", "get x", "get", ["x"]],
    ["name: view, command: get", "config view", "view", []],
  ])("%s: %s", (fields, argv, ran, args) => {
    expect(run(alias(fields), argv)).toMatchObject({ ran, args, warnings: [] });
  });

  test("the command's own defaults do not count for an alias", () => {
    const text = `aliases: [{name: gp, command: get}]
defaults: [{command: get, options: [{name: output, default: json}]}]`;
    expect(run(text, "gp").opts["output"]).toBeUndefined();
    expect(run(text, "get").opts["output"]).toBe("json");
  });

  test("the defaults of a command that is called through an alias of its group count", () => {
    const text = `aliases: [{name: cfg, command: config}]
defaults: [{command: config view, options: [{name: flatten, default: "true"}]}]`;
    expect(run(text, "cfg view").opts).toMatchObject({ flatten: true });
  });

  test("a name that is the value of a flag calls no alias", () => {
    expect(() => run(alias("name: gp, command: config view"), "--context gp nope")).toThrow(
      "unknown command 'nope'",
    );
    expect(() => run(alias("name: gp, command: get"), "--context x gp")).toThrow("unknown command 'gp'");
  });
});

describe("what is wrong with a kuberc is said in kubectl's words", () => {
  test.each([
    [
      "aliases: [{name: x, command: nope foo}]",
      "x",
      'command "nope foo" not found to set alias "x": [nope foo]',
    ],
    [
      "aliases: [{name: x, command: get, options: [{name: nope, default: a}]}]",
      "x",
      "invalid alias flag nope in alias tool",
    ],
    [
      "aliases: [{name: x, command: get, options: [{name: watch, default: maybe}]}]",
      "x",
      'could not apply value maybe to flag watch in alias tool err: invalid argument "maybe" for "-w, --watch" flag: ' +
        'strconv.ParseBool: parsing "maybe": invalid syntax',
    ],
    [
      "defaults: [{command: get, options: [{name: nope, default: a}]}]",
      "get",
      "invalid flag nope for command get",
    ],
    [
      "defaults: [{command: get, options: [{name: limit, default: a}]}]",
      "get",
      'could not apply override value a to flag limit in command get err: invalid argument "a" for "--limit" flag: not a number',
    ],
    [
      "defaults: [{command: get, options: [{name: -o, default: a}]}]",
      "view",
      "flag name -o should be in long form without dashes",
    ],
    [
      "aliases: [{name: view, command: get}, {name: cfg, command: config}]\n" +
        "defaults: [{command: view, options: []}]",
      "cfg view",
      "alias view can not be overridden",
    ],
  ])("%s: %s", (text, argv, message) => {
    const error = thrownBy(() => run(text, argv));
    expect(error).toBeInstanceOf(KubercError);
    expect(error).toHaveProperty("message", message);
  });

  test.each([
    [
      "defaults: [{command: nope, options: []}]",
      "get",
      ['Warning: command "nope" not found to set kuberc override'],
    ],
    ["defaults: [{command: create nope, options: []}]", "get", []],
  ])("%s warns: %j", (text, argv, warnings) => {
    expect(run(text, argv).warnings).toEqual(warnings);
  });

  test("an alias that has the name of a command is left aside with a warning", () => {
    const warnings: string[] = [];
    const program = new Command("tool").option("--context <name>").addCommand(new Command("get"));
    const argv = ["--context", "get", "nope"];
    const preference = kuberc("aliases: [{name: get, command: get}]");
    expect(applyKuberc(program, preference, argv, { warn: (text) => warnings.push(text), host })).toEqual(
      argv,
    );
    expect(warnings).toEqual(['Warning: Setting alias "get" to a built-in command is not supported']);
  });

  test("a plugin policy that makes no sense stops everything, except a call without arguments", () => {
    const program = new Command("tool").addCommand(new Command("get"));
    const preference = kuberc("credentialPluginPolicy: DenyAll\ncredentialPluginAllowlist: []");
    expect(thrownBy(() => apply(program, preference, ["get"]))).toBeInstanceOf(PluginPolicyError);
    expect(apply(program, preference, [])).toEqual([]);
  });
});
