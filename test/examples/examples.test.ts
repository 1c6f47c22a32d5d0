import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createAuthority } from "../support/certificates.ts";
import type { SeenRequest, TestServer } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";
import type { InstalledPackage } from "../support/installed-package.ts";
import { installPackage } from "../support/installed-package.ts";
import { repositoryFolder } from "../support/run-bin.ts";

const node = promisify(execFile);
const modules = join(repositoryFolder, "node_modules");

/** A list as the API server gives it, of things of these names. */
function listOf(kind: string, names: readonly string[]): string {
  const items = names.map((name) => ({ metadata: { name } }));
  return JSON.stringify({ kind: `${kind}List`, apiVersion: "v1", metadata: {}, items });
}

/** Compiles the examples to `out/`. */
async function compileExamples(folder: string): Promise<void> {
  cpSync(join(repositoryFolder, "examples"), join(folder, "examples"), { recursive: true });
  const strict = "--strict --exactOptionalPropertyTypes --verbatimModuleSyntax --skipLibCheck";
  const options = `--module nodenext --target es2022 --lib es2023,esnext.disposable --types node --rewriteRelativeImportExtensions ${strict}`;
  const files = readdirSync(join(folder, "examples")).filter((name) => name.endsWith(".ts"));
  writeFileSync(join(folder, "examples/package.json"), '{"type":"module"}');
  const args = [
    join(modules, "typescript/bin/tsc"),
    ...options.split(" "),
    "--ignoreConfig",
    "--outDir",
    "out",
  ];
  await node(process.execPath, [...args, ...files.map((name) => join("examples", name))], {
    cwd: folder,
  }).catch(({ stdout }: { readonly stdout: string }) => {
    throw new Error(stdout);
  });
  writeFileSync(join(folder, "out/package.json"), '{"type":"module"}');
}

/** What people come for: each is one short program. */
const TASKS = [
  "kubectl-pods.ts",
  "copy-configmap.ts",
  "where.ts",
  "where.test.ts",
  "bundle.mjs",
  "load-from-default.ts",
  "exec-plugin.ts",
  "many-clusters.ts",
];

// They run from the packed tarball, compiled as strictly as can be.
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
  let project: InstalledPackage;

  beforeAll(async () => {
    const authority = await createAuthority();
    const identity = await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] });
    server = await startServer({ identity, reply });
    project = installPackage(["@kubernetes/client-node", "@types/node", "esbuild"]);
    await compileExamples(project.folder);
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
  }, 120_000);
  afterAll(async () => {
    await server.close();
    project.remove();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => server.reset(reply));

  /** Runs an example, which was compiled in a project that has the packed package. */
  const run = async (example: string, ...args: readonly string[]): Promise<string> => {
    const program = example.replace(/\.ts$/, ".js");
    const { stdout } = await node(process.execPath, [join(project.folder, "out", program), ...args], {
      cwd: folder,
      env: { ...process.env, HOME: folder, KUBECONFIG: kubeconfig, KUBERC: "off" },
    });
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

  test("many-clusters.ts answers for each context", async () => {
    const child = spawn(process.execPath, [join(project.folder, "out/many-clusters.js")], {
      cwd: folder,
      env: { ...process.env, HOME: folder, KUBECONFIG: kubeconfig, KUBERC: "off" },
      stdio: ["ignore", "pipe", "inherit"],
    });
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

  test("where.test.ts tests a plugin on a machine in memory", async () => {
    const output = await run("where.test.ts", "--test-reporter=tap");
    expect(output).toMatch(/^# pass 3$/m);
    expect(output).toMatch(/^# fail 0$/m);
    expect(server.requests).toEqual([]);
  });

  test("bundle.mjs makes one file of a plugin, which runs without packages", async () => {
    const program = join(project.folder, "out/kubectl-pods.js");
    const bundle = join(folder, "pods.mjs");
    await node(process.execPath, [join(project.folder, "examples/bundle.mjs"), program, bundle]);
    const env = { HOME: folder, KUBECONFIG: kubeconfig };
    const { stdout, stderr } = await node(process.execPath, [bundle, "--context", "plain"], {
      cwd: folder,
      env,
    });
    expect(stdout + stderr).toBe("cart-0\ntill-0\n");
  });

  test("load-from-default.ts has every context by its own name, and connects to it", async () => {
    server.reset(() => ({
      headers: { "content-type": "application/json" },
      body: listOf("Namespace", ["shop"]),
    }));
    const addresses = { plain: server.url, blue: `${server.url}/blue`, green: `${server.url}/green` };
    expect(await run("load-from-default.ts")).toBe(
      Object.entries(addresses)
        .map(([name, address]) => `${name}: me at ${address}\n  shop\n`)
        .join(""),
    );
  });

  test.each(TASKS)("%s is under 25 lines", (name) => {
    const lines = readFileSync(join(repositoryFolder, "examples", name), "utf8")
      .trimEnd()
      .split("\n");
    expect(lines.length).toBeLessThan(25);
  });
});
