import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtCli } from "../conformance/repository.ts";
import type { Authority } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";
import type { Reply, SeenRequest, TestServer } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";
import { startBin } from "../support/start-bin.ts";
import { describeUnless, lackOfScript } from "../support/unless.ts";

let authority: Authority;
let server: TestServer | undefined;
let folder: string;

beforeAll(async () => {
  authority = await createAuthority();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-namespaces-"));
  mkdirSync(join(folder, ".kube"));
});

afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

const config = (): string => join(folder, ".kube/config");
const namespace = (): string => /namespace: (\S+?)[,}\n]/.exec(readFileSync(config(), "utf8"))?.[1] ?? "";

const SEVERAL = ["default", "payments", "shop"];
const MANY = Array.from({ length: 5_000 }, (_, i) => `team-${i}-shop`);

const FORBIDDEN: Reply = {
  status: 403,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({
    kind: "Status",
    apiVersion: "v1",
    status: "Failure",
    reason: "Forbidden",
    code: 403,
    message: 'namespaces is forbidden: User "u" cannot list resource "namespaces"',
  }),
};

/** Answers as an API server with some namespaces. */
function clusterWith(names: readonly string[]) {
  return ({ target }: SeenRequest): Reply => {
    const { pathname, searchParams } = new URL(target, "https://x");
    const [, name] = /^\/api\/v1\/namespaces\/(.+)$/.exec(pathname) ?? [];
    const headers = { "content-type": "application/json" };
    if (name !== undefined) {
      return names.includes(name) ? { headers, body: "{}" } : { status: 404, headers, body: "{}" };
    }
    const from = Number(searchParams.get("continue") ?? 0);
    const to = from + Number(searchParams.get("limit"));
    return {
      headers,
      body: JSON.stringify({
        kind: "NamespaceList",
        metadata: { continue: to < names.length ? String(to) : "" },
        items: names.slice(from, to).map((each) => ({ metadata: { name: each } })),
      }),
    };
  };
}

/** Starts a server, and writes a kubeconfig with a token for it. */
async function serve(reply: (request: SeenRequest) => Reply, user = "{token: abc}"): Promise<TestServer> {
  server = await startServer({
    identity: await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] }),
    reply,
  });
  writeConfig(server.url, user);
  return server;
}

function writeConfig(url: string, user = "{token: abc}"): void {
  const data = Buffer.from(authority.certificate).toString("base64");
  writeFileSync(
    config(),
    [
      "clusters:",
      `- {name: c, cluster: {server: "${url}", certificate-authority-data: ${data}}}`,
      "users:",
      `- {name: u, user: ${user}}`,
      "contexts:",
      "- {name: x, context: {cluster: c, user: u, namespace: web}}",
      "current-context: x",
      "",
    ].join("\n"),
  );
}

const ns = (...args: readonly string[]) => startBin(["ns", ...args], { env: { HOME: folder } });

describe("kcfg ns NAME", () => {
  test("sets a namespace that the cluster has, and goes back", async () => {
    const { requests } = await serve(clusterWith([...SEVERAL, "web"]));
    expect(await ns("shop")).toEqual({
      stdout: 'Namespace of context "x" is now "shop".\n',
      stderr: "",
      exitCode: 0,
    });
    expect(namespace()).toBe("shop");
    expect(requests.map(({ target }) => target)).toEqual(["/api/v1/namespaces/shop"]);
    expect((await ns("-")).stdout).toBe('Namespace of context "x" is now "web".\n');
    expect((await ns("-")).stdout).toBe('Namespace of context "x" is now "shop".\n');
  });

  test("refuses one that it does not have, with what may be meant, unless --force is given", async () => {
    await serve(clusterWith(SEVERAL));
    expect(await ns("payment")).toEqual({
      stdout: "",
      stderr:
        'error: the cluster of context "x" has no namespace "payment"; did you mean "payments"? (--force uses it anyway)\n',
      exitCode: 1,
    });
    expect(namespace()).toBe("web");
    expect((await ns("payment", "--force")).exitCode).toBe(0);
    expect(namespace()).toBe("payment");
  });

  test("sets it with a warning where one may not look", async () => {
    await serve(() => FORBIDDEN);
    expect(await ns("shop")).toEqual({
      stdout: 'Namespace of context "x" is now "shop".\n',
      stderr: 'warning: it is not known whether namespace "shop" exists: you may not read namespaces\n',
      exitCode: 0,
    });
  });

  test("refuses it where the cluster does not answer, unless it was used before", async () => {
    const { url, close } = await serve(clusterWith(SEVERAL));
    await ns("shop");
    await close();
    server = undefined;
    writeConfig(url);
    const { stderr, exitCode } = await ns("payments");
    expect(stderr).toMatch(
      /^error: cannot check whether namespace "payments" exists: The connection to the server \S+ was refused .* \(--force uses it without asking\)\n$/,
    );
    expect(exitCode).toBe(1);
    expect(await ns("shop")).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("warning: it is not known") as string,
    });
  });

  test.each(["Shop", "a_b", "-a", "a".repeat(64), "a/../../x", ""])(
    "refuses %j, which no namespace is called",
    async (name) => {
      const { requests } = await serve(clusterWith(SEVERAL));
      expect(await ns("--force", "--", name)).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining("cannot be a namespace") as string,
      });
      expect(requests).toEqual([]);
    },
  );

  test("knows of no namespace before at first", async () => {
    await serve(clusterWith(SEVERAL));
    expect((await ns("-")).stderr).toBe('error: no previous namespace of context "x" is known\n');
  });

  test("says which context is meant where there is none", async () => {
    await serve(clusterWith(SEVERAL));
    expect((await ns("shop", "--context", "xx")).stderr).toBe(
      'error: no context exists with the name: "xx"\n',
    );
  });

  test("writes nothing with --dry-run", async () => {
    await serve(clusterWith(SEVERAL));
    expect((await ns("shop", "--dry-run")).stdout).toContain("namespace: shop");
    expect(namespace()).toBe("web");
  });

  test("runs no plugin that the policy forbids", async () => {
    const plugin = join(folder, "plugin");
    writeFileSync(plugin, `#!/bin/sh\ntouch ${folder}/ran\n`, { mode: 0o755 });
    await serve(
      clusterWith(SEVERAL),
      `{exec: {apiVersion: client.authentication.k8s.io/v1, command: ${plugin}, interactiveMode: Never}}`,
    );
    writeFileSync(
      join(folder, ".kube/kuberc"),
      "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: DenyAll\n",
    );
    const { stderr, exitCode } = await ns("shop");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("plugin");
    expect(() => readFileSync(join(folder, "ran"))).toThrow("ENOENT");
    expect(namespace()).toBe("web");
  });
});

describe("kcfg ns where nobody can pick", () => {
  test("prints all namespaces of the cluster, page by page", async () => {
    const { requests } = await serve(clusterWith(MANY));
    expect((await ns()).stdout).toBe(MANY.map((name) => `${name}\n`).join(""));
    expect(requests).toHaveLength(10);
  });

  test("prints none of a cluster without any", async () => {
    await serve(clusterWith([]));
    expect(await ns()).toEqual({ stdout: "", stderr: "", exitCode: 0 });
  });

  test("fails with what the server says", async () => {
    await serve(() => FORBIDDEN);
    expect(await ns()).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("namespaces is forbidden") as string,
    });
  });

  test("fails for what is no list", async () => {
    await serve(() => ({ body: "<html>log in</html>" }));
    expect((await ns()).stderr).toBe("error: the server's response is no list of namespaces\n");
  });
});

/** Runs `kcfg ns` in a terminal, types when the screen shows something, and returns all that was shown. */
async function atTerminal(steps: readonly (readonly [shown: string, typed: string])[]): Promise<string> {
  const command = `stty rows 12 columns 100; ${process.execPath} ${builtCli()} ns; echo "code=$?"`;
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    env: { ...process.env, HOME: folder, KUBECONFIG: "", KUBERC: "", TERM: "xterm", SHELL: "/bin/sh" },
  });
  const left = [...steps];
  let all = "";
  let since = "";
  child.stdout.on("data", (bytes: Buffer) => {
    all += bytes.toString();
    since += bytes.toString();
    if (left[0] !== undefined && since.includes(left[0][0])) {
      child.stdin.write(left.shift()?.[1] ?? "");
      since = "";
    }
  });
  await new Promise((resolve) => child.once("close", resolve));
  return all;
}

describeUnless(lackOfScript())("kcfg ns in a terminal", () => {
  test("shows what is known while the cluster is asked, then what it has", async () => {
    await serve((request) => ({ ...clusterWith(SEVERAL)(request), delay: 800 }));
    const screen = await atTerminal([
      ["asking the cluster", ""],
      ["3 namespaces", "pay"],
      ["1 of 3 match", "\r"],
    ]);
    expect(screen).toContain("> * web");
    expect(screen).toContain('Namespace of context "x" is now "payments".');
    expect(namespace()).toBe("payments");
  });

  test("shows 5,000 namespaces", async () => {
    await serve(clusterWith(MANY));
    await atTerminal([["5000 namespaces", "team-4321-\r"]]);
    expect(namespace()).toBe("team-4321-shop");
  });

  test("shows those that were used before to those who may not list them", async () => {
    await serve(() => FORBIDDEN);
    await ns("shop");
    const screen = await atTerminal([["you may not list namespaces", "web\r"]]);
    expect(screen).toContain("these were used before");
    expect(namespace()).toBe("web");
  });

  test("can be left while the cluster does not answer", async () => {
    await serve(() => ({ delay: 60_000 }));
    const started = Date.now();
    expect(await atTerminal([["asking the cluster", "\u001b"]])).toContain("code=130");
    expect(Date.now() - started).toBeLessThan(20_000);
    expect(namespace()).toBe("web");
  });
});
