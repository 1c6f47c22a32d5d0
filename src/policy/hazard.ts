/**
 * The effect of a kind of hazard, and its severity. `dangerous`: it reaches beyond the cluster that the kubeconfig is
 * for, to the user's programs, files or connections. `note`: worth knowing.
 */
interface HazardFacts {
  readonly severity: "dangerous" | "note";
  /** The heading in reports. */
  readonly group: HazardGroup;
}

/** The groups of hazards, in the order in which they are reported. */
export const HAZARD_GROUPS = [
  "runs programs",
  "sends or reads files of yours",
  "uses credentials of yours",
  "turns protection off",
  "goes through others",
  "redefines names of yours",
  "worth knowing",
] as const;

/** One of {@link HAZARD_GROUPS}. */
export type HazardGroup = (typeof HAZARD_GROUPS)[number];

/** Every kind of hazard, with its severity and group. */
export const HAZARDS = {
  "runs-plugin": { severity: "dangerous", group: "runs programs" },
  "relative-plugin": { severity: "dangerous", group: "runs programs" },
  "launcher-plugin": { severity: "dangerous", group: "runs programs" },
  "loader-variable": { severity: "dangerous", group: "runs programs" },
  "settings-variable": { severity: "dangerous", group: "runs programs" },
  "auth-provider-command": { severity: "dangerous", group: "runs programs" },
  "token-file": { severity: "dangerous", group: "sends or reads files of yours" },
  "token-file-outside": { severity: "dangerous", group: "sends or reads files of yours" },
  "file-outside": { severity: "dangerous", group: "sends or reads files of yours" },
  "irregular-file": { severity: "dangerous", group: "sends or reads files of yours" },
  "borrowed-user": { severity: "dangerous", group: "uses credentials of yours" },
  "redirected-user": { severity: "dangerous", group: "uses credentials of yours" },
  "completed-context": { severity: "dangerous", group: "uses credentials of yours" },
  "unverified-server": { severity: "dangerous", group: "turns protection off" },
  "plain-http": { severity: "dangerous", group: "turns protection off" },
  "trust-variable": { severity: "dangerous", group: "turns protection off" },
  proxy: { severity: "dangerous", group: "goes through others" },
  "traffic-variable": { severity: "dangerous", group: "goes through others" },
  "redefined-entry": { severity: "note", group: "redefines names of yours" },
  "allowed-plugin": { severity: "note", group: "worth knowing" },
  "local-http": { severity: "note", group: "worth knowing" },
  impersonation: { severity: "note", group: "worth knowing" },
  "auth-provider": { severity: "note", group: "worth knowing" },
} as const satisfies Readonly<Record<string, HazardFacts>>;

/** The kind of a hazard. */
export type HazardCode = keyof typeof HAZARDS;

/** An effect of a kubeconfig's entry on its user, beyond giving access to a cluster. Holds no secret. */
export interface Hazard {
  readonly code: HazardCode;
  readonly kind: "cluster" | "user" | "context";
  /** The name of the entry. */
  readonly name: string;
  /** The field of the entry: names of fields, and indices. */
  readonly field: readonly (string | number)[];
  /** The effect, as the middle of a sentence, names and paths in quotes: `runs "/bin/sh" with 2 arguments`. */
  readonly detail: string;
  /** The file, as it would be opened; undefined where there is none. */
  readonly path?: string;
}

/** Reports whether a hazard requires the user's consent. */
export function isDangerous({ code }: Hazard): boolean {
  return HAZARDS[code].severity === "dangerous";
}
