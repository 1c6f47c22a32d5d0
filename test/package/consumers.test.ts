import { execFileSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { testUnless } from "../support/unless.ts";
import { ENTRIES, installPackage, runNode } from "../support/installed-package.ts";
import { repositoryFolder } from "../support/run-bin.ts";

const COMMONJS_USER = `
import kcfg = require("kcfg");
import { connect, RestConfig } from "kcfg";
import clientNode = require("kcfg/client-node");

// @ts-expect-error: what comes from the package has types.
export const wrong: number = kcfg.newConfig();
export const user: kcfg.AuthInfo = new kcfg.AuthInfo({ token: "t" });

export function official(): string {
  const connection = connect(new RestConfig({ host: "http://127.0.0.1:1" }));
  // @ts-expect-error: a number is no connection.
  void (() => clientNode.toKubeConfig(1));
  return clientNode.toKubeConfig(connection, { name: "cjs" }).currentContext;
}
`;

const MODULE_USER = `
import { KubeConfig } from "@kubernetes/client-node";
import { AuthInfo, connect, newConfig, RestConfig, type Config } from "kcfg";
import { toKubeConfig } from "kcfg/client-node";
import { fetch as undiciFetch, request, setGlobalDispatcher } from "undici";
import { official, user } from "./commonjs-user.cjs";

const config: Config = newConfig();
// @ts-expect-error: there is no such field.
config.nothing;
// @ts-expect-error: nor may a config be changed.
config.currentContext = "x";
const mine: AuthInfo = user;
const connection = connect(new RestConfig({ host: "http://127.0.0.1:1" }));
const official2: KubeConfig = toKubeConfig(connection, { name: "esm" });
// A connection's fetch takes the place of any other, and its dispatcher is what Node's fetch and undici's take.
const { fetch: own } = connection;
const drop: typeof fetch = own;
const bound: (input: string | URL | Request, init?: RequestInit) => Promise<Response> = connection.fetch;
const dispatcher = connection.dispatcher();
export const requests = (): readonly Promise<unknown>[] => [
  drop(new Request("http://127.0.0.1:1/x")),
  bound(new URL("http://127.0.0.1:1/x"), { method: "POST" }),
  undiciFetch("http://127.0.0.1:1/x", { dispatcher }),
  request("http://127.0.0.1:1/x", { dispatcher }),
];
setGlobalDispatcher(dispatcher);
console.log(mine instanceof AuthInfo, official(), official2.currentContext, official2 instanceof KubeConfig);
`;

/** By the types of Node alone: those of browsers have no dispatchers. */
const NODE_USER = `
import { connect, RestConfig, type Connection } from "kcfg";
import { Agent, type Dispatcher } from "undici";

const connection: Connection = connect(new RestConfig({ host: "http://127.0.0.1:1" }));
export const drop: typeof fetch = connection.fetch;
export const sent = (): Promise<Response> => fetch("http://127.0.0.1:1/x", { dispatcher: connection.dispatcher() });
export const init: RequestInit = { dispatcher: connection.dispatcher() };
export const dispatchers: readonly Dispatcher[] = [connection.dispatcher(), new Agent()];
`;

/** Everything, with `undefined` where nothing is to be set. */
const STRICT_USER = `
import { connect, loadConfig, RestConfig, watchConfig, type Config, type Connection } from "kcfg";
import { memoryHost, type MemoryHost } from "kcfg/testing";
ENTRIES

const host: MemoryHost = memoryHost({ files: {}, env: undefined });
const config: Config = loadConfig({ host, explicitPath: undefined });
export const connection: Connection = connect(new RestConfig({ host: "http://127.0.0.1:1" }), { host, trace: undefined });
export const configs: AsyncIterable<Config> = watchConfig({ host, signal: undefined });
export const name: string = config.currentContext;
`;

const STRICT_COMMONJS_USER = `
import kcfg = require("kcfg");
import testing = require("kcfg/testing");

const host: testing.MemoryHost = testing.memoryHost({ files: {} });
const config: kcfg.Config = kcfg.loadConfig({ host });
export = config;
`;

describe("a TypeScript project", () => {
  const { folder, remove } = installPackage(["@kubernetes/client-node", "@types/node"]);
  afterAll(remove);

  const compile = (
    options: readonly string[],
    sources: readonly string[] = ["commonjs-user.cts", "module-user.mts"],
  ): string => {
    writeFileSync(join(folder, "commonjs-user.cts"), COMMONJS_USER);
    writeFileSync(join(folder, "module-user.mts"), MODULE_USER);
    writeFileSync(join(folder, "node-user.mts"), NODE_USER);
    const tsc = join(repositoryFolder, "node_modules/typescript/bin/tsc");
    const files = ["--outDir", "out", ...sources];
    const common = ["--ignoreConfig", "--strict", "--target", "es2023", "--types", "node"];
    try {
      return execFileSync(process.execPath, [tsc, ...common, ...options, ...files], {
        cwd: folder,
        encoding: "utf8",
      });
    } catch (error) {
      return typeof error === "object" && error !== null && "stdout" in error
        ? String(error.stdout)
        : String(error);
    }
  };

  test.each(["nodenext", "node16"])("with ES modules and CommonJS compiles as %s, and runs", (module) => {
    expect(compile(["--module", module, "--skipLibCheck"])).toBe("");
    expect(runNode(["out/module-user.mjs"], folder)).toBe("true cjs esm true\n");
  });

  test("compiles for a bundler", () => {
    expect(compile(["--module", "preserve", "--moduleResolution", "bundler", "--skipLibCheck"])).toBe("");
  });

  test("has Node's fetch take a connection's dispatcher, without casts", () => {
    const options = ["--module", "nodenext", "--lib", "es2023", "--skipLibCheck", "--noEmit"];
    expect(compile(options, ["node-user.mts"])).toBe("");
    expect(compile([...options, "--exactOptionalPropertyTypes"], ["node-user.mts"])).toBe("");
  });

  test("finds no fault in the declarations of the package themselves", () => {
    const faults = compile(["--module", "nodenext", "--noEmit"]);
    expect(faults.split("\n").filter((line) => line.includes("node_modules/kcfg/"))).toEqual([]);
  });

  test.each([
    ["nodenext", ["--module", "nodenext"]],
    ["for a bundler", ["--module", "preserve", "--moduleResolution", "bundler"]],
    ["with the types of browsers", ["--module", "nodenext", "--lib", "es2023,dom"]],
  ])("compiles as strictly as can be, the declarations of all packages checked: %s", (_name, options) => {
    const entries = ENTRIES.map((name) => (name === "index" ? "kcfg" : `kcfg/${name}`)).map(
      (name, i) => `export * as entry${i} from "${name}";`,
    );
    writeFileSync(join(folder, "strict-user.mts"), STRICT_USER.replace("ENTRIES", entries.join("\n")));
    writeFileSync(join(folder, "strict-user.cts"), STRICT_COMMONJS_USER);
    const strict =
      "--skipLibCheck false --exactOptionalPropertyTypes --verbatimModuleSyntax --isolatedModules --declaration " +
      "--noUncheckedIndexedAccess --noPropertyAccessFromIndexSignature --noImplicitOverride --noUnusedLocals";
    const sources = ["strict-user.mts", ...(options.includes("bundler") ? [] : ["strict-user.cts"])];
    const lib = options.includes("--lib") ? [] : ["--lib", "es2023"];
    expect(compile([...options, ...lib, ...strict.split(" ")], sources)).toBe("");
  });

  test("runs the CLI by npx", () => {
    const npx = execFileSync("npx", ["--no-install", "kcfg", "get-users"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, HOME: folder, KUBECONFIG: "" },
      stdio: ["ignore", "pipe", "ignore"],
      shell: process.platform === "win32",
    });
    expect(npx).toBe("NAME\n");
  });

  describe.each(["1.35.2", "1.36.3"])("with kubectl %s", (version) => {
    const cache = process.env["KCFG_KUBECTL_CACHE"] ?? join(repositoryFolder, ".cache", "kubectl");
    const kubectl = join(cache, `kubectl-${version}`);
    testUnless(existsSync(kubectl) ? undefined : "npm run test:kubectl fetches it")(
      "has kcfg as a kubectl plugin",
      () => {
        const bins = join(folder, "node_modules", ".bin");
        const env = { HOME: folder, PATH: [bins, process.env["PATH"]].join(delimiter) };
        const call = (...args: readonly string[]) =>
          execFileSync(kubectl, args, { cwd: folder, encoding: "utf8", env });
        expect(call("kcfg", "get-users")).toBe("NAME\n");
        expect(call("plugin", "list")).toContain(join(bins, "kubectl-kcfg"));
      },
    );
  });

  test("whose tests run under Jest can load it there", () => {
    writeFileSync(
      join(folder, "user.test.js"),
      `const { newConfig } = require("kcfg");
      test("it is there", () => expect(newConfig().currentContext).toBe(""));`,
    );
    const jest = join(repositoryFolder, "node_modules/jest/bin/jest.js");
    const options = ["--rootDir", folder, "--config", "{}", "--watchman=false"];
    // It prints on standard error, and fails if the test does.
    execFileSync(process.execPath, [jest, ...options], { cwd: folder, stdio: "ignore" });
  });

  test("that is bundled into one file has undici in it, and runs without node_modules", () => {
    writeFileSync(
      join(folder, "connects.ts"),
      `import { connect, RestConfig } from "kcfg";
      const connection = connect(new RestConfig({ host: "http://127.0.0.1:1" }));
      console.log(typeof connection.dispatcher().dispatch);`,
    );
    const options = {
      entryPoints: [join(folder, "connects.ts")],
      outfile: join(folder, "alone.cjs"),
      bundle: true,
      platform: "node",
    };
    const script = `require("esbuild").buildSync(${JSON.stringify(options)})`;
    execFileSync(process.execPath, ["-e", script], { cwd: repositoryFolder });
    rmSync(join(folder, "node_modules"), { recursive: true });
    expect(runNode(["alone.cjs"], folder)).toBe("function\n");
  });
});
