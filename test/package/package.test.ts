import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { VERSION } from "../../src/package-version.ts";
import { ENTRIES, installPackage, manifest, runNode } from "../support/installed-package.ts";

test("the version that the CLI prints is that of the package", () => {
  expect(VERSION).toBe(manifest.version);
});

test("nothing runs when the package is installed, and there are five run-time dependencies at most", () => {
  expect(Object.keys(manifest.scripts).filter((name) => /^(?:pre|post)?install$/.test(name))).toEqual([]);
  expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(5);
});

describe("the packed package", () => {
  const { folder, packed, run, remove } = installPackage();
  afterAll(remove);
  const names = packed.files.map(({ path }) => path);

  test("holds the built code, its types, the schemas, the licence and the docs, and nothing else", () => {
    const wanted = [
      /^(?:LICENSE|README\.md|CHANGELOG\.md|package\.json)$/,
      /^schemas\/[a-z0-9-]+\.schema\.json$/,
      /^dist\/[a-z-]+\.(?:js|cjs|d\.ts|d\.cts)$/,
      /^dist\/parts\/[\w-]+\.cjs$/,
      // For bundlers, which leave out what a program does not use.
      /^dist\/esm\/(?!cli\/)[a-z0-9/-]+\.js$/,
      /^dist\/esm\/packages\/undici\.LICENSE$/,
      /^dist\/cli\/(?:bin|parts\/[\w-]+)\.cjs$/,
      // Of what the CLI has taken in.
      /^dist\/cli\/parts\/commander\.LICENSE$/,
      // What completes `kubectl kcfg` where kubectl asks for it.
      /^bin\/kubectl_complete-kcfg\.cjs$/,
      /^man\/[\w-]+\.1$/,
      // The types of what the two entries name, of which the CLI has none.
      /^dist\/(?!cli\/)[a-z0-9/-]+\.d\.cts$/,
    ];
    expect(names.filter((name) => !wanted.some((pattern) => pattern.test(name)))).toEqual([]);
    expect(names).toEqual(
      expect.arrayContaining(["LICENSE", "README.md", "CHANGELOG.md", "package.json", "dist/cli/bin.cjs"]),
    );
    const entries = ENTRIES.flatMap((name) =>
      ["js", "cjs", "d.ts", "d.cts"].map((end) => `dist/${name}.${end}`),
    );
    expect(names).toEqual(expect.arrayContaining(entries));
    expect(names.filter((name) => /^dist\/[^/]+\.c?js$/.test(name)).toSorted()).toEqual(
      entries.filter((name) => /\.c?js$/.test(name)).toSorted(),
    );
  });

  test("is small: what is packed below 1.5 MB, no file above 1 MB", () => {
    expect(packed.size).toBeLessThan(1_500_000);
    expect(packed.files.filter(({ size }) => size > 1_000_000)).toEqual([]);
  });

  test("can be imported and required, and gives both the same", () => {
    expect(
      run(
        "both.mjs",
        `import { createRequire } from "node:module";
        import * as imported from "kcfg";
        const required = createRequire(import.meta.url)("kcfg");
        const names = Object.keys(required);
        console.log(names.length > 0 && names.every((name) => imported[name] === required[name]));`,
      ),
    ).toBe("true\n");
  });

  test.each(ENTRIES.filter((name) => name !== "index" && name !== "client-node"))(
    "shares its classes with kcfg/%s, however both are loaded",
    (name) => {
      const program = `import { createRequire } from "node:module";
        import * as imported from "kcfg/${name}";
        const require = createRequire(import.meta.url);
        const required = require("kcfg/${name}");
        const kcfg = require("kcfg");
        const names = Object.keys(required);
        console.log(names.length > 0, names.every((each) => imported[each] === required[each]),
          names.every((each) => !(each in kcfg) || kcfg[each] === required[each]));`;
      expect(run(`shares-${name}.mjs`, program)).toBe("true true true\n");
    },
  );

  test.each([
    ["import", "mjs", `import * as kcfg from "kcfg";`],
    ["require()", "cjs", `const kcfg = require("kcfg");`],
  ])("exports by %s what this list says, and nothing else", (_way, end, load) => {
    expect(run(`exports.${end}`, `${load} console.log(JSON.stringify(Object.keys(kcfg)));`)).toBe(
      `${JSON.stringify(EXPORTS)}\n`,
    );
  });

  test("does nothing when it is loaded", () => {
    expect(run("nothing.mjs", `import "kcfg";`)).toBe("");
    expect(run("nothing.cjs", `require("kcfg");`)).toBe("");
  });

  test("has its functions declared as functions, for the sake of what editors and the reference show", () => {
    const library = join(folder, "node_modules", "kcfg", "dist/library");
    const types = readdirSync(library)
      .map((name) => readFileSync(join(library, name), "utf8"))
      .join("");
    expect(types).toContain("export declare function loadConfig(options?: ");
    expect(types).not.toMatch(/^export declare const \w+: \(/m);
  });

  test("gives its schemas and its package.json by name", () => {
    const program = `console.log(require("kcfg/schemas/kuberc-v1beta1.schema.json").$id, require("kcfg/package.json").version);`;
    expect(run("schemas.cjs", program)).toBe(`urn:kcfg:schema:kuberc-v1beta1 ${VERSION}\n`);
  });

  test("has no other way in", () => {
    const program = `try { require("kcfg/dist/parts/library.cjs"); } catch ({ code }) { console.log(code); }`;
    expect(run("inside.cjs", program)).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED\n");
  });

  test("has bins that run", () => {
    const bin = join(folder, "node_modules", "kcfg", "dist/cli/bin.cjs");
    expect(readFileSync(bin, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(runNode([bin, "get-users"], folder)).toBe("NAME\n");
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
  "anonymousClientConfig",
  "applyKuberc",
  "bindAuthInfoFlags",
  "bindBoolFlag",
  "bindClusterFlags",
  "bindContextFlags",
  "bindKubectlFlags",
  "bindOverrideFlags",
  "bindStringArrayFlag",
  "bindStringFlag",
  "buildConfigFromFlags",
  "checkPlugins",
  "clientConfigFromBytes",
  "confirmUsable",
  "connect",
  "connectToCluster",
  "connectionMessage",
  "decidePlugin",
  "decodeConfig",
  "defaultLoadingRules",
  "diagnose",
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
  "kubectlMessage",
  "loadConfig",
  "loadConfigFromFile",
  "loadKuberc",
  "loadOrigins",
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
  "persisterForUser",
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
  "validateConfig",
  "validatePluginPolicy",
  "watchConfig",
];
