import type { Group } from "./build.ts";
import { dedent, list, raw } from "./build.ts";

const full = dedent(`
  clusters:
  - name: c
    cluster: {server: https://one, proxy-url: http://p}
  contexts:
  - name: x
    context: {cluster: c, user: u, namespace: one}
  users:
  - name: u
    user: {token: s3cr3t-one}
  current-context: x
`);
const other = dedent(`
  clusters:
  - name: c
    cluster: {server: https://two, insecure-skip-tls-verify: true}
  - name: d
    cluster: {server: https://d}
  contexts:
  - name: x
    context: {cluster: d, user: v}
  - name: z
    context: {cluster: d, user: v, namespace: two}
  users:
  - name: u
    user: {username: two, password: s3cr3t-two}
  - name: v
    user: {token: s3cr3t-v}
  current-context: z
`);
const both = { full, other };

const colors = (value: string): string => `preferences: {colors: ${value}}\n`;
const extension = (value: string): string => `extensions:\n- name: e\n  extension: ${value}\n`;
const named = (section: string, noun: string, body: string): string =>
  `${section}:\n- name: same\n  ${noun}: ${body}\n`;

/** Which of several definitions wins. */
export const merging: Group = {
  rule: "merging",
  cases: [
    list("the first file to define a name keeps the whole entry", both, ["full", "other"], raw),
    list("turned round, the other file keeps it", both, ["other", "full"], raw),
    list(
      "the first file with a non-empty current-context gives it",
      both,
      ["other", "full"],
      ["current-context"],
    ),
    list(
      "an empty current-context does not hide a later one",
      { a: 'current-context: ""\n', full },
      ["a", "full"],
      ["current-context"],
    ),
    list("a null current-context does not hide a later one", { a: "current-context: null\n", full }, [
      "a",
      "full",
    ]),
    list("a missing current-context does not hide a later one", { a: "users: []\n", full }, ["a", "full"]),
    list(
      "a current-context may name another file's context",
      { a: "current-context: x\n", full },
      ["a", "full"],
      ["view", "--minify"],
    ),
    list(
      "a context may name another file's cluster and user",
      both,
      ["full", "other"],
      ["view", "--minify", "--context=z"],
    ),
    list("an empty cluster entry still keeps its name", { a: "clusters: [{name: c}]\n", full }, [
      "a",
      "full",
    ]),
    list("a null cluster entry still keeps its name", { a: "clusters: [{name: c, cluster: null}]\n", full }, [
      "a",
      "full",
    ]),
    list("an empty user entry still keeps its name", { a: "users: [{name: u}]\n", full }, ["a", "full"]),
    list("an empty context entry still keeps its name", { a: "contexts: [{name: x}]\n", full }, [
      "a",
      "full",
    ]),
    list(
      "an empty name is a name like any other",
      {
        a: named("users", "user", "{token: s3cr3t}").replace("same", '""'),
        b: named("users", "user", "{token: s3cr3t, username: x}").replace("same", '""'),
      },
      ["a", "b"],
    ),
    list(
      "names that differ in case are different names",
      { a: "users: [{name: U, user: {token: s3cr3t}}]\n", full },
      ["a", "full"],
    ),
    list("preferences.colors true in the first file stays", { t: colors("true"), f: colors("false") }, [
      "t",
      "f",
    ]),
    list(
      "preferences.colors false in the first file does not override true",
      { t: colors("true"), f: colors("false") },
      ["f", "t"],
    ),
    list("preferences.colors false alone is as good as none", { f: colors("false"), g: colors("false") }, [
      "f",
      "g",
    ]),
    list("top-level extensions merge by name, the first wins", { a: extension("1"), b: extension("2") }, [
      "a",
      "b",
    ]),
    list(
      "top-level extensions of different names are united",
      { a: extension("1"), b: extension("2").replace("name: e", "name: b") },
      ["a", "b"],
    ),
    list("a map in an extension is not blended", { a: extension("{a: 1}"), b: extension("{b: 2}") }, [
      "a",
      "b",
    ]),
    list("a null extension keeps its name", { a: extension("null"), b: extension("{b: 2}") }, ["a", "b"]),
    list("an empty extension keeps its name", { a: extension("{}"), b: extension("{b: 2}") }, ["a", "b"]),
    list("a list in an extension is not appended to", { a: extension("[1, 2]"), b: extension("[3]") }, [
      "a",
      "b",
    ]),
    list(
      "extensions of preferences merge by name",
      {
        a: "preferences: {extensions: [{name: p, extension: 1}]}\n",
        b: "preferences: {extensions: [{name: p, extension: 2}, {name: q, extension: 3}]}\n",
      },
      ["a", "b"],
    ),
    list(
      "preferences of one file and colors of another are united",
      {
        a: "preferences: {extensions: [{name: p, extension: 1}]}\n",
        b: colors("true"),
      },
      ["a", "b"],
    ),
    list(
      "extensions inside a cluster are not blended",
      {
        a: named("clusters", "cluster", "{extensions: [{name: a, extension: 1}]}"),
        b: named("clusters", "cluster", "{extensions: [{name: b, extension: 1}]}"),
      },
      ["a", "b"],
    ),
    list(
      "extensions inside a user are not blended",
      {
        a: named("users", "user", "{extensions: [{name: a, extension: 1}]}"),
        b: named("users", "user", "{extensions: [{name: b, extension: 1}]}"),
      },
      ["a", "b"],
    ),
    list(
      "extensions inside a context are not blended",
      {
        a: named("contexts", "context", "{extensions: [{name: a, extension: 1}]}"),
        b: named("contexts", "context", "{extensions: [{name: b, extension: 1}]}"),
      },
      ["a", "b"],
    ),
    list(
      "exec of one file is not blended with a token of another",
      {
        a: named(
          "users",
          "user",
          "{exec: {command: one, args: [a], apiVersion: client.authentication.k8s.io/v1}}",
        ),
        b: named("users", "user", "{token: s3cr3t, exec: {command: two, env: [{name: a, value: b}]}}"),
      },
      ["a", "b"],
    ),
    list(
      "impersonation of two files is not blended",
      {
        a: named("users", "user", "{as: one, as-groups: [g]}"),
        b: named("users", "user", "{as-uid: two, as-groups: [h], as-user-extra: {k: [v]}}"),
      },
      ["a", "b"],
    ),
    list(
      "boolean fields of two files are not blended",
      {
        a: named("clusters", "cluster", "{insecure-skip-tls-verify: false}"),
        b: named("clusters", "cluster", "{insecure-skip-tls-verify: true, disable-compression: true}"),
      },
      ["a", "b"],
    ),
    list(
      "three files: each name goes to the first that has it",
      {
        a: "users: [{name: u1, user: {username: a}}]\n",
        b: "users: [{name: u1, user: {username: b}}, {name: u2, user: {username: b}}]\n",
        c: "users: [{name: u1, user: {username: c}}, {name: u2, user: {username: c}}, {name: u3, user: {username: c}}]\n",
      },
      ["a", "b", "c"],
    ),
    list(
      "three files: current-context goes to the first that sets it",
      {
        a: "users: []\n",
        b: "current-context: b\n",
        c: "current-context: c\n",
      },
      ["a", "b", "c"],
      ["current-context"],
    ),
    list(
      "kind and apiVersion of the files do not reach the result",
      {
        a: "kind: Config\n",
        b: "apiVersion: v1\nkind: Config\n",
      },
      ["a", "b"],
    ),
    list(
      "lists of the result are sorted by name whatever the order of the files",
      {
        z: "users: [{name: zz}, {name: b}]\nclusters: [{name: k}]\n",
        a: "users: [{name: a}, {name: Z}]\nclusters: [{name: a}]\n",
      },
      ["z", "a"],
    ),
    list(
      "merging keeps what --minify does not need only without it",
      both,
      ["other", "full"],
      ["view", "--minify"],
    ),
    list(
      "a duplicate across files is no error, within one file it is",
      {
        a: "users: [{name: u, user: {token: s3cr3t}}]\n",
        b: "users: [{name: u, user: {token: s3cr3t}}, {name: u, user: {token: s3cr3t}}]\n",
      },
      ["a", "b"],
    ),
    list(
      "preferences extension data and colors of the same file survive a merge",
      {
        a: "preferences: {colors: true, extensions: [{name: p, extension: {deep: {a: [1, {b: c}]}}}]}\n",
        full,
      },
      ["full", "a"],
    ),
  ],
};
