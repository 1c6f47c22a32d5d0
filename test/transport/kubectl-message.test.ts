import {
  ConfigParseError,
  ConfigReadError,
  ConnectionError,
  InvalidConfigurationError,
  KubercError,
  kubectlMessage,
  loadConfig,
  newNonInteractiveDeferredLoadingClientConfig,
  defaultLoadingRules,
  ConfigOverrides,
} from "../../src/index.ts";
import { memoryHost } from "../../src/testing.ts";

const CONFIG = "/home/user/.kube/config";

async function messageFrom(run: () => unknown): Promise<string> {
  try {
    await run();
    return "";
  } catch (error) {
    return kubectlMessage(error);
  }
}

const clientConfigOf = (text: string, currentContext = "") => {
  const host = memoryHost({ files: { [CONFIG]: text } });
  const overrides = new ConfigOverrides();
  overrides.currentContext = currentContext;
  return newNonInteractiveDeferredLoadingClientConfig(defaultLoadingRules({ host }), { overrides, host });
};

describe("kubectlMessage", () => {
  test("is what kubectl says of a kubeconfig", async () => {
    const host = memoryHost({ files: { [CONFIG]: "a: [" } });
    expect(await messageFrom(() => loadConfig({ host }))).toBe(
      `error: error loading config file "${CONFIG}": line 1, column 5: yaml: did not find expected node content`,
    );
    const dangling = "contexts: [{name: x, context: {cluster: c, user: u}}]\ncurrent-context: x\n";
    const secureTwice =
      "clusters: [{name: c, cluster: {server: 'https://x', insecure-skip-tls-verify: true, certificate-authority: /nope}}]\n";
    expect(await messageFrom(() => clientConfigOf(dangling, "nowhere").clientConfig())).toBe(
      'error: context "nowhere" does not exist',
    );
    expect(await messageFrom(() => clientConfigOf(secureTwice + dangling).clientConfig())).toBe(
      "error: unable to read certificate-authority /nope for c due to open /nope: no such file or directory",
    );
    expect(await messageFrom(() => clientConfigOf(dangling, "nowhere").namespace())).toBe(
      'error: context "nowhere" does not exist',
    );
    const astray = dangling.replace("current-context: x", "current-context: nowhere");
    expect(await messageFrom(() => clientConfigOf(astray).namespace())).toBe(
      "Error in configuration: \n* context was not found for specified context: nowhere\n* cluster has no server defined",
    );
  });

  test.each<[string, unknown, string]>([
    ["a text", "x", "error: x"],
    ["an error of somebody else", new TypeError("x is not a function"), "error: x is not a function"],
    ["one that has the word already", new Error("error: x"), "error: x"],
    ["nothing", undefined, "error: undefined"],
    ["a kuberc", new KubercError("k"), "error occurred while applying preferences k"],
    [
      "one refused connection",
      new ConnectionError("r", { server: "h:1", isRefused: true }),
      "The connection to the server h:1 was refused - did you specify the right host or port?",
    ],
    [
      "one that failed",
      new ConnectionError("EOF", { server: "h:1" }),
      "Unable to connect to the server: EOF",
    ],
    [
      "one of another client's",
      new Error("fetch failed", { cause: new ConnectionError("EOF", { server: "h:1" }) }),
      "Unable to connect to the server: EOF",
    ],
    [
      "one of a WebSocket",
      { type: "error", error: new ConnectionError("EOF", { server: "h:1" }) },
      "Unable to connect to the server: EOF",
    ],
    ["one without a server", new ConnectionError("no"), "error: no"],
    ["escapes", new Error("a\u001b[2Jb\nc\u202e"), String.raw`error: a\x1b[2Jb\nc\u202e`],
  ])("%s", (_name, error, message) => {
    expect(kubectlMessage(error)).toBe(message);
  });

  test("has a line for each of several faults", () => {
    const faults = [new ConfigReadError("one\nforged", "a"), new ConfigParseError("two", { file: "b" })];
    const message = kubectlMessage(new InvalidConfigurationError(faults));
    expect(message.split("\n")).toHaveLength(2);
    expect(kubectlMessage(new InvalidConfigurationError(faults.slice(0, 1)))).toMatch(/^error: one/);
  });
});
