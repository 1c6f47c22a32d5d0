import type { Config } from "../../src/api/config.ts";
import { AuthInfo } from "../../src/api/auth-info.ts";
import { ExecConfig } from "../../src/api/exec.ts";
import { ConfigReadError, InvalidConfigurationError, isFileNotFound } from "../../src/errors.ts";
import { loadConfig, loadConfigFromFile, loadStartingConfig } from "../../src/loading/load.ts";
import type { LoadingRules } from "../../src/loading/loading-rules.ts";
import { decodeConfig } from "../../src/codec/kubeconfig/decode-config.ts";
import { defaultLoadingRules } from "../../src/loading/loading-rules.ts";
import type { Host } from "../../src/host/host.ts";
import { fakeHost, thrownBy } from "../support/fake-host.ts";
import { KUBECONFIG_LIMIT } from "../../src/loading/size-limits.ts";

const cluster = (name: string, server: string): string =>
  `clusters: [{name: ${name}, cluster: {server: "${server}"}}]`;

const load = (host: Host, rules: LoadingRules): Config => loadConfig(host, rules, decodeConfig);

/** What a warner is told when the files of this environment are loaded. */
function warned(env: Record<string, string>): readonly string[][] {
  const calls: string[][] = [];
  const host = fakeHost({ env, files: { a: "" } });
  load(host, defaultLoadingRules(host, { warn: (missing) => calls.push([...missing]) }));
  return calls;
}

describe("which files are read", () => {
  test("KUBECONFIG lists files; empty elements, repetitions and missing files are skipped", () => {
    const host = fakeHost({
      env: { KUBECONFIG: ":a:missing:b:a:", HOME: "/h" },
      files: { a: cluster("x", "https://a"), b: `${cluster("x", "https://b")}\ncurrent-context: c` },
    });
    expect(defaultLoadingRules(host).precedence).toEqual(["", "a", "missing", "b"]);
    const config = load(host, defaultLoadingRules(host));
    expect(config.clusters.get("x")).toMatchObject({ server: "https://a", locationOfOrigin: "a" });
    expect(config.currentContext).toBe("c");
  });

  test("on Windows the list is separated by semicolons", () => {
    const host = fakeHost({
      platform: "win32",
      env: { KUBECONFIG: "C:\\here\\a;C:\\here\\b" },
      files: { a: cluster("a", "1"), b: cluster("b", "2") },
    });
    expect([...load(host, defaultLoadingRules(host)).clusters.keys()]).toEqual(["a", "b"]);
  });

  test("without KUBECONFIG it is ~/.kube/config", () => {
    const host = fakeHost({ env: { HOME: "/h" }, files: { "/h/.kube/config": cluster("home", "1") } });
    expect(load(host, defaultLoadingRules(host)).clusters.has("home")).toBe(true);
  });

  test("without HOME it is .kube/config under the current directory", () => {
    const host = fakeHost({ files: { ".kube/config": cluster("here", "1") } });
    expect(load(host, defaultLoadingRules(host)).clusters.has("here")).toBe(true);
  });

  test("an explicit path wins over KUBECONFIG and must exist", () => {
    const host = fakeHost({
      env: { KUBECONFIG: "a" },
      files: { a: cluster("a", "1"), b: cluster("b", "2") },
    });
    const loadOnly = (explicitPath: string) => load(host, defaultLoadingRules(host, { explicitPath }));
    expect([...loadOnly("b").clusters.keys()]).toEqual(["b"]);
    const error = thrownBy(() => loadOnly("nope"));
    expect(error).toBeInstanceOf(ConfigReadError);
    expect(error).toMatchObject({ message: "stat nope: no such file or directory", file: "nope" });
    expect(isFileNotFound(error)).toBe(true);
    expect(
      loadStartingConfig(host, defaultLoadingRules(host, { explicitPath: "nope" }), decodeConfig).clusters
        .size,
    ).toBe(0);
  });

  test("the warning comes only when KUBECONFIG is set and all its files are missing", () => {
    expect(warned({ KUBECONFIG: "x:y" })).toEqual([["x", "y"]]);
    expect(warned({ KUBECONFIG: "x:a" })).toEqual([]);
    expect(warned({ HOME: "/nobody" })).toEqual([]);
  });
});

describe("migration", () => {
  test("copies ~/.kube/.kubeconfig to ~/.kube/config when that is missing", () => {
    const host = fakeHost({ env: { HOME: "/h" }, files: { "/h/.kube/.kubeconfig": cluster("old", "1") } });
    expect(load(host, defaultLoadingRules(host)).clusters.has("old")).toBe(true);
    expect(Buffer.from(host.fs.readFile("/h/.kube/config", KUBECONFIG_LIMIT)).toString()).toBe(
      cluster("old", "1"),
    );
  });

  test("leaves an existing file alone", () => {
    const host = fakeHost({
      env: { HOME: "/h" },
      files: { "/h/.kube/.kubeconfig": cluster("old", "1"), "/h/.kube/config": cluster("new", "2") },
    });
    expect([...load(host, defaultLoadingRules(host)).clusters.keys()]).toEqual(["new"]);
  });

  test("refuses to copy a directory", () => {
    const host = fakeHost({ env: { HOME: "/h" }, files: { "/h/.kube/.kubeconfig/x": "" } });
    expect(thrownBy(() => load(host, defaultLoadingRules(host)))).toMatchObject({
      message: "cannot migrate /h/.kube/.kubeconfig to /h/.kube/config because it is a directory",
    });
  });
});

describe("errors", () => {
  test("of several files are reported together, each with its file", () => {
    const host = fakeHost({
      env: { KUBECONFIG: "bad:dir:good:dup" },
      files: {
        bad: "clusters: [1",
        "dir/x": "",
        good: cluster("a", "1"),
        dup: "users: [{name: a}, {name: a, user: {token: hunter2}}]",
      },
    });
    const error = thrownBy(() => load(host, defaultLoadingRules(host)));
    expect(error).toBeInstanceOf(InvalidConfigurationError);
    expect((error as InvalidConfigurationError).errors.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^error loading config file "bad": line 1, column \d+: yaml: did not find expected/,
      ),
      'error loading config file "dir": read dir: is a directory',
      'error loading config file "dup": line 1, column 20: error converting *[]NamedAuthInfo into *map[string]*api.AuthInfo: duplicate name "a" in list; the first is at line 1, column 9 (rename or remove one of the two)',
    ]);
    expect(String(error)).not.toContain("hunter2");
  });

  test("of one file that is loaded by itself name the file, too", () => {
    const host = fakeHost({ files: { f: "contexts: y" } });
    expect(thrownBy(() => loadConfigFromFile(host, "f", decodeConfig))).toMatchObject({
      code: "ConfigParse",
      file: "f",
      position: { line: 1, column: 11 },
      reason: "contexts: expected a list, found a boolean",
      hint: 'each element begins with "- "',
    });
  });
});

describe("relative paths", () => {
  const text = `
clusters: [{name: c, cluster: {certificate-authority: ca/ca.crt}}]
users:
- {name: a, user: {client-certificate: a.crt, client-key: /abs/a.key, tokenFile: ../token, exec: {command: ./plug}}}
- {name: b, user: {exec: {command: plug}}}
`;

  test("are made absolute against the folder of their file", () => {
    const host = fakeHost({ env: { KUBECONFIG: "sub/f" }, files: { "sub/f": text }, cwd: "/w" });
    const { clusters, authInfos } = load(host, defaultLoadingRules(host));
    expect(clusters.get("c")?.certificateAuthority).toBe("/w/sub/ca/ca.crt");
    expect(authInfos.get("a")).toMatchObject({
      clientCertificate: "/w/sub/a.crt",
      clientKey: "/abs/a.key",
      tokenFile: "/w/token",
      exec: { command: "/w/sub/plug" },
    });
    expect(authInfos.get("a")).toBeInstanceOf(AuthInfo);
    expect(authInfos.get("a")?.exec).toBeInstanceOf(ExecConfig);
    expect(authInfos.get("b")?.exec?.command).toBe("plug");
  });

  test("stay as they are written when the rules say so", () => {
    const host = fakeHost({ env: { KUBECONFIG: "sub/f" }, files: { "sub/f": text } });
    const { authInfos } = load(host, defaultLoadingRules(host, { resolvePaths: false }));
    expect(authInfos.get("a")?.exec?.command).toBe("./plug");
  });
});
