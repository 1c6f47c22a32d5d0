import type { AuthInfo } from "../api/auth-info.ts";
import { certificatesIn } from "./certificates.ts";
import { harmlessUrl } from "./describe.ts";
import { expiryOfToken } from "./checks/tokens.ts";
import { digestOf } from "./digest.ts";
import type { EntryKind, ExaminationInput } from "./examination-input.ts";
import { readFieldData } from "./field-data.ts";
import type { Place } from "./finding.ts";

/** What belongs to what in kubeconfigs, and when it expires. Holds no secret. */
export interface Overview {
  readonly contexts: readonly ContextFacts[];
  /** Clusters that no context names. */
  readonly unusedClusters: readonly string[];
  /** Users that no context names. */
  readonly unusedUsers: readonly string[];
  /** Soonest first. */
  readonly expiries: readonly Expiry[];
  /** In milliseconds since 1970. */
  readonly now: number;
  /** In milliseconds: what expires within that time is soon. */
  readonly expiringWithin: number;
}

/** A context, with what it leads to. */
export interface ContextFacts {
  readonly name: string;
  readonly isCurrent: boolean;
  readonly place: Place;
  readonly namespace: string;
  readonly cluster: string;
  /** The address, without a password and a query; undefined if there is no such cluster. */
  readonly server: string | undefined;
  readonly user: string;
  readonly login: Login;
}

/** How a user proves who it is. */
export interface Login {
  /** `plugin`: by the program `name`; `missing`: there is no such user; else `name` describes it. */
  readonly kind: "plugin" | "other" | "missing";
  readonly name: string;
  /** Whether it can work: a plugin that may not run, or is not there, cannot. */
  readonly works: boolean;
}

/** When a certificate or a token expires. */
export interface Expiry {
  readonly kind: EntryKind;
  readonly name: string;
  readonly what: "CA" | "client certificate" | "token";
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** Arranges what was examined, for a picture of it. */
export function overviewOf(facts: ExaminationInput): Overview {
  const { merged, contextName } = facts;
  const loginOf = loginFinder(facts);
  const contexts = [...merged.contexts]
    .filter(([name]) => facts.isInScope("context", name))
    .map(([name, { cluster, authInfo, namespace }]): ContextFacts => {
      const server = merged.clusters.get(cluster)?.server;
      return {
        name,
        isCurrent: name === contextName,
        place: facts.locate("context", name),
        namespace,
        cluster,
        server: server === undefined ? undefined : harmlessUrl(server),
        user: authInfo,
        login: loginOf(authInfo),
      };
    });
  const usedClusters = new Set([...merged.contexts.values()].map(({ cluster }) => cluster));
  const usedUsers = new Set([...merged.contexts.values()].map(({ authInfo }) => authInfo));
  return {
    contexts,
    unusedClusters: namesInScope(facts, "cluster").filter((name) => !usedClusters.has(name)),
    unusedUsers: namesInScope(facts, "user").filter((name) => !usedUsers.has(name)),
    expiries: expiriesIn(facts).toSorted((a, b) => a.at - b.at),
    now: facts.now,
    expiringWithin: facts.expiringWithin,
  };
}

function namesInScope(facts: ExaminationInput, kind: "cluster" | "user"): readonly string[] {
  const entries = kind === "cluster" ? facts.merged.clusters : facts.merged.authInfos;
  return [...entries.keys()].filter((name) => facts.isInScope(kind, name));
}

function loginFinder({ merged, plugins }: ExaminationInput): (user: string) => Login {
  const outcomes = new Map(plugins.map((plugin) => [plugin.user, plugin.status]));
  return (name) => {
    const user = merged.authInfos.get(name);
    if (user === undefined) {
      return { kind: "missing", name: "", works: false };
    }
    return user.exec === undefined
      ? { kind: "other", name: methodOf(user), works: true }
      : { kind: "plugin", name: user.exec.command, works: (outcomes.get(name) ?? "allowed") === "allowed" };
  };
}

function methodOf(user: AuthInfo): string {
  const methods: readonly (readonly [string, boolean])[] = [
    ["token file", user.tokenFile !== ""],
    ["token", user.token !== ""],
    ["password", user.username !== "" || user.password !== ""],
    ["auth-provider", user.authProvider !== undefined],
    ["client certificate", user.clientCertificate !== "" || (user.clientCertificateData?.length ?? 0) > 0],
  ];
  return methods.find(([, isThere]) => isThere)?.[0] ?? "no credentials";
}

function expiriesIn(facts: ExaminationInput): readonly Expiry[] {
  const { machine, resolved } = facts;
  const ends = new Map<string, number | undefined>();
  /** Returns when the first certificate of a file expires. */
  const endOf = (field: string, path: string, inline: Uint8Array | undefined): number | undefined => {
    const data = readFieldData(machine, field, path, inline).content?.data;
    if (data === undefined) {
      return undefined;
    }
    const key = digestOf(data);
    if (!ends.has(key)) {
      const [first] = certificatesIn(data)
        .map(({ notAfter }) => notAfter)
        .toSorted((a, b) => a - b);
      ends.set(key, first);
    }
    return ends.get(key);
  };
  const found: Expiry[] = [];
  const add = (kind: EntryKind, name: string, what: Expiry["what"], at: number | undefined): void => {
    if (at !== undefined && Number.isFinite(at) && facts.isInScope(kind, name)) {
      found.push({ kind, name, what, at });
    }
  };
  for (const [name, { certificateAuthority, certificateAuthorityData }] of resolved.clusters) {
    add(
      "cluster",
      name,
      "CA",
      endOf("certificate-authority", certificateAuthority, certificateAuthorityData),
    );
  }
  for (const [name, { clientCertificate, clientCertificateData, token, tokenFile }] of resolved.authInfos) {
    const end = endOf("client-certificate", clientCertificate, clientCertificateData);
    add("user", name, "client certificate", end);
    add("user", name, "token", tokenFile === "" ? expiryOfToken(token) : undefined);
  }
  return found;
}
