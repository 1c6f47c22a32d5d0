import { decodeConfig } from "../../src/codec/kubeconfig/decode-config.ts";
import { inspect } from "node:util";
import { main } from "../../src/cli/main.ts";
import { connect } from "../../src/index.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import { deferredClientConfig } from "../../src/loading/client-configs.ts";
import { loadConfig } from "../../src/loading/load.ts";
import { defaultLoadingRules } from "../../src/loading/loading-rules.ts";
import type { Bench } from "../conformance/wire/bench.ts";
import { startBench } from "../conformance/wire/bench.ts";
import type { Special } from "../conformance/wire/cases/build.ts";
import { credential, execUser, plugin, printing, wire } from "../conformance/wire/cases/build.ts";
import type { Identities } from "../conformance/wire/identities.ts";
import { createIdentities } from "../conformance/wire/identities.ts";
import { askKcfg, filled, placeholders } from "../conformance/wire/run-wire-case.ts";
import { buildSandbox } from "../conformance/sandbox.ts";
import type { Case } from "../conformance/vector.ts";
import { startBin } from "../support/start-bin.ts";

/** Every secret holds this word, except for keys. */
const MARK = "s3cr3t";

const jane = { "client-certificate-data": "@{jane.crt}", "client-key-data": "@{jane.key}" };
const basic = { username: "jane", password: `${MARK}-password` };
const token = { token: `${MARK}-token` };
const everything = { ...token, ...basic, ...jane };
const proxyUrl = `http://u:${MARK}@127.0.0.1:@{proxy.port}`;
const nobody = "https://127.0.0.1:1";
const secretive = {
  args: ["--password", `${MARK}-arg`],
  env: [{ name: "PLUG_SECRET", value: `${MARK}-env` }],
  provideClusterInfo: true,
};
const exec = execUser(secretive);
const named = { server: "https://api.test:@{server.port}" };
const json = { "content-type": "application/json" };
const proxied = { proxies: { proxy: { kind: "http", credentials: `u:${MARK}` } } } as const;
const plugins = (...does: readonly string[]): Special => ({
  user: exec,
  files: { plugin: plugin(...does) },
  cluster: { extensions: [{ name: "client.authentication.k8s.io/exec", extension: { k: `${MARK}-ext` } }] },
});

/** What can go wrong, with secrets in every place. */
const failures: Readonly<Record<string, Special>> = {
  "a server that nobody runs, with a token": { cluster: { server: nobody }, user: token },
  "a server that nobody runs, with a password": { cluster: { server: nobody }, user: basic },
  "a server that nobody runs, with a key": { cluster: { server: nobody }, user: jane },
  "a server that is not trusted": { servers: { server: { identity: "other" } }, user: { ...token, ...jane } },
  "a server by another name": { servers: { server: { identity: "named" } }, user: { ...basic, ...jane } },
  "several credentials at once": { user: everything },
  "a token that cannot be sent": { user: { token: `${MARK}\nx` } },
  "a token's file that cannot be sent": { user: { tokenFile: "t" }, files: { t: `${MARK}\nx` } },
  "an impersonation that cannot be sent": { user: { ...token, as: `a\nb` } },
  "an answer 401": { user: token, reply: { status: 401 } },
  "an answer 403": {
    user: basic,
    reply: { status: 403, headers: json, body: '{"kind":"Status","status":"Failure","message":"no"}' },
  },
  "a connection that is closed": { user: { ...token, ...jane }, reply: { abort: "before" } },
  "a body that is cut off": { user: token, reply: { abort: "within", body: "0123456789" } },
  "a request that takes too long": {
    user: token,
    reply: { delay: 3000 },
    flags: ["--request-timeout=300ms"],
  },
  "redirects without end": { user: token, reply: { status: 302, headers: { location: "/x" } } },
  "a redirect to a server that nobody runs": {
    user: token,
    reply: { status: 302, headers: { location: `${nobody}/y` } },
  },
  "a password in the server's address": { cluster: { server: `https://u:${MARK}@127.0.0.1:1` } },
  "a password in an address that is none": { cluster: { server: `https://u:${MARK}@127.0.0.1:1x/` } },
  "a password in an address with a strange scheme": { cluster: { server: `ftp://u:${MARK}@127.0.0.1:1` } },
  "a password in an address with a space": { cluster: { server: `https://u:${MARK}@a b` } },
  "a proxy that refuses the password": {
    proxies: { proxy: { kind: "http", credentials: "u:other" } },
    cluster: { "proxy-url": proxyUrl },
  },
  "a proxy that refuses": {
    proxies: { proxy: { kind: "http", refuse: 503 } },
    cluster: { "proxy-url": proxyUrl },
  },
  "a proxy that nobody runs": { cluster: { "proxy-url": `http://u:${MARK}@127.0.0.1:1` } },
  "an https proxy that is not trusted": {
    proxies: { proxy: { kind: "https", identity: "other" } },
    cluster: { "proxy-url": `https://u:${MARK}@127.0.0.1:@{proxy.port}` },
  },
  "a socks5 proxy that refuses the password": {
    proxies: { proxy: { kind: "socks5", credentials: "u:other" } },
    cluster: { "proxy-url": `socks5://u:${MARK}@127.0.0.1:@{proxy.port}` },
  },
  "a proxy-url that is none": { cluster: { "proxy-url": `http://u:${MARK}@[::1:1` } },
  "a proxy-url with a strange scheme": { cluster: { "proxy-url": `gopher://u:${MARK}@127.0.0.1:1` } },
  "a proxy-url with a bad escape": { cluster: { "proxy-url": `http://u:${MARK}%zz@127.0.0.1:1` } },
  "HTTPS_PROXY that refuses the password": {
    proxies: { proxy: { kind: "http", credentials: "u:other" } },
    cluster: named,
    env: { HTTPS_PROXY: proxyUrl },
  },
  "HTTPS_PROXY that nobody runs": { cluster: named, env: { HTTPS_PROXY: `http://u:${MARK}@127.0.0.1:1` } },
  "HTTPS_PROXY that is none": { cluster: named, env: { HTTPS_PROXY: `http://u:${MARK}@127.0.0.1:x y` } },
  "HTTP_PROXY under CGI": {
    servers: { server: { plain: true } },
    cluster: { server: "http://api.test:@{server.port}", "certificate-authority-data": null },
    env: { HTTP_PROXY: `http://u:${MARK}@127.0.0.1:1`, REQUEST_METHOD: "GET" },
  },
  "a server behind a proxy that is not trusted": {
    ...proxied,
    servers: { server: { identity: "other" } },
    user: token,
    cluster: { "proxy-url": proxyUrl },
  },
  "a plugin that fails": plugins(`echo ${MARK}; exit 3`),
  "a plugin that is ended": plugins(`echo ${MARK}; kill -9 $$`),
  "a plugin that prints a text": plugins(`echo ${MARK}`),
  "a plugin that prints broken JSON": plugins(`echo '{"status":{"token":"${MARK}"'`),
  "a plugin that prints JSON with text behind it": plugins(`echo '${credential({ token: MARK })} ${MARK}'`),
  "a plugin that prints broken YAML": plugins(`echo 'token: [${MARK}'`),
  "a plugin that prints another kind": plugins(`echo '{"kind":"${MARK}","apiVersion":"${MARK}/v1"}'`),
  "a plugin that prints another version": plugins(`echo '${credential({ token: MARK }, "v1beta1")}'`),
  "a plugin that prints a token of another type": plugins(`echo '${credential({ token: [MARK] })}'`),
  "a plugin that prints a time that is none": plugins(
    `echo '${credential({ token: MARK, expirationTimestamp: `${MARK} tomorrow` })}'`,
  ),
  "a plugin that prints a key that is none": plugins(
    `echo '${credential({ clientCertificateData: MARK, clientKeyData: MARK })}'`,
  ),
  "a plugin that prints a key without a certificate": plugins(
    `echo '${credential({ clientKeyData: MARK })}'`,
  ),
  "a plugin whose token is refused": {
    ...plugins(),
    files: { plugin: printing(credential({ token: MARK })) },
    reply: { status: 401 },
  },
  "a plugin that is not there": { user: execUser({ ...secretive, command: "nope" }) },
  "a plugin that may not be run": { user: execUser({ ...secretive, command: "$ROOT/config" }) },
  "a plugin of an unknown version": { user: execUser({ ...secretive, apiVersion: "other/v1" }) },
  "a plugin that the policy denies": {
    ...plugins("exit 0"),
    files: {
      "home/.kube/kuberc":
        "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: DenyAll\n",
    },
  },
  "a plugin that takes too long": {
    ...plugins(`/bin/sleep 3; echo ${MARK}`),
    flags: ["--request-timeout=300ms"],
  },
  "a key that is none": { user: { ...jane, "client-key-data": Buffer.from(MARK).toString("base64") } },
  "a key that belongs to another certificate": {
    user: { ...jane, "client-certificate-data": "@{john.crt}" },
  },
  "a key in the place of the certificate": {
    user: { "client-certificate-data": "@{jane.key}", "client-key-data": "@{jane.key}" },
  },
  "a key that is not base64": { user: { ...jane, "client-key-data": `${MARK}!` } },
  "a legacy auth-provider": {
    user: { "auth-provider": { name: "gcp", config: { "access-token": MARK, "refresh-token": MARK } } },
  },
  "an oidc auth-provider": {
    user: {
      "auth-provider": {
        name: "oidc",
        config: {
          "idp-issuer-url": nobody,
          "client-id": "i",
          "client-secret": MARK,
          "id-token": `${MARK}.${MARK}.x`,
        },
      },
    },
  },
  "a token that is a list": { user: { token: [MARK] } },
  "a password that is a mapping": { user: { password: { a: MARK } } },
  "plugin arguments that are no texts": { user: execUser({ ...secretive, args: [{ a: MARK }] }) },
  "the same user twice": {
    config: ["users:", `- {name: u, user: {token: ${MARK}}}`, `- {name: u, user: {token: ${MARK}}}`, ""],
  },
  "broken YAML": { config: ["users:", `- {name: u, user: {token: ${MARK}}`, "a: [", ""] },
  "flags that exclude each other": {
    user: {},
    flags: [`--token=${MARK}`, "--username=u", `--password=${MARK}`],
  },
  "a token flag that cannot be sent": { user: {}, flags: [`--token=${MARK}\nx`] },
  "a path that is none": { user: token, path: "%zz" },
  "nothing that fails": { user: { ...token, ...jane } },
  "nothing that fails, through a proxy": { ...proxied, user: token, cluster: { "proxy-url": proxyUrl } },
  "nothing that fails, with a plugin": {
    ...plugins(),
    files: { plugin: printing(credential({ token: MARK, expirationTimestamp: "2999-01-01T00:00:00Z" })) },
  },
};

let identities: Identities;
let marks: readonly string[];

beforeAll(async () => {
  identities = await createIdentities();
  const key = identities.of("jane").key.split("\n");
  marks = [
    MARK,
    Buffer.from(MARK).toString("base64"),
    Buffer.from(`u:${MARK}`).toString("base64"),
    Buffer.from(`jane:${MARK}-password`).toString("base64"),
    encodeURIComponent(JSON.stringify(MARK)),
    key[1] ?? "",
    Buffer.from(key.join("\n")).toString("base64").slice(40, 100),
  ];
});

/** The secrets that a text holds. */
function leaks(text: string): readonly string[] {
  return marks.filter((mark) => mark !== "" && text.includes(mark));
}

/** Everything that a person, a log or a debugger may see of a value. */
function shown(value: unknown): string {
  const texts = [inspect(value, { depth: Infinity, showHidden: true, getters: true }), String(value)];
  try {
    texts.push(
      JSON.stringify(value, (_key, each: unknown) => (each instanceof Map ? [...each] : each)) ?? "",
    );
  } catch {
    // What goes in a circle cannot be written.
  }
  for (let error = value; error instanceof Error; error = error.cause) {
    texts.push(
      error.message,
      error.stack ?? "",
      inspect(Object.getOwnPropertyDescriptors(error), { depth: 9 }),
    );
  }
  return texts.join("\n");
}

interface Place {
  readonly wanted: Case;
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly argv: readonly string[];
}

async function inPlace(special: Special, work: (place: Place) => Promise<void>): Promise<void> {
  const described = wire("secrets", special);
  const bench: Bench = await startBench(identities, described);
  const wanted = filled(askKcfg, described, placeholders(identities, bench));
  const sandbox = buildSandbox(wanted);
  try {
    const env = Object.entries(wanted.env ?? {}).map(([name, value]) => [name, sandbox.fill(value ?? "")]);
    await work({
      wanted,
      root: sandbox.root,
      env: { PATH: "/usr/bin:/bin", HOME: `${sandbox.root}/home`, ...Object.fromEntries(env) },
      argv: wanted.argv.map(sandbox.fill),
    });
  } finally {
    sandbox.remove();
    await bench.close();
  }
}

describe("no secret is told on the command line", () => {
  test.each(Object.entries(failures))("in spite of %s", async (_what, special) => {
    await inPlace(special, async ({ root, env, argv }) => {
      const { stdout, stderr } = await startBin([...argv, "-v=9"], { cwd: root, env });
      expect(leaks(stderr + stdout)).toEqual([]);
      for (const name of ["resolve", "credential"]) {
        const told = await runHere([name, ...argv.slice(2)], root, env);
        // A credential is what `kcfg credential` is for.
        expect(leaks(name === "credential" && told.exitCode === 0 ? told.err : told.err + told.out)).toEqual(
          [],
        );
      }
    });
  });
});

/** Runs a command line in this process: many are needed. */
async function runHere(
  argv: readonly string[],
  root: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly exitCode: number; readonly out: string; readonly err: string }> {
  const told = { out: "", err: "" };
  const stream = (name: keyof typeof told) => ({
    write: (text: string | Uint8Array) => {
      told[name] += typeof text === "string" ? text : Buffer.from(text).toString();
    },
  });
  const host = { ...nodeHost, env, cwd: () => root };
  const exitCode = await main(host, { out: stream("out"), err: stream("err") }, argv, "kcfg");
  return { exitCode, ...told };
}

describe("no secret is told by an object or an error of the library", () => {
  test.each(Object.entries(failures))("in spite of %s", async (_what, special) => {
    await inPlace(special, async ({ root, env, wanted }) => {
      const host = { ...nodeHost, env, cwd: () => root };
      const seen: unknown[] = [];
      try {
        const rules = defaultLoadingRules(host);
        seen.push(loadConfig(host, rules, decodeConfig));
        const clientConfig = deferredClientConfig(host, rules);
        const restConfig = await clientConfig.clientConfig();
        seen.push(clientConfig, restConfig, restConfig.with({ userAgent: "x" }));
        const connection = connect(restConfig.with({ timeout: 300 }), { host });
        seen.push(connection, connection.dispatcher());
        try {
          const response = await connection.fetch(wanted.argv[1] ?? "/");
          seen.push(response);
          await response.text();
        } finally {
          seen.push(shown(connection), shown(connection.dispatcher()));
          await connection.close();
        }
      } catch (error) {
        seen.push(error);
      }
      expect(seen.map((each) => leaks(shown(each)))).toEqual(seen.map(() => []));
    });
  });
});
