import { Option } from "commander";
import type { Config } from "../../api/config.ts";
import { goQuote } from "../../go/quote.ts";
import { compareGoStrings } from "../../go/order.ts";
import type { Host } from "../../host/host.ts";
import type { Connection } from "../../transport/connection.ts";
import { connect } from "../../transport/connection.ts";
import { connectionMessage } from "../../transport/connection-message.ts";
import { rememberNamespace, usedNamespaces } from "../../writing/namespace-history.ts";
import { clientConfigOf } from "../client-config-of.ts";
import { ConnectingCommand } from "../connecting-command.ts";
import { didYouMean } from "../../codec/did-you-mean.ts";
import type { EditFlags } from "../edit.ts";
import { editAccess, runEdit, unexpectedArgs, withEditFlags } from "../edit.ts";
import type { IOStreams } from "../io-streams.ts";
import type { PickerChoice } from "../picker/state.ts";
import { hasNamespace, listNamespaces, NamespacesForbiddenError } from "../server/namespaces.ts";
import { tokenPersister } from "../token-persister.ts";

interface NsFlags extends EditFlags {
  readonly force: boolean;
}

/** How long the cluster may take to answer, in milliseconds. */
const TIME_LIMIT = 10_000;

/** The same for users with a credential plugin, which may ask somebody to log in. */
const PLUGIN_TIME_LIMIT = 120_000;

/** Creates `kcfg ns`: sets the namespace of a context to one that its cluster has. */
export function nsCommand(host: Host, streams: IOStreams): ConnectingCommand {
  const command = new ConnectingCommand("ns");
  const stop = new AbortController();
  let resolved: ReturnType<typeof resolveConfig> | undefined;
  return withEditFlags(command)
    .summary("Switch to another namespace: pick, name it, or go back (-)")
    .description(
      "Set the namespace of the current context, or of the one that --context names.\n\n" +
        "Without a name, on a terminal, you pick one from a list: the namespaces that were used before, and those of the " +
        'cluster as soon as it answers. Elsewhere the namespaces of the cluster are printed. "-" is the namespace before.\n\n' +
        "A namespace that the cluster does not have is refused, unless --force is given. If you may not read namespaces, " +
        "that cannot be checked, and a warning says so.\n\n" +
        "Exit codes: 0, or 1 when anything went wrong; 130 when you left without picking.",
    )
    .usage("[namespace]")
    .argument("[namespace]", "the namespace to use; - for the previous one")
    .addOption(new Option("--force", "Do not ask the cluster whether it has the namespace.").default(false))
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const flags = command.opts<NsFlags>();
      const [asked] = command.args;
      if (command.args.length > 1) {
        throw unexpectedArgs(command);
      }
      const access = editAccess(host, streams, command);
      const config = access.startingConfig();
      const context = contextOf(config, flags.context);
      const current = config.contexts.get(context)?.namespace ?? "";
      const used = usedNamespaces(host, access.defaultFilename, context);
      const name =
        asked === undefined
          ? await pickOrPrint(context, current, used)
          : asked === "-"
            ? previous(context, current, used)
            : asked;
      if (name === undefined) {
        return;
      }
      checkName(name);
      if (asked !== undefined && !flags.force) {
        await checkExists(name, context, used);
      }
      await runEdit(
        host,
        streams,
        command,
        (starting) => withNamespace(starting, context, name),
        () => `Namespace of context ${goQuote(context)} is now ${goQuote(name)}.\n`,
      );
      if (!flags.dryRun) {
        rememberNamespace(host, access.defaultFilename, context, { before: current, now: name });
      }
    });

  /** Lets the user pick; where that is not possible, prints the namespaces of the cluster and returns undefined. */
  async function pickOrPrint(
    context: string,
    current: string,
    used: readonly string[],
  ): Promise<string | undefined> {
    const { canPick, pickedName } = await import("../picker/pick-context.ts");
    if (canPick(host)) {
      return pickedName(await pickNamespace(context, current, used));
    }
    await withConnection(async ({ connection, signal }) => {
      for await (const names of listNamespaces(connection, signal)) {
        names.forEach((name) => streams.out.data(`${streams.out.name(name)}\n`));
      }
    });
    return undefined;
  }

  async function pickNamespace(context: string, current: string, used: readonly string[]) {
    const { pick } = await import("../picker/pick.ts");
    const known = new Set([current, ...used, "default"].filter((name) => name !== ""));
    const choice = (note: string | undefined): PickerChoice => {
      const names = [...known].toSorted(compareGoStrings);
      return {
        title: `Namespace of ${context.length > LONGEST_TITLE ? "the context" : context}`,
        noun: "namespaces",
        headers: ["NAME"],
        items: names.map((name) => ({ name, details: [] })),
        current: names.indexOf(current === "" ? "default" : current),
        note,
      };
    };
    /** Lists the cluster's namespaces. @returns what the user should know at the end */
    const load = async (
      show: (note: string) => void,
      hasStarted: () => void,
    ): Promise<string | undefined> => {
      try {
        // A warning would be drawn over by the list.
        await withConnection(
          async ({ connection, signal }) => {
            let isFirst = true;
            for await (const names of listNamespaces(connection, signal)) {
              if (isFirst) {
                // Only what the cluster has is offered once it is known.
                known.clear();
                isFirst = false;
              }
              names.forEach((name) => known.add(name));
              hasStarted();
              show(LOADING);
            }
          },
          () => undefined,
        );
        return undefined;
      } catch (error) {
        return error instanceof NamespacesForbiddenError
          ? "you may not list namespaces: these were used before"
          : `used before; no list: ${reasonOf(error)}`;
      } finally {
        hasStarted();
      }
    };
    let isOver = false;
    let replace: ((note: string | undefined) => void) | undefined;
    let note: string | undefined = LOADING;
    const update = (now: string | undefined): void => {
      note = now;
      if (!isOver) {
        replace?.(now);
      }
    };
    const { config } = await (resolved ??= resolveConfig());
    let loaded = Promise.resolve();
    const started = new Promise<void>((resolve) => {
      loaded = load(update, resolve).then(update);
    });
    if (config.execProvider !== undefined) {
      // A plugin may talk to the user, who must see it: the list waits for the credential.
      await started;
    }
    const picked = await pick(host, streams, choice(note), (show) => {
      replace = (now) => show(choice(now));
      return () => void (isOver = true);
    });
    isOver = true;
    stop.abort();
    await loaded;
    return picked;
  }

  /** Runs something with a connection to the cluster of the context, within the time limit. */
  async function withConnection<T>(
    run: (cluster: { readonly connection: Connection; readonly signal: AbortSignal }) => Promise<T>,
    warn = (warning: string): void => streams.err.sayLine(`warning: ${warning}`),
  ): Promise<T> {
    const flags = command.opts<NsFlags>();
    const pluginPolicy = command.pluginPolicy(host, streams);
    const { clientConfig, config } = await (resolved ??= resolveConfig());
    const connection = connect(host, config, {
      pluginPolicy,
      persistAuthProvider: tokenPersister(host, streams, clientConfig, flags),
      warn,
    });
    const limit = config.execProvider === undefined ? TIME_LIMIT : PLUGIN_TIME_LIMIT;
    try {
      return await run({ connection, signal: AbortSignal.any([stop.signal, AbortSignal.timeout(limit)]) });
    } catch (error) {
      if (error instanceof Error && error.name === "TimeoutError") {
        throw new Error(`no answer within ${limit / 1000} seconds`, { cause: error });
      }
      throw error;
    } finally {
      await connection.close();
    }
  }

  async function resolveConfig() {
    const clientConfig = clientConfigOf(host, streams, command.opts<NsFlags>());
    return { clientConfig, config: await clientConfig.clientConfig() };
  }

  /** Refuses a namespace that the cluster does not have; warns where that cannot be known. */
  async function checkExists(name: string, context: string, used: readonly string[]): Promise<void> {
    const unknown = await whyUnknown(async ({ connection, signal }) => {
      if (!(await hasNamespace(connection, name, signal))) {
        const hint = didYouMean(name, await namesIn(connection, signal));
        throw new MissingNamespaceError(
          `the cluster of context ${goQuote(context)} has no namespace ${goQuote(name)}${hint} (--force uses it anyway)`,
        );
      }
    });
    if (unknown === undefined) {
      return;
    }
    if (!unknown.isForbidden && !used.includes(name)) {
      // Not as the cause of the error, of which the cause alone would be printed.
      throw new Error(
        `cannot check whether namespace ${goQuote(name)} exists: ${unknown.reason} (--force uses it without asking)`,
      );
    }
    streams.err.sayLine(
      `warning: it is not known whether namespace ${goQuote(name)} exists: ${unknown.reason}`,
    );
  }

  /** Asks the cluster. @returns why it gave no answer; undefined if it did */
  async function whyUnknown(
    ask: Parameters<typeof withConnection<void>>[0],
  ): Promise<{ readonly isForbidden: boolean; readonly reason: string } | undefined> {
    try {
      await withConnection(ask);
      return undefined;
    } catch (error) {
      if (error instanceof MissingNamespaceError) {
        throw error;
      }
      return error instanceof NamespacesForbiddenError
        ? { isForbidden: true, reason: "you may not read namespaces" }
        : { isForbidden: false, reason: reasonOf(error) };
    }
  }
}

/** While the namespaces of the cluster are not all there. */
const LOADING = "asking the cluster …";

/** A name that is longer gets no place before the filter. */
const LONGEST_TITLE = 30;

class MissingNamespaceError extends Error {}

/** Lists namespaces for a hint: as many as there are until something fails. */
async function namesIn(connection: Connection, signal: AbortSignal): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    for await (const page of listNamespaces(connection, signal)) {
      names.push(...page);
    }
  } catch {
    // The hint is worth no error.
  }
  return names;
}

function reasonOf(error: unknown): string {
  return connectionMessage(error) ?? (error instanceof Error ? error.message : String(error));
}

function contextOf({ contexts, currentContext }: Config, asked: string): string {
  const name = asked === "" ? currentContext : asked;
  if (name === "") {
    throw new Error("current-context is not set");
  }
  if (!contexts.has(name)) {
    throw new Error(`no context exists with the name: ${goQuote(name)}${didYouMean(name, contexts.keys())}`);
  }
  return name;
}

function previous(context: string, current: string, used: readonly string[]): string {
  const name = used.find((each) => each !== current);
  if (name === undefined) {
    throw new Error(`no previous namespace of context ${goQuote(context)} is known`);
  }
  return name;
}

/** Kubernetes' rule for the names of namespaces: a DNS label of RFC 1123. */
const NAMESPACE = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

function checkName(name: string): void {
  if (!NAMESPACE.test(name)) {
    throw new Error(
      `${goQuote(name)} cannot be a namespace: its name has at most 63 lower-case letters, digits and hyphens, and ` +
        "begins and ends with a letter or digit",
    );
  }
}

function withNamespace(config: Config, context: string, namespace: string): Config {
  const old = config.contexts.get(context);
  if (old === undefined) {
    throw new Error(`no context exists with the name: ${goQuote(context)}`);
  }
  return { ...config, contexts: new Map([...config.contexts, [context, { ...old, namespace }]]) };
}

const EXAMPLES = `
Examples:
  # Pick a namespace of the cluster from a list
  kcfg ns

  # Use the namespace "shop" if the cluster has it
  kcfg ns shop

  # Go back to the namespace before
  kcfg ns -

  # Use a namespace that does not exist yet
  kcfg ns shop-next --force`;
