import type { FileSpec } from "../../vector.ts";
import type { EditCase } from "../edit-case.ts";

type More = Partial<Omit<EditCase, "name" | "steps">>;

/** A kubeconfig with comments, two clusters, four users and two contexts; x is current. */
export const base = `# who may do what
apiVersion: v1
kind: Config
preferences: {}
clusters:
- name: a # the first
  cluster:
    server: https://a.example:6443
    certificate-authority: ca.crt
- name: b
  cluster:
    server: "https://b.example"
    insecure-skip-tls-verify: true
    tls-server-name: b.internal
users:
- name: u
  user:
    client-certificate: keys/u.crt
    client-key: keys/u.key
- name: v
  user:
    token: s3cr3t-token
    # not for people
    unknown: kept
- name: p
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: ./plug
      args: [get, s3cr3t-arg]
      env:
      - {name: A, value: s3cr3t-a}
      - name: B
        value: s3cr3t-b
      interactiveMode: Never
      provideClusterInfo: false
- name: o
  user:
    auth-provider:
      name: oidc
      config:
        client-id: me
        client-secret: s3cr3t-oidc
contexts:
- name: x
  context:
    cluster: a
    user: u
- name: w
  context: {cluster: b, user: v, namespace: web}
current-context: x
`;

/** Returns a kubeconfig with one cluster, one user and one context of this name. */
export function small(name: string, more = ""): string {
  return `apiVersion: v1
kind: Config
clusters:
- name: ${name}
  cluster: {server: "https://${name}.example"}
users:
- name: ${name}
  user: {token: s3cr3t-${name}}
contexts:
- name: ${name}
  context: {cluster: ${name}, user: ${name}}
${more}`;
}

/** Splits a command line into words; those in single quotes stay together. */
export function words(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|[^\s'])+/gu)].map(([word]) => word.replaceAll("'", ""));
}

/** Makes calls on one kubeconfig, which KUBECONFIG names. */
export function one(
  name: string,
  lines: readonly string[],
  text: FileSpec = base,
  more: More = {},
): EditCase {
  return {
    name,
    ...more,
    files: { config: text, ...more.files },
    env: { KUBECONFIG: "$ROOT/config", ...more.env },
    steps: lines.map(words),
    kubeconfigs: more.kubeconfigs ?? ["config"],
  };
}

/** Makes calls on several kubeconfigs, which KUBECONFIG names in the order given; those without content are missing. */
export function several(
  name: string,
  files: Readonly<Record<string, FileSpec | null>>,
  lines: readonly string[],
  more: More = {},
): EditCase {
  const there = Object.entries(files).filter((entry): entry is [string, FileSpec] => entry[1] !== null);
  return {
    name,
    ...more,
    files: { ...Object.fromEntries(there), ...more.files },
    env: {
      KUBECONFIG: Object.keys(files)
        .map((path) => `$ROOT/${path}`)
        .join(":"),
      ...more.env,
    },
    steps: lines.map(words),
    kubeconfigs: more.kubeconfigs ?? Object.keys(files),
  };
}
