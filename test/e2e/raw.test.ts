import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Authority } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";
import type { ServerOptions, TestServer } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";
import { startBin } from "../support/start-bin.ts";

let authority: Authority;
let server: TestServer | undefined;
let folder: string;

beforeAll(async () => {
  authority = await createAuthority();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-raw-"));
});

afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

/** Starts a server, and writes the kubeconfig of a user with a token for it. */
async function serve(reply: ServerOptions["reply"]): Promise<TestServer> {
  server = await startServer({
    identity: await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] }),
    ...(reply !== undefined && { reply }),
  });
  writeFileSync(
    join(folder, "config"),
    [
      "clusters:",
      `- {name: c, cluster: {server: "${server.url}", certificate-authority-data: ${Buffer.from(authority.certificate).toString("base64")}}}`,
      "users:",
      "- {name: u, user: {token: abc}}",
      "contexts:",
      "- {name: x, context: {cluster: c, user: u}}",
      "current-context: x",
      "",
    ].join("\n"),
  );
  return server;
}

const raw = (...args: readonly string[]) =>
  startBin(["raw", ...args], { env: { KUBECONFIG: join(folder, "config") } });

describe("kcfg raw", () => {
  test("prints what the server answers, and asks with the user's token", async () => {
    const { requests } = await serve([{ body: '{"kind":"PodList"}' }]);
    expect(await raw("/api/v1/pods?limit=1")).toEqual({
      stdout: '{"kind":"PodList"}',
      stderr: "",
      exitCode: 0,
    });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: "GET", target: "/api/v1/pods?limit=1" });
    const headers = new Map(requests[0]?.headers.map(([name, value]) => [name.toLowerCase(), value]));
    expect(headers.get("authorization")).toBe("Bearer abc");
    expect(headers.get("user-agent")).toMatch(/^kcfg\/\d/);
  });

  test("prints a body of megabytes, byte by byte", async () => {
    const body = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString("latin1");
    await serve([{ base64: Buffer.from(body.repeat(20_000), "latin1").toString("base64"), gzip: true }]);
    const { stdout, exitCode } = await raw("/big");
    expect(exitCode).toBe(0);
    expect(stdout).toBe(Buffer.from(body.repeat(20_000), "latin1").toString("utf8"));
  });

  test("prints the first half of a body that does not come whole, and fails", async () => {
    await serve([{ body: "0123456789", abort: "within" }]);
    expect(await raw("/x")).toEqual({ stdout: "01234", stderr: "error: unexpected EOF\n", exitCode: 1 });
  });

  test("tells why a plugin gave no other credential to a server that refused the first", async () => {
    await serve([{ status: 401 }]);
    const config = join(folder, "config");
    const command = join(folder, "once");
    const apiVersion = "client.authentication.k8s.io/v1";
    writeFileSync(
      command,
      `#!/bin/sh\nmkdir "$0.ran" 2>/dev/null || exit 3\necho '${JSON.stringify({ kind: "ExecCredential", apiVersion, status: { token: "T" } })}'\n`,
      { mode: 0o755 },
    );
    writeFileSync(
      config,
      readFileSync(config, "utf8").replace(
        "{token: abc}",
        JSON.stringify({ exec: { apiVersion, command, interactiveMode: "Never" } }),
      ),
    );
    expect(await raw("/x")).toEqual({
      stdout: "",
      stderr:
        `warning: refreshing credentials: exec: executable ${command} failed with exit code 3\n` +
        "error: You must be logged in to the server (the server has asked for the client to provide credentials)\n",
      exitCode: 1,
    });
  });

  test("ends at once although the server keeps the connection open", async () => {
    await serve([{ body: "ok" }]);
    const started = Date.now();
    await raw("/x");
    expect(Date.now() - started).toBeLessThan(15_000);
  });

  test("wants a path, and nothing but a path", async () => {
    await serve([]);
    expect(await raw()).toEqual({
      stdout: "",
      stderr: "error: a path is needed, such as /version\nSee 'kcfg raw -h' for help and examples\n",
      exitCode: 1,
    });
    expect((await raw("/a", "/b")).stderr).toBe(
      "error: arguments may not be passed when --raw is specified\n",
    );
    expect((await raw("a")).stderr).toBe(
      'error: --raw must be a valid URL path: parse "a": invalid URI for request\n',
    );
    expect((await raw("")).exitCode).toBe(1);
  });

  test("has the flags about the connection in its help", async () => {
    const { stdout, exitCode } = await raw("--help");
    expect(exitCode).toBe(0);
    for (const word of [
      "Usage:\n  kcfg raw <path> [options]\n",
      "--server",
      "--as=",
      "--kuberc",
      "--request-timeout",
      "--token",
    ]) {
      expect(stdout).toContain(word);
    }
    expect(stdout).not.toContain("--cache-dir");
  });
});
