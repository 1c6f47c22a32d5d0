import type { Authority } from "./certificates.ts";
import { createAuthority } from "./certificates.ts";

/** The kubeconfigs of a platform engineer. */
export interface Fleet {
  /** The name of each of the 11 files, and its content. */
  readonly files: ReadonlyMap<string, string>;
  /** How many contexts there are. */
  readonly contexts: number;
}

interface Entry {
  readonly context: string;
  readonly cluster: string;
  readonly user: string;
  readonly server: string;
  /** The fields of the user, in flow style. */
  readonly login: string;
  /** More fields of the cluster, in flow style. */
  readonly more?: string;
  readonly namespace?: string;
}

const REGIONS = ["eu-west-1", "eu-central-1", "us-east-1", "ap-southeast-2"];
const TEAMS = ["payments", "checkout", "identity", "search", "reporting", "ml-training", "edge", "ledger"];
const DAY = 86_400_000;

/**
 * Makes 11 kubeconfigs with 299 contexts: EKS (97, `aws`), GKE (55), AKS (50), kind (12), Rancher (65), clusters of their
 * own (18), and 2 that nobody has cleaned up. Several certificates have expired or expire soon.
 */
export async function createFleet(): Promise<Fleet> {
  const authority = await createAuthority("fleet");
  const files = new Map<string, readonly Entry[]>([
    ["eks-dev.yaml", range(33).map((at) => eks("111111111111", "dev", at))],
    ["eks-staging.yaml", range(32).map((at) => eks("222222222222", "staging", at))],
    ["eks-prod.yaml", range(32).map((at) => eks("123456789012", "prod", at))],
    ["gke.yaml", range(55).map(gke)],
    ["aks-europe.yaml", range(30).map((at) => aks("europe", at))],
    ["aks-america.yaml", range(20).map((at) => aks("america", at))],
    ["kind.yaml", await Promise.all(range(12).map((at) => kind(authority, at)))],
    ["rancher-a.yaml", range(40).map((at) => rancher("a", at))],
    ["rancher-b.yaml", range(25).map((at) => rancher("b", at))],
    ["onprem.yaml", range(18).map((at) => onprem(authority, at))],
    ["old.yaml", range(2).map(old)],
  ]);
  return {
    files: new Map([...files].map(([name, entries]) => [name, writeKubeconfig(entries)])),
    contexts: [...files.values()].reduce((count, entries) => count + entries.length, 0),
  };
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_each, at) => at);
}

function pick(list: readonly string[], at: number): string {
  return list[at % list.length] ?? "";
}

function exec(command: string, args: readonly string[]): string {
  const list = args.map((arg) => JSON.stringify(arg)).join(", ");
  return `exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: ${command}, args: [${list}], interactiveMode: IfAvailable}`;
}

function eks(account: string, stage: string, at: number): Entry {
  const region = pick(REGIONS, at);
  const name = `${pick(TEAMS, at)}-${stage}${at < TEAMS.length ? "" : `-${Math.floor(at / TEAMS.length)}`}`;
  const arn = `arn:aws:eks:${region}:${account}:cluster/${name}`;
  return {
    context: arn,
    cluster: arn,
    user: arn,
    server: `https://${name}.gr7.${region}.eks.amazonaws.com`,
    login: exec("aws", ["--region", region, "eks", "get-token", "--cluster-name", name]),
    namespace: pick(TEAMS, at),
  };
}

function gke(at: number): Entry {
  const name = `gke_acme-platform-${at % 2 === 0 ? "prod" : "dev"}_europe-west${(at % 4) + 1}-b_${pick(TEAMS, at)}-${at}`;
  return {
    context: name,
    cluster: name,
    user: name,
    server: `https://34.77.0.${at + 1}`,
    login: exec("gke-gcloud-auth-plugin", []),
  };
}

function aks(region: string, at: number): Entry {
  const name = `aks-${region}-${pick(TEAMS, at)}-${at}`;
  return {
    context: name,
    cluster: name,
    user: `clusterUser_rg-${region}_${name}`,
    server: `https://${name}.hcp.${region}.azmk8s.io:443`,
    login: exec("kubelogin", ["get-token", "--login", "azurecli", "--server-id", "6dae42f8"]),
  };
}

async function kind(authority: Authority, at: number): Promise<Entry> {
  const { certificate, key } = await authority.issue({
    commonName: "kubernetes-admin",
    notBefore: new Date(Date.now() - 400 * DAY),
    // The first three have expired, the next two expire within a month.
    notAfter: new Date(Date.now() + (at < 3 ? -10 * (at + 1) : at < 5 ? 7 * (at - 2) : 60 * at) * DAY),
  });
  const [certificateData, keyData] = [certificate, key].map((text) => Buffer.from(text).toString("base64"));
  return {
    context: `kind-lab-${at}`,
    cluster: `kind-lab-${at}`,
    user: `kind-lab-${at}`,
    server: `https://127.0.0.1:${40_000 + at}`,
    login: `client-certificate-data: ${certificateData}, client-key-data: ${keyData}`,
    more: `certificate-authority-data: ${Buffer.from(authority.certificate).toString("base64")}`,
  };
}

function rancher(region: string, at: number): Entry {
  return {
    context: `rancher-${region}-${at}`,
    cluster: `rancher-${region}-${at}`,
    user: `rancher-${region}-${at}`,
    server: `https://rancher-${region}.acme.example/k8s/clusters/c-m-${region}${at}`,
    login: `token: kubeconfig-user-${at}:hunter2hunter2hunter2`,
    more: at % 10 === 0 ? "insecure-skip-tls-verify: true" : "",
  };
}

function onprem(authority: Authority, at: number): Entry {
  return {
    context: `onprem-${at}`,
    cluster: `onprem-${at}`,
    user: "me@acme.example",
    server: `https://k8s-${at}.acme.example:6443`,
    login: exec("kubectl", ["oidc-login", "get-token", "--oidc-issuer-url=https://id.acme.example"]),
    more: `certificate-authority-data: ${Buffer.from(authority.certificate).toString("base64")}`,
  };
}

function old(at: number): Entry {
  return {
    context: `old-${at}`,
    cluster: at === 0 ? "gone" : "rancher-a-0",
    user: `old-${at}`,
    server: "http://old.acme.example",
    login: "username: admin, password: hunter2",
    namespace: "Not A Namespace",
  };
}

function writeKubeconfig(entries: readonly Entry[]): string {
  const lines = [
    "apiVersion: v1",
    "kind: Config",
    `current-context: ${JSON.stringify(entries[0]?.context ?? "")}`,
    "preferences: {}",
    "clusters:",
    ...unique(entries, ({ cluster }) => cluster).flatMap(({ cluster, server, more = "" }) =>
      cluster === "gone"
        ? []
        : [
            `- name: ${JSON.stringify(cluster)}`,
            `  cluster: {server: "${server}"${more === "" ? "" : `, ${more}`}}`,
          ],
    ),
    "users:",
    ...unique(entries, ({ user }) => user).flatMap(({ user, login }) => [
      `- name: ${JSON.stringify(user)}`,
      `  user: {${login}}`,
    ]),
    "contexts:",
    ...entries.flatMap(({ context, cluster, user, namespace }) => [
      `- name: ${JSON.stringify(context)}`,
      `  context: {cluster: ${JSON.stringify(cluster)}, user: ${JSON.stringify(user)}${
        namespace === undefined ? "" : `, namespace: ${JSON.stringify(namespace)}`
      }}`,
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

function unique(entries: readonly Entry[], nameOf: (entry: Entry) => string): readonly Entry[] {
  return [...new Map(entries.map((entry) => [nameOf(entry), entry])).values()];
}
