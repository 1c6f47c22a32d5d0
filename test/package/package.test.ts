import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VERSION } from "../../src/version.ts";
import { repositoryFolder } from "../support/run-bin.ts";

interface Manifest {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(join(repositoryFolder, "package.json"), "utf8")) as Manifest;

test("the version that the CLI prints is that of the package", () => {
  expect(VERSION).toBe(manifest.version);
});

test("nothing runs when the package is installed", () => {
  expect(Object.keys(manifest.scripts)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(pre|post)?install$/)]),
  );
});

describe("the packed package", () => {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-package-"));
  const installed = join(folder, "node_modules", "kcfg");
  let files: readonly string[] = [];

  beforeAll(() => {
    const [packed] = JSON.parse(
      execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
        cwd: repositoryFolder,
        encoding: "utf8",
        shell: process.platform === "win32",
      }),
    ) as readonly { readonly filename: string; readonly files: readonly { readonly path: string }[] }[];
    files = packed?.files.map(({ path }) => path) ?? [];
    mkdirSync(installed, { recursive: true });
    execFileSync(
      "tar",
      ["-xzf", packed?.filename ?? "", "-C", join("node_modules", "kcfg"), "--strip-components=1"],
      {
        cwd: folder,
      },
    );
    for (const dependency of Object.keys(manifest.dependencies)) {
      const copy = join(folder, "node_modules", dependency);
      mkdirSync(copy, { recursive: true });
      execFileSync(process.execPath, [
        "-e",
        `require("fs").cpSync(${JSON.stringify(join(repositoryFolder, "node_modules", dependency))}, ${JSON.stringify(copy)}, { recursive: true })`,
      ]);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return execFileSync(process.execPath, [name], { cwd: folder, encoding: "utf8", env: { HOME: folder } });
  };

  test("holds the built code, the licence and the docs, and no sources or tests", () => {
    expect(files).toEqual(
      expect.arrayContaining(["LICENSE", "README.md", "CHANGELOG.md", "dist/index.js", "dist/index.d.ts"]),
    );
    expect(files.filter((file) => /^(src|test|bench|scripts)\//.test(file))).toEqual([]);
  });

  test("can be imported", () => {
    expect(
      run("a.mjs", `import { newConfig } from "kcfg"; console.log(newConfig().currentContext === "");`),
    ).toBe("true\n");
  });

  test("exports what this list says, and nothing else", () => {
    expect(
      run("b.mjs", `import * as kcfg from "kcfg"; console.log(JSON.stringify(Object.keys(kcfg)));`),
    ).toBe(`${JSON.stringify(EXPORTS)}\n`);
  });

  test("does nothing when it is imported", () => {
    expect(run("c.mjs", `import "kcfg";`)).toBe("");
  });

  test("has bins that run", () => {
    const bin = join(installed, "dist/cli/bin.cjs");
    expect(readFileSync(bin, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(
      execFileSync(process.execPath, [bin, "get-users"], { encoding: "utf8", env: { HOME: folder } }),
    ).toBe("NAME\n");
  });
});

const EXPORTS = [
  "AuthInfo",
  "AuthProviderConfig",
  "Cluster",
  "ConfigLockError",
  "ConfigOverrides",
  "ConfigParseError",
  "ConfigReadError",
  "ConnectionError",
  "ContextNotFoundError",
  "EmptyConfigError",
  "ExecConfig",
  "ExecCredentialStatus",
  "ExecPluginError",
  "InvalidConfigurationError",
  "KcfgError",
  "KubercError",
  "PluginPolicyError",
  "RestConfig",
  "applyKuberc",
  "bindAuthInfoFlags",
  "bindBoolFlag",
  "bindClusterFlags",
  "bindContextFlags",
  "bindOverrideFlags",
  "bindStringArrayFlag",
  "bindStringFlag",
  "buildConfigFromFlags",
  "checkPlugins",
  "clientConfigFromBytes",
  "confirmUsable",
  "connect",
  "connectionMessage",
  "decidePlugin",
  "decodeConfig",
  "defaultLoadingRules",
  "encodeConfig",
  "execAuthenticator",
  "explicitKuberc",
  "flattenConfig",
  "inClusterConfig",
  "isConfigurationInvalid",
  "isContextNotFound",
  "isEmptyConfig",
  "isFileNotFound",
  "isInCluster",
  "loadConfig",
  "loadConfigFromFile",
  "loadKuberc",
  "mergeConfigs",
  "minifyConfig",
  "modifyConfig",
  "newConfig",
  "newContext",
  "newDefaultClientConfig",
  "newInteractiveClientConfig",
  "newInteractiveDeferredLoadingClientConfig",
  "newNonInteractiveClientConfig",
  "newNonInteractiveDeferredLoadingClientConfig",
  "newTlsClientConfig",
  "nodeHost",
  "parseTimeout",
  "pathOptions",
  "recommendedAuthOverrideFlags",
  "recommendedClusterOverrideFlags",
  "recommendedConfigOverrideFlags",
  "recommendedContextOverrideFlags",
  "redactSecrets",
  "removeNamespacesPrefix",
  "resolveLocalPaths",
  "restConfigFromKubeconfig",
  "runPlugin",
  "shortenConfig",
  "terminalPrompter",
  "undoChange",
  "validate",
  "validatePluginPolicy",
];
