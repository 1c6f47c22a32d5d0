import { AuthInfo } from "../../src/api/auth-info.ts";
import { Cluster } from "../../src/api/cluster.ts";
import { newConfig, newContext } from "../../src/api/config.ts";
import { minifyConfig } from "../../src/clientcmd/minify.ts";

const config = newConfig({
  clusters: new Map([
    ["c1", new Cluster()],
    ["c2", new Cluster()],
  ]),
  authInfos: new Map([["u1", new AuthInfo()]]),
  contexts: new Map([
    ["one", newContext({ cluster: "c1", authInfo: "u1" })],
    ["bare", newContext()],
    ["lost cluster", newContext({ cluster: "nope" })],
    ["lost user", newContext({ cluster: "c1", authInfo: "nope" })],
  ]),
  preferences: { colors: true, extensions: new Map() },
  extensions: new Map([["e", null]]),
});

describe("minify", () => {
  test("keeps the current context, its cluster, its user, preferences and extensions", () => {
    const minified = minifyConfig({ ...config, currentContext: "one" });
    expect([...minified.contexts.keys()]).toEqual(["one"]);
    expect([...minified.clusters.keys()]).toEqual(["c1"]);
    expect([...minified.authInfos.keys()]).toEqual(["u1"]);
    expect(minified.preferences.colors).toBe(true);
    expect(minified.extensions.size).toBe(1);
  });

  test("a context that names nothing keeps nothing", () => {
    const minified = minifyConfig({ ...config, currentContext: "bare" });
    expect([minified.clusters.size, minified.authInfos.size]).toEqual([0, 0]);
  });

  test.each([
    ["", "current-context must exist in order to minify"],
    ["nope", "cannot locate context nope"],
    ["lost cluster", "cannot locate cluster nope"],
    ["lost user", "cannot locate user nope"],
  ])("with current context %j fails in clientcmd's words", (currentContext, message) => {
    expect(() => minifyConfig({ ...config, currentContext })).toThrow(message);
  });
});
