import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge } from "../conformance/kubectl-version.ts";
import { createAuthority } from "../support/certificates.ts";
import type { TestServer } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";
import { repositoryFolder } from "../support/run-bin.ts";
import { testUnless } from "../support/unless.ts";

const cache = process.env["KCFG_KUBECTL_CACHE"] ?? join(repositoryFolder, ".cache", "kubectl");
const kubectl = join(cache, `kubectl-${judge}`);
const plugin = join(repositoryFolder, "examples/exec-plugin.ts");

/** What a client makes of the example plugin. */
interface Outcome {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

describe("the example of a credential plugin", () => {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-plugin-example-"));
  const kubeconfig = join(folder, "config");
  let server: TestServer;

  beforeAll(async () => {
    const authority = await createAuthority();
    const identity = await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] });
    const json = { "content-type": "application/json" };
    server = await startServer({
      identity,
      reply: ({ target, headers, body }) => {
        if (target === "/login") {
          const token = body === "sesame" ? { token: "t0ken", expires: "2099-01-01T00:00:00Z" } : {};
          return { headers: json, body: JSON.stringify(token) };
        }
        const isKnown = headers.some(
          ([name, value]) => name.toLowerCase() === "authorization" && value === "Bearer t0ken",
        );
        return { status: isKnown ? 200 : 401, headers: json, body: `{"known":${isKnown}}` };
      },
    });
    const cluster = {
      server: server.url,
      "certificate-authority-data": Buffer.from(authority.certificate).toString("base64"),
    };
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1",
      command: process.execPath,
      args: [join(repositoryFolder, "node_modules/tsx/dist/cli.mjs"), plugin],
      interactiveMode: "IfAvailable",
    };
    const config = {
      clusters: [{ name: "c", cluster }],
      users: [
        { name: "u", user: { exec: { ...exec, provideClusterInfo: true } } },
        { name: "no-cluster", user: { exec } },
      ],
      contexts: ["u", "no-cluster"].map((user) => ({ name: user, context: { cluster: "c", user } })),
      "current-context": "u",
    };
    writeFileSync(kubeconfig, JSON.stringify(config));
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const run = (command: readonly string[], password: string, context = "u"): Promise<Outcome> => {
    const [file, ...args] = [...command, "/api", "--kubeconfig", kubeconfig, "--context", context];
    const env = { PATH: process.env["PATH"], HOME: folder, KUBERC: "off", DEMO_PASSWORD: password };
    return new Promise((resolve) => {
      const child = execFile(file, args, { cwd: repositoryFolder, env }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
      );
      child.stdin?.end();
    });
  };

  test("has 25 lines at most", () => {
    expect(readFileSync(plugin, "utf8").split("\n").length).toBeLessThanOrEqual(26);
  });

  const kcfg = [process.execPath, join(repositoryFolder, "dist/cli/bin.cjs"), "raw"];
  describe.each([
    [
      `kubectl ${judge}`,
      [kubectl, "get", "--raw"],
      existsSync(kubectl) ? undefined : "npm run test:kubectl fetches it",
    ],
    ["kcfg", kcfg, undefined],
  ])("gives %s", (_client, command, lack) => {
    testUnless(lack)(
      "a token for a password",
      async () => {
        expect(await run(command, "sesame")).toEqual({
          code: 0,
          stdout: expect.stringMatching(/^{"known":true}\n?$/),
          stderr: "",
        });
      },
      30_000,
    );

    testUnless(lack)(
      "no credential that it would refuse, but the reason",
      async () => {
        const { code, stdout, stderr } = await run(command, "wrong");
        expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
        expect(stderr).toContain("error: exec plugin didn't return a token or cert/key pair\n");
        expect(stderr).toContain("failed with exit code 1");
      },
      30_000,
    );

    testUnless(lack)(
      "the reason where it is not told the cluster",
      async () => {
        const { code, stderr } = await run(command, "sesame", "no-cluster");
        expect(code).toBe(1);
        expect(stderr).toContain("error: ExecCredential does not contain cluster information\n");
      },
      30_000,
    );
  });
});
