import type { Group } from "./build.ts";
import { cluster, list, raw, user, world } from "./build.ts";

const flatten = ["view", "--flatten"];
const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const all = (prefix: string): string =>
  cluster(`certificate-authority: ${prefix}ca.crt`) +
  user(`client-certificate: ${prefix}me.crt`, `client-key: ${prefix}me.key`, `tokenFile: ${prefix}token`);
const certs = { "d/ca.crt": pem, "d/me.crt": "me\n", "d/me.key": "s3cr3t", "d/token": "s3cr3t" };
const exec = (command: string): string => user(`exec:`, `  command: ${command}`);

/** Relative paths, and the files that --flatten embeds. */
export const paths: Group = {
  rule: "paths",
  cases: [
    ...["", "./", "../", "sub/../", "x//y///", "/x//y/../", "~/", "x\\", "C:/x/"].map((prefix) =>
      list(
        `view leaves paths that begin with "${prefix}" as they are written`,
        { "d/a": all(prefix) },
        ["d/a"],
        raw,
      ),
    ),
    list(
      "view leaves empty paths empty",
      { "d/a": cluster('certificate-authority: ""') + user('client-key: ""', 'tokenFile: ""') },
      ["d/a"],
      raw,
    ),
    list(
      "view leaves paths behind a symlink as they are written",
      { "d/a": all(""), "e/l": { symlink: "../d/a" } },
      ["e/l"],
      raw,
    ),
    world("view leaves paths in a relative kubeconfig as they are written", raw, {
      files: { "d/a": all("") },
      env: { KUBECONFIG: "d/a" },
    }),
    list(
      "view leaves paths of several files as they are written",
      { "d/a": all(""), "e/b": all("").replaceAll(/name: (\w)/gu, "name: $1$1") },
      ["d/a", "e/b"],
      raw,
    ),
    ...["plug", "./plug", "bin/plug", "../bin/plug", "/bin/../bin/plug", "'..'", "bin\\plug", "~/plug"].map(
      (command) =>
        list(
          `view leaves the exec command ${command} as it is written`,
          { "d/a": exec(command) },
          ["d/a"],
          raw,
        ),
    ),
    list(
      "view leaves exec arguments and environment as they are written",
      { "d/a": exec("./p\n  args: [./x]\n  env: [{name: K, value: ./v}]") },
      ["d/a"],
      raw,
    ),
    list(
      "view leaves an auth-provider's configuration as it is written",
      { "d/a": user("auth-provider: {name: ./x, config: {cmd-path: ./v}}") },
      ["d/a"],
      raw,
    ),
    list(
      "get-contexts does not mind paths",
      { "d/a": `${all("")}contexts: [{name: x, context: {cluster: c}}]` },
      ["d/a"],
      ["get-contexts"],
    ),

    ...[
      "nope",
      "./nope",
      "../nope",
      "sub/../nope",
      "x//nope/",
      "../../nope/../x",
      "/nope//../x",
      "~/nope",
      "nope\\x",
      ".nope",
      "a/b/c/../../x",
    ].map((path) =>
      list(
        `--flatten looks for the path ${path} from its file's folder`,
        { "d/e/a": cluster(`certificate-authority: ${path}`) },
        ["d/e/a"],
        flatten,
      ),
    ),
    ...[".", "..", "'./'", "' '"].map((path) =>
      list(
        `--flatten looks for the path ${path} and finds no file`,
        { "d/e/a": cluster(`certificate-authority: ${path}`) },
        ["d/e/a"],
        flatten,
      ),
    ),
    list("--flatten finds files behind dots", { ...certs, "e/a": all("../d/./") }, ["e/a"], flatten),
    list(
      "--flatten starts from the folder of the link, not of its target",
      { ...certs, "e/a": all(""), "d/l": { symlink: "../e/a" } },
      ["d/l"],
      flatten,
    ),
    list(
      "--flatten does not start from the folder of the link's target",
      { ...certs, "d/a": all(""), "e/l": { symlink: "../d/a" } },
      ["e/l"],
      flatten,
    ),
    world("--flatten of a relative kubeconfig starts from its folder", flatten, {
      files: { ...certs, "d/a": all("") },
      env: { KUBECONFIG: "d/a" },
    }),
    world("--flatten of a relative kubeconfig in the working directory starts there", flatten, {
      files: { ...certs, "d/a": all("") },
      cwd: "d",
      env: { KUBECONFIG: "a" },
    }),
    world("--flatten of a climbing kubeconfig starts from its folder", flatten, {
      files: { ...certs, "d/a": all(""), "e/x": "" },
      cwd: "e",
      env: { KUBECONFIG: "../d/../d/./a" },
    }),
    world("an error of --flatten names the absolute path", flatten, {
      files: { "d/a": cluster("certificate-authority: ../nope") },
      env: { KUBECONFIG: "./d/a" },
    }),
    list("--flatten leaves an exec command as it is written", { "d/a": exec("./plug") }, ["d/a"], flatten),
    list(
      "--flatten makes a token file's path absolute or leaves it",
      { "d/a": user("tokenFile: ../token") },
      ["d/a"],
      flatten,
    ),
    list("--flatten takes files in and drops their paths", { ...certs, "d/a": all("") }, ["d/a"], flatten),
    list(
      "--flatten leaves tokenFile as a path",
      { ...certs, "d/a": user("tokenFile: token") },
      ["d/a"],
      flatten,
    ),
    list(
      "--flatten takes an absolute path in",
      { ...certs, a: cluster("certificate-authority: $ROOT/d/ca.crt") },
      ["a"],
      flatten,
    ),
    list(
      "--flatten follows a symlink",
      { ...certs, a: cluster("certificate-authority: l"), l: { symlink: "d/ca.crt" } },
      ["a"],
      flatten,
    ),
    list(
      "--flatten shows secrets",
      { a: user("token: s3cr3t", "password: s3cr3t", "client-key-data: czNjcjN0") },
      ["a"],
      flatten,
    ),
    list(
      "--flatten --raw is --flatten",
      { ...certs, "d/a": all("") },
      ["d/a"],
      ["view", "--flatten", "--raw"],
    ),
    list(
      "--flatten -o json prints base64",
      { ...certs, "d/a": all("") },
      ["d/a"],
      ["view", "--flatten", "-o", "json"],
    ),
    list(
      "--flatten of a missing CA is an error",
      { a: cluster("certificate-authority: nope") },
      ["a"],
      flatten,
    ),
    list(
      "--flatten of a missing client certificate is an error",
      { a: user("client-certificate: nope") },
      ["a"],
      flatten,
    ),
    list("--flatten of a missing client key is an error", { a: user("client-key: nope") }, ["a"], flatten),
    list(
      "--flatten of a folder is an error",
      { d: { directory: true }, a: cluster("certificate-authority: d") },
      ["a"],
      flatten,
    ),
    list(
      "--flatten of an unreadable file is an error",
      { k: { text: "s3cr3t", mode: "0000" }, a: user("client-key: k") },
      ["a"],
      flatten,
      { unprivileged: true },
    ),
    list(
      "--flatten of a path behind a file is an error",
      { k: "", a: user("client-key: k/x") },
      ["a"],
      flatten,
    ),
    list(
      "--flatten of an empty file leaves neither path nor data",
      { k: "", a: user("client-key: k") },
      ["a"],
      flatten,
    ),
    list(
      "--flatten of bytes that are no text is base64",
      { k: { base64: "AAH/gA==" }, a: user("client-key: k") },
      ["a"],
      flatten,
    ),
    list(
      "--flatten of a large file is one long line",
      { k: { repeat: [["0123456789abcdef", 400]] }, a: cluster("certificate-authority: k") },
      ["a"],
      flatten,
    ),
    list(
      "--flatten refuses a CA given as data and as a file",
      { k: "x", a: cluster("certificate-authority: k", "certificate-authority-data: eA==") },
      ["a"],
      flatten,
    ),
    list(
      "--flatten refuses a client certificate given as data and as a file",
      { k: "x", a: user("client-certificate: k", "client-certificate-data: eA==") },
      ["a"],
      flatten,
    ),
    list(
      "--flatten refuses a client key given as data and as a file",
      { k: "x", a: user("client-key: k", "client-key-data: eA==") },
      ["a"],
      flatten,
    ),
    list(
      "--flatten refuses data and a file even when the file is missing",
      { a: user("client-key: k", "client-key-data: eA==") },
      ["a"],
      flatten,
    ),
    list(
      "view without --flatten shows data and a file together",
      { a: user("client-key: k", "client-key-data: eA==") },
      ["a"],
    ),
    list(
      "--flatten ignores a path beside empty data",
      { k: "x", a: user("client-key: k", 'client-key-data: ""') },
      ["a"],
      flatten,
    ),
    list(
      "--flatten --minify takes in only what the context needs",
      { ...certs, "d/a": `${all("")}contexts: [{name: x, context: {cluster: c}}]\ncurrent-context: x\n` },
      ["d/a"],
      ["view", "--flatten", "--minify"],
    ),
    list(
      "--flatten --minify does not mind missing files of dropped users",
      {
        ca: pem,
        a: `${cluster("certificate-authority: ca")}${user("client-key: nope")}contexts: [{name: x, context: {cluster: c}}]\ncurrent-context: x\n`,
      },
      ["a"],
      ["view", "--flatten", "--minify"],
    ),
    list(
      "--flatten of a config without files changes nothing",
      { a: cluster("server: https://x") },
      ["a"],
      flatten,
    ),
    list("--flatten of an empty config is an empty config", { a: "" }, ["a"], flatten),
    list(
      "--flatten=false is no --flatten",
      { ...certs, "d/a": all("") },
      ["d/a"],
      ["view", "--flatten=false"],
    ),
    list(
      "--flatten works across files",
      { ...certs, "d/a": cluster("certificate-authority: ca.crt"), b: user("client-key: d/me.key") },
      ["d/a", "b"],
      flatten,
    ),
    list(
      "--flatten does not take a proxy or an exec command in",
      { a: cluster("proxy-url: http://p") + exec("./x") },
      ["a"],
      flatten,
    ),
  ],
};
