import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { ConfigOverrides } from "../../../src/api/overrides.ts";
import { PflagCommand } from "../../../src/cli/pflag-command.ts";
import { bindOverrideFlags } from "../../../src/clientcmd/bind-override-flags.ts";
import { recommendedConfigOverrideFlags } from "../../../src/clientcmd/override-flags.ts";

/** What pflag 1.0.9, that of kubectl 1.36, makes of an argv: the values that are not defaults, or an error. */
interface Recorded {
  readonly argv: readonly string[];
  readonly values?: Readonly<Record<string, unknown>>;
  readonly args?: readonly string[];
  readonly error?: string;
}

const RECORDED = JSON.parse(
  readFileSync(join(__dirname, "vectors/pflag-1.0.9.json"), "utf8"),
) as readonly Recorded[];

/** The flags that were recorded. */
function recordedFlags() {
  const flags = recommendedConfigOverrideFlags("");
  const { auth, cluster } = flags;
  for (const info of [
    auth.clientCertificate,
    auth.impersonateUid,
    auth.username,
    auth.password,
    cluster.certificateAuthority,
  ]) {
    info.longName = "";
  }
  auth.token.shortName = "t";
  auth.impersonateGroups.shortName = "g";
  cluster.apiServer.shortName = "s";
  cluster.insecureSkipTlsVerify.shortName = "k";
  cluster.disableCompression.shortName = "z";
  return flags;
}

function valuesOf({ authInfo, cluster, context, currentContext, timeout }: ConfigOverrides): object {
  const values = {
    server: cluster.server,
    token: authInfo.token,
    namespace: context.namespace,
    as: authInfo.impersonate,
    "as-group": authInfo.impersonateGroups,
    "insecure-skip-tls-verify": cluster.insecureSkipTlsVerify,
    "disable-compression": cluster.disableCompression,
    context: currentContext,
    cluster: context.cluster,
    user: context.authInfo,
    "request-timeout": timeout === "0" ? undefined : timeout,
    "client-key": authInfo.clientKey,
    "proxy-url": cluster.proxyUrl,
    "tls-server-name": cluster.tlsServerName,
  };
  return Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) =>
        value !== undefined &&
        value !== false &&
        (value !== "" || name === "request-timeout") &&
        !(Array.isArray(value) && value.length === 0),
    ),
  );
}

function silent<T extends Command>(command: T): T {
  return command
    .helpOption(false)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
}

/** A command line for the flags: which command has them, which command runs, and its argv. */
interface Setup {
  readonly owner: Command;
  readonly leaf: Command;
  readonly argv: (argv: readonly string[]) => readonly string[];
}

function leaf(): Command {
  return silent(new Command("sub"))
    .argument("[args...]")
    .action(() => undefined);
}

function tree(ownedBy: "root" | "sub", argv: Setup["argv"], positional: boolean): Setup {
  const root = silent(new Command("tool")).helpCommand(false).enablePositionalOptions(positional);
  const sub = leaf();
  root.addCommand(sub);
  return { owner: ownedBy === "root" ? root : sub, leaf: sub, argv };
}

const before: Setup["argv"] = (argv) => ["sub", ...argv];
const after: Setup["argv"] = (argv) => [...argv, "sub"];

const SETUPS: readonly (readonly [string, () => Setup])[] = [
  [
    "a plain command",
    () => {
      const command = leaf();
      return { owner: command, leaf: command, argv: (argv) => argv };
    },
  ],
  [
    "a command that parses as pflag itself",
    () => {
      const command = silent(new PflagCommand("tool"))
        .allowExcessArguments()
        .action(() => undefined);
      return { owner: command, leaf: command, argv: (argv) => argv };
    },
  ],
  ["a program, behind the name of its subcommand", () => tree("root", before, false)],
  ["a program with positional options, behind the name of its subcommand", () => tree("root", before, true)],
  ["a subcommand", () => tree("sub", before, false)],
  ["a subcommand of a program with positional options", () => tree("sub", before, true)],
];

function parse({ owner, leaf: runs, argv }: Setup, recorded: Recorded): Recorded {
  const overrides = new ConfigOverrides();
  bindOverrideFlags(owner, overrides, recordedFlags());
  const root = owner.parent ?? owner;
  try {
    root.parse([...argv(recorded.argv)], { from: "user" });
  } catch (error) {
    return { argv: recorded.argv, error: error instanceof Error ? error.message : String(error) };
  }
  const extra: unknown = owner.getOptionValue("asUserExtra");
  return {
    argv: recorded.argv,
    values: { ...valuesOf(overrides), ...(extra === undefined ? {} : { "as-user-extra": extra }) },
    args: runs.args,
  };
}

/** commander words its own errors about options that do not exist. */
const UNKNOWN = /^(?:bad flag syntax|unknown )/;

describe.each(SETUPS)("flags on %s are read as pflag reads them", (_name, setup) => {
  test.each(RECORDED.map((recorded) => [JSON.stringify(recorded.argv), recorded] as const))(
    "%s",
    (_argv, recorded) => {
      const parsed = parse(setup(), recorded);
      if (recorded.error === undefined) {
        expect(parsed).toEqual(recorded);
      } else if (UNKNOWN.test(recorded.error)) {
        expect(parsed.error).toBeDefined();
      } else {
        expect(parsed.error?.replace(/^error: |\nSee .*/g, "")).toBe(recorded.error);
      }
    },
  );
});

describe.each([
  ["a program", false],
  ["a program with positional options", true],
])("flags on %s, before the name of its subcommand, are read as pflag reads them", (_name, positional) => {
  const withoutArguments = RECORDED.filter(({ argv, args }) => args?.length === 0 && !argv.includes("--"));
  test.each(withoutArguments.map((recorded) => [JSON.stringify(recorded.argv), recorded] as const))(
    "%s",
    (_argv, recorded) => {
      expect(parse(tree("root", after, positional), recorded)).toEqual(recorded);
    },
  );
});

describe("a command whose every option is a flag reads them as pflag, in its words", () => {
  test.each(RECORDED.map((recorded) => [JSON.stringify(recorded.argv), recorded] as const))(
    "%s",
    (_argv, recorded) => {
      const command = silent(new PflagCommand("tool"))
        .allowExcessArguments()
        .action(() => undefined);
      const source = tree("root", before, false).owner;
      bindOverrideFlags(source, new ConfigOverrides(), recordedFlags());
      for (const { flags, optional } of source.options) {
        const isList = /as-(?:group|user-extra)/.test(flags);
        command.addOption(new Option(isList ? flags.replace(">", "...>") : flags));
        expect(optional).toBe(/insecure|compression/.test(flags));
      }
      if (recorded.error === undefined) {
        command.parse([...recorded.argv], { from: "user" });
        expect(command.args).toEqual(recorded.args);
      } else {
        expect(() => command.parse([...recorded.argv], { from: "user" })).toThrow(
          new Error(`${recorded.error}\nSee 'tool --help' for usage.`),
        );
      }
    },
  );
});
