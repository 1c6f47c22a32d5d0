import { generateKubeconfigs } from "../../bench/kubeconfig.ts";
import { mergeConfigs } from "../../src/clientcmd/merge.ts";
import { decodeConfig } from "../../src/codec/kubeconfig/decode-config.ts";
import { encodeConfig } from "../../src/codec/kubeconfig/encode-config.ts";

const merged = (files: number, format: "yaml" | "json"): string =>
  encodeConfig(mergeConfigs(generateKubeconfigs(7, files, format).map((text) => decodeConfig(text))));

describe("the kubeconfigs that are measured", () => {
  test("hold as many contexts as asked for, and the last one is current", () => {
    const config = decodeConfig(generateKubeconfigs(7, 1, "yaml").join(""));
    expect(config.contexts.size).toBe(7);
    expect(config.clusters.size).toBe(7);
    expect(config.authInfos.size).toBe(7);
    expect(config.currentContext).toBe("ctx-6");
  });

  test("are the same in YAML, in JSON, and dealt out to more files than there are contexts", () => {
    const want = merged(1, "yaml");
    expect(generateKubeconfigs(7, 10, "yaml")).toHaveLength(10);
    for (const [files, format] of [
      [1, "json"],
      [3, "yaml"],
      [3, "json"],
      [10, "yaml"],
      [10, "json"],
    ] as const) {
      expect(merged(files, format)).toBe(want);
    }
  });

  test("are written in YAML as kubectl writes them", () => {
    const text = generateKubeconfigs(7, 1, "yaml").join("");
    expect(encodeConfig(decodeConfig(text))).toBe(text);
  });
});
