import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { repositoryRoot } from "../conformance/repository.ts";
import { kubectlPath } from "../conformance/kubectl.ts";
import { kubectlVersions } from "../conformance/kubectl-version.ts";
import type { EnvironmentCase } from "./environment-cases.ts";
import { environmentCases } from "./environment-cases.ts";

const folder = mkdtempSync(join(tmpdir(), "kcfg-environment-"));

/** A server that nobody listens at: the plugin runs before anybody finds out. */
const SERVER = "https://127.0.0.1:9";

/** What the plugin finds in its environment, but for the variables that it needs to run, sorted. */
function environmentOf(kubectl: string, wanted: EnvironmentCase): readonly string[] {
  const plugin = join(folder, "plug.sh");
  const seen = join(folder, "seen");
  rmSync(seen, { force: true });
  writeFileSync(plugin, `#!/bin/sh\ncat /proc/$$/environ > '${seen}'\nexit 1\n`);
  chmodSync(plugin, 0o755);
  const kubeconfig = join(folder, "config");
  // Not made by JSON.stringify as a whole: the extension's numbers are to stand as they are.
  const text = JSON.stringify(configFor(wanted, plugin)).replace(
    '"EXTENSION"',
    () => wanted.extension ?? "null",
  );
  writeFileSync(kubeconfig, text);
  spawnSync(kubectl, ["--kubeconfig", kubeconfig, "get", "--raw", "/x"], {
    env: { HOME: folder, PATH: process.env["PATH"], ...wanted.environment },
  });
  return readFileSync(seen, "utf8")
    .split("\0")
    .filter((line) => line !== "" && !line.startsWith("PATH=") && !line.startsWith("HOME="))
    .toSorted();
}

function configFor(
  { apiVersion, cluster, extension, provideClusterInfo, added }: EnvironmentCase,
  command: string,
): object {
  const trust = "certificate-authority-data" in cluster ? {} : { "insecure-skip-tls-verify": true };
  const authority =
    "certificate-authority-data" in cluster ? { "certificate-authority-data": authorityData() } : {};
  const extensions =
    extension === undefined
      ? {}
      : { extensions: [{ name: "client.authentication.k8s.io/exec", extension: "EXTENSION" }] };
  return {
    clusters: [{ name: "c", cluster: { server: SERVER, ...trust, ...cluster, ...authority, ...extensions } }],
    users: [
      {
        name: "u",
        user: { exec: { apiVersion, command, interactiveMode: "Never", provideClusterInfo, env: added } },
      },
    ],
    contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
    "current-context": "x",
  };
}

function authorityData(): string {
  const path = join(repositoryRoot(), "test", "exec", "fixtures", "pem.json");
  const { "ec256.crt": certificate = "" } = JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
  return Buffer.from(certificate).toString("base64");
}

/** Lets every kubectl run a plugin in every case, and writes what it found in its environment to `vectors/`. */
async function main(): Promise<void> {
  const kubectls = await Promise.all(kubectlVersions.map((version) => kubectlPath(version)));
  const vectors = environmentCases.map((wanted) => {
    const [first, ...others] = kubectls.map((kubectl) => environmentOf(kubectl, wanted));
    if (others.some((other) => JSON.stringify(other) !== JSON.stringify(first))) {
      throw new Error(`${wanted.name}: the versions of kubectl differ`);
    }
    return { name: wanted.name, seen: first };
  });
  const file = join(repositoryRoot(), "test", "exec", "vectors", "environment.json");
  const today = new Date().toISOString().slice(0, "2026-11-22".length);
  const recordedFrom = `kubectl ${kubectlVersions.join(" and ")}, which agree, ${today}: what a plugin found in its environment`;
  writeFileSync(file, `${JSON.stringify({ recordedFrom, vectors }, null, 1)}\n`);
  rmSync(folder, { recursive: true, force: true });
  console.log(`environment: ${vectors.length} vectors`);
}

void main();
