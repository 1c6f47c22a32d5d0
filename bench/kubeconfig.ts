/**
 * A kubeconfig as platform teams generate them: each context with a cluster that has 1.5 KB of CA data and a user
 * with an exec plugin.
 */
export function generateKubeconfig(contexts: number): string {
  const numbers = Array.from({ length: contexts }, (_, i) => i);
  return [
    "apiVersion: v1",
    "kind: Config",
    "current-context: ctx-0",
    "clusters:",
    ...numbers.map(
      (i) => `- name: cluster-${i}
  cluster:
    certificate-authority-data: ${caData(i)}
    server: https://cluster-${i}.region-${i % 7}.example.com:6443`,
    ),
    "contexts:",
    ...numbers.map(
      (i) => `- name: ctx-${i}
  context:
    cluster: cluster-${i}
    namespace: team-${i % 13}
    user: user-${i}`,
    ),
    "users:",
    ...numbers.map(
      (i) => `- name: user-${i}
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
      provideClusterInfo: false`,
    ),
    "",
  ].join("\n");
}

function caData(seed: number): string {
  const bytes = Uint8Array.from({ length: 1125 }, (_, i) => (seed * 31 + i * 17) % 256);
  return Buffer.from(bytes).toString("base64");
}
