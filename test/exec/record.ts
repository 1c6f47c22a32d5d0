import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../conformance/repository.ts";
import { inParallel } from "../conformance/in-parallel.ts";
import { kubectlPath } from "../conformance/kubectl.ts";
import { kubectlVersions } from "../conformance/kubectl-version.ts";
import { createAuthority } from "../support/certificates.ts";
import { startServer } from "../support/https-server.ts";
import type { Outcome } from "./outcome.ts";
import { comparableError } from "./outcome.ts";
import type { PluginOutput } from "./plugin-outputs.ts";
import { pluginOutputs } from "./plugin-outputs.ts";

const folder = mkdtempSync(join(tmpdir(), "kcfg-exec-"));

/** Lets kubectl run a plugin that prints the output, and looks at what it then sends to the server. */
async function outcomeOf(kubectl: string, output: PluginOutput, name: string): Promise<Outcome> {
  const authority = await authorityReady;
  const server = await startServer({
    identity: await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] }),
  });
  const plugin = join(folder, `${name}.sh`);
  writeFileSync(join(folder, `${name}.out`), Buffer.from(output.stdout, "latin1"));
  writeFileSync(plugin, `#!/bin/sh\nexec cat '${join(folder, `${name}.out`)}'\n`);
  chmodSync(plugin, 0o755);
  const kubeconfig = join(folder, `${name}.yaml`);
  writeFileSync(kubeconfig, JSON.stringify(configFor(server.url, plugin, output.apiVersion)));
  try {
    const stderr = await run(kubectl, ["--kubeconfig", kubeconfig, "get", "--raw", "/x"]);
    const [request] = server.requests;
    if (request !== undefined) {
      const [, value = ""] = request.headers.find(([key]) => key.toLowerCase() === "authorization") ?? [];
      return { token: value.replace(/^Bearer /, ""), certificate: request.tls?.clientCertificate ?? "" };
    }
    const error = stderr.replace(/^Unable to connect to the server: /, "").trimEnd();
    return error.includes("invalid header field value")
      ? { unsendable: true }
      : { error: comparableError(error) };
  } finally {
    await server.close();
  }
}

function configFor(server: string, command: string, apiVersion: string): object {
  return {
    clusters: [{ name: "c", cluster: { server, "insecure-skip-tls-verify": true } }],
    users: [{ name: "u", user: { exec: { apiVersion, command, interactiveMode: "Never" } } }],
    contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
    "current-context": "x",
  };
}

function run(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      file,
      args,
      { env: { HOME: folder, PATH: process.env["PATH"] }, timeout: 20_000 },
      (_error, _stdout, stderr) => resolve(stderr),
    );
  });
}

/** Who answered, and when. */
function judges(): string {
  return `kubectl ${kubectlVersions.join(" and ")}, which agree, ${new Date().toISOString().slice(0, "2026-11-22".length)}`;
}

const authorityReady = createAuthority();

/** Shows every output to every kubectl and writes what came of it to `vectors/`. */
async function main(): Promise<void> {
  const kubectls = await Promise.all(kubectlVersions.map((version) => kubectlPath(version)));
  mkdirSync(join(repositoryRoot(), "test", "exec", "vectors"), { recursive: true });
  for (const [about, outputs] of Object.entries(pluginOutputs)) {
    const vectors = await inParallel(outputs, 2, async (output) => {
      const index = `${about}-${outputs.indexOf(output)}`;
      const [first, ...others] = await Promise.all(
        kubectls.map((kubectl, which) => outcomeOf(kubectl, output, `${index}-${which}`)),
      );
      if (others.some((other) => JSON.stringify(other) !== JSON.stringify(first))) {
        throw new Error(
          `${output.name}: the versions of kubectl differ: ${JSON.stringify([first, ...others])}`,
        );
      }
      return { name: output.name, kubectl: first };
    });
    const recordedFrom = `${judges()}: what kubectl made of each output of a plugin`;
    writeFileSync(
      join(repositoryRoot(), "test", "exec", "vectors", `${about}.json`),
      `${JSON.stringify({ recordedFrom, vectors }, null, 1)}\n`,
    );
    console.log(`${about}: ${vectors.length} vectors`);
  }
  rmSync(folder, { recursive: true, force: true });
}

void main();
