import type { Config } from "../../api/config.ts";
import { newConfig } from "../../api/config.ts";
import { exportContexts } from "../../clientcmd/edits/export-contexts.ts";
import { resolveLocalPaths } from "../../clientcmd/paths.ts";
import { redactedClusterFields, redactedUserFields } from "../../clientcmd/redacted-fields.ts";
import { decodeConfig } from "../../codec/kubeconfig/decode-config.ts";
import { didYouMean } from "../../codec/did-you-mean.ts";
import { InvalidConfigurationError } from "../../errors.ts";
import { filepathFor } from "../../go/filepath.ts";
import { goQuote } from "../../go/quote.ts";
import type { Host } from "../../host/host.ts";
import { readInput } from "../../loading/file-system.ts";
import { loadConfigFromFile } from "../../loading/load.ts";
import { KUBECONFIG_LIMIT } from "../../loading/size-limits.ts";
import { quoteShort } from "../../policy/quote-short.ts";

/** A kubeconfig to import. It is read once: the examined content is the imported one. */
export interface ImportSource {
  /** Its name on the command line. */
  readonly label: string;
  /** With paths as they are written. */
  readonly written: Config;
  /** With absolute paths. */
  readonly resolved: Config;
}

/** What is taken of kubeconfigs, and under which names. */
export interface Selection {
  /** The only context to take, with its cluster and user; `""` for everything. */
  readonly context: string;
  /** The name of that context, its cluster and its user; `""` for their own. */
  readonly as: string;
  /** Comes before the name of every entry. */
  readonly prefix: string;
}

/** The origin of entries from standard input; their paths are relative to the current directory. */
const STANDARD_INPUT = "standard input";

/**
 * Reads kubeconfigs to import, and selects what is taken of them.
 *
 * @param files - `-` is standard input
 * @throws ConfigReadError or ConfigParseError for one that cannot be read
 * @throws InvalidConfigurationError for one that has nothing to import, entries without a name, or placeholders instead
 *   of secrets, and for a context that none of them has
 */
export function readSources(
  host: Host,
  files: readonly string[],
  selection: Selection,
): readonly ImportSource[] {
  const read = files.map((file) => readConfig(host, file));
  refuseUnusable(read.map(({ label, config }) => [label, describeEmpty(config)]));
  const chosen = select(read, selection);
  refuseUnusable(chosen.map(({ label, config }) => [label, describeFault(config)]));
  return chosen.map(({ label, config }) => {
    const written = withNames(config, selection);
    return { label, written, resolved: resolveLocalPaths(written, filepathFor(host), host.cwd()) };
  });
}

interface ReadConfig {
  readonly label: string;
  readonly config: Config;
}

function readConfig(host: Host, file: string): ReadConfig {
  return file === "-"
    ? { label: STANDARD_INPUT, config: decodeConfig(readInput(host, KUBECONFIG_LIMIT), STANDARD_INPUT) }
    : { label: file, config: loadConfigFromFile(host, file, decodeConfig) };
}

function refuseUnusable(faults: readonly (readonly [label: string, fault: string | undefined])[]): void {
  const errors = faults.flatMap(([label, fault]) =>
    fault === undefined ? [] : [new Error(`${label} ${fault}`)],
  );
  if (errors.length > 0) {
    throw new InvalidConfigurationError(errors);
  }
}

function describeEmpty({ clusters, authInfos, contexts }: Config): string | undefined {
  return clusters.size + authInfos.size + contexts.size === 0
    ? "has no clusters, users or contexts: there is nothing to import"
    : undefined;
}

/** Describes why entries cannot be imported; undefined if they can. */
function describeFault({ clusters, authInfos, contexts }: Config): string | undefined {
  const nameless = (
    [
      ["cluster", clusters],
      ["user", authInfos],
      ["context", contexts],
    ] as const
  ).find(([, entries]) => entries.has(""));
  if (nameless !== undefined) {
    return `has a ${nameless[0]} without a name: give it one first`;
  }
  const redacted = [
    ...Array.from(clusters, ([name, cluster]) => ["cluster", name, redactedClusterFields(cluster)] as const),
    ...Array.from(authInfos, ([name, user]) => ["user", name, redactedUserFields(user)] as const),
  ].find(([, , fields]) => fields.length > 0);
  if (redacted === undefined) {
    return undefined;
  }
  const [noun, name, fields] = redacted;
  const which = `the ${fields.join(", ")} of ${noun} ${quoteShort(name)} ${fields.length === 1 ? "is a placeholder" : "are placeholders"}`;
  return `was made by "kubectl config view" without --raw: ${which}; make it again with: kubectl config view --raw`;
}

/** Selects the wanted context, with what it uses, from the files that have it. */
function select(read: readonly ReadConfig[], { context, as }: Selection): readonly ReadConfig[] {
  const names = read.flatMap(({ config }) => [...config.contexts.keys()]);
  const wanted = context === "" && as !== "" ? onlyContext(names) : context;
  if (wanted === "") {
    return read;
  }
  const chosen = read.filter(({ config }) => config.contexts.has(wanted));
  if (chosen.length === 0) {
    const where = read.length === 1 ? (read[0]?.label ?? "") : "none of the files";
    throw new Error(
      `${where} has ${read.length === 1 ? "no" : "a"} context ${goQuote(wanted)}${didYouMean(wanted, names)}`,
    );
  }
  return chosen.map(({ label, config }) => ({
    label,
    // The wanted context is the current one of the result.
    config: withErrorsOf(label, () => exportContexts(config, [wanted])),
  }));
}

function onlyContext(names: readonly string[]): string {
  const [name] = names;
  if (name === undefined || names.length > 1) {
    throw new Error(
      `--as names one context, and there ${name === undefined ? "is none" : `are ${names.length}; choose one with --context`}`,
    );
  }
  return name;
}

function withErrorsOf<T>(label: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof InvalidConfigurationError
      ? new InvalidConfigurationError(error.errors.map(({ message }) => new Error(`${label}: ${message}`)))
      : error;
  }
}

function withNames(config: Config, { as, prefix }: Selection): Config {
  const rename = as === "" ? (name: string): string => `${prefix}${name}` : (): string => as;
  const reference = (name: string): string => (name === "" ? "" : rename(name));
  const renameAll = <E>(entries: ReadonlyMap<string, E>): ReadonlyMap<string, E> =>
    new Map(Array.from(entries, ([name, entry]) => [rename(name), entry]));
  return prefix === "" && as === ""
    ? config
    : newConfig({
        clusters: renameAll(config.clusters),
        authInfos: renameAll(config.authInfos),
        contexts: new Map(
          Array.from(config.contexts, ([name, context]) => [
            rename(name),
            { ...context, cluster: reference(context.cluster), authInfo: reference(context.authInfo) },
          ]),
        ),
        currentContext: reference(config.currentContext),
      });
}
