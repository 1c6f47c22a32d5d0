import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { inParallel } from "../conformance/in-parallel.ts";
import { kubectlPath } from "../conformance/kubectl.ts";
import { judge, kubectlVersions } from "../conformance/kubectl-version.ts";
import { repositoryRoot } from "../conformance/repository.ts";
import type { GetCase } from "./get-cases.ts";
import { CASES, FILES, OBJECTS } from "./get-cases.ts";

/**
 * Records what `kubectl get` prints of the objects of a server: `tsx test/printers/record-get.ts`. Both kubectls must
 * agree.
 */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-get-"));
  const server = await startServer();
  try {
    for (const [name, text] of Object.entries(FILES)) {
      writeFileSync(join(folder, name), text);
    }
    const answers = new Map<string, readonly object[]>();
    for (const version of kubectlVersions) {
      const kubectl = await kubectlPath(version);
      const ask = (asked: GetCase) => askKubectl(kubectl, server.url, folder, asked);
      answers.set(version, await inParallel(CASES, 2, ask));
    }
    const recorded = answers.get(judge) ?? [];
    for (const [version, others] of answers) {
      recorded.forEach((answer, at) => {
        if (!isDeepStrictEqual(answer, others[at])) {
          console.log(`kubectl ${version}: ${JSON.stringify(others[at])}`);
        }
      });
    }
    const recordedFrom = `kubectl ${judge}, ${new Date().toISOString().slice(0, "2026-12-01".length)}`;
    const file = join(repositoryRoot(), "test/printers/fixtures/get.json");
    writeFileSync(file, `${JSON.stringify({ recordedFrom, answers: recorded }, null, 1)}\n`);
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}

/** Starts a server that has the objects, as much as `kubectl get` needs. */
async function startServer(): Promise<{ readonly url: string; readonly close: () => void }> {
  const group = "demo.example.com";
  const version = { groupVersion: `${group}/v1`, version: "v1" };
  const things = {
    name: "things",
    singularName: "thing",
    namespaced: false,
    kind: "Thing",
    verbs: ["get", "list"],
  };
  const list = Object.entries(OBJECTS).filter(([name]) => name.length === 2);
  const documents: Readonly<Record<string, object>> = {
    "/api": { kind: "APIVersions", versions: ["v1"] },
    "/apis": {
      kind: "APIGroupList",
      apiVersion: "v1",
      groups: [{ name: group, versions: [version], preferredVersion: version }],
    },
    "/api/v1": { kind: "APIResourceList", groupVersion: "v1", resources: [] },
    [`/apis/${group}/v1`]: {
      kind: "APIResourceList",
      apiVersion: "v1",
      groupVersion: `${group}/v1`,
      resources: [things],
    },
    [`/apis/${group}/v1/things`]: {
      apiVersion: `${group}/v1`,
      kind: "ThingList",
      metadata: {},
      items: list.map(([, object]) => object),
    },
    ...Object.fromEntries(
      Object.entries(OBJECTS).map(([name, object]) => [`/apis/${group}/v1/things/${name}`, object]),
    ),
  };
  const server = createServer((request, response) => {
    const document = documents[new URL(request.url ?? "/", "http://localhost").pathname];
    response.writeHead(document === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(document ?? { kind: "Status", apiVersion: "v1", status: "Failure" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() };
}

function askKubectl(kubectl: string, url: string, folder: string, asked: GetCase): Promise<object> {
  const names = asked.object === "all" ? [] : [asked.object];
  const args = ["get", "things", ...names, "--server", url, "--kubeconfig=/dev/null", ...asked.args];
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { HOME: folder, PATH: process.env["PATH"] } };
    execFile(kubectl, args, options, (error, stdout, stderr) =>
      resolve({ ...asked, code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

await main();
