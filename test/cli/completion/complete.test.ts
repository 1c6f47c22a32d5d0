import { main } from "../../../src/cli/main.ts";
import { fakeHost } from "../../support/fake-host.ts";

const CONFIG = `
clusters:
- {name: c1, cluster: {server: "https://me:secret@example.com:6443/x"}}
- {name: c.2, cluster: {server: "http://127.0.0.1"}}
contexts:
- {name: my ctx, context: {cluster: c1, user: plugin, namespace: web}}
- {name: "arn:aws:1", context: {cluster: c1, user: basic, namespace: web}}
- {name: "arn:aws:2", context: {cluster: c1, user: token, namespace: db}}
- {name: "new\\nline", context: {}}
- {name: a.b, context: {cluster: c1}}
- {name: a, context: {cluster: c1}}
current-context: my ctx
users:
- {name: plugin, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: /opt/login, interactiveMode: Never, args: [secret]}}}
- {name: basic, user: {username: u, password: secret}}
- {name: token, user: {token: secret}}
- {name: cert, user: {client-certificate: c.pem, client-key: k.pem}}
- {name: old, user: {auth-provider: {name: oidc, config: {id-token: secret}}}}
`;

const HOST = fakeHost({
  files: { "/home/u/.kube/config": CONFIG, "/here/other": "contexts: [{name: elsewhere, context: {}}]" },
  env: { HOME: "/home/u" },
});

async function answer(words: readonly string[], host = HOST): Promise<string> {
  let out = "";
  let err = "";
  const streams = {
    out: { write: (text: string | Uint8Array) => void (out += String(text)) },
    err: { write: (text: string) => void (err += text) },
  };
  expect(await main(host, streams, ["__complete", ...words], "kcfg")).toBe(0);
  expect(err).toBe("");
  return out;
}

/** The candidates without their descriptions, and the directive. */
async function candidates(...words: readonly string[]): Promise<readonly string[]> {
  return (await answer(words))
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t", 1)[0] ?? "");
}

const NO_FILES = ":4";
const NO_FILES_NO_SPACE = ":6";
const FILES = ":0";
const FOLDERS = ":16";
const CONTEXTS = ["a", "a.b", "arn:aws:1", "arn:aws:2", "my ctx"];

describe("what may come next", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["commands", ["use"], ["use-context", NO_FILES]],
    ["commands of a group", ["kuberc", ""], ["view", "set", "undo", NO_FILES]],
    ["nothing after a command that does not exist", ["nope", ""], [NO_FILES]],
    ["commands after global flags", ["--context", "x", "-n=y", "get-u"], ["get-users", NO_FILES]],
    [
      "flags of a command, its own first",
      ["view", "--m"],
      ["--merge", "--merged", "--minify", "--match-server-version", NO_FILES],
    ],
    ["flags of no command", ["--kube"], ["--kubeconfig", "--kuberc", NO_FILES]],
    ["no flag twice", ["view", "--minify", "--mi"], [NO_FILES]],
    ["a flag that can be repeated twice", ["--as-group", "x", "--as-g"], ["--as-group", NO_FILES]],
    ["no flags after --", ["use-context", "--", "-"], [NO_FILES]],
    ["contexts", ["use-context", ""], [...CONTEXTS, NO_FILES]],
    ["contexts for an alias", ["use", "arn"], ["arn:aws:1", "arn:aws:2", NO_FILES]],
    ["no context after the one that there can be", ["use-context", "a", ""], [NO_FILES]],
    [
      "contexts that were not named yet",
      ["get-contexts", "a", "arn:aws:1", "a"],
      ["a.b", "arn:aws:2", NO_FILES],
    ],
    ["contexts for --context", ["view", "--context", "m"], ["my ctx", NO_FILES]],
    ["contexts behind --context=", ["view", "--context=m"], ["my ctx", NO_FILES]],
    ["contexts before the command", ["--context", "m"], ["my ctx", NO_FILES]],
    ["contexts to delete", ["delete-context", "m"], ["my ctx", NO_FILES]],
    ["contexts to export", ["export", "a.b", "a"], ["a", "arn:aws:1", "arn:aws:2", NO_FILES]],
    ["contexts to rename, but no new name", ["rename-context", "a", ""], [NO_FILES]],
    ["clusters", ["set-cluster", ""], ["c.2", "c1", NO_FILES]],
    ["clusters of a context", ["set-context", "a", "--cluster", ""], ["c.2", "c1", NO_FILES]],
    ["users", ["rename-user", "t"], ["token", NO_FILES]],
    ["users for --user", ["view", "--user="], ["basic", "cert", "old", "plugin", "token", NO_FILES]],
    ["namespaces", ["resolve", "-n", ""], ["db", "web", NO_FILES]],
    ["namespaces behind the letter", ["resolve", "-nw"], ["web", NO_FILES]],
    ["namespaces behind the letter and =", ["resolve", "-n=w"], ["web", NO_FILES]],
    ["entries of another file", ["--kubeconfig", "other", "use-context", ""], ["elsewhere", NO_FILES]],
    [
      "entries of a file in the home folder",
      ["--kubeconfig=~/.kube/config", "use-context", "m"],
      ["my ctx", NO_FILES],
    ],
    [
      "formats",
      ["kuberc", "view", "-o", "j"],
      ["json", "jsonpath=", "jsonpath-as-json=", "jsonpath-file=", NO_FILES],
    ],
    [
      "formats that want more",
      ["resolve", "-ojsonpath-"],
      ["jsonpath-as-json=", "jsonpath-file=", NO_FILES_NO_SPACE],
    ],
    ["choices", ["kuberc", "set", "--policy", "A"], ["AllowAll", "Allowlist", NO_FILES]],
    ["true and false behind the = of a boolean", ["view", "--merge="], ["true", "false", NO_FILES]],
    ["shells", ["completion", "z"], ["zsh", NO_FILES]],
    ["topics of help", ["help", "kuberc", "s"], ["set", NO_FILES]],
    ["files", ["import", ""], [FILES]],
    ["files for a flag", ["view", "--kubeconfig", ""], [FILES]],
    ["folders", ["view", "--cache-dir="], [FOLDERS]],
    ["sections of properties", ["set", "c"], ["clusters.", "contexts.", "current-context", NO_FILES]],
    [
      "entries of properties",
      ["unset", "contexts.arn"],
      ["contexts.arn:aws:1.", "contexts.arn:aws:2.", NO_FILES_NO_SPACE],
    ],
    [
      "fields of an entry",
      ["set", "contexts.my ctx."],
      ["cluster", "user", "namespace", "extensions"]
        .map((field) => `contexts.my ctx.${field}`)
        .concat(NO_FILES),
    ],
    ["fields of an entry with dots", ["set", "contexts.a.b.n"], ["contexts.a.b.namespace", NO_FILES]],
    ["contexts for current-context", ["set", "current-context", "m"], ["my ctx", NO_FILES]],
    ["users for the user of a context", ["set", "contexts.a.b.user", "t"], ["token", NO_FILES]],
    ["booleans for a boolean", ["set", "clusters.c1.disable-compression", ""], ["true", "false", NO_FILES]],
    ["files for a certificate", ["set", "users.cert.client-key", ""], [FILES]],
    ["nothing for a token", ["set", "users.token.token", ""], [NO_FILES]],
    ["nothing where a command takes nothing", ["current-context", ""], [NO_FILES]],
  ])("%s", async (_what, words, expected) => {
    expect(await candidates(...words)).toEqual(expected);
  });

  test("of the program is every command, as its help lists them", async () => {
    const names = (await candidates("")).slice(0, -1);
    expect(names).toEqual(expect.arrayContaining(["view", "use-context", "completion", "version"]));
    expect(names).not.toContain("__complete");
  });

  test("is described in the words of the commands", async () => {
    expect(await answer(["current-c"])).toBe("current-context\tDisplay the current-context\n:4\n");
    expect(await answer(["view", "--mini"])).toBe(
      "--minify\tLeave out all that the current context does not use.\n:4\n",
    );
  });

  test("is described without secrets and control characters", async () => {
    expect(await answer(["use-context", "my"])).toBe(
      "my ctx\tcurrent, cluster c1, user plugin, namespace web\n:4\n",
    );
    expect(await answer(["delete-cluster", "c1"])).toBe("c1\thttps://example.com:6443/x\n:4\n");
    expect(await answer(["delete-user", ""])).toBe(
      "basic\tuser name and password\ncert\tclient certificate\nold\tauth provider oidc\nplugin\tplugin login\ntoken\ttoken\n:4\n",
    );
    expect(await answer(["get-contexts", "new"])).toBe(":4\n");
  });
});

describe("where nothing can be known", () => {
  test.each([
    ["a kubeconfig that is broken", "contexts: [{"],
    ["a kubeconfig that is not there", null],
  ])("%s offers nothing and is not told", async (_what, text) => {
    const files: Record<string, string> = text === null ? {} : { "/home/u/.kube/config": text };
    const host = fakeHost({ files, env: { HOME: "/home/u" } });
    for (const words of [
      ["use-context", ""],
      ["set", "contexts."],
      ["-n", ""],
    ]) {
      expect(await answer(words, host)).toBe(":4\n");
    }
  });

  test("nothing is written, no old file is moved", async () => {
    const host = fakeHost({
      files: { "/home/u/.kube/.kubeconfig": CONFIG },
      env: { HOME: "/home/u" },
    });
    expect(await answer(["use-context", ""], host)).toBe(":4\n");
    expect(host.fs.list("/home/u/.kube")).toEqual([".kubeconfig"]);
  });
});

test("cobra's other form has no descriptions", async () => {
  let out = "";
  const streams = {
    out: { write: (text: string | Uint8Array) => void (out += String(text)) },
    err: { write: () => undefined },
  };
  await main(HOST, streams, ["__completeNoDesc", "use-context", "m"], "kcfg");
  expect(out).toBe("my ctx\n:4\n");
});
