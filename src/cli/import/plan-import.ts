import type { AuthInfo } from "../../api/auth-info.ts";
import type { Config } from "../../api/config.ts";
import type { ImportedEntry, ImportOptions } from "../../clientcmd/edits/import-config.ts";
import { importConfigs } from "../../clientcmd/edits/import-config.ts";
import { filepathFor } from "../../go/filepath.ts";
import type { Host } from "../../host/host.ts";
import { hazardFacts } from "../../loading/hazard-facts.ts";
import { findHazards } from "../../policy/find-hazards.ts";
import type { Hazard } from "../../policy/hazard.ts";
import { mixingHazards } from "../../policy/mixing-hazards.ts";
import { redefinedEntries } from "../../policy/redefined-entries.ts";
import { hazardReport } from "../hazard-report.ts";
import type { ImportSource } from "./import-source.ts";

/** The hazards of what is new in one kubeconfig. */
export interface SourceReport {
  readonly label: string;
  readonly hazards: readonly Hazard[];
  readonly entries: readonly ImportedEntry[];
}

/** A planned import. */
export interface ImportPlan {
  readonly config: Config;
  readonly reports: readonly SourceReport[];
  /** The new name of the first imported current-context; undefined if there is none. */
  readonly current: string | undefined;
}

/** How an import is planned. */
export interface PlanOptions extends Pick<ImportOptions, "onClash" | "advice"> {
  /** Whether entries that the user has already are examined too; default: false. */
  readonly examinesAll?: boolean;
}

/** Plans the import of kubeconfigs into a config, and finds what it would do to the user. Changes nothing. */
export function planImport(
  host: Host,
  starting: Config,
  sources: readonly ImportSource[],
  { examinesAll = false, ...options }: PlanOptions,
): ImportPlan {
  const steps = importConfigs(
    starting,
    sources.map(({ label, resolved }) => ({ label, config: resolved })),
    { ...options, filepath: filepathFor(host), cwd: host.cwd() },
  );
  let current: string | undefined;
  const reports = sources.map((source, i): SourceReport => {
    const { before = starting, after = starting, entries = [] } = steps[i] ?? {};
    current ??= entries.find(
      ({ noun, name }) => noun === "context" && name === source.resolved.currentContext,
    )?.as;
    const replaced = entries.filter(({ state }) => state === "replaced");
    return {
      label: source.label,
      entries,
      hazards: [
        ...hazardsOf(host, source, examinesAll ? [] : entries),
        ...mixingHazards({ before, after, brought: broughtUsers(source, entries) }),
        ...redefinedEntries(
          before,
          after,
          replaced.map(({ noun, as }) => ({ kind: noun, name: as })),
        ),
      ],
    };
  });
  return { config: steps.at(-1)?.after ?? starting, reports, current };
}

/** Formats the hazards of all kubeconfigs for people. */
export function describeHazards(reports: readonly SourceReport[]): string {
  return reports.map(({ label, hazards }) => hazardReport(label, hazards)).join("");
}

/**
 * Returns the users whose credentials the kubeconfig's author knows or provides: those that are added or replaced, and
 * existing ones that it contains with all their secrets.
 */
function broughtUsers({ written }: ImportSource, entries: readonly ImportedEntry[]): ReadonlySet<string> {
  return new Set(
    entries
      .filter(({ noun, name, state }) => {
        const user = noun === "user" ? written.authInfos.get(name) : undefined;
        return user !== undefined && (state !== "same" || !usesMachine(user));
      })
      .map(({ as }) => as),
  );
}

function usesMachine({ exec, authProvider, tokenFile, clientCertificate, clientKey }: AuthInfo): boolean {
  return (
    exec !== undefined ||
    authProvider !== undefined ||
    [tokenFile, clientCertificate, clientKey].some((path) => path !== "")
  );
}

/** Returns the hazards of all entries but those that the user has already. */
function hazardsOf(
  host: Host,
  { written }: ImportSource,
  entries: readonly ImportedEntry[],
): readonly Hazard[] {
  const known = new Set(
    entries.filter(({ state }) => state === "same").map(({ noun, name }) => `${noun} ${name}`),
  );
  const facts = hazardFacts(host, (kind, name) => !known.has(`${kind} ${name}`));
  return [...findHazards(written, facts)];
}
