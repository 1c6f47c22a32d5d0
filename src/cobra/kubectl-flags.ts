import type { Command, Option } from "commander";
import { ConfigOverrides } from "../api/overrides.ts";
import type { ConfigOverrideFlags, FlagInfo } from "../clientcmd/override-flags.ts";
import { recommendedConfigOverrideFlags } from "../clientcmd/override-flags.ts";
import { goQuote } from "../go/quote.ts";
import { bindBoolFlag, bindParsedFlag, bindStringFlag } from "./bind-flag.ts";
import { bindOverrideFlags } from "./bind-override-flags.ts";
import { checkNames } from "./check-names.ts";
import { InvalidArgument } from "./invalid-argument.ts";
import { checkGoDuration, checkVModule, parseGoInt32, PROFILES } from "./read-flag-value.ts";

/** Which flags of kubectl are bound, and how the help presents them. */
export interface KubectlFlagNames {
  /** Precedes the long names of the flags about the connection; with a prefix, these have no short names. */
  readonly prefix: string;
  /** What the help calls the side of a tool for two clusters that the flags are about; `""` if there is one cluster. */
  readonly side: string;
  /** The heading in the help, without the side. */
  readonly heading: string;
  /** The flags to leave out, and the letters: `--password`, `-s`. With their prefix, if they have one. */
  readonly omit: readonly string[];
}

/** The values of the flags about one connection, as they are parsed. */
export interface ConnectionFlagValues {
  readonly overrides: ConfigOverrides;
  /** `--kubeconfig`; `""` if it is not given. */
  readonly kubeconfig: string;
}

/** The values of the flags about the whole program, as they are parsed. */
export interface ProgramFlagValues {
  /** `--cache-dir`; `""` if it is not given. */
  readonly cacheDir: string;
  /** `--kuberc`; `""` if it is not given. */
  readonly kuberc: string;
  /** `--match-server-version`. */
  readonly matchServerVersion: boolean;
  /** `-v`. */
  readonly verbosity: number;
  /** `--warnings-as-errors`. */
  readonly warningsAsErrors: boolean;
}

/** kubectl's flags about the connection, and the one about kubeconfigs. */
interface ConnectionFlags {
  readonly overrides: ConfigOverrideFlags;
  readonly kubeconfig: FlagInfo;
}

function connectionFlags(prefix: string): ConnectionFlags {
  const overrides = recommendedConfigOverrideFlags(prefix);
  overrides.cluster.apiServer.shortName = prefix === "" ? "s" : "";
  overrides.context.namespace.shortName = prefix === "" ? "n" : "";
  // clientcmd has this flag, kubectl does not.
  overrides.cluster.proxyUrl.longName = "";
  return {
    overrides,
    kubeconfig: flag(
      `${prefix}kubeconfig`,
      "Kubeconfig file to use, instead of those of KUBECONFIG and ~/.kube/config.",
    ),
  };
}

function infosOf({ overrides, kubeconfig }: ConnectionFlags): readonly FlagInfo[] {
  const { auth, cluster, context, currentContext, timeout } = overrides;
  const groups = [auth, cluster, context].flatMap((group): readonly FlagInfo[] => Object.values(group));
  return [...groups, currentContext, timeout, kubeconfig];
}

/** kubectl's flags about the whole program. */
type ProgramFlags = Readonly<Record<keyof ReturnType<typeof programFlags>, FlagInfo>>;

function programFlags() {
  return {
    cacheDir: flag("cache-dir", "Folder for caches, instead of $KUBECACHEDIR or ~/.kube/cache."),
    kuberc: flag("kuberc", "Kuberc file to use, instead of that of KUBERC or ~/.kube/kuberc."),
    flushing: flag("log-flush-frequency", "Has no effect: each line of the log is written at once.", "5s"),
    version: flag("match-server-version", "Has no effect: this program has no version of Kubernetes."),
    profile: flag("profile", "Has no effect unless it is refused: no profile but none is written.", "none"),
    output: flag("profile-output", "Has no effect: no profile is written.", "profile.pprof"),
    verbosity: {
      ...flag("v", "Verbosity of the log on standard error: 6 logs requests, 7 and 8 headers, 9 times.", "0"),
      shortName: "v",
    },
    vmodule: flag("vmodule", "Has no effect: -v is for all parts of the program."),
    warnings: flag("warnings-as-errors", "Treat warnings of the server as errors."),
  };
}

/**
 * Refuses flags to leave out that kubectl does not have.
 *
 * @throws TypeError
 */
export function checkOmitted(omit: readonly string[], prefix: string): void {
  const infos = [...infosOf(connectionFlags(prefix)), ...Object.values(programFlags())];
  const names = new Set(infos.flatMap(({ longName, shortName }) => [`--${longName}`, `-${shortName}`]));
  for (const name of omit) {
    if (!names.has(name) || name.length < 2) {
      throw new TypeError(`bindKubectlFlags: option "omit": kubectl has no flag ${JSON.stringify(name)}`);
    }
  }
}

/**
 * Binds the flags of `kubectl options`, all or none of them.
 *
 * @param known - the flags about the whole program, if they are bound to the command already
 * @throws Error for a flag whose name the command has already
 */
export function bindFlags(
  command: Command,
  names: KubectlFlagNames,
  known: ProgramFlagValues | undefined,
): { readonly connection: ConnectionFlagValues; readonly program: ProgramFlagValues } {
  const ofConnection = connectionFlags(names.prefix);
  const ofProgram = programFlags();
  const infos = [...infosOf(ofConnection), ...(known === undefined ? Object.values(ofProgram) : [])];
  for (const info of infos) {
    leaveOut(info, names.omit);
    refuseTaken(command, info);
  }
  checkNames(command, infos);
  for (const info of infosOf(ofConnection)) {
    info.description = names.side === "" ? info.description : `(${names.side}) ${info.description}`;
  }
  const { heading, side } = names;
  const first = command.options.length;
  const connection = bindConnectionFlags(command, ofConnection);
  setGroup(command, first, side === "" ? heading : `${heading.replace(/:$/, "")} (${side}):`);
  const second = command.options.length;
  const program = known ?? bindProgramFlags(command, ofProgram);
  setGroup(command, side === "" ? first : second, heading);
  return { connection, program };
}

function bindConnectionFlags(command: Command, flags: ConnectionFlags): ConnectionFlagValues {
  const { context } = flags.overrides;
  const overrides = new ConfigOverrides();
  const values = { overrides, kubeconfig: "" };
  const { namespace } = context;
  bindOverrideFlags(command, overrides, {
    ...flags.overrides,
    context: { ...context, namespace: { ...namespace, longName: "" } },
  });
  // kubectl, unlike clientcmd, takes the namespace as it is: `-n ns/a` is no namespace.
  bindStringFlag(command, namespace, (value) => {
    overrides.context = { ...overrides.context, namespace: value };
  });
  bindStringFlag(command, flags.kubeconfig, (value) => (values.kubeconfig = value));
  return values;
}

function bindProgramFlags(command: Command, flags: ProgramFlags): ProgramFlagValues {
  const values = {
    cacheDir: "",
    kuberc: "",
    matchServerVersion: false,
    verbosity: 0,
    warningsAsErrors: false,
  };
  const check = (info: FlagInfo, parse: (text: string) => string): void =>
    bindParsedFlag(command, info, () => undefined, { parse, initial: info.default });
  bindStringFlag(command, flags.cacheDir, (value) => (values.cacheDir = value));
  bindStringFlag(command, flags.kuberc, (value) => (values.kuberc = value));
  check(flags.flushing, checkGoDuration);
  bindBoolFlag(command, flags.version, (value) => (values.matchServerVersion = value));
  check(flags.profile, checkProfile);
  bindStringFlag(command, flags.output, () => undefined);
  bindParsedFlag(command, flags.verbosity, (value) => (values.verbosity = value), {
    parse: parseGoInt32,
    initial: 0,
  });
  check(flags.vmodule, checkVModule);
  bindBoolFlag(command, flags.warnings, (value) => (values.warningsAsErrors = value));
  return values;
}

/** Sorts the options of a command from an index on, and puts them under one heading of the help. */
function setGroup(command: Command, first: number, heading: string): void {
  const options = command.options as Option[];
  const added = options.splice(first).toSorted((one, other) => (one.name() < other.name() ? -1 : 1));
  options.push(...added.map((option) => option.helpGroup(heading)));
}

function flag(longName: string, description: string, initial = ""): FlagInfo {
  return { longName, shortName: "", default: initial, description, secret: false };
}

function checkProfile(text: string): string {
  if (text === "none") {
    return text;
  }
  const reason = PROFILES.has(text) ? "this program cannot write the" : "unknown";
  throw new InvalidArgument(`${reason} profile '${text}'`);
}

function leaveOut(info: FlagInfo, omit: readonly string[]): void {
  if (omit.includes(`--${info.longName}`)) {
    info.longName = "";
  } else if (omit.includes(`-${info.shortName}`)) {
    info.shortName = "";
  }
}

/** Refuses a flag whose name the command has already. @throws Error that says how to leave the flag out */
function refuseTaken(command: Command, { longName, shortName }: FlagInfo): void {
  for (const name of longName === "" ? [] : [`--${longName}`, `-${shortName}`]) {
    if (command.options.some(({ long, short }) => name === long || name === short)) {
      throw new Error(
        `cannot bind kubectl's ${name} to command ${goQuote(command.name())}: it has an option of that name; leave kubectl's out with omit: [${JSON.stringify(name)}]`,
      );
    }
  }
}
