import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Authority } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";
import { startServer } from "../support/https-server.ts";
import { startBin } from "../support/start-bin.ts";

let authority: Authority;
let folder: string;

beforeAll(async () => {
  authority = await createAuthority();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-prune-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const config = (): string => join(folder, "config");
const kcfg = (...args: readonly string[]) => startBin(args, { env: { HOME: folder, KUBECONFIG: config() } });

interface Entries {
  readonly clusters: Readonly<Record<string, unknown>>;
  readonly users: Readonly<Record<string, unknown>>;
  readonly contexts: Readonly<Record<string, readonly [cluster: string, user: string]>>;
}

function write({ clusters, users, contexts }: Entries): void {
  writeFileSync(
    config(),
    JSON.stringify({
      clusters: Object.entries(clusters).map(([name, cluster]) => ({ name, cluster })),
      users: Object.entries(users).map(([name, user]) => ({ name, user })),
      contexts: Object.entries(contexts).map(([name, [cluster, user]]) => ({
        name,
        context: { cluster, user },
      })),
    }),
  );
}

const TOKEN = { token: "t" };

async function names(): Promise<Readonly<Record<string, readonly string[]>>> {
  const { stdout } = await kcfg("view", "-o", "json");
  const { clusters, users, contexts } = JSON.parse(stdout) as Record<
    string,
    readonly { readonly name: string }[] | null
  >;
  return Object.fromEntries(
    Object.entries({ clusters, users, contexts }).map(([key, list]) => [
      key,
      (list ?? []).map(({ name }) => name),
    ]),
  );
}

const UNTIDY: Entries = {
  clusters: { used: { server: "https://used" }, unused: { server: "https://unused" } },
  users: { used: TOKEN, unused: TOKEN, only: TOKEN },
  contexts: { good: ["used", "used"], "no-cluster": ["gone", "only"], "no-user": ["used", "gone"] },
};

describe("kcfg prune", () => {
  test("lists what can go, and deletes nothing without a yes", async () => {
    write(UNTIDY);
    expect(await kcfg("prune")).toEqual({
      stdout: "",
      stderr: [
        'context   no-cluster   cluster "gone" does not exist',
        'context   no-user      user "gone" does not exist',
        "cluster   unused       no context uses it",
        "user      unused       no context uses it",
        "user      only         no context uses it",
        "error: nothing was deleted: --yes deletes all this, --dry-run shows the changes",
        "",
      ].join("\n"),
      exitCode: 1,
    });
    expect((await kcfg("prune", "--dry-run")).stdout).toContain("no-cluster");
    expect((await names())["contexts"]).toHaveLength(3);
  });

  test("deletes it with --yes, and undo brings it back", async () => {
    write(UNTIDY);
    const before = readFileSync(config(), "utf8");
    expect((await kcfg("prune", "--yes")).stdout).toBe(
      "Deleted 2 contexts, 1 cluster, 2 users; `kcfg undo` brings it back.\n",
    );
    expect(await names()).toEqual({ clusters: ["used"], users: ["used"], contexts: ["good"] });
    expect(await kcfg("prune", "--yes")).toEqual({ stdout: "nothing to prune\n", stderr: "", exitCode: 0 });
    await kcfg("undo");
    expect(readFileSync(config(), "utf8")).toBe(before);
  });

  test("deletes users whose certificate has expired, and what only they use", async () => {
    write({
      clusters: { a: { server: "https://a" }, b: { server: "https://b" } },
      users: { old: await dated("2020-01-01", "2021-01-01"), new: await dated("2020-01-01", "2090-01-01") },
      contexts: { a: ["a", "old"], b: ["b", "new"] },
    });
    const { stderr } = await kcfg("prune", "--yes");
    expect(stderr).toMatch(
      /context {3}a +user "old": client certificate expired \d+ days ago\ncluster {3}a +no context uses it\nuser {6}old +client certificate expired \d+ days ago\n/,
    );
    expect(await names()).toEqual({ clusters: ["b"], users: ["new"], contexts: ["b"] });
  });

  test("keeps clusters and users of a file without contexts", async () => {
    write({ clusters: { a: { server: "https://a" } }, users: { u: TOKEN }, contexts: {} });
    expect((await kcfg("prune", "--yes")).stdout).toBe("nothing to prune\n");
  });

  test("asks servers with --probe, without credentials and plugins", async () => {
    const identity = await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] });
    const server = await startServer({ identity, reply: [{ status: 401 }] });
    const closed = createServer();
    const port = await new Promise<number>((resolve) => {
      closed.listen(0, "127.0.0.1", () => resolve((closed.address() as { readonly port: number }).port));
    });
    await new Promise((resolve) => closed.close(resolve));
    const silent = createServer((socket) => socket.on("error", () => undefined).resume());
    const silentPort = await new Promise<number>((resolve) => {
      silent.listen(0, "127.0.0.1", () => resolve((silent.address() as { readonly port: number }).port));
    });
    try {
      const plugin = {
        exec: {
          apiVersion: "client.authentication.k8s.io/v1",
          command: "/bin/false",
          interactiveMode: "Never",
        },
      };
      const authorityData = Buffer.from(authority.certificate).toString("base64");
      write({
        clusters: {
          refuses: { server: server.url, "certificate-authority-data": authorityData },
          untrusted: { server: server.url },
          closed: { server: `https://127.0.0.1:${port}` },
          silent: { server: `https://127.0.0.1:${silentPort}` },
        },
        users: { plugin, token: TOKEN },
        contexts: {
          refuses: ["refuses", "plugin"],
          untrusted: ["untrusted", "plugin"],
          closed: ["closed", "token"],
          silent: ["silent", "token"],
        },
      });
      const { stderr, stdout } = await kcfg("prune", "--probe", "--yes");
      expect(stderr).toBe(
        [
          'context   closed   cluster "closed" does not answer',
          'context   silent   cluster "silent" does not answer',
          "cluster   closed   does not answer",
          "cluster   silent   does not answer",
          "user      token    no context uses it",
          "",
        ].join("\n"),
      );
      expect(stdout).toContain("Deleted 2 contexts, 2 clusters, 1 user;");
      expect(server.requests).toHaveLength(1);
      expect(server.requests[0]?.headers.map(([name]) => name.toLowerCase())).not.toContain("authorization");
    } finally {
      await server.close();
      await new Promise((resolve) => silent.close(resolve));
    }
  });
});

test("set-context --from copies a context", async () => {
  write({ ...UNTIDY, contexts: { good: ["used", "used"] } });
  expect((await kcfg("set-context", "copy", "--from", "good", "-n", "web")).stdout).toBe(
    'Context "copy" created.\n',
  );
  const { stdout } = await kcfg("view", "-o", 'jsonpath={.contexts[?(@.name=="copy")].context}');
  expect(JSON.parse(stdout)).toEqual({ cluster: "used", user: "used", namespace: "web" });
  expect((await kcfg("set-context", "copy", "--from", "good")).stderr).toBe(
    'error: a context with the name "copy" exists already; --from makes a new one\n',
  );
  expect((await kcfg("set-context", "x", "--from", "god")).stderr).toContain("no context exists");
});

/** Makes a user with a client certificate. */
async function dated(from: string, to: string) {
  const { certificate, key } = await authority.issue({
    commonName: "u",
    hosts: [],
    notBefore: new Date(from),
    notAfter: new Date(to),
  });
  return {
    "client-certificate-data": Buffer.from(certificate).toString("base64"),
    "client-key-data": Buffer.from(key).toString("base64"),
  };
}
