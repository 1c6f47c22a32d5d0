import type { Group } from "./build.ts";
import { dedent, list, raw, view, world } from "./build.ts";

const a = dedent(`
  clusters:
  - {name: a, cluster: {server: https://a}}
  contexts:
  - {name: a, context: {cluster: a, user: a}}
  users:
  - {name: a, user: {token: s3cr3t-a}}
  current-context: a
`);
const b = a.replaceAll(/\ba\b/gu, "b");
const files = { a, b };

/** Which files a KUBECONFIG list names. */
export const lists: Group = {
  rule: "lists",
  cases: [
    list("KUBECONFIG may name one file", files, ["a"]),
    list("KUBECONFIG may name several files", files, ["a", "b"]),
    list("the order of KUBECONFIG matters for current-context", files, ["b", "a"]),
    list("get-contexts shows the contexts of every file", files, ["b", "a"], ["get-contexts"]),
    list("get-users shows the users of every file", files, ["b", "a"], ["get-users"]),
    list("get-clusters shows the clusters of every file", files, ["b", "a"], ["get-clusters"]),
    list("current-context comes from the first file", files, ["b", "a"], ["current-context"]),
    world("an empty first element is skipped", view, { files, env: { KUBECONFIG: ":$ROOT/a" } }),
    world("an empty last element is skipped", view, { files, env: { KUBECONFIG: "$ROOT/a:" } }),
    world("an empty middle element is skipped", view, { files, env: { KUBECONFIG: "$ROOT/a::$ROOT/b" } }),
    world("a list of nothing but separators names no file", view, {
      files: { "home/.kube/config": a },
      env: { KUBECONFIG: ":::" },
    }),
    world("an empty KUBECONFIG counts as not set", view, {
      files: { "home/.kube/config": a },
      env: { KUBECONFIG: "" },
    }),
    world("a KUBECONFIG of one blank names a file called blank", view, {
      files: { "home/.kube/config": a, " ": b },
      env: { KUBECONFIG: " " },
    }),
    world("blanks around an element belong to the name", view, {
      files: { a, " b": b },
      env: { KUBECONFIG: "a: b" },
    }),
    world("a semicolon does not separate files on Linux", view, { files, env: { KUBECONFIG: "a;b" } }),
    world("~ is not expanded", view, { files: { "home/a": a }, env: { KUBECONFIG: "~/a" } }),
    world("variables in KUBECONFIG are not expanded", view, {
      files: { "home/a": a },
      env: { KUBECONFIG: "$HOME/a" },
    }),
    list("a broken file named twice is told once", { a: "current-context: s3cr3t: x\n", b }, ["a", "b", "a"]),
    world("two spellings of one path are two files", view, {
      files: { a: "current-context: [1]\n" },
      env: { KUBECONFIG: "$ROOT/a:$ROOT/./a" },
    }),
    list("a missing file among others is skipped without a word", files, ["nope", "a"]),
    list("a missing last file is skipped without a word", files, ["a", "nope"]),
    list("all files missing gives an empty config and no warning", {}, ["nope", "neither"]),
    list("one missing file gives an empty config and no warning", {}, ["nope"]),
    list("get-contexts of a missing file is the header alone", {}, ["nope"], ["get-contexts"]),
    list("get-contexts -o name of a missing file is nothing", {}, ["nope"], ["get-contexts", "-o", "name"]),
    list("get-clusters of a missing file is the header alone", {}, ["nope"], ["get-clusters"]),
    list("get-users of a missing file is the header alone", {}, ["nope"], ["get-users"]),
    list("current-context of a missing file is not set", {}, ["nope"], ["current-context"]),
    list("a missing file cannot be minified", {}, ["nope"], ["view", "--minify"]),
    list("an empty file beside a missing one is an empty config", { empty: "" }, ["nope", "empty"]),
    list("a broken file beside a missing one is an error", { bad: "a: [" }, ["nope", "bad"]),
    world("relative elements start from the working directory", view, {
      files: { "work/a": a, "work/sub/b": b },
      cwd: "work",
      env: { KUBECONFIG: "a:sub/b" },
    }),
    world("a relative element may climb", view, {
      files: { a, "work/sub/b": b },
      cwd: "work/sub",
      env: { KUBECONFIG: "../../a:./b" },
    }),
    world("an error names a relative file as it was given", view, {
      files: { bad: "a: [" },
      env: { KUBECONFIG: "./bad" },
    }),
    list("a symlink to a kubeconfig is followed", { a, link: { symlink: "a" } }, ["link"]),
    list("a symlink to nothing is a missing file", { link: { symlink: "gone" } }, ["link"]),
    list("a symlink to a folder is a folder", { d: { directory: true }, link: { symlink: "d" } }, ["link"]),
    list("a symlink to itself is an error", { link: { symlink: "link" } }, ["link"]),
    list("a folder is an error", { d: { directory: true }, a }, ["d", "a"]),
    list("a file behind a file is an error", { a }, ["a/b"]),
    list("a path that ends in a separator is a folder's", { a }, ["a/"]),
    list("a name that is too long is an error", {}, ["n".repeat(300)]),
    list("the null device is an empty kubeconfig", { a, null: { symlink: "/dev/null" } }, ["null"]),
    list("a file without read permission is an error", { a: { text: a, mode: "0000" } }, ["a"], view, {
      unprivileged: true,
    }),
    list(
      "a file without read permission is an error beside good files",
      { a: { text: a, mode: "0000" }, b },
      ["b", "a"],
      ["get-contexts"],
      { unprivileged: true },
    ),
    list(
      "a file in a folder that may not be searched is an error",
      { "d/a": a, d: { directory: true, mode: "0600" } },
      ["d/a"],
      view,
      { unprivileged: true },
    ),
    list("errors of two files are told together", { a: "a: [", b: "b: {" }, ["a", "b"]),
    list("errors of two files are told together beside a good file", { a, b: "a: [", c: "b: {" }, [
      "b",
      "a",
      "c",
    ]),
    list("a broken file spoils get-contexts", { a, b: "a: [" }, ["a", "b"], ["get-contexts"]),
    list("a broken file spoils get-clusters", { a, b: "a: [" }, ["a", "b"], ["get-clusters"]),
    list("a broken file spoils get-users", { a, b: "a: [" }, ["a", "b"], ["get-users"]),
    list("a broken file spoils current-context", { a, b: "a: [" }, ["a", "b"], ["current-context"]),
    list(
      "a broken file after the one with current-context spoils it too",
      { a, b: "x" },
      ["a", "b"],
      ["current-context"],
    ),
    list("two folders are told together", { a: { directory: true }, b: { directory: true } }, ["a", "b"]),
    list("two spellings of one folder are two errors, a third mention is none", { a: { directory: true } }, [
      "a",
      "./a",
      "a",
    ]),
    list("a folder and a wrong kind are told together", { a: { directory: true }, b: "kind: Pod\n" }, [
      "a",
      "b",
    ]),
    list(
      "twelve files merge",
      Object.fromEntries(
        Array.from({ length: 12 }, (_, at) => [`f${at}`, a.replaceAll(/\ba\b/gu, `n${at}`)]),
      ),
      Array.from({ length: 12 }, (_, at) => `f${11 - at}`),
      raw,
    ),
    world("a file name may hold any character but the separator", view, {
      files: { "ünï cödé 'q' \"d\" $x *": a },
      env: { KUBECONFIG: "$ROOT/ünï cödé 'q' \"d\" $x *" },
    }),
    world("an error quotes a strange file name plainly", view, {
      files: { 'a "b"\n\\c': "x" },
      env: { KUBECONFIG: '$ROOT/a "b"\n\\c' },
    }),
    world("a kubeconfig may come on the standard input", ["view", "--kubeconfig", "/dev/stdin"], {
      files: { a },
      stdin: "a",
    }),
  ],
};
