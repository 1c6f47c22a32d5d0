import type { FileSpec } from "../../vector.ts";
import type { WireCase } from "../wire-case.ts";
import { credential, execUser, kubeconfig, printing, wire } from "./build.ts";

const two: FileSpec = [
  "clusters:",
  '- {name: c, cluster: {server: "@{server}", certificate-authority-data: "@{ca.crt}"}}',
  '- {name: d, cluster: {server: "@{server}/d", certificate-authority-data: "@{ca.crt}"}}',
  "users:",
  "- {name: u, user: {token: abc}}",
  "- {name: v, user: {token: def, as: me}}",
  "- {name: w, user: {username: jane, password: geheim}}",
  "contexts:",
  "- {name: x, context: {cluster: c, user: u}}",
  "- {name: second, context: {cluster: d, user: v}}",
  "- {name: no-user, context: {cluster: c}}",
  "- {name: no-cluster, context: {user: u}}",
  "- {name: lost-user, context: {cluster: c, user: nope}}",
  "- {name: lost-cluster, context: {cluster: nope, user: u}}",
  "- {name: empty, context: {}}",
  "current-context: x",
  "",
];

const asked = (name: string, ...flags: readonly string[]): WireCase => wire(name, { config: two, flags });

const broken = (name: string, ...lines: readonly string[]): WireCase =>
  wire(name, { config: [...lines, ""] });

/** Which entries of which files are used, and what flags and variables change. */
export const overrides: readonly WireCase[] = [
  asked("the current context is used"),
  asked("--context is used", "--context=second"),
  asked("the last --context counts", "--context=nope", "--context=second"),
  asked("an empty --context is none", "--context="),
  asked("--context that is missing is an error", "--context=nope"),
  asked("--cluster is used", "--cluster=d"),
  asked("--cluster that is missing is an error", "--cluster=nope"),
  asked("--user is used", "--user=v"),
  asked("--user that is missing is an error", "--user=nope"),
  asked("--context, --cluster and --user go together", "--context=second", "--cluster=c", "--user=w"),
  ...["no-user", "no-cluster", "lost-user", "lost-cluster", "empty"].map((context) =>
    asked(`the context ${context} is judged`, `--context=${context}`),
  ),
  asked("--server goes before the file", "--server=@{server}/e"),
  asked("-s goes before the file", "-s", "@{server}/e"),
  asked("--server that is empty is none", "--server="),
  asked("--server mends a context without a cluster", "--context=no-cluster", "--server=@{server}"),
  asked("--server in plain HTTP sends no token", "--server=http://127.0.0.1:1"),
  asked("--token goes before the file", "--token=flag"),
  asked("--token that is empty is none", "--token="),
  asked("--token and a password exclude each other", "--user=w", "--token=flag"),
  asked("--token and --username exclude each other", "--token=flag", "--username=a"),
  asked("--username and a token exclude each other", "--username=a", "--password=b"),
  asked("--username alone and a token exclude each other", "--username=a"),
  asked("--password alone and a token exclude each other", "--password=b"),
  asked("--password goes before the file", "--user=w", "--password=b"),
  asked("--username goes before the file", "--user=w", "--username=a"),
  asked("--token mends a context without a user", "--context=no-user", "--token=flag"),
  asked("--token mends a context whose user is missing", "--context=lost-user", "--token=flag"),
  asked("--namespace does not change the path", "--namespace=n"),
  asked("-n does not change the path", "-nn"),
  asked("--cache-dir is taken", "--cache-dir=$ROOT/cache"),
  asked("an unknown flag is an error", "--nope"),
  asked("a flag without its value is an error", "--context"),
  asked("a second path is an error", "y"),
  asked("two more words are an error", "y", "z"),
  asked("a boolean that is none is an error", "--insecure-skip-tls-verify=maybe"),
  asked("underscores stand for hyphens", "--tls_server_name=api.test"),
  wire("--token gives way to a token file", {
    user: { tokenFile: "$ROOT/token" },
    files: { token: "from-file" },
    flags: ["--token=flag"],
  }),
  wire("--token stands in for a token file that is missing", {
    user: { tokenFile: "$ROOT/nope" },
    flags: ["--token=flag"],
  }),
  wire("--kubeconfig goes before KUBECONFIG", {
    config: two,
    files: { other: kubeconfig({ user: { token: "other" } }) },
    flags: ["--kubeconfig=$ROOT/other"],
  }),
  wire("--kubeconfig that is missing is an error", { config: two, flags: ["--kubeconfig=$ROOT/nope"] }),
  wire("a relative --kubeconfig is taken", {
    config: two,
    env: { KUBECONFIG: null },
    flags: ["--kubeconfig=config"],
  }),
  wire("KUBECONFIG merges its files", {
    config: two,
    files: { first: "current-context: second\nusers:\n- {name: v, user: {token: first}}\n" },
    env: { KUBECONFIG: "$ROOT/first:$ROOT/nope::$ROOT/config" },
  }),
  wire("KUBECONFIG whose files are all missing leaves the default server", {
    env: { KUBECONFIG: "$ROOT/nope:$ROOT/nope2" },
  }),
  wire("the default file is used", {
    env: { KUBECONFIG: null },
    files: { "home/.kube/config": kubeconfig({ user: { token: "home" } }) },
  }),
  wire("without a file the default server is used", { env: { KUBECONFIG: null } }),
  wire("KUBERNETES_MASTER is the default server", {
    config: "",
    env: { KUBERNETES_MASTER: "http://127.0.0.1:1" },
  }),
  wire("KUBERNETES_MASTER is the default server of a plain test server", {
    servers: { server: { plain: true } },
    env: { KUBECONFIG: null, KUBERNETES_MASTER: "@{server}" },
  }),
  wire("KUBERNETES_MASTER does not go before a file", { env: { KUBERNETES_MASTER: "http://127.0.0.1:1" } }),
  wire("KUBERNETES_MASTER does not go before --server", {
    servers: { server: { plain: true } },
    env: { KUBECONFIG: null, KUBERNETES_MASTER: "http://127.0.0.1:1" },
    flags: ["--server=@{server}"],
  }),
  wire("the variables of a pod without its files leave the default server", {
    env: { KUBECONFIG: null, KUBERNETES_SERVICE_HOST: "127.0.0.1", KUBERNETES_SERVICE_PORT: "1" },
  }),
  wire("--server without a file needs credentials", {
    env: { KUBECONFIG: null },
    flags: ["--server=@{server}", "--insecure-skip-tls-verify"],
  }),
  wire("--server and --token need no file", {
    env: { KUBECONFIG: null },
    flags: ["--server=@{server}", "--token=abc", "--certificate-authority=$ROOT/pki/ca.crt"],
  }),
  wire("POD_NAMESPACE does not matter", { env: { POD_NAMESPACE: "n" } }),
  broken("an empty file leaves the default server"),
  broken(
    "a file without a current context leaves the default server",
    "clusters:",
    '- {name: c, cluster: {server: "@{server}"}}',
  ),
  broken("a current context that is missing is an error", "current-context: nope"),
  broken("a broken file is an error", "a: ["),
  broken("a file of another kind is an error", "kind: Pod", "apiVersion: v1"),
  broken(
    "a cluster without a server leaves the default server",
    "clusters: [{name: c, cluster: {}}]",
    "contexts: [{name: x, context: {cluster: c}}]",
    "current-context: x",
  ),
  broken(
    "several faults are told together",
    "clusters: [{name: c, cluster: {certificate-authority: /nope}}]",
    "users: [{name: u, user: {token: a, username: b, client-certificate: /nope}}]",
    "contexts: [{name: x, context: {cluster: c, user: u, namespace: No_Good}}]",
    "current-context: x",
  ),
  broken(
    "a namespace that is none is judged",
    'clusters: [{name: c, cluster: {server: "@{server}", certificate-authority-data: "@{ca.crt}"}}]',
    "users: [{name: u, user: {token: a}}]",
    "contexts: [{name: x, context: {cluster: c, user: u, namespace: No_Good}}]",
    "current-context: x",
  ),
  wire("a kuberc's defaults for get do not concern a plugin's token", {
    user: execUser(),
    files: {
      plugin: printing(credential({ token: "from-plugin" })),
      "home/.kube/kuberc":
        "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ndefaults: [{command: apply, options: [{name: server-side, default: 'true'}]}]\n",
    },
  }),
];
