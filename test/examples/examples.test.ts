import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createAuthority } from "../support/certificates.ts";
import type { SeenRequest, TestServer } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";
import { repositoryFolder } from "../support/run-bin.ts";

const node = promisify(execFile);
const modules = join(repositoryFolder, "node_modules");

/** A list as the API server gives it, of things of these names. */
function listOf(kind: string, names: readonly string[]): string {
  const items = names.map((name) => ({ metadata: { name } }));
  return JSON.stringify({ kind: `${kind}List`, apiVersion: "v1", metadata: {}, items });
}

describe("the examples", () => {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-examples-"));
  const kubeconfig = join(folder, "config");
  const answers: Readonly<Record<string, string>> = {
    "/api/v1/namespaces/shop/pods": listOf("Pod", ["cart-0", "till-0"]),
    "/api/v1/namespaces/default/pods": listOf("Pod", []),
    "/blue/api/v1/namespaces/shop/configmaps/settings": JSON.stringify({
      kind: "ConfigMap",
      metadata: { name: "settings", namespace: "shop", uid: "1" },
      data: { colour: "red" },
    }),
    "/green/api/v1/namespaces/web/configmaps": "{}",
  };
  const reply = ({ target }: SeenRequest) => ({
    headers: { "content-type": "application/json" },
    status: target in answers ? 200 : 404,
    body: answers[target] ?? '{"kind":"Status","message":"no such thing"}',
  });
  let server: TestServer;

  beforeAll(async () => {
    const authority = await createAuthority();
    const identity = await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] });
    server = await startServer({ identity, reply });
    const cluster = {
      server: server.url,
      "certificate-authority-data": Buffer.from(authority.certificate).toString("base64"),
    };
    const clusters = [
      { name: "plain", cluster },
      { name: "blue", cluster: { ...cluster, server: `${server.url}/blue` } },
      { name: "green", cluster: { ...cluster, server: `${server.url}/green` } },
    ];
    const contexts = clusters.map(({ name }) => ({
      name,
      context: { cluster: name, user: "me", namespace: "shop" },
    }));
    const users = [{ name: "me", user: { token: "t0ken" } }];
    writeFileSync(kubeconfig, JSON.stringify({ clusters, contexts, users, "current-context": "plain" }));
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => server.reset(reply));

  const run = async (example: string, ...args: readonly string[]): Promise<string> => {
    const { stdout } = await node(
      process.execPath,
      [join(modules, "tsx/dist/cli.mjs"), join("examples", example), ...args],
      {
        cwd: repositoryFolder,
        env: { ...process.env, HOME: folder, KUBECONFIG: kubeconfig, KUBERC: "off" },
      },
    );
    return stdout;
  };

  test.each(["kubectl-pods.ts", "kubectl-pods-official.ts"])(
    "%s lists pods as the flags say",
    async (example) => {
      expect(await run(example)).toBe("cart-0\ntill-0\n");
      expect(await run(example, "-ndefault", "--as=jane", "--as-group", "dev")).toBe("");
      const [first, second] = server.requests.map(({ target, headers }) => ({
        target,
        headers: new Map(headers.map(([name, value]) => [name.toLowerCase(), value])),
      }));
      expect(first?.headers.get("authorization")).toBe("Bearer t0ken");
      expect(second?.target).toBe("/api/v1/namespaces/default/pods");
      expect(second?.headers.get("impersonate-user")).toBe("jane");
      expect(second?.headers.get("impersonate-group")).toBe("dev");
    },
  );

  test.each(["kubectl-pods.ts", "kubectl-pods-official.ts"])(
    "%s waits no longer than --request-timeout says",
    async (example) => {
      server.reset([{ delay: 60_000 }]);
      await expect(run(example, "--request-timeout=1s")).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringContaining("Client.Timeout exceeded while awaiting headers") as unknown,
      });
    },
    30_000,
  );

  test("kubectl-pods.ts takes all flags of kubectl, and reports errors as kubectl does", async () => {
    expect(
      await run("kubectl-pods.ts", "-s", `${server.url}/`, "--insecure-skip-tls-verify=false", "-v=0"),
    ).toBe("cart-0\ntill-0\n");
    for (const [args, stderr] of [
      [["-n", "nowhere"], "error: no such thing\n"],
      [["--context", "nope"], 'error: context "nope" does not exist\n'],
      [
        ["--kubeconfig", "/dev/null"],
        "The connection to the server localhost:8080 was refused - did you specify the right host or port?\n",
      ],
      [["--kuberc", "x"], "KUBERC=off and passing kuberc flag are mutually exclusive\n"],
    ] as const) {
      await expect(run("kubectl-pods.ts", ...args)).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringContaining(stderr) as unknown,
      });
    }
  });

  test("copy-configmap.ts copies from one cluster to another", async () => {
    expect(
      await run(
        "copy-configmap.ts",
        "settings",
        "--from-context",
        "blue",
        "--to-context=green",
        "--to-namespace",
        "web",
      ),
    ).toBe(`copied settings to ${server.url}/green\n`);
    expect(server.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
      "GET /blue/api/v1/namespaces/shop/configmaps/settings",
      "POST /green/api/v1/namespaces/web/configmaps",
    ]);
    expect(JSON.parse(server.requests[1]?.body ?? "")).toEqual({
      kind: "ConfigMap",
      data: { colour: "red" },
      metadata: { name: "settings" },
    });
    await expect(run("copy-configmap.ts", "other", "--from-context", "blue")).rejects.toMatchObject({
      stderr: "error: no such thing\n",
    });
  });

  test("are each under 25 lines", () => {
    for (const name of ["kubectl-pods.ts", "copy-configmap.ts", "exec-plugin.ts", "many-clusters.ts"]) {
      expect(readFileSync(join(repositoryFolder, "examples", name), "utf8").split("\n").length).toBeLessThan(
        26,
      );
    }
  });

  test("many-clusters.ts answers for each context", async () => {
    const child = spawn(
      process.execPath,
      // Not by the command tsx, which would leave its own child behind.
      ["--import", "tsx", join("examples", "many-clusters.ts")],
      {
        cwd: repositoryFolder,
        env: { ...process.env, HOME: folder, KUBECONFIG: kubeconfig, KUBERC: "off" },
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const ended = once(child, "exit");
    try {
      const [line] = (await once(child.stdout, "data")) as [Buffer];
      const port = /port: (\d+)/.exec(line.toString())?.[1];
      const ask = async (path: string): Promise<string> => {
        const response = await fetch(`http://127.0.0.1:${port}/${path}`);
        return `${response.status} ${await response.text()}`;
      };
      server.reset([{ body: "v1.36.3" }]);
      expect(await Promise.all([ask("plain"), ask("blue"), ask("nowhere")])).toEqual([
        "200 v1.36.3",
        "200 v1.36.3",
        "502 error: no such context",
      ]);
      expect(server.requests.map(({ target }) => target).toSorted()).toEqual(["/blue/version", "/version"]);
    } finally {
      child.kill("SIGKILL");
      await ended;
    }
  }, 30_000);

  test("compile", async () => {
    const files = [
      "kubectl-pods.ts",
      "kubectl-pods-official.ts",
      "copy-configmap.ts",
      "exec-plugin.ts",
      "many-clusters.ts",
    ].map((name) => join("examples", name));
    const options = [
      "--noEmit",
      "--strict",
      "--module",
      "nodenext",
      "--target",
      "es2023",
      "--types",
      "node",
      "--skipLibCheck",
      "--ignoreConfig",
    ];
    await node(process.execPath, [join(modules, "typescript/bin/tsc"), ...options, ...files], {
      cwd: repositoryFolder,
    });
  });
});
