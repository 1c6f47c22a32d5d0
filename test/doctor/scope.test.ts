import { kubeconfig, plugin } from "./kubeconfigs.ts";
import type { World } from "./world.ts";
import { examine, lineOf } from "./world.ts";

const other = [
  "current-context: other",
  "clusters: [{name: o, cluster: {server: http://o, Server: x}}, {name: c, cluster: {server: http://o, X: 1}}]",
  "users: [{name: o, user: {token: t}}, {name: unused, user: {token: t}}, {user: {token: t}}]",
  "contexts: [{name: other, context: {cluster: o, user: o}}]",
  "users: []",
  "nonsense: 1",
  "---",
  "a: b",
].join("\n");

const world: World = {
  env: { KUBECONFIG: "/home/u/.kube/config:/o/other:/nope" },
  config: kubeconfig({}),
  files: {
    "/home/u/.kube/token": "t",
    "/o/other": other,
    "/o/other.lock": "",
    "/o/other.kcfg-backup": "",
    "/home/u/.kube/kuberc": "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\nnonsense: 1\n",
  },
  modes: { "/o/other": 0o666 },
  later: 600_000,
};

test("with --context, nothing is said of what other files hold", () => {
  expect(examine({ ...world, context: "x" }).findings.map(lineOf)).toEqual([
    // What a later file says of a name that the context uses has no effect.
    'warning shadowed-entry 2:70 cluster "c"',
  ]);
  const all = new Set(examine(world).findings.map(({ code }) => code));
  for (const code of [
    "file-writable-by-others",
    "kcfg-leftover",
    "stale-lock",
    "repeated-field",
    "ignored-document",
    "listed-file-missing",
    "kuberc-warning",
  ]) {
    expect(all).toContain(code);
  }
});

test("with --context, a file is reported that keeps all contexts from working", () => {
  const files = { ...world.files, "/o/other": "clusters: 5" };
  expect(examine({ ...world, files, context: "x" }).findings.map(lineOf)).toEqual([
    "error file-invalid 1:11",
  ]);
});

test("with --context, the policy is told of if the context has a plugin", () => {
  const config = kubeconfig({ user: plugin("aws") });
  const found = examine({ ...world, config, executables: ["/usr/bin/aws"], context: "x" }).findings;
  expect(found.map(({ code }) => code)).toContain("kuberc-warning");
});

test("with --context, a file before its own that anybody may write is told of: it could define the names first", () => {
  const env = { KUBECONFIG: "/o/other:/home/u/.kube/config" };
  const found = examine({ ...world, env, context: "x" }).findings;
  expect(found.map(lineOf)).toContain("error file-writable-by-others -");
});
