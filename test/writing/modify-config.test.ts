import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "../../src/api/config.ts";
import { newContext } from "../../src/api/config.ts";
import { Cluster } from "../../src/api/cluster.ts";
import type { Host } from "../../src/host/host.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import type { ConfigAccess } from "../../src/loading/config-access.ts";
import { pathOptionsAccess } from "../../src/loading/config-access.ts";
import { defaultLoadingRules } from "../../src/loading/loading-rules.ts";
import { modifyConfig } from "../../src/writing/modify-config.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-modify-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(at(name), "utf8");

function access(files: readonly string[], explicitPath = "", host: Host = nodeHost): ConfigAccess {
  return pathOptionsAccess(
    host,
    defaultLoadingRules(host, { precedence: files.map(at), explicitPath, migrationRules: new Map() }),
  );
}

const withContext =
  (name: string) =>
  (config: Config): Config => ({
    ...config,
    contexts: new Map([...config.contexts, [name, newContext({ cluster: "c" })]]),
  });

describe("modifyConfig", () => {
  test("tells which files changed, and keeps no backup unasked", async () => {
    const { changes, before, after, warnings } = await modifyConfig(
      nodeHost,
      access(["a", "b"]),
      withContext("x"),
    );
    expect(changes.map(({ file, before: old }) => [file, old])).toEqual([[at("b"), undefined]]);
    expect([before.contexts.size, after.contexts.size, warnings]).toEqual([0, 1, []]);
    expect(readdirSync(folder)).toEqual(["b"]);
  });

  test("takes a config, too: what others changed since it was read is changed back", async () => {
    writeFileSync(at("a"), "contexts: [{name: x, context: {}}]\n");
    const start = access(["a"]).startingConfig();
    await modifyConfig(nodeHost, access(["a"]), withContext("theirs"));
    await modifyConfig(nodeHost, access(["a"]), withContext("y")(start));
    expect([...access(["a"]).startingConfig().contexts.keys()]).toEqual(["x", "y"]);
  });

  test("asks for the change while the file is locked", async () => {
    writeFileSync(at("a"), "");
    let seen: readonly string[] = [];
    await modifyConfig(nodeHost, access(["a"]), (config) => {
      seen = readdirSync(folder);
      return withContext("x")(config);
    });
    expect(seen).toEqual(["a", "a.lock"]);
  });

  test("writes to the file that an entry says it came from", async () => {
    writeFileSync(at("a"), "");
    await modifyConfig(nodeHost, access(["a", "b"]), (config) => ({
      ...config,
      clusters: new Map([["c", new Cluster({ server: "https://c", locationOfOrigin: at("b") })]]),
    }));
    expect([read("a"), read("b").includes("https://c")]).toEqual(["", true]);
  });

  test("says when what it wrote is hidden by an earlier file", async () => {
    writeFileSync(at("a"), "clusters: [{name: c, cluster: {server: https://a}}]\n");
    const { warnings } = await modifyConfig(nodeHost, access(["a", "b"]), (config) => ({
      ...config,
      clusters: new Map([["c", new Cluster({ server: "https://c", locationOfOrigin: at("b") })]]),
    }));
    expect(warnings).toEqual([
      `warning: the change of cluster "c" in ${at("b")} has no effect: ${at("a")}, which comes first, defines it too`,
    ]);
  });

  test("changes nothing, not even the time, when there is nothing to change", async () => {
    writeFileSync(at("a"), "contexts: [{name: x, context: {}}]\n");
    const host: Host = {
      ...nodeHost,
      fs: {
        ...nodeHost.fs,
        open: (path, options) => {
          if (options.create !== undefined) {
            throw new Error("a file was written");
          }
          return nodeHost.fs.open(path, options);
        },
      },
    };
    const { changes } = await modifyConfig(host, access(["a"]), (config) => config);
    expect(changes).toEqual([]);
  });

  test("gives up after the time that it may wait", async () => {
    writeFileSync(at("a.lock"), "");
    await expect(
      modifyConfig(nodeHost, access(["a"]), withContext("x"), { lockTimeout: 50 }),
    ).rejects.toMatchObject({ code: "ConfigLock", file: at("a.lock") });
    expect(readdirSync(folder)).toEqual(["a.lock"]);
  });

  test("waits with the lock until a kubectl config that was there has ended", async () => {
    let polls = 0;
    const seen: boolean[] = [];
    const host: Host = {
      ...nodeHost,
      self: {
        ...nodeHost.self,
        others: () => [
          { pid: 1, program: "kubectl", args: ["config", "use-context", "x"] },
          { pid: 2, program: "kubectl", args: ["get", "pods"] },
          { pid: 3, program: "kubectl", args: ["config", "view"] },
        ],
        isRunning: (pid) => {
          expect(pid).toBe(1);
          seen.push(readdirSync(folder).includes("a.lock"));
          return polls++ < 3;
        },
      },
    };
    await modifyConfig(host, access(["a"]), withContext("x"));
    expect([seen, readdirSync(folder)]).toEqual([[true, true, true, true], ["a"]]);
  });

  test("removes what a writer that was killed has left", async () => {
    writeFileSync(at(".a.kcfg-0123456789abcdef.tmp"), "half");
    writeFileSync(at("a.kcfg-notes"), "the user's");
    await modifyConfig(nodeHost, access(["a"]), withContext("x"));
    expect(readdirSync(folder).toSorted()).toEqual(["a", "a.kcfg-notes"]);
  });
});

describe("the default file of kubectl config", () => {
  test.each([
    [[], ["a", "b"], "b"],
    [["b"], ["a", "b", "c"], "b"],
    [["a", "b"], ["a", "b"], "a"],
    [[], ["a"], "a"],
  ])("with the files %j of the list %j is %s", (there, list, want) => {
    for (const file of there) {
      writeFileSync(at(file), "");
    }
    expect(access(list).defaultFilename).toBe(at(want));
  });

  test("is the explicit one, if there is one", () => {
    writeFileSync(at("a"), "");
    expect(access(["a"], at("e")).defaultFilename).toBe(at("e"));
  });
});
