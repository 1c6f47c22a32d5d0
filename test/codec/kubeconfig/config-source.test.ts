import { namedNodes, namedNodesIn, readConfigSource } from "../../../src/codec/kubeconfig/config-source.ts";
import { ConfigParseError } from "../../../src/errors.ts";

const TEXT = `clusters:
- name: dev
  cluster:
    server: https://dev
- {name: __proto__, cluster: null}
users:
- user: {token: t}
preferences:
  extensions:
  - name: a
    extension: 1
`;

describe("readConfigSource", () => {
  const source = readConfigSource(TEXT, "config");

  test("reads what decodeConfig reads", () => {
    expect(source.file).toBe("config");
    expect(source.config.clusters.get("dev")?.server).toBe("https://dev");
    expect(source.config.clusters.get("dev")?.locationOfOrigin).toBe("config");
  });

  test("tells where the entries of a list stand, by name", () => {
    const clusters = namedNodes(source, "clusters");
    expect([...clusters.keys()]).toEqual(["dev", "__proto__"]);
    expect(clusters.get("dev")?.element.position).toEqual({ line: 2, column: 3 });
    expect(clusters.get("dev")?.entry?.fields.get("server")?.position).toEqual({ line: 4, column: 13 });
    expect(clusters.get("__proto__")?.entry?.value).toBeNull();
    expect([...namedNodes(source, "users").keys()]).toEqual([""]);
    expect(namedNodes(source, "contexts").size).toBe(0);
    const preferences = source.root?.fields.get("preferences");
    expect([...namedNodesIn(preferences?.fields.get("extensions"), "extensions").keys()]).toEqual(["a"]);
  });

  test("knows no places in an empty file", () => {
    expect(readConfigSource("", "config").root).toBeUndefined();
    expect(namedNodes(readConfigSource("# nothing\n", "config"), "users").size).toBe(0);
  });

  test("refuses what decodeConfig refuses", () => {
    expect(() => readConfigSource("clusters: 1", "config")).toThrow(ConfigParseError);
  });
});
