import { AuthInfo } from "../../src/api/auth-info.ts";
import { Cluster } from "../../src/api/cluster.ts";
import { newConfig } from "../../src/api/config.ts";
import { mergeConfigs } from "../../src/clientcmd/merge.ts";

const first = newConfig({
  clusters: new Map([["a", new Cluster({ server: "1" })]]),
  authInfos: new Map([["red", new AuthInfo({ token: "t" })]]),
  extensions: new Map([["x", 1]]),
});
const second = newConfig({
  clusters: new Map([
    ["a", new Cluster({ server: "2", tlsServerName: "n" })],
    ["b", new Cluster({ server: "3" })],
  ]),
  authInfos: new Map([["red", new AuthInfo({ username: "u" })]]),
  currentContext: "two",
  preferences: { colors: true, extensions: new Map([["p", "2"]]) },
  extensions: new Map([
    ["x", 2],
    ["y", 3],
  ]),
});
const third = newConfig({
  currentContext: "three",
  preferences: { colors: false, extensions: new Map([["p", "3"]]) },
});

describe("merging", () => {
  const merged = mergeConfigs([first, second, third]);

  test("the first file to define a name keeps the whole entry", () => {
    expect(merged.clusters.get("a")).toEqual(new Cluster({ server: "1" }));
    expect(merged.clusters.get("b")).toEqual(new Cluster({ server: "3" }));
    expect(merged.authInfos.get("red")).toEqual(new AuthInfo({ token: "t" }));
  });

  test("extensions merge by name, the first wins", () => {
    expect([...merged.extensions]).toEqual([
      ["x", 1],
      ["y", 3],
    ]);
    expect([...merged.preferences.extensions]).toEqual([["p", "2"]]);
  });

  test("the first file that sets current-context gives it", () => {
    expect(merged.currentContext).toBe("two");
  });

  test('with scalar precedence "last" the last file that sets it gives it', () => {
    expect(mergeConfigs([first, second, third], "last").currentContext).toBe("three");
    expect(mergeConfigs([third, second, first], "last").currentContext).toBe("two");
  });

  test("colors: false overrides nothing, in either order", () => {
    expect(merged.preferences.colors).toBe(true);
    expect(mergeConfigs([third, second]).preferences.colors).toBe(true);
    expect(mergeConfigs([second, third], "last").preferences.colors).toBe(true);
  });

  test("of no configs is the empty config", () => {
    expect(mergeConfigs([])).toEqual(newConfig());
  });
});
