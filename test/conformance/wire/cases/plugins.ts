import type { WireCase } from "../wire-case.ts";
import { credential, execUser, plugin, printing, wire } from "./build.ts";

type Fields = Readonly<Record<string, unknown>>;

const later = "2999-01-01T00:00:00Z";
const token = { token: "from-plugin" };
const certificate = '"clientCertificateData":"@{json jane.crt}","clientKeyData":"@{json jane.key}"';
const api = "client.authentication.k8s.io";
const extension = (value: unknown, name = `${api}/exec`): Fields => ({
  extensions: [{ name, extension: value }],
});

/** Makes a case of a plugin that prints this. */
const says = (name: string, text: string, more: Fields = {}, user: Fields = {}): WireCase =>
  wire(name, { user: execUser(more, user), files: { plugin: printing(text) } });

/** Makes a case of a plugin that returns a token, with these settings. */
const set = (name: string, more: Fields, special: Parameters<typeof wire>[1] = {}): WireCase =>
  wire(name, {
    ...special,
    user: execUser(more),
    files: { plugin: printing(credential(token)), ...special.files },
  });

const raw = (status: string): string =>
  `{"kind":"ExecCredential","apiVersion":"${api}/v1","status":{${status}}}`;

/** What a credential plugin receives, and how its output is used. */
export const plugins: readonly WireCase[] = [
  says("a token is sent", credential(token)),
  says("a token that expires later is sent", credential({ ...token, expirationTimestamp: later })),
  says(
    "a token that has expired is sent",
    credential({ ...token, expirationTimestamp: "2000-01-01T00:00:00Z" }),
  ),
  says("a time that is none is refused", credential({ ...token, expirationTimestamp: "tomorrow" })),
  says(
    "a time with a zone is understood",
    credential({ ...token, expirationTimestamp: "2999-01-01T00:00:00+02:00" }),
  ),
  says(
    "a time with a fraction is understood",
    credential({ ...token, expirationTimestamp: "2999-01-01T00:00:00.5Z" }),
  ),
  says("a null time is none", credential({ ...token, expirationTimestamp: null })),
  says("a client certificate is shown", raw(certificate)),
  says("a token and a client certificate are both sent", raw(`"token":"t",${certificate}`)),
  says("a certificate without a key is refused", raw('"clientCertificateData":"@{json jane.crt}"')),
  says("a key without a certificate is refused", raw('"clientKeyData":"@{json jane.key}"')),
  says(
    "a certificate with another's key is refused",
    raw('"clientCertificateData":"@{json jane.crt}","clientKeyData":"@{json john.key}"'),
  ),
  says("a certificate that is none is refused", raw('"clientCertificateData":"x","clientKeyData":"y"')),
  says("an empty status is refused", raw("")),
  says("an empty token is refused", credential({ token: "" })),
  says("a missing status is refused", `{"kind":"ExecCredential","apiVersion":"${api}/v1"}`),
  says("a null status is refused", credential(null)),
  says("nothing is refused", ""),
  says("a text is refused", "geheim"),
  says("a JSON text is refused", '"geheim"'),
  says("a list is refused", "[]"),
  says("null is refused", "null"),
  says("an answer without a kind is understood", `{"apiVersion":"${api}/v1","status":{"token":"t"}}`),
  says("an answer without a version is refused", '{"kind":"ExecCredential","status":{"token":"t"}}'),
  says(
    "an answer of another kind is refused",
    `{"kind":"Status","apiVersion":"${api}/v1","status":{"token":"t"}}`,
  ),
  says("an answer of another version is refused", credential(token, "v1beta1")),
  says(
    "an answer of another group is refused",
    '{"kind":"ExecCredential","apiVersion":"v1","status":{"token":"t"}}',
  ),
  says("an answer of an unknown version is refused", credential(token, "v7")),
  says(
    "an answer in YAML is understood",
    `kind: ExecCredential\napiVersion: ${api}/v1\nstatus:\n  token: from-yaml`,
  ),
  says("an answer with text after it is refused", `${credential(token)}\nmore`),
  says("an answer after white space is understood", `\n  ${credential(token)}\n`),
  says("an answer with unknown fields is understood", raw('"token":"t","x":1')),
  says("an answer with a repeated field is understood", raw('"token":"a","token":"b"')),
  says("a field in other letters is not understood", raw('"Token":"t"')),
  says("a token that is a number is refused", raw('"token":1')),
  says("a token with a line break cannot be sent", credential({ token: "a\nb" })),
  says("a token with spaces is sent as it is", credential({ token: " a " })),
  set(
    "a plugin of v1beta1 is run",
    { apiVersion: `${api}/v1beta1`, interactiveMode: null },
    {
      files: { plugin: printing(credential(token, "v1beta1")) },
    },
  ),
  set("a plugin of v1beta1 that answers in v1 is refused", { apiVersion: `${api}/v1beta1` }),
  set("a plugin of v1alpha1 is refused", { apiVersion: `${api}/v1alpha1` }),
  set("a plugin of an unknown version is refused", { apiVersion: `${api}/v7` }),
  set("a plugin without a version is refused", { apiVersion: null }),
  set("a plugin of v1 without an interactive mode is refused", { interactiveMode: null }),
  set("a plugin with a strange interactive mode is refused", { interactiveMode: "Sometimes" }),
  set("a plugin without a command is refused", { command: "" }),
  set("arguments are given as they are", { args: ["a b", "", "$HOME", "--x=y", "*", "\u00e9"] }),
  set(
    "variables are added",
    {
      env: [
        { name: "PLUG_A", value: "1 2" },
        { name: "PLUG_B", value: "" },
      ],
    },
    {
      env: { PLUG_A: "from outside", PLUG_C: "kept" },
    },
  ),
  set("of a repeated variable the last counts", {
    env: [
      { name: "PLUG_A", value: "1" },
      { name: "PLUG_A", value: "2" },
    ],
  }),
  set("a variable without a name is refused", { env: [{ name: "", value: "x" }] }),
  set("a variable cannot forge the information", {
    env: [{ name: "KUBERNETES_EXEC_INFO", value: "forged" }],
  }),
  set("the environment cannot forge the information", {}, { env: { KUBERNETES_EXEC_INFO: "forged" } }),
  set("the cluster is told on demand", { provideClusterInfo: true }),
  set(
    "the cluster is told with its extension",
    { provideClusterInfo: true },
    {
      cluster: extension({ audience: "me", deep: { list: [1, "2", null, true] } }),
    },
  ),
  set(
    "the cluster's other extensions are not told",
    { provideClusterInfo: true },
    {
      cluster: extension({ audience: "me" }, "other"),
    },
  ),
  set("an extension that is a text is told", { provideClusterInfo: true }, { cluster: extension("text") }),
  set("an extension is not told without demand", {}, { cluster: extension({ audience: "me" }) }),
  set(
    "the cluster is told with its other settings",
    { provideClusterInfo: true },
    {
      cluster: {
        "tls-server-name": "api.test",
        "disable-compression": true,
        "proxy-url": "@{proxy}",
        server: "https://api.test:@{server.port}/prefix/",
      },
      proxies: { proxy: { kind: "http" } },
    },
  ),
  set(
    "an insecure cluster is told as one",
    { provideClusterInfo: true },
    {
      cluster: { "certificate-authority-data": null, "insecure-skip-tls-verify": true },
    },
  ),
  set(
    "a cluster's authority file is told as data",
    { provideClusterInfo: true },
    {
      cluster: { "certificate-authority-data": null, "certificate-authority": "pki/ca.crt" },
    },
  ),
  set(
    "the cluster is told after flags",
    { provideClusterInfo: true },
    {
      cluster: { server: "https://127.0.0.1:1", "tls-server-name": "nope.test" },
      flags: ["--server=@{server}", "--tls-server-name=api.test"],
    },
  ),
  set(
    "the cluster is told in v1beta1",
    { provideClusterInfo: true, apiVersion: `${api}/v1beta1` },
    {
      files: { plugin: printing(credential(token, "v1beta1")) },
    },
  ),
  ...["Never", "IfAvailable", "Always"].flatMap((interactiveMode) => [
    set(
      `a plugin that is ${interactiveMode} interactive is run without a terminal`,
      { interactiveMode },
      {
        stdin: "input",
        files: { input: "typed\n" },
      },
    ),
    set(
      `a plugin of v1beta1 that is ${interactiveMode} interactive is run without a terminal`,
      {
        interactiveMode,
        apiVersion: `${api}/v1beta1`,
      },
      { files: { plugin: printing(credential(token, "v1beta1")) } },
    ),
  ]),
  set("an impersonation goes with a plugin", {}, { flags: ["--as=you"] }),
  set("--token keeps a plugin from being run", {}, { flags: ["--token=abc"] }),
  set("--username keeps a plugin from being run", {}, { flags: ["--username=u", "--password=p"] }),
  set(
    "--client-certificate keeps a plugin from being run",
    {},
    {
      flags: ["--client-certificate=$ROOT/pki/jane.crt", "--client-key=$ROOT/pki/jane.key"],
    },
  ),
  set("a plugin in PATH is run", { command: "plugin" }, { env: { PATH: "$ROOT" } }),
  set("a plugin that is not in PATH is told", { command: "nope" }),
  set("a plugin that is not in PATH is told with its hint", {
    command: "nope",
    installHint: "Install it:\n\tapt nope\u001b[1m\r\u0007",
  }),
  set("a plugin path that is missing is told with its hint", {
    command: "$ROOT/nope",
    installHint: "Install it.",
  }),
  set("a plugin that is a folder is told", { command: "$ROOT/pki" }),
  set("a plugin that may not be run is told", { command: "$ROOT/config", installHint: "Install it." }),
  set("a relative plugin stands beside its kubeconfig", { command: "./plugin" }),
  wire("a plugin that fails is told", { user: execUser(), files: { plugin: plugin("exit 3") } }),
  wire("a plugin that fails with an answer is told", {
    user: execUser(),
    files: { plugin: plugin("echo geheim; echo oops >&2; exit 1") },
  }),
  wire("a plugin that is ended by a signal is told", {
    user: execUser(),
    files: { plugin: plugin("kill -9 $$") },
  }),
  wire("a plugin's errors are passed through", {
    user: execUser(),
    files: { plugin: plugin("echo careful >&2", `echo '${credential(token)}'`) },
  }),
  wire("a plugin that is no program is told", {
    user: execUser(),
    files: { plugin: { mode: "0755", text: "\u0000\u0001" } },
  }),
  wire("an answer 401 with a plugin's token runs it again for the next request alone", {
    user: execUser(),
    files: { plugin: printing(credential(token)) },
    reply: [{ status: 401 }, { body: "ok\n" }],
  }),
  wire("a redirect does not run a plugin twice", {
    user: execUser(),
    files: { plugin: printing(credential(token)) },
    reply: [{ status: 302, headers: { location: "/y" } }, { body: "ok\n" }],
  }),
  wire("a plugin is not asked before a server that does not answer", {
    user: execUser(),
    files: { plugin: printing(credential(token)) },
    cluster: { server: "https://127.0.0.1:1" },
  }),
  wire("a plugin that takes longer than the request may is told", {
    user: execUser(),
    files: { plugin: plugin("/bin/sleep 2", `echo '${credential(token)}'`) },
    flags: ["--request-timeout=1s"],
  }),
  ...(
    [
      ["DenyAll", "credentialPluginPolicy: DenyAll"],
      [
        "an Allowlist without it",
        "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: other}]",
      ],
      [
        "an Allowlist with it",
        "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: $ROOT/plugin}]",
      ],
      ["AllowAll", "credentialPluginPolicy: AllowAll"],
      ["a faulty policy", "credentialPluginPolicy: denyall"],
    ] as const
  ).map(([what, policy]) =>
    set(
      `the policy of a kuberc decides: ${what}`,
      {},
      {
        files: {
          "home/.kube/kuberc": `apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n${policy}\n`,
        },
      },
    ),
  ),
  set(
    "a policy does not concern other credentials",
    {},
    {
      flags: ["--token=abc"],
      files: {
        "home/.kube/kuberc":
          "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: DenyAll\n",
      },
    },
  ),
];
