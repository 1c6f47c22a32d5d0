import { commonFiles } from "./random-case.ts";
import type { ResolveCase } from "./world.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A kubeconfig whose current context has this cluster and this user. */
function kubeconfig(cluster: Fields, user: Fields, context: Fields = {}): string {
  return JSON.stringify({
    "current-context": "x",
    clusters: [{ name: "c", cluster }],
    users: [{ name: "u", user }],
    contexts: [{ name: "x", context: { cluster: "c", user: "u", ...context } }],
  });
}

const server = { server: "https://$HTTPS", "certificate-authority": "$ROOT/ca.crt" };
const token = { token: "t" };

function inFile(name: string, config: string, more: Partial<ResolveCase> = {}): ResolveCase {
  return {
    name,
    files: { ...commonFiles, "cfg/one": config, ...more.files },
    env: { KUBECONFIG: "$ROOT/cfg/one", ...more.env },
    flags: more.flags ?? [],
    ask: more.ask ?? "path",
    ...(more.stdin !== undefined && { stdin: more.stdin }),
  };
}

const addresses = [
  "https://$HTTPS/p?q#f",
  "https://$HTTPS/p?",
  "https://$HTTPS?q",
  "https://$HTTPS/p#f",
  "https://$HTTPS/a%2fb/c d",
  "https://$HTTPS/a;b,c/(d)'e!*",
  "https://$HTTPS/\u00fc/%zz",
  "https://$HTTPS//double//",
  "https://me:pw@$HTTPS/p?q",
  "https://m%40e@$HTTPS/p?q",
  "https:/$HTTPS/p",
  "https:$HTTPS",
  "//$HTTPS/p",
  "/$HTTPS/p",
  "HtTpS://$HTTPS/P",
  "https://",
  "https:///p",
  "https://[::1]:1/p?q",
  "https://[::1%25lo]:1/p?q",
  "https://[::1%lo]:1",
  "https://[::1:1",
  "https://[1.2.3.4]:1/p",
  "https://[1:2:3:4:5:6:7:8:9]",
  "[12345::]:1",
  "[::1.2.3.4]:1",
  "[:::]:1",
  "[1::2::3]:1",
  "[1:2]:1",
  "[g::]:1",
  "x[::1]:1",
  "127.0.0.1:1:1",
  "::1",
  ":1",
  "127.0.0.1:x",
  "127.0.0.1:1?q",
  "127.0.0.1:1#f",
  "127.0.0.1:1/",
  "127.0.0.1:1/p",
  "127.0.0.1:1%2f",
  "http://127.0.0.1:1/a\tb",
  "http://127.0.0.1 :1/",
  "http://127.0.0.1%20:1/",
  "http://127.0.0.1%e4:1/",
  "http://a^b:1",
  "http://a:b@c:d@127.0.0.1:1/",
  "$HTTP",
  "$HTTP/",
  "$HTTP/p",
  "*",
  " ",
  "ht tp://$HTTP",
];

const cases: readonly ResolveCase[] = [
  ...addresses.map((address) =>
    inFile(`the address ${address}`, kubeconfig({ ...server, server: address }, token)),
  ),
  ...addresses.map((address) =>
    inFile(`the flag for the address ${address}`, kubeconfig(server, token), {
      flags: [`--server=${address}`],
    }),
  ),
  ...[
    "5",
    "5s",
    "1h2m3.5s",
    "0",
    "0s",
    "-1s",
    "-1",
    "+5",
    "1.5",
    "1.5s",
    " 5",
    "5 ",
    "9223372036",
    "9223372036854775807",
    "9223372036854775808",
    "2562047h",
    "2562048h",
    "1d",
    "abc",
    ".5s",
    ".s",
    "0x5",
    "1e3",
  ].map((timeout) =>
    inFile(`the timeout ${timeout}`, kubeconfig({ server: "http://$HTTP" }, token), {
      flags: [`--request-timeout=${timeout}`],
    }),
  ),
  ...[
    "http://$PROXY",
    "https://[",
    "socks5://x y",
    "http://%zz",
    "ftp://$PROXY",
    "HTTP://$PROXY",
    "proxy",
    ":",
    "http:",
    "http://u:p@$PROXY",
    "http://\u0001",
    "//x",
    "a b",
  ].map((proxy) => inFile(`the proxy ${proxy}`, kubeconfig({ ...server, "proxy-url": proxy }, token))),
];

const CLUSTER_ENV = { KUBERNETES_SERVICE_HOST: "127.0.0.1" };

function inPod(
  name: string,
  more: Partial<ResolveCase> & { readonly sa?: Readonly<Record<string, string>> },
): ResolveCase {
  const sa = more.sa ?? { token: "of-pod", "ca.crt": "$CA", namespace: " of-pod\n" };
  return {
    name: `in a pod, ${name}`,
    files: {
      ...commonFiles,
      ...Object.fromEntries(Object.entries(sa).map(([file, text]) => [`sa/${file}`, text])),
      ...more.files,
    },
    env: { ...CLUSTER_ENV, KUBERNETES_SERVICE_PORT: "$HTTPS_PORT", ...more.env },
    flags: more.flags ?? [],
    ask: more.ask ?? "token",
  };
}

const defaultNamespace = (fields: Fields): string => kubeconfig({ server: "http://$HTTP" }, token, fields);

const pods: readonly ResolveCase[] = [
  inPod("without a kubeconfig", {}),
  inPod("without a kubeconfig, asked for a path", { ask: "path" }),
  inPod("with another namespace in the environment", { env: { POD_NAMESPACE: "env" } }),
  inPod("with a namespace flag", { flags: ["-n", "flag"], env: { POD_NAMESPACE: "env" } }),
  inPod("without a namespace file", { sa: { token: "t", "ca.crt": "$CA" } }),
  inPod("with a blank namespace file", { sa: { token: "t", "ca.crt": "$CA", namespace: " \n" } }),
  inPod("without a CA", { sa: { token: "t", namespace: "n" } }),
  inPod("with a CA that is none", { sa: { token: "t", "ca.crt": "nonsense" } }),
  inPod("without a token", { sa: { "ca.crt": "$CA" }, env: { KUBERNETES_MASTER: "http://$HTTP" } }),
  inPod("without a port", { env: { KUBERNETES_SERVICE_PORT: "" } }),
  inPod("without a host", { env: { KUBERNETES_SERVICE_HOST: "" } }),
  inPod("with an IPv6 host", { env: { KUBERNETES_SERVICE_HOST: "::1", KUBERNETES_SERVICE_PORT: "1" } }),
  inPod("with a server flag that is another", { flags: ["--server=https://$HTTPS"], ask: "path" }),
  inPod("with a plain server flag", { flags: ["--server=http://$HTTP"] }),
  inPod("with a server flag that is the default", { flags: ["--server=http://localhost:8080"] }),
  inPod("with a token flag", { flags: ["--token=of-flag"] }),
  inPod("with a CA flag", { flags: ["--certificate-authority=$ROOT/other-ca.crt"] }),
  inPod("with a user name flag", { flags: ["--username=me"] }),
  inPod("with an insecure flag", {
    flags: ["--insecure-skip-tls-verify"],
    sa: { token: "t", "ca.crt": "$OTHER_CA" },
  }),
  inPod("with impersonation", { flags: ["--as=boss"] }),
  inPod("with a timeout", { flags: ["--request-timeout=5s"] }),
  inPod("with no timeout", { flags: ["--request-timeout=0"] }),
  inPod("with compression disabled", { flags: ["--disable-compression"] }),
  inPod("with a context that does not exist", { flags: ["--context=nope"] }),
  inPod("with KUBERNETES_MASTER", { env: { KUBERNETES_MASTER: "http://$HTTP" } }),
  inPod("with KUBERNETES_MASTER by TLS", { env: { KUBERNETES_MASTER: "https://$HTTPS" } }),
  ...[{}, { namespace: "default" }, { namespace: "other" }].map((context) =>
    inPod(`with a kubeconfig whose context says ${JSON.stringify(context)}`, {
      files: { "cfg/one": defaultNamespace(context) },
      env: { KUBECONFIG: "$ROOT/cfg/one", POD_NAMESPACE: "env" },
    }),
  ),
  inPod("with a context flag for an explicit default namespace", {
    files: {
      "cfg/one": defaultNamespace({ namespace: "default" }).replace(
        '"current-context":"x"',
        '"current-context":""',
      ),
    },
    env: { KUBECONFIG: "$ROOT/cfg/one", POD_NAMESPACE: "env" },
    flags: ["--context=x"],
  }),
  inPod("with a kubeconfig that says what is the default anyway", {
    files: { "cfg/one": kubeconfig({ server: "http://localhost:8080" }, token) },
    env: { KUBECONFIG: "$ROOT/cfg/one" },
  }),
  inPod("with a kubeconfig that cannot be used", {
    files: { "cfg/one": kubeconfig(server, { token: "t", username: "u" }) },
    env: { KUBECONFIG: "$ROOT/cfg/one" },
  }),
  inPod("with a kubeconfig that cannot be read", {
    files: { "cfg/one": "[" },
    env: { KUBECONFIG: "$ROOT/cfg/one/x" },
  }),
];

export const handCases: readonly ResolveCase[] = [...cases, ...pods];
