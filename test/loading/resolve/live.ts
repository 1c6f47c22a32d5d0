import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { nodeHost } from "../../../src/host/node-host.ts";
import { kubectlPath } from "../../conformance/kubectl.ts";
import { judge, kubectlVersions } from "../../conformance/kubectl-version.ts";
import { repositoryRoot } from "../../conformance/repository.ts";
import type { Certificates } from "./certificates.ts";
import { withCertificates } from "./certificates.ts";
import { foretell, inAnyOrder } from "./foretell.ts";
import { handCases } from "./hand-cases.ts";
import { commonFiles, randomResolveCase } from "./random-case.ts";
import type { Servers } from "./servers.ts";
import { startServers } from "./servers.ts";
import type { Outcome, Places, ResolveCase } from "./world.ts";
import { blank, buildWorld, environment, fill } from "./world.ts";

/** Where a pod finds its service account; a case with files of one needs a machine on which they can be put there. */
const SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

/**
 * Compares with the real kubectl what client configs resolve to: `tsx test/loading/resolve/live.ts [record]`. With
 * `record`, writes what kubectl did on the cases by hand and on the first random ones to `recorded.json`.
 *
 * `KCFG_SEED` and `KCFG_CASES` choose the random cases, `KCFG_KUBECTL` another version than the one that decides.
 */
async function main(): Promise<void> {
  const seed = Number(process.env["KCFG_SEED"] ?? 1);
  const count = Number(process.env["KCFG_CASES"] ?? 200);
  const version = kubectlVersions.find((each) => each === process.env["KCFG_KUBECTL"]) ?? judge;
  const kubectl = await kubectlPath(version);
  const certificates = makeCertificates();
  const servers = await startServers({
    cert: certificates["server.crt"] ?? "",
    key: certificates["server.key"] ?? "",
    ca: certificates["ca.crt"] ?? "",
  });
  const cases = [
    ...handCases,
    ...Array.from({ length: count }, (_, index) => randomResolveCase(seed + index)),
  ];
  const recorded: object[] = [];
  let failed = 0;
  let sent = 0;
  for (const wanted of cases) {
    const filled = withCertificates(wanted, certificates);
    const { places, remove } = buildWorld(filled, { ...servers.addresses, nobody: "127.0.0.1:1" });
    try {
      const found = await ask(kubectl, filled, places, servers);
      const foretold = await foretell(filled, places, nodeHost.fs);
      sent += found.request === null ? 0 : 1;
      recorded.push({ ...wanted, files: withoutCommonFiles(wanted), kubectl: found });
      if (!isDeepStrictEqual(inAnyOrder(found, foretold), foretold)) {
        failed += 1;
        console.log(`${JSON.stringify(wanted, null, 1)}\nkubectl: ${JSON.stringify(found, null, 1)}`);
        console.log(`kcfg: ${JSON.stringify(foretold, null, 1)}\n`);
      }
    } finally {
      remove();
    }
  }
  servers.close();
  console.log(`${cases.length} cases, ${sent} with a request, ${failed} differ`);
  if (process.argv.includes("record")) {
    const file = join(repositoryRoot(), "test", "loading", "resolve", "recorded.json");
    writeFileSync(file, `[\n${recorded.map((each) => JSON.stringify(each)).join(",\n")}\n]\n`);
  }
  process.exitCode = failed === 0 ? 0 : 1;
}

/** All worlds have these; they need no recording. */
function withoutCommonFiles({ files }: ResolveCase): ResolveCase["files"] {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !(path in commonFiles)));
}

async function ask(kubectl: string, wanted: ResolveCase, places: Places, servers: Servers): Promise<Outcome> {
  const question = wanted.ask === "path" ? ["get", "--raw", "/x"] : ["create", "token", "sa"];
  const argv = [...question, ...wanted.flags.map((flag) => fill(flag, places))];
  const undo = placeServiceAccount(wanted, places);
  servers.take();
  try {
    const { exitCode, stdout, stderr } = await run(kubectl, argv, wanted, places);
    const request = servers.take();
    return {
      exitCode,
      stderr: blank(shorten(withoutSecrets(stderr), request !== null), places),
      asked: stdout.startsWith("Please enter "),
      request: request && { ...request, path: blank(request.path, places) },
    };
  } finally {
    undo();
  }
}

/** The one difference that is wanted: kubectl shows passwords of URLs. */
function withoutSecrets(stderr: string): string {
  return stderr.replaceAll(/\/\/[^/"\n]*@/gu, "//REDACTED@");
}

/** What a connection comes to is said by others in words of their own. */
function shorten(stderr: string, arrived: boolean): string {
  const lines = stderr
    .split("\n")
    .filter((line) => !/^(?:[IWE]\d{4} |Warning: )/u.test(line))
    .join("\n");
  if (arrived) {
    return "";
  }
  const about = ["server gave HTTP response to HTTPS client", "x509"].find((words) => lines.includes(words));
  if (/was refused - did you specify the right host or port\?|dial tcp/u.test(lines)) {
    return "refused";
  }
  return about === undefined
    ? lines
    : about.replace(/^server/u, "http: server").replace("http: server", "http server");
}

function run(
  kubectl: string,
  argv: readonly string[],
  wanted: ResolveCase,
  places: Places,
): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(kubectl, argv, { cwd: places.root, env: environment(wanted, places) });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (bytes: Buffer) => out.push(bytes));
    child.stderr.on("data", (bytes: Buffer) => err.push(bytes));
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({
        exitCode: code ?? -1,
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(err).toString(),
      }),
    );
    child.stdin.on("error", () => undefined);
    child.stdin.end(wanted.stdin ?? "");
  });
}

function placeServiceAccount(wanted: ResolveCase, places: Places): () => void {
  const files = Object.keys(wanted.files).filter((path) => path.startsWith("sa/"));
  if (files.length === 0) {
    return () => undefined;
  }
  // The uppermost folder that is made, if any.
  const made = mkdirSync(SERVICE_ACCOUNT, { recursive: true });
  for (const file of files) {
    writeFileSync(join(SERVICE_ACCOUNT, file.slice(3)), readFileSync(join(places.root, file)));
  }
  return () => rmSync(made ?? SERVICE_ACCOUNT, { recursive: true, force: true });
}

function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-"));
  const openssl = (...args: readonly string[]): void => {
    execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
  };
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  try {
    for (const name of ["ca", "other-ca"]) {
      openssl(
        "req",
        "-x509",
        ...key,
        "-keyout",
        `${name}.key`,
        "-out",
        `${name}.crt`,
        "-days",
        "2",
        "-subj",
        `/CN=${name}`,
      );
    }
    for (const name of ["server", "client"]) {
      writeFileSync(join(folder, "ext"), "subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:example.test\n");
      openssl("req", ...key, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`);
      const by = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "ext"];
      openssl("x509", "-req", "-in", `${name}.csr`, "-out", `${name}.crt`, ...by);
    }
    const names = ["ca.crt", "other-ca.crt", "server.crt", "server.key", "client.crt", "client.key"];
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
