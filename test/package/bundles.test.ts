import { execFile, execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createAuthority } from "../support/certificates.ts";
import type { TestServer } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";
import type { InstalledPackage } from "../support/installed-package.ts";
import { installPackage } from "../support/installed-package.ts";
import { repositoryFolder } from "../support/run-bin.ts";
import { testUnless } from "../support/unless.ts";

/** What a program that only loads may take, minified, in bytes. It takes 105 kB. */
const LOADING_SIZE = 250_000;

const LOADS = `
import { loadConfig } from "kcfg";
console.log(loadConfig().currentContext);
`;

/** Loads, connects, and edits, which is imported late; classes that several entries use are the same. */
const DOES_ALL = `
import { InvalidConfigurationError, connect, defaultLoadingRules, loadConfig, modifyConfig } from "kcfg";
import { newNonInteractiveDeferredLoadingClientConfig, pathOptions, restConfigFromKubeconfig } from "kcfg";
import { memoryHost } from "kcfg/testing";
async function main() {
  console.log(loadConfig().currentContext);
  const clientConfig = newNonInteractiveDeferredLoadingClientConfig(defaultLoadingRules());
  const connection = connect(await clientConfig.clientConfig());
  console.log(await (await connection.fetch("/version")).text());
  await connection.close();
  const host = memoryHost({ files: { "/home/user/.kube/config": "current-context: old" }, env: { HOME: "/home/user" } });
  await modifyConfig(pathOptions({ host }), (config) => ({ ...config, currentContext: "new" }));
  console.log(loadConfig({ host }).currentContext);
  const error = await restConfigFromKubeconfig("", { host }).catch((reason) => reason);
  console.log(error instanceof InvalidConfigurationError);
}
main();
`;

/** In a bundle, both give the same classes. */
const MIXES = `
import * as imported from "kcfg";
const required = require("kcfg");
console.log(Object.keys(imported).every((name) => imported[name] === required[name]), required.AuthInfo === imported.AuthInfo);
`;

let project: InstalledPackage;
let server: TestServer;
let elsewhere: string;

beforeAll(async () => {
  project = installPackage();
  elsewhere = mkdtempSync(join(tmpdir(), "kcfg-bundles-"));
  const authority = await createAuthority();
  const identity = await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] });
  server = await startServer({ identity });
  const cluster = {
    server: server.url,
    "certificate-authority-data": Buffer.from(authority.certificate).toString("base64"),
  };
  const kubeconfig = {
    clusters: [{ name: "c", cluster }],
    users: [{ name: "u", user: { token: "t0ken" } }],
    contexts: [{ name: "shop", context: { cluster: "c", user: "u" } }],
    "current-context": "shop",
  };
  writeFileSync(join(elsewhere, "kubeconfig"), JSON.stringify(kubeconfig));
}, 60_000);

afterAll(async () => {
  await server.close();
  project.remove();
  rmSync(elsewhere, { recursive: true });
});

/** Makes a bundle of a program in the project. */
type Bundle = (format: Format, program: string, bundle: string) => void;
type Format = "esm" | "cjs";

/** Bundles a program, and runs the bundle with Node where there are no packages. */
async function run(bundle: Bundle, format: Format, text: string) {
  const program = "program.mjs";
  const file = format === "esm" ? "bundle.mjs" : "bundle.cjs";
  writeFileSync(join(project.folder, program), text);
  bundle(format, program, file);
  copyFileSync(join(project.folder, file), join(elsewhere, file));
  const env = { HOME: elsewhere, KUBECONFIG: join(elsewhere, "kubeconfig"), KUBERC: "off" };
  // Not in this process, whose server has to answer.
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [file], { cwd: elsewhere, env });
  return { printed: `${stdout}${stderr}`, size: statSync(join(elsewhere, file)).size };
}

function inProject(args: readonly string[]): void {
  const output = execFileSync(process.execPath, args, { cwd: project.folder, encoding: "utf8" });
  expect(output).toBe("");
}

const bundlers = join(repositoryFolder, "tools/bundlers");

function byEsbuild(options: { readonly minify?: boolean } = {}): Bundle {
  return (format, program, bundle) => {
    const all = {
      ...options,
      format,
      entryPoints: [program],
      outfile: bundle,
      bundle: true,
      platform: "node",
      metafile: true,
    };
    const esbuild = JSON.stringify(join(repositoryFolder, "node_modules/esbuild"));
    const script = `
      const { metafile } = require(${esbuild}).buildSync(${JSON.stringify(all)});
      fs.writeFileSync("meta.json", JSON.stringify(metafile));`;
    inProject(["-e", script]);
  };
}

function byTool(name: string): Bundle {
  return (format, program, bundle) =>
    inProject([join(bundlers, "bundle.mjs"), name, format, program, bundle]);
}

const tools: readonly (readonly [name: string, bundle: Bundle, lack: string | undefined])[] = [
  ["esbuild", byEsbuild(), undefined],
  ...["rollup", "webpack"].map(
    (name) =>
      [
        name,
        byTool(name),
        existsSync(join(bundlers, "node_modules", name)) ? undefined : "npm run test:bundlers installs it",
      ] as const,
  ),
];

describe.each(tools)("a program that is bundled by %s into one file", (_name, bundle, lack) => {
  testUnless(lack).each(["esm", "cjs"] as const)(
    "loads, connects and edits without packages, as %s",
    async (format) => {
      server.reset(() => ({ body: "v9" }));
      expect(await run(bundle, format, DOES_ALL)).toMatchObject({ printed: "shop\nv9\nnew\ntrue\n" });
      const seen = server.requests.map(({ headers }) => new Map(headers).get("Authorization"));
      expect(seen).toEqual(["Bearer t0ken"]);
    },
    120_000,
  );
});

test.each(["esm", "cjs"] as const)(
  "a program that only loads is small when esbuild minifies it, as %s: it has no client in it",
  async (format) => {
    const { size } = await run(byEsbuild({ minify: true }), format, LOADS);
    expect(size).toBeLessThan(LOADING_SIZE);
    expect(
      filesIn(join(project.folder, "meta.json")).filter((path) => /undici|transport/.test(path)),
    ).toEqual([]);
  },
);

/** Returns the files of which there is anything in the bundle. */
function filesIn(metafile: string): readonly string[] {
  const { outputs } = JSON.parse(readFileSync(metafile, "utf8")) as {
    readonly outputs: Record<string, { readonly inputs: Record<string, { readonly bytesInOutput: number }> }>;
  };
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
}

test("import and require() in one bundle give the same classes", async () => {
  expect(await run(byEsbuild(), "cjs", MIXES)).toMatchObject({ printed: "true true\n" });
  expect(await run(byEsbuild(), "esm", MIXES)).toMatchObject({ printed: "true true\n" });
});
