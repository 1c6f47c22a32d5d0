import { createPrivateKey } from "node:crypto";
import type { FindingCode } from "../../src/doctor/codes.ts";
import type { Authority, Identity } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";
import { base64, kubeconfig, kuberc, plugin, webToken } from "./kubeconfigs.ts";
import type { World } from "./world.ts";
import { HOME_CONFIG, NOW } from "./world.ts";

/** A machine on which something is found, how the finding reads, and a machine on which it is not. */
export interface Row {
  readonly code: FindingCode;
  readonly shown: World;
  readonly line: string;
  readonly hidden: World;
}

const DAY = 86_400_000;
const TOKEN = { "/home/u/.kube/token": "t\n" };

/** A kubeconfig in its place, with the token file that its user has by default. */
function home(parts: Parameters<typeof kubeconfig>[0] = {}, more: World = {}): World {
  return { ...more, config: kubeconfig(parts), files: { ...TOKEN, ...more.files } };
}

/** Two kubeconfigs. */
function two(first: string, second: string): World {
  return {
    env: { KUBECONFIG: "/a/first:/b/second" },
    files: { ...TOKEN, "/a/first": first, "/b/second": second },
  };
}

interface Material {
  readonly authority: Authority;
  readonly admin: Identity;
  readonly other: Identity;
  readonly expired: Identity;
  readonly expiring: Identity;
  readonly future: Identity;
  readonly encryptedKey: string;
}

async function createMaterial(): Promise<Material> {
  const authority = await createAuthority("CA of the tests");
  const issue = (notBefore: number, notAfter: number): Promise<Identity> =>
    authority.issue({
      commonName: "admin",
      notBefore: new Date(NOW + notBefore * DAY),
      notAfter: new Date(NOW + notAfter * DAY),
    });
  const admin = await issue(-1, 365);
  return {
    authority,
    admin,
    other: await issue(-1, 365),
    expired: await issue(-30, -3),
    expiring: await issue(-1, 10),
    future: await issue(2, 365),
    encryptedKey: createPrivateKey(admin.key).export({
      type: "pkcs8",
      format: "pem",
      cipher: "aes-128-cbc",
      passphrase: "x",
    }) as string,
  };
}

/** A row for every code, in their order. */
export async function createRows(): Promise<readonly Row[]> {
  const material = await createMaterial();
  return [
    ...fileRows(),
    ...textRows(),
    ...mergingRows(),
    ...clusterRows(material),
    ...referenceRows(material),
    ...userRows(),
    ...certificateRows(material),
    ...providerRows(),
    ...pluginRows(),
    ...policyRows(),
  ];
}

function fileRows(): readonly Row[] {
  return [
    {
      code: "kubeconfig-missing",
      shown: { explicitPath: "/nope" },
      line: "error kubeconfig-missing -",
      hidden: home({}, { explicitPath: HOME_CONFIG }),
    },
    {
      code: "no-kubeconfig",
      shown: {},
      line: "warning no-kubeconfig -",
      hidden: home(),
    },
    {
      code: "kubeconfig-misspelt",
      shown: home({}, { env: { KUBECONFIG: "~/.kube/config" } }),
      line: "error kubeconfig-misspelt - KUBECONFIG",
      hidden: home({}, { env: { KUBECONFIG: "/nope/config" } }),
    },
    {
      code: "listed-file-missing",
      shown: home({}, { env: { KUBECONFIG: `${HOME_CONFIG}:/nope` } }),
      line: "info listed-file-missing -",
      hidden: home({}, { env: { KUBECONFIG: `${HOME_CONFIG}:` } }),
    },
    {
      code: "file-unreadable",
      shown: home({}, { env: { KUBECONFIG: `${HOME_CONFIG}:/home/u/.kube` } }),
      line: "error file-unreadable -",
      hidden: home(),
    },
    {
      code: "file-invalid",
      shown: { config: "clusters: {a: b}" },
      line: "error file-invalid 1:11",
      hidden: { config: "clusters: []" },
    },
    {
      code: "redacted-values",
      shown: home({ user: "token: REDACTED" }),
      line: 'error redacted-values 9:10 user "u"',
      hidden: home({ user: "token: t" }),
    },
    {
      code: "file-readable-by-others",
      shown: home({ user: "token: t" }, { modes: { [HOME_CONFIG]: 0o640 } }),
      line: "warning file-readable-by-others -",
      hidden: home({ user: "tokenFile: /home/u/.kube/token" }, { modes: { [HOME_CONFIG]: 0o644 } }),
    },
    {
      code: "file-writable-by-others",
      shown: home({}, { modes: { [HOME_CONFIG]: 0o602 } }),
      line: "error file-writable-by-others -",
      hidden: home({}, { modes: { [HOME_CONFIG]: 0o664 } }),
    },
    {
      code: "stale-lock",
      shown: home({}, { files: { "/home/u/.kube/config.lock": "" }, later: 600_000 }),
      line: "warning stale-lock -",
      hidden: home({}, { files: { "/home/u/.kube/config.lock": "" } }),
    },
    {
      code: "kcfg-leftover",
      shown: home({}, { files: { "/home/u/.kube/config.kcfg-backup": "" } }),
      line: "warning kcfg-leftover -",
      hidden: home({}, { files: { "/home/u/.kube/config.kcfg-notes": "" } }),
    },
  ];
}

function textRows(): readonly Row[] {
  return [
    {
      code: "duplicate-name",
      shown: home({ more: "- name: x\n  context: {cluster: c, user: u}" }),
      line: 'error duplicate-name 13:3 context "x"',
      hidden: home({ more: "- name: z\n  context: {cluster: c, user: u}" }),
    },
    {
      code: "unnamed-entry",
      shown: { config: "users:\n- user: {tokenFile: /t}\ncontexts: [{name: x, context: {}}]" },
      line: "warning unnamed-entry 2:3 a user",
      hidden: home(),
    },
    {
      code: "repeated-field",
      shown: home({ more: "current-context: x" }),
      line: "warning repeated-field 13:1",
      hidden: home({ more: "Current-Context: x" }),
    },
    {
      code: "ignored-document",
      shown: home({ more: "---\nkind: Config" }),
      line: "warning ignored-document 13:1",
      hidden: home({ more: "---\n# Nothing.\n" }),
    },
    {
      code: "unknown-field",
      shown: home({ cluster: 'server: "https://h", certificate_authority: /ca' }),
      line: 'warning unknown-field 6:34 cluster "c"',
      hidden: home({ cluster: 'server: "https://h", extensions: [{name: e, extension: {any: thing}}]' }),
    },
    {
      code: "yaml-not-text",
      shown: home({ context: "cluster: c, user: u, namespace: on" }),
      line: 'error yaml-not-text 12:45 context "x"',
      hidden: home({ context: "cluster: c, user: u, namespace: 'on'" }),
    },
    {
      code: "yaml-surprise",
      shown: home({ cluster: 'server: "https://h", disable-compression: yes' }),
      line: 'warning yaml-surprise 6:55 cluster "c"',
      hidden: home({ cluster: 'server: "https://h", disable-compression: true' }),
    },
  ];
}

function mergingRows(): readonly Row[] {
  const plain = kubeconfig({});
  return [
    {
      code: "shadowed-entry",
      shown: two(plain, kubeconfig({ cluster: "server: https://other" })),
      line: 'warning shadowed-entry 5:9 cluster "c"',
      hidden: two(plain, plain),
    },
    {
      code: "repeated-entry",
      shown: two(plain, plain),
      line: 'info repeated-entry 5:9 cluster "c"',
      hidden: two(plain, "clusters: []"),
    },
    {
      code: "shadowed-current-context",
      shown: two(plain, "current-context: other"),
      line: "info shadowed-current-context 1:18",
      hidden: two(plain, "current-context: x"),
    },
    {
      code: "no-current-context",
      shown: home({ more: 'current-context: ""' }),
      line: "warning no-current-context -",
      hidden: home(),
    },
    {
      code: "unknown-current-context",
      shown: home({ more: "current-context: z" }),
      line: "error unknown-current-context 13:18",
      hidden: home(),
    },
    {
      code: "unknown-cluster",
      shown: home({ context: "cluster: d, user: u" }),
      line: 'error unknown-cluster 12:13 context "x"',
      hidden: two(kubeconfig({ context: "cluster: d, user: u" }), "clusters: [{name: d, cluster: {}}]"),
    },
    {
      code: "unknown-user",
      shown: home({ context: "cluster: c, user: v" }),
      line: 'error unknown-user 12:25 context "x"',
      // The user may stand in the file that is broken.
      hidden: two(kubeconfig({ context: "cluster: c, user: v" }), "users: {"),
    },
    {
      code: "context-without-cluster",
      shown: home({ context: "user: u" }),
      line: 'warning context-without-cluster 11:9 context "x"',
      hidden: home(),
    },
    {
      code: "context-without-user",
      shown: home({ context: "cluster: c" }),
      line: 'warning context-without-user 11:9 context "x"',
      hidden: home(),
    },
    {
      code: "invalid-namespace",
      shown: home({ context: "cluster: c, user: u, namespace: Shop" }),
      line: 'warning invalid-namespace 12:34 context "x"',
      hidden: home({ context: "cluster: c, user: u, namespace: shop" }),
    },
    {
      code: "unused-cluster",
      shown: two(plain, "clusters: [{name: d, cluster: {server: https://d}}]"),
      line: 'info unused-cluster 1:19 cluster "d"',
      // Where there are no contexts, entries are chosen with flags.
      hidden: { config: "clusters: [{name: d, cluster: {server: https://d}}]" },
    },
    {
      code: "unused-user",
      shown: home({ context: "cluster: c, user: ''" }),
      line: 'info unused-user 8:9 user "u"',
      // A context that is hidden by an earlier file uses it there.
      hidden: two(kubeconfig({ context: "cluster: c, user: ''" }), plain),
    },
  ];
}

function withCa(...certificates: readonly string[]): World {
  const data = base64(certificates.join("\n"));
  return home({ cluster: `server: "https://h", certificate-authority-data: ${data}` });
}

function clusterRows({ authority, expired, expiring, future }: Material): readonly Row[] {
  const server = 'server: "https://h"';
  return [
    {
      code: "server-missing",
      shown: home({ cluster: "disable-compression: true" }),
      line: 'error server-missing 5:9 cluster "c"',
      hidden: home(),
    },
    {
      code: "server-invalid",
      shown: home({ cluster: 'server: "https://h:1:2"' }),
      line: 'error server-invalid 6:13 cluster "c"',
      hidden: home({ cluster: 'server: "https://[::1]:6443/prefix"' }),
    },
    {
      code: "server-without-scheme",
      shown: home({ cluster: 'server: "h:6443"' }),
      line: 'warning server-without-scheme 6:13 cluster "c"',
      hidden: home(),
    },
    {
      code: "server-over-http",
      shown: home({ cluster: "server: http://h" }),
      line: 'warning server-over-http 6:13 cluster "c"',
      hidden: home(),
    },
    {
      code: "password-in-url",
      shown: home({ cluster: `${server}, proxy-url: "http://user:hunter2@p:3128"` }),
      line: 'warning password-in-url 6:34 cluster "c"',
      hidden: home({ cluster: `${server}, proxy-url: "http://p:3128"` }),
    },
    {
      code: "proxy-invalid",
      shown: home({ cluster: `${server}, proxy-url: "p:3128"` }),
      line: 'error proxy-invalid 6:34 cluster "c"',
      hidden: home({ cluster: `${server}, proxy-url: "socks5://p:3128"` }),
    },
    {
      code: "insecure-skip-tls-verify",
      shown: home({ cluster: `${server}, insecure-skip-tls-verify: true` }),
      line: 'warning insecure-skip-tls-verify 6:34 cluster "c"',
      hidden: home({ cluster: `${server}, insecure-skip-tls-verify: false` }),
    },
    {
      code: "insecure-with-ca",
      shown: home({
        cluster: `${server}, insecure-skip-tls-verify: true, certificate-authority-data: ${base64(authority.certificate)}`,
      }),
      line: 'error insecure-with-ca 6:34 cluster "c"',
      hidden: home({ cluster: `${server}, insecure-skip-tls-verify: true` }),
    },
    {
      code: "ca-unusable",
      shown: withCa("no PEM"),
      line: 'error ca-unusable 6:34 cluster "c"',
      hidden: withCa(authority.certificate),
    },
    {
      code: "ca-expired",
      shown: withCa(expired.certificate),
      line: 'error ca-expired 6:34 cluster "c"',
      hidden: withCa(authority.certificate, expired.certificate),
    },
    {
      code: "ca-partly-expired",
      shown: withCa(authority.certificate, expired.certificate),
      line: 'warning ca-partly-expired 6:34 cluster "c"',
      hidden: withCa(expired.certificate),
    },
    {
      code: "ca-expiring",
      shown: withCa(authority.certificate, expiring.certificate),
      line: 'warning ca-expiring 6:34 cluster "c"',
      hidden: withCa(authority.certificate),
    },
    {
      code: "ca-not-yet-valid",
      shown: withCa(future.certificate),
      line: 'error ca-not-yet-valid 6:34 cluster "c"',
      hidden: withCa(authority.certificate),
    },
  ];
}

function referenceRows({ authority, admin }: Material): readonly Row[] {
  const pair = "client-certificate: ../admin.pem, client-key: ../admin.key";
  const files = { "/home/u/admin.pem": admin.certificate, "/home/u/admin.key": admin.key };
  return [
    {
      code: "data-and-file",
      shown: home({
        cluster: `server: "https://h", certificate-authority: /ca, certificate-authority-data: ${base64(authority.certificate)}`,
      }),
      line: 'error data-and-file 6:62 cluster "c"',
      hidden: home({
        cluster: `server: "https://h", certificate-authority-data: ${base64(authority.certificate)}`,
      }),
    },
    {
      code: "reference-unreadable",
      shown: home({ user: pair }, { files: { "/home/u/admin.pem": admin.certificate } }),
      line: 'error reference-unreadable 9:44 user "u"',
      hidden: home({ user: pair }, { files }),
    },
    {
      code: "token-file-outside",
      shown: home({ user: "tokenFile: ../.vault-token" }, { files: { "/home/u/.vault-token": "t" } }),
      line: 'warning token-file-outside 9:10 user "u"',
      hidden: home(
        { user: "tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token" },
        { files: { "/var/run/secrets/kubernetes.io/serviceaccount/token": "t" } },
      ),
    },
    {
      code: "file-outside-folder",
      shown: home(
        { cluster: 'server: "https://h", certificate-authority: /etc/ca.crt' },
        { files: { "/etc/ca.crt": authority.certificate } },
      ),
      line: 'info file-outside-folder 6:34 cluster "c"',
      // As minikube writes it.
      hidden: home(
        { cluster: 'server: "https://h", certificate-authority: /home/u/.minikube/ca.crt' },
        { files: { "/home/u/.minikube/ca.crt": authority.certificate } },
      ),
    },
    {
      code: "credential-readable-by-others",
      shown: home({ user: pair }, { files, modes: { "/home/u/admin.key": 0o644 } }),
      line: 'warning credential-readable-by-others 9:44 user "u"',
      hidden: home({ user: pair }, { files, modes: { "/home/u/admin.pem": 0o644 } }),
    },
  ];
}

function withUser(fields: string): World {
  return home({ user: fields });
}

function userRows(): readonly Row[] {
  const seconds = NOW / 1000;
  return [
    {
      code: "conflicting-auth-methods",
      shown: withUser("token: t, username: me, password: p"),
      line: 'error conflicting-auth-methods 9:20 user "u"',
      hidden: withUser("username: me, password: p"),
    },
    {
      code: "several-auth-methods",
      shown: withUser("token: t, tokenFile: /home/u/.kube/token"),
      line: 'warning several-auth-methods 9:20 user "u"',
      hidden: withUser("tokenFile: /home/u/.kube/token"),
    },
    {
      code: "user-without-credentials",
      shown: withUser("as: other"),
      line: 'info user-without-credentials 8:9 user "u"',
      hidden: withUser("token: t"),
    },
    {
      code: "impersonation-without-user",
      shown: withUser("token: t, as-groups: [g]"),
      line: 'error impersonation-without-user 9:20 user "u"',
      hidden: withUser("token: t, as: other, as-groups: [g]"),
    },
    {
      code: "inline-password",
      shown: withUser("username: me, password: p"),
      line: 'warning inline-password 9:24 user "u"',
      hidden: withUser("token: t"),
    },
    {
      code: "inline-token",
      shown: withUser("token: t"),
      line: 'info inline-token 9:10 user "u"',
      hidden: withUser("tokenFile: /home/u/.kube/token"),
    },
    {
      code: "token-expired",
      shown: withUser(`token: ${webToken({ exp: seconds - 60 })}`),
      line: 'error token-expired 9:10 user "u"',
      hidden: withUser(`token: ${webToken({ exp: seconds + 60 })}`),
    },
    {
      code: "token-expiring",
      shown: withUser(`token: ${webToken({ exp: seconds + 60 })}`),
      line: 'warning token-expiring 9:10 user "u"',
      hidden: withUser(`token: ${webToken({ exp: seconds + 31 * 86_400 })}`),
    },
    {
      code: "token-unusable",
      shown: withUser('token: "t\\n"'),
      line: 'error token-unusable 9:10 user "u"',
      hidden: withUser('token: "t"'),
    },
  ];
}

function certificateRows({
  admin,
  other,
  expired,
  expiring,
  future,
  encryptedKey,
}: Material): readonly Row[] {
  const pair = (certificate: string, key: string): World =>
    home({ user: `client-certificate-data: ${base64(certificate)}, client-key-data: ${base64(key)}` });
  const good = pair(admin.certificate, admin.key);
  const certificate = "client-certificate-data: ";
  /** The column of the second field. */
  const second = 10 + certificate.length + base64(admin.certificate).length + 2;
  return [
    {
      code: "client-certificate-unusable",
      shown: pair("no PEM", admin.key),
      line: 'error client-certificate-unusable 9:10 user "u"',
      hidden: good,
    },
    {
      code: "client-certificate-expired",
      shown: pair(expired.certificate, expired.key),
      line: 'error client-certificate-expired 9:10 user "u"',
      hidden: good,
    },
    {
      code: "client-certificate-expiring",
      shown: pair(expiring.certificate, expiring.key),
      line: 'warning client-certificate-expiring 9:10 user "u"',
      hidden: good,
    },
    {
      code: "client-certificate-not-yet-valid",
      shown: pair(future.certificate, future.key),
      line: 'error client-certificate-not-yet-valid 9:10 user "u"',
      hidden: good,
    },
    {
      code: "client-certificate-missing",
      shown: home({ user: `client-key-data: ${base64(admin.key)}` }),
      line: 'warning client-certificate-missing 9:10 user "u"',
      hidden: good,
    },
    {
      code: "client-key-missing",
      shown: home({ user: `client-certificate-data: ${base64(admin.certificate)}` }),
      line: 'error client-key-missing 9:10 user "u"',
      hidden: good,
    },
    {
      code: "client-key-unusable",
      shown: pair(admin.certificate, "no PEM"),
      line: `error client-key-unusable 9:${second} user "u"`,
      hidden: good,
    },
    {
      code: "client-key-encrypted",
      shown: pair(admin.certificate, encryptedKey),
      line: `error client-key-encrypted 9:${second} user "u"`,
      hidden: good,
    },
    {
      code: "key-mismatch",
      shown: pair(admin.certificate, other.key),
      line: `error key-mismatch 9:${second} user "u"`,
      hidden: pair(other.certificate, other.key),
    },
  ];
}

function withProvider(fields: string): World {
  return home({ user: `auth-provider: {${fields}}` });
}

function providerRows(): readonly Row[] {
  const oidc = withProvider(
    "name: oidc, config: {idp-issuer-url: 'https://i', client-id: i, refresh-token: r}",
  );
  return [
    {
      code: "auth-provider-removed",
      shown: withProvider("name: gcp"),
      line: 'error auth-provider-removed 9:10 user "u"',
      hidden: withProvider("name: foo"),
    },
    {
      code: "auth-provider-unknown",
      shown: withProvider("name: foo"),
      line: 'error auth-provider-unknown 9:10 user "u"',
      hidden: oidc,
    },
    {
      code: "auth-provider-incomplete",
      shown: withProvider("name: oidc"),
      line: 'error auth-provider-incomplete 9:10 user "u"',
      hidden: oidc,
    },
    {
      code: "auth-provider-deprecated",
      shown: oidc,
      line: 'info auth-provider-deprecated 9:10 user "u"',
      hidden: withProvider("name: azure"),
    },
  ];
}

function pluginRows(): readonly Row[] {
  const executables = ["/usr/bin/aws", "/home/u/.kube/bin/login"];
  const user = (fields: string, more: World = {}): World => home({ user: fields }, { executables, ...more });
  const good = user(plugin("/usr/bin/aws"));
  const exec = (fields: string): World => user(`exec: {${fields}}`);
  const v1 = "apiVersion: client.authentication.k8s.io/v1";
  return [
    {
      code: "exec-command-missing",
      shown: exec(`${v1}, interactiveMode: Never`),
      line: 'error exec-command-missing 9:10 user "u"',
      hidden: good,
    },
    {
      code: "exec-api-version-missing",
      shown: exec("command: aws, interactiveMode: Never"),
      line: 'error exec-api-version-missing 9:10 user "u"',
      hidden: good,
    },
    {
      code: "exec-api-version-removed",
      shown: exec("apiVersion: client.authentication.k8s.io/v1alpha1, command: aws"),
      line: 'error exec-api-version-removed 9:17 user "u"',
      hidden: exec("apiVersion: client.authentication.k8s.io/v1beta1, command: aws"),
    },
    {
      code: "exec-interactive-mode",
      shown: exec(`${v1}, command: aws`),
      line: 'error exec-interactive-mode 9:10 user "u"',
      hidden: exec("apiVersion: client.authentication.k8s.io/v1beta1, command: aws"),
    },
    {
      code: "exec-env-name-missing",
      shown: user(plugin("aws", "interactiveMode: Never, env: [{name: A, value: b}, {value: c}]")),
      line: 'error exec-env-name-missing 9:127 user "u"',
      hidden: user(plugin("aws", "interactiveMode: Never, env: [{name: A, value: b}]")),
    },
    {
      code: "plugin-runs-anything",
      shown: user(plugin("/bin/sh"), { executables: ["/bin/sh"] }),
      line: 'warning plugin-runs-anything 9:62 user "u"',
      hidden: user(plugin("kcfg", "interactiveMode: Never, args: [credential]"), {
        executables: ["/usr/bin/kcfg"],
      }),
    },
    {
      code: "plugin-loader-variable",
      shown: user(plugin("aws", "interactiveMode: Never, env: [{name: LD_PRELOAD, value: /tmp/x.so}]")),
      line: 'warning plugin-loader-variable 9:107 user "u"',
      hidden: user(plugin("aws", "interactiveMode: Never, env: [{name: AWS_PROFILE, value: prod}]")),
    },
    {
      code: "exec-command-relative",
      shown: user(plugin("./bin/login")),
      line: 'info exec-command-relative 9:62 user "u"',
      hidden: user(plugin("/home/u/.kube/bin/login")),
    },
    {
      code: "exec-command-in-path",
      shown: user(plugin("aws")),
      line: 'info exec-command-in-path 9:62 user "u"',
      hidden: good,
    },
    {
      code: "plugin-missing",
      shown: user(plugin("gone")),
      line: 'error plugin-missing 9:62 user "u"',
      // It is never run, since there is a token.
      hidden: user(`token: t, ${plugin("gone")}`),
    },
    {
      code: "plugin-denied",
      shown: user(plugin("aws"), {
        files: { "/home/u/.kube/kuberc": kuberc("credentialPluginPolicy: DenyAll") },
      }),
      line: 'error plugin-denied 9:62 user "u"',
      hidden: user(plugin("aws"), {
        files: {
          "/home/u/.kube/kuberc": kuberc(
            "credentialPluginPolicy: Allowlist",
            "credentialPluginAllowlist: [{name: aws}]",
          ),
        },
      }),
    },
    {
      code: "plugin-leads-to-itself",
      shown: user(plugin("kcfg", "interactiveMode: Never, args: [credential]"), KCFG),
      line: 'error plugin-leads-to-itself 9:62 user "u"',
      hidden: user(plugin("kcfg", "interactiveMode: Never, args: [credential, --kubeconfig, /other]"), KCFG),
    },
  ];
}

const KCFG: World = { executables: ["/usr/bin/kcfg"] };

function withKuberc(text: string | undefined, more: World = {}): World {
  return home(
    { user: plugin("/usr/bin/aws") },
    {
      executables: ["/usr/bin/aws"],
      ...more,
      files: { ...(text !== undefined && { "/home/u/.kube/kuberc": text }), ...more.files },
    },
  );
}

function policyRows(): readonly Row[] {
  const allow = kuberc(
    "credentialPluginPolicy: Allowlist",
    "credentialPluginAllowlist: [{name: /usr/bin/aws}]",
  );
  const deny = kuberc("credentialPluginPolicy: DenyAll");
  return [
    {
      code: "no-plugin-policy",
      shown: withKuberc(undefined),
      line: "info no-plugin-policy -",
      hidden: withKuberc(allow),
    },
    {
      code: "plugin-policy-allows-all",
      shown: withKuberc(kuberc("credentialPluginPolicy: AllowAll")),
      line: "info plugin-policy-allows-all -",
      hidden: withKuberc(allow),
    },
    {
      code: "plugin-requirements-unreadable",
      shown: withKuberc(allow, { files: { "/home/u/.kube/plugin-requirements.yaml": "plugins: x" } }),
      line: "error plugin-requirements-unreadable -",
      hidden: withKuberc(allow),
    },
    {
      code: "plugin-policy-allows-launcher",
      shown: withKuberc(
        kuberc(
          "credentialPluginPolicy: Allowlist",
          "credentialPluginAllowlist:",
          "- name: /usr/bin/aws",
          "- name: /usr/bin/env",
        ),
      ),
      line: "warning plugin-policy-allows-launcher 6:1",
      hidden: withKuberc(allow),
    },
    {
      code: "plugin-policy-ignored",
      shown: withKuberc(kuberc("credentialpluginpolicy: DenyAll")),
      line: "warning plugin-policy-ignored 3:1",
      hidden: withKuberc(deny),
    },
    {
      code: "plugin-policy-turned-off",
      shown: withKuberc(deny, { env: { KUBERC: "off" } }),
      line: "warning plugin-policy-turned-off -",
      hidden: withKuberc(deny),
    },
    {
      code: "plugin-policy-too-new",
      shown: withKuberc(allow.replace("name:", "command:")),
      line: "info plugin-policy-too-new -",
      hidden: withKuberc(allow),
    },
    {
      code: "kuberc-invalid",
      shown: withKuberc(kuberc("credentialPluginPolicy: denyall")),
      line: "error kuberc-invalid -",
      hidden: withKuberc(deny),
    },
    {
      code: "kuberc-warning",
      shown: withKuberc(kuberc("nonsense: 1")),
      line: "warning kuberc-warning -",
      hidden: withKuberc(deny),
    },
  ];
}
