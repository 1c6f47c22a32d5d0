import type { Group } from "./build.ts";
import { context, dedent, list, one } from "./build.ts";

const sample = dedent(`
  clusters:
  - {name: zeta, cluster: {server: x}}
  - {name: alpha, cluster: {server: x}}
  - {name: Mid, cluster: {server: x}}
  contexts:
  - {name: prod, context: {cluster: prod, user: me, namespace: web}}
  - {name: dev, context: {cluster: dev-cluster-with-a-long-name, user: you}}
  - {name: "", context: {}}
  - {name: A, context: {cluster: a}}
  users:
  - {name: zoe, user: {token: s3cr3t}}
  - {name: Bob, user: {}}
  - {name: adam}
  current-context: prod
`);
const get = (...argv: readonly string[]) =>
  one(`$ ${argv.map((word) => JSON.stringify(word)).join(" ")}`, sample, argv);
const contexts = (text: string, name: string, ...argv: readonly string[]) =>
  one(name, text, ["get-contexts", ...argv]);
const rows = (...names: readonly string[]): string =>
  `contexts:\n${names.map((name) => `- {name: ${name}, context: {cluster: ${name}, user: ${name}, namespace: ${name}}}\n`).join("")}current-context: ${names[0] ?? '""'}\n`;

/** current-context, get-contexts, get-clusters and get-users. */
export const getting: Group = {
  rule: "getting",
  cases: [
    get("get-contexts"),
    get("get-contexts", "-o", "name"),
    get("get-contexts", "-oname"),
    get("get-contexts", "-o=name"),
    get("get-contexts", "--output=name"),
    get("get-contexts", "--output", "name"),
    get("get-contexts", "--no-headers"),
    get("get-contexts", "--no-headers=true"),
    get("get-contexts", "--no-headers=false"),
    get("get-contexts", "--no-headers=bad"),
    get("get-contexts", "--no-headers", "-o", "name"),
    get("get-contexts", "-o", "name", "--no-headers=false"),
    get("get-contexts", "-o", ""),
    get("get-contexts", "--output="),
    get("get-contexts", "-o", "json"),
    get("get-contexts", "-o", "yaml"),
    get("get-contexts", "-o", "wide"),
    get("get-contexts", "-o", "NAME"),
    get("get-contexts", "-o", "name "),
    get("get-contexts", "-o"),
    get("get-contexts", "-o", "jsonpath={.x}"),
    get("get-contexts", "prod"),
    get("get-contexts", "dev"),
    get("get-contexts", "dev", "prod"),
    get("get-contexts", "prod", "prod"),
    get("get-contexts", "nope"),
    get("get-contexts", "prod", "nope"),
    get("get-contexts", "nope", "prod", "neither"),
    get("get-contexts", "nope", "nope"),
    get("get-contexts", ""),
    get("get-contexts", "", "nope"),
    get("get-contexts", "nope", "-o", "name"),
    get("get-contexts", "prod", "-o", "name"),
    get("get-contexts", "prod", "nope", "--no-headers"),
    get("get-contexts", "PROD"),
    get("get-contexts", "pro"),
    get("get-contexts", "--", "prod"),
    get("get-contexts", "--", "--no-headers"),
    get("get-contexts", "prod", "--no-headers"),
    get("get-contexts", "--no-headers", "prod"),
    get("get-contexts", "toString"),
    get("get-contexts", "__proto__"),
    get("get-contexts", "a b"),
    get("get-clusters"),
    get("get-users"),
    get("current-context"),
    get("get-clusters", "zeta"),
    get("get-users", "nope"),
    contexts("", "get-contexts of an empty config is the header"),
    contexts("", "get-contexts --no-headers of an empty config is nothing", "--no-headers"),
    contexts("", "get-contexts -o name of an empty config is nothing", "-o", "name"),
    contexts("", "get-contexts of an empty config does not find a name", "x"),
    contexts(
      rows("a").replace("current-context: a", "current-context: gone"),
      "a current context that does not exist marks no row",
    ),
    contexts(rows("a").replace("current-context: a\n", ""), "without a current context no row is marked"),
    contexts(
      "contexts: [{name: '', context: {cluster: c}}]\n",
      "a context with the empty name is marked when nothing is current",
    ),
    contexts("contexts: [{name: x}]\ncurrent-context: x\n", "a context without fields has empty columns"),
    contexts("contexts: [{name: x, context: null}]\n", "a null context has empty columns"),
    contexts(context("namespace: only"), "a context with a namespace alone"),
    contexts(
      rows("a", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "cc"),
      "columns are as wide as their longest cell",
    ),
    contexts(rows("日本語", "é", "abc"), "wide characters count as one column each or as kubectl has it"),
    contexts(rows("😀😀", "e\u0301e\u0301", "abcdef"), "emoji and combining characters in columns"),
    contexts(rows('"a\\tb"', "c"), "a tab in a name begins a new cell"),
    contexts(rows('"a\\nb"', "c"), "a line end in a name begins a new row"),
    contexts(rows('"a\\vb"', '"a\\fb"', "c"), "a vertical tab and a form feed in a name"),
    contexts(rows('"a\\rb"', "c"), "a carriage return in a name"),
    contexts(rows('"\\x1b[31mred\\x1b[0m"', "c"), "an escape sequence in a name"),
    contexts(rows('"\\0"', "c"), "a null character in a name"),
    contexts(rows('" a"', '"a "', '"a  b"'), "blanks in names stay"),
    contexts(rows('"<b>"', '"&amp;"', '"&nbsp;"'), "markup in names stays"),
    contexts(rows('"a\\t\\tb"', '"\\t"', '"\\n"', '"\\n\\t\\n"'), "tabs and line ends in every cell"),
    contexts(rows('"a\\tb\\tc\\td\\te\\tf"', "c"), "more tabs than columns"),
    contexts(rows("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"), "thirteen rows"),
    contexts(rows("b", "a", "C", "B", "'1'", "_", "é", "~x"), "rows sort by bytes"),
    contexts(rows("a", "b"), "the first of two rows is current"),
    contexts(rows("b", "a"), "the second of two rows is current"),
    contexts(
      "contexts: [{name: a, context: {cluster: c}}, {name: aa, context: {user: u}}, {name: aaa, context: {namespace: d}}]\n",
      "empty cells between full ones",
    ),
    contexts("contexts: [{name: abcdefghijklmnop, context: {cluster: c}}]\n", "a name of sixteen characters"),
    contexts(
      "contexts: [{name: abcde, context: {cluster: abcdefg, user: abcdefgh, namespace: abcdefghi}}]\n",
      "cells about as wide as the headers",
    ),
    contexts(
      "contexts: [{name: abcde, context: {cluster: abcdefg, user: abcdefgh, namespace: abcdefghi}}]\n",
      "cells without headers",
      "--no-headers",
    ),
    contexts(rows('"a\\tb"', '"c\\nd"', "e"), "tabs and line ends with -o name", "-o", "name"),
    contexts(rows('"a\\tb"', "e"), "a name with a tab can be asked for", "a\tb"),
    contexts(rows('"a\\tb"', "e"), "a missing name with a tab and a line end is told plainly", "a\tc\nd"),
    one(
      "get-clusters prints names with tabs and line ends plainly",
      'clusters: [{name: "a\\tb"}, {name: "c\\nd"}]\n',
      ["get-clusters"],
    ),
    one(
      "get-users prints names with tabs and line ends plainly",
      'users: [{name: "a\\tb"}, {name: "c\\nd"}, {name: ""}]\n',
      ["get-users"],
    ),
    one("get-users pads nothing", "users: [{name: a}, {name: bbbbbbbbbbbbbbbbbbbbbbbbbb}]\n", ["get-users"]),
    one(
      "get-users sorts by bytes",
      'users: [{name: b}, {name: B}, {name: é}, {name: 😀}, {name: "\\uFFFD"}, {name: a}]\n',
      ["get-users"],
    ),
    one("get-clusters of an empty config is the header", "", ["get-clusters"]),
    one("get-users of an empty config is the header", "", ["get-users"]),
    one("current-context of an empty config is not set", "", ["current-context"]),
    one("current-context that is empty is not set", 'current-context: ""\n', ["current-context"]),
    one("current-context need not exist", "current-context: gone\n", ["current-context"]),
    one("current-context of a blank is a blank", 'current-context: " "\n', ["current-context"]),
    one("current-context with a line end", 'current-context: "a\\nb\\n"\n', ["current-context"]),
    one("current-context with an escape sequence", 'current-context: "\\x1b[31mred"\n', ["current-context"]),
    one("current-context with percent signs", "current-context: 100%s%d\n", ["current-context"]),
    one("get-contexts with percent signs", rows("100%s%d"), ["get-contexts"]),
    list("get-contexts of two files", { a: rows("a", "c"), b: rows("b", "c") }, ["a", "b"], ["get-contexts"]),
    list(
      "get-contexts of two files turned round",
      { a: rows("a", "c"), b: rows("b", "c") },
      ["b", "a"],
      ["get-contexts"],
    ),
    list(
      "get-users of two files",
      { a: "users: [{name: z}, {name: a}]\n", b: "users: [{name: m}, {name: a}]\n" },
      ["b", "a"],
      ["get-users"],
    ),
    list(
      "get-clusters of two files",
      { a: "clusters: [{name: z}, {name: a}]\n", b: "clusters: [{name: m}, {name: a}]\n" },
      ["b", "a"],
      ["get-clusters"],
    ),
  ],
};
