import type { Command } from "commander";
import type { ConfigOverrides } from "../api/overrides.ts";
import { applyPreference } from "../cobra/apply-kuberc.ts";
import type { ConnectionFlagValues, ProgramFlagValues } from "../cobra/kubectl-flags.ts";
import { bindFlags, checkOmitted } from "../cobra/kubectl-flags.ts";
import { filepathFor } from "../go/filepath.ts";
import { visible, visibleLine } from "../go/visible.ts";
import { isCredentialPlugin } from "../host/credential-plugin.ts";
import type { Host } from "../host/host.ts";
import { explicitKuberc } from "../kuberc/explicit-kuberc.ts";
import type { ClientConfig } from "../loading/client-config.ts";
import { kubectlClientConfig } from "../loading/client-configs.ts";
import { homeDir } from "../loading/home-dir.ts";
import { loadKuberc } from "../loading/load-kuberc.ts";
import { logOfFiles } from "../loading/log-line.ts";
import { policyInForce } from "../loading/own-kuberc.ts";
import type { LoadingRules } from "../loading/loading-rules.ts";
import { terminalPrompter } from "../loading/terminal-prompter.ts";
import { publicFunction } from "../public-function.ts";
import type { Connection, ConnectOptions } from "../transport/connection.ts";
import { connect } from "../transport/connection.ts";
import { RequestLog } from "../transport/request-log.ts";
import { PrintedWarnings } from "../transport/printed-warnings.ts";
import { persistForChosenUser } from "../writing/persister-for-user.ts";

/** Options of {@link bindKubectlFlags}. */
export interface KubectlFlagsOptions {
  /**
   * Precedes the long names of the flags about the connection, as `from-` in `--from-context`, for tools that connect to
   * several clusters: bind once for each. These flags then have no short names. Those about the whole program, such as
   * `-v` and `--kuberc`, have no prefix, and all sides share them. Default: `""`.
   */
  readonly prefix?: string;
  /** What the help calls the side that a prefix is for; default: the prefix without its dash. */
  readonly side?: string;
  /** The heading of the flags in the help; default: `Kubectl flags:`. */
  readonly heading?: string;
  /**
   * The flags to leave out, because the program has its own or none: `["--password", "-s"]`; a letter leaves out the short
   * name only.
   */
  readonly omit?: readonly string[];
  /**
   * Whether the aliases and defaults of the user's kuberc apply to the program, as by `applyKuberc`. Defaults for commands
   * that the program does not have are ignored: the file is kubectl's. Default: false.
   */
  readonly applyKuberc?: boolean;
}

/** kubectl's flags on a command, and what they say once the command line has been parsed. */
export interface KubectlFlags {
  /**
   * The client config of the flags, the kubeconfigs and the environment, as kubectl has it: it prompts for a user name
   * where there are no credentials, and goes to localhost:8080 where no kubeconfig names a server. It loads nothing before
   * it is used.
   */
  readonly clientConfig: ClientConfig;
  /** The values of the flags about the connection. May be changed until the client config is first used. */
  readonly overrides: ConfigOverrides;
  /** `--kubeconfig`; `""` if it is not given. */
  readonly kubeconfig: string;
  /** `--kuberc`; `""` if it is not given. */
  readonly kuberc: string;
  /** `--cache-dir`, else `$KUBECACHEDIR`, else `~/.kube/cache`. Nothing is cached there by kcfg. */
  readonly cacheDir: string;
  /** `--match-server-version`. */
  readonly matchServerVersion: boolean;
  /** `-v`: how much is logged. */
  readonly verbosity: number;
  /** `--warnings-as-errors`. */
  readonly warningsAsErrors: boolean;
  /**
   * Returns the namespace of requests: `-n`, else that of the context, else `default`.
   *
   * @throws InvalidConfigurationError if the configuration cannot be used
   */
  namespace(): string;
  /**
   * Makes a client of the server that the flags name, as `connect` does, with the policy of `--kuberc`. Warnings, and the
   * log of `-v`, go where the command writes its errors; with `--warnings-as-errors` the action fails when it ends. An
   * expired token of an `oidc` user is renewed and written back, as by kubectl.
   *
   * @param options - replace those of the flags
   * @throws KubercError, PluginPolicyError for a kuberc that kubectl refuses to work with
   * @throws InvalidConfigurationError, ConfigReadError, ConnectionError
   */
  connect(options?: ConnectOptions): Promise<Connection>;
}

/**
 * Registers all flags of `kubectl options` on a command, under one heading of its help: `--kubeconfig`, `--context`, `-n`,
 * `-s`, `--as`, `--request-timeout`, `--kuberc`, `-v` and the others. They can be given before and after the name of a
 * subcommand, and are read as kubectl reads its own; an option of the subcommand with the same name goes before them.
 *
 * ```ts
 * const kubectl = bindKubectlFlags(program);
 * program.action(async () => {
 *   const connection = await kubectl.connect();
 *   await connection.fetch(`/api/v1/namespaces/${kubectl.namespace()}/pods`);
 *   await connection.close();
 * });
 * await program.parseAsync().catch((error) => program.error(kubectlMessage(error)));
 * ```
 *
 * @param command - mostly the program; its other options and its subcommands may be added before and after
 * @throws Error when the command already has an option of that name; no flag is registered then
 */
export const bindKubectlFlags = publicFunction(
  "bindKubectlFlags",
  { prefix: "string", side: "string", heading: "string", omit: "array", applyKuberc: "boolean" },
  (host: Host, command: Command, options: KubectlFlagsOptions): KubectlFlags => {
    const { prefix = "", heading = "Kubectl flags:", omit = [], applyKuberc = false } = options;
    const { side = prefix.replace(/-$/, "") } = options;
    checkOmitted(omit, prefix);
    const known = programFlags.get(command);
    const { connection, program } = bindFlags(command, { prefix, side, heading, omit }, known?.values);
    const shared = known ?? share(command, program);
    if (applyKuberc && !shared.appliesKuberc) {
      shared.appliesKuberc = true;
      applyWhenParsing(host, command, shared.report);
    }
    return new BoundKubectlFlags(host, connection, shared);
  },
);

/** What the sides of a tool share. */
interface SharedFlags {
  readonly values: ProgramFlagValues;
  /** The warnings of servers that were printed. */
  readonly warnings: PrintedWarnings;
  /** Writes lines for people where the command writes its errors. */
  readonly report: (text: string) => void;
  appliesKuberc: boolean;
}

const programFlags = new WeakMap<Command, SharedFlags>();

function share(command: Command, values: ProgramFlagValues): SharedFlags {
  const report = (text: string): void => command.configureOutput().writeErr?.(text);
  const warnings = new PrintedWarnings((text) => report(`Warning: ${visibleLine(text)}\n`));
  command.hook("preAction", () => warnings.clear());
  command.hook("postAction", () => {
    if (values.warningsAsErrors) {
      warnings.refuse();
    }
  });
  command.addHelpText("afterAll", ({ command: shown }) =>
    shown === command
      ? ""
      : `\nUse "${command.name()} --help" for the flags of kubectl, which every command takes.`,
  );
  const shared: SharedFlags = { values, warnings, report, appliesKuberc: false };
  programFlags.set(command, shared);
  return shared;
}

/** Has a program apply the aliases and defaults of the kuberc to each argv before it parses it. */
function applyWhenParsing(host: Host, program: Command, report: (text: string) => void): void {
  const parseOptions = program.parseOptions.bind(program);
  program.parseOptions = (argv) => {
    if (program.parent !== null) {
      throw new Error("bindKubectlFlags: applyKuberc is for the program, not for one of its subcommands");
    }
    // A client that has started this program as its credential plugin may have chosen the kuberc.
    if (isCredentialPlugin(host)) {
      return parseOptions(argv);
    }
    const { preference, warnings } = loadKuberc(host, explicitKuberc(argv));
    for (const warning of warnings) {
      report(`${visibleLine(warning)}\n`);
    }
    return parseOptions(
      preference === undefined
        ? argv
        : applyPreference(program, preference, argv, () => undefined, filepathFor(host)),
    );
  };
}

class BoundKubectlFlags implements KubectlFlags {
  readonly clientConfig: ClientConfig;
  readonly #host: Host;
  readonly #connection: ConnectionFlagValues;
  readonly #shared: SharedFlags;

  constructor(host: Host, connection: ConnectionFlagValues, shared: SharedFlags) {
    this.#host = host;
    this.#connection = connection;
    this.#shared = shared;
    this.clientConfig = kubectlClientConfig(host, {
      overrides: connection.overrides,
      rules: () => this.#rules(),
      prompter: terminalPrompter(host),
      warn: (text) => shared.report(`${visibleLine(text)}\n`),
    });
  }

  get overrides(): ConfigOverrides {
    return this.#connection.overrides;
  }

  get kubeconfig(): string {
    return this.#connection.kubeconfig;
  }

  get kuberc(): string {
    return this.#shared.values.kuberc;
  }

  get cacheDir(): string {
    const { cacheDir } = this.#shared.values;
    return (
      cacheDir ||
      this.#host.env["KUBECACHEDIR"] ||
      filepathFor(this.#host).join(homeDir(this.#host), ".kube", "cache")
    );
  }

  get matchServerVersion(): boolean {
    return this.#shared.values.matchServerVersion;
  }

  get verbosity(): number {
    return this.#shared.values.verbosity;
  }

  get warningsAsErrors(): boolean {
    return this.#shared.values.warningsAsErrors;
  }

  namespace(): string {
    return this.clientConfig.namespace().namespace;
  }

  async connect(options: ConnectOptions = {}): Promise<Connection> {
    const requests = new RequestLog(
      this.#host,
      (lines) => this.#shared.report(visible(lines)),
      this.verbosity,
    );
    // As in kubectl, an unusable kuberc ends the program even if no plugin will run.
    const pluginPolicy =
      options.pluginPolicy ??
      policyInForce(this.#host, options.kuberc ?? this.kuberc, (text) => this.#warn(text)).policy;
    const config = await this.clientConfig.clientConfig();
    return connect(this.#host, config, {
      warn: (text) => this.#warn(text),
      onWarning: (warning) => this.#shared.warnings.print(warning),
      trace: requests.trace,
      persistAuthProvider: (settings) =>
        persistForChosenUser(this.#host, this.clientConfig, this.overrides, settings, {
          warn: (text) => this.#warn(text),
        }),
      ...options,
      pluginPolicy,
    });
  }

  #rules(): Pick<LoadingRules, "explicitPath" | "warn" | "loaded"> {
    const write = (line: string): void => this.#shared.report(visible(line));
    return { explicitPath: this.kubeconfig, ...logOfFiles(this.#host, this.verbosity, write) };
  }

  #warn(text: string): void {
    this.#shared.report(`warning: ${visibleLine(text)}\n`);
  }
}
