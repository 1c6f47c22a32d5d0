/** How the kubeconfigs of a benchmark are written. */
export type Format = "yaml" | "json";

export const FORMATS: readonly Format[] = ["yaml", "json"];

/**
 * Generates kubeconfigs as platform teams do: each context with a cluster that has 1.5 KB of CA data and a user with an
 * exec plugin. The contexts are distributed over the files in order; remaining files are empty. The current context is
 * the last one, so that a search has to get that far.
 */
export function generateKubeconfigs(contexts: number, files: number, format: Format): readonly string[] {
  const write = format === "yaml" ? yamlText : jsonText;
  return Array.from({ length: files }, (_, file) => {
    const from = Math.ceil((contexts * file) / files);
    const to = Math.ceil((contexts * (file + 1)) / files);
    const numbers = Array.from({ length: to - from }, (__, i) => from + i);
    return write(numbers, file === 0 ? currentContext(contexts) : "");
  });
}

/** Returns the current context of the generated files. */
export function currentContext(contexts: number): string {
  return `ctx-${contexts - 1}`;
}

function yamlText(numbers: readonly number[], current: string): string {
  const list = (key: string, item: (i: number) => string): readonly string[] =>
    numbers.length === 0 ? [`${key}: []`] : [`${key}:`, ...numbers.map((i) => item(i))];
  return [
    "apiVersion: v1",
    ...list("clusters", yamlCluster),
    ...list("contexts", yamlContext),
    `current-context: ${current === "" ? '""' : current}`,
    "kind: Config",
    ...list("users", yamlUser),
    "",
  ].join("\n");
}

function yamlCluster(i: number): string {
  return `- cluster:
    certificate-authority-data: ${caData(i)}
    server: ${server(i)}
  name: cluster-${i}`;
}

function yamlContext(i: number): string {
  return `- context:
    cluster: cluster-${i}
    namespace: team-${i % 13}
    user: user-${i}
  name: ctx-${i}`;
}

function yamlUser(i: number): string {
  return `- name: user-${i}
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      args:
      - get-token
      - --cluster
      - cluster-${i}
      command: cloud-login
      env:
      - name: CLOUD_PROFILE
        value: profile-${i % 5}
      interactiveMode: IfAvailable
      provideClusterInfo: false`;
}

/** Writes JSON, indented as by `kubectl config view -o json`. */
function jsonText(numbers: readonly number[], current: string): string {
  const config = {
    kind: "Config",
    apiVersion: "v1",
    clusters: numbers.map((i) => ({
      name: `cluster-${i}`,
      cluster: { server: server(i), "certificate-authority-data": caData(i) },
    })),
    users: numbers.map((i) => ({ name: `user-${i}`, user: { exec: exec(i) } })),
    contexts: numbers.map((i) => ({
      name: `ctx-${i}`,
      context: { cluster: `cluster-${i}`, user: `user-${i}`, namespace: `team-${i % 13}` },
    })),
    "current-context": current,
  };
  return `${JSON.stringify(config, undefined, 4)}\n`;
}

function exec(i: number): object {
  return {
    command: "cloud-login",
    args: ["get-token", "--cluster", `cluster-${i}`],
    env: [{ name: "CLOUD_PROFILE", value: `profile-${i % 5}` }],
    apiVersion: "client.authentication.k8s.io/v1beta1",
    provideClusterInfo: false,
    interactiveMode: "IfAvailable",
  };
}

function server(i: number): string {
  return `https://cluster-${i}.region-${i % 7}.example.com:6443`;
}

function caData(seed: number): string {
  const bytes = Uint8Array.from({ length: 1125 }, (_, i) => (seed * 31 + i * 17) % 256);
  return Buffer.from(bytes).toString("base64");
}
