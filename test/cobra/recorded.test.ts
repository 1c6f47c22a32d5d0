import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { ConfigOverrides } from "../../src/api/overrides.ts";
import { PflagCommand } from "../../src/cli/pflag-command.ts";
import { bindOverrideFlags } from "../../src/cobra/bind-override-flags.ts";
import { recommendedConfigOverrideFlags } from "../../src/clientcmd/override-flags.ts";

/** What pflag 1.0.9, that of kubectl 1.36, makes of an argv: the values that are not defaults, or an error. */
interface Recorded {
  readonly argv: readonly string[];
  readonly values?: Readonly<Record<string, unknown>>;
  readonly args?: readonly string[];
  readonly error?: string;
}

const RECORDED = (
  JSON.parse(readFileSync(join(__dirname, "vectors/pflag-1.0.9.json"), "utf8")) as {
    readonly vectors: readonly Recorded[];
  }
).vectors;

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

const BEFORE_THE_NAME: typeof SETUPS = [
  ["a program, before the name of its subcommand", () => tree("root", after, false)],
  ["a program with positional options, before that name", () => tree("root", after, true)],
];

function parse({ owner, leaf: runs, argv }: Setup, recorded: Recorded): Recorded {
  const overrides = new ConfigOverrides();
  bindOverrideFlags(owner, overrides, recordedFlags());
  const root = owner.parent ?? owner;
  try {
    root.parse(argv(recorded.argv), { from: "user" });
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

/**
 * An outcome with the words of pflag's error alone. Options that do not exist are refused in commander's words, or
 * behind another fault of the argv.
 */
function comparable({ error, ...outcome }: Recorded, isUnknown: boolean): Recorded {
  return error === undefined
    ? outcome
    : { ...outcome, error: isUnknown ? "unknown" : error.replace(/^error: |\nSee .*/g, "") };
}

test.each(RECORDED.map((recorded) => [JSON.stringify(recorded.argv), recorded] as const))(
  "%s is read as pflag reads it, wherever the flags are",
  (_argv, recorded) => {
    const { argv, args, error = "" } = recorded;
    const isUnknown = /^(?:bad flag syntax|unknown )/.test(error);
    const setups: readonly (readonly [string, () => Setup])[] =
      args?.length === 0 && !argv.includes("--") ? [...SETUPS, ...BEFORE_THE_NAME] : SETUPS;
    expect(setups.map(([name, setup]) => [name, comparable(parse(setup(), recorded), isUnknown)])).toEqual(
      setups.map(([name]) => [name, comparable(recorded, isUnknown)]),
    );
  },
);

test.each(RECORDED.map((recorded) => [JSON.stringify(recorded.argv), recorded] as const))(
  "%s is read as pflag reads it, and refused in its words, where every option is a flag",
  (_argv, recorded) => {
    const command = silent(new PflagCommand("tool"))
      .allowExcessArguments()
      .action(() => undefined);
    bindOverrideFlags(command, new ConfigOverrides(), recordedFlags());
    if (recorded.error === undefined) {
      command.parse(recorded.argv, { from: "user" });
      expect(command.args).toEqual(recorded.args);
    } else {
      expect(() => command.parse(recorded.argv, { from: "user" })).toThrow(
        new Error(`${recorded.error}\nSee 'tool --help' for usage.`),
      );
    }
  },
);
