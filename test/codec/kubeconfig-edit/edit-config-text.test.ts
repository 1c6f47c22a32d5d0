import { AuthProviderConfig } from "../../../src/api/auth-info.ts";
import { Cluster } from "../../../src/api/cluster.ts";
import { newConfig } from "../../../src/api/config.ts";
import type { JsonValue } from "../../../src/api/json-value.ts";
import { ExecConfig } from "../../../src/api/exec.ts";
import { editConfigText } from "../../../src/codec/kubeconfig-edit/edit-config-text.ts";
import { decodeConfig } from "../../../src/codec/kubeconfig/decode-config.ts";
import { encodeNewConfig } from "../../../src/codec/kubeconfig/written-config.ts";
import type { Edit } from "./editing.ts";
import {
  deleteContexts,
  deleteUsers,
  edit,
  renameContext,
  setCluster,
  setContext,
  setUser,
  use,
} from "./editing.ts";

/** What is true, the lines of the text, the edits, and the lines of the result. */
type Row = readonly [string, readonly string[], readonly Edit[], readonly string[]];

/** Lines joined, with a line end after the last one. */
function join(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

function check(rows: readonly Row[]): void {
  test.each(rows)("%s", (_name, before, edits, after) => {
    expect(edit(join(before), ...edits)).toBe(join(after));
  });
}

describe("a field is edited in place", () => {
  check([
    [
      "a comment behind a value stays",
      ["current-context: a # now"],
      [use("b")],
      ["current-context: b # now"],
    ],
    ["quotes stay as they are", [`current-context: "a"`], [use("b")], [`current-context: "b"`]],
    [
      "a quote in quotes is doubled",
      ["users:", "- name: u", "  user: {token: 'x'}"],
      [setUser("u", { token: "it's" })],
      ["users:", "- name: u", "  user: {token: 'it''s'}"],
    ],
    [
      "what YAML 1.1 takes for a boolean is quoted",
      ["current-context: a"],
      [use("y")],
      [`current-context: "y"`],
    ],
    ["a cleared value is an empty text", ["current-context: a"], [use("")], [`current-context: ""`]],
    ["nothing becomes something", ["current-context:   # none"], [use("a")], ["current-context: a   # none"]],
    [
      "of a repeated key the last one is edited",
      ["current-context: a", "current-context: b"],
      [use("c")],
      ["current-context: a", "current-context: c"],
    ],
    [
      "a value on the line after its key comes to its key",
      ["current-context:", "  # which", "  a"],
      [use("b")],
      ["current-context: b", "  # which"],
    ],
    [
      "a key with a question mark keeps it",
      ["? current-context", ": a"],
      [use("b")],
      ["? current-context", ": b"],
    ],
    ["a tag goes with its value", ["current-context: !!str 12"], [use("x")], ["current-context: x"]],
    [
      "a new field comes where the order of the keys has it",
      ["contexts:", "- context:", "    cluster: c", "    user: u", "  name: a"],
      [setContext("a", { namespace: "ns" })],
      ["contexts:", "- context:", "    cluster: c", "    namespace: ns", "    user: u", "  name: a"],
    ],
    [
      "a new field comes last where the keys have no order",
      ["contexts:", "- context:", "    user: u", "    cluster: c", "    # last", "  name: a"],
      [setContext("a", { namespace: "ns" })],
      [
        "contexts:",
        "- context:",
        "    user: u",
        "    cluster: c",
        "    namespace: ns",
        "    # last",
        "  name: a",
      ],
    ],
    [
      "a field that goes takes the comments on it and right above it along",
      [
        "clusters:",
        "- cluster:",
        "    # the ca",
        "    certificate-authority: ca.crt # file",
        "    server: s",
        "    # after",
        "  name: a",
      ],
      [setCluster("a", { certificateAuthority: "" })],
      ["clusters:", "- cluster:", "    server: s", "    # after", "  name: a"],
    ],
    [
      "unknown fields of an entry stay",
      ["clusters:", "- cluster:", "    x-color: red", "    server: s", "  x-owner: me", "  name: a"],
      [setCluster("a", { server: "t" })],
      ["clusters:", "- cluster:", "    x-color: red", "    server: t", "  x-owner: me", "  name: a"],
    ],
    [
      "a block of text becomes one line",
      [
        "users:",
        "- name: a",
        "  user:",
        "    token: |",
        "      one",
        "      two",
        "    # c",
        "    username: u",
      ],
      [setUser("a", { token: "flat" })],
      ["users:", "- name: a", "  user:", "    token: flat", "    # c", "    username: u"],
    ],
    [
      "items are edited one by one",
      [
        "users:",
        "- name: a",
        "  user:",
        "    exec:",
        "      apiVersion: client.authentication.k8s.io/v1",
        "      args:",
        "        - one # 1",
        "        - two # 2",
        "      command: c # cmd",
        "      interactiveMode: Never",
      ],
      [
        setUser("a", {
          exec: new ExecConfig({
            apiVersion: "client.authentication.k8s.io/v1",
            command: "c",
            args: ["one", "new", "two"],
            env: [{ name: "A", value: "b" }],
            interactiveMode: "Never",
          }),
        }),
      ],
      [
        "users:",
        "- name: a",
        "  user:",
        "    exec:",
        "      apiVersion: client.authentication.k8s.io/v1",
        "      args:",
        "        - one # 1",
        "        - new",
        "        - two # 2",
        "      command: c # cmd",
        "      env:",
        "        - name: A",
        "          value: b",
        "      interactiveMode: Never",
      ],
    ],
    [
      "a default of the old version of a plugin is written down under the new one",
      [
        "users:",
        "- name: a",
        "  user:",
        "    exec:",
        "      apiVersion: client.authentication.k8s.io/v1beta1",
        "      command: c",
      ],
      [
        setUser("a", {
          exec: new ExecConfig({
            apiVersion: "client.authentication.k8s.io/v1",
            command: "c",
            interactiveMode: "IfAvailable",
          }),
        }),
      ],
      [
        "users:",
        "- name: a",
        "  user:",
        "    exec:",
        "      apiVersion: client.authentication.k8s.io/v1",
        "      command: c",
        "      interactiveMode: IfAvailable",
      ],
    ],
    [
      "settings of an auth-provider are edited by their keys",
      [
        "users:",
        "- name: a",
        "  user:",
        "    auth-provider:",
        "      config:",
        "        # id",
        "        client-id: x",
        "        id-token: t # tok",
        "      name: oidc",
      ],
      [
        setUser("a", {
          authProvider: new AuthProviderConfig({
            name: "oidc",
            config: new Map([
              ["id-token", "z"],
              ["refresh", "r"],
            ]),
          }),
        }),
      ],
      [
        "users:",
        "- name: a",
        "  user:",
        "    auth-provider:",
        "      config:",
        "        id-token: z # tok",
        "        refresh: r",
        "      name: oidc",
      ],
    ],
    [
      "extensions are edited by their names",
      [
        "contexts:",
        "- name: a",
        "  context:",
        "    cluster: x",
        "    extensions:",
        "    - extension:",
        "        when: Mon",
        "        by: minikube # who",
        "      name: info",
      ],
      [
        setContext("a", {
          extensions: new Map<string, JsonValue>([
            [
              "info",
              new Map([
                ["when", "Tue"],
                ["by", "minikube"],
              ]),
            ],
            ["more", 1],
          ]),
        }),
      ],
      [
        "contexts:",
        "- name: a",
        "  context:",
        "    cluster: x",
        "    extensions:",
        "    - extension:",
        "        when: Tue",
        "        by: minikube # who",
        "      name: info",
        "    - extension: 1",
        "      name: more",
      ],
    ],
  ]);
});

describe("an entry is added, renamed or deleted", () => {
  check([
    [
      "a new entry comes last, as kubectl writes it",
      ["contexts:", "- context:", "    cluster: c", "    user: u", "  name: z", "current-context: z"],
      [setContext("a", { cluster: "c", authInfo: "u" })],
      [
        "contexts:",
        "- context:",
        "    cluster: c",
        "    user: u",
        "  name: z",
        "- context:",
        "    cluster: c",
        "    user: u",
        "  name: a",
        "current-context: z",
      ],
    ],
    [
      "a new entry is indented as the others are",
      ["contexts:", "    - name: a", "      context:", "          cluster: x"],
      [setContext("b", { cluster: "c" })],
      [
        "contexts:",
        "    - name: a",
        "      context:",
        "          cluster: x",
        "    - context:",
        "          cluster: c",
        `          user: ""`,
        "      name: b",
      ],
    ],
    [
      "a new entry keeps the distance of the others",
      ["contexts:", "- name: a", "", "- name: b", "", "# end", "kind: Config"],
      [setContext("c", {})],
      [
        "contexts:",
        "- name: a",
        "",
        "- name: b",
        "",
        "- context:",
        `    cluster: ""`,
        `    user: ""`,
        "  name: c",
        "",
        "# end",
        "kind: Config",
      ],
    ],
    [
      "a list that is not there is made",
      ["apiVersion: v1", "kind: Config"],
      [setCluster("a", { server: "s" })],
      ["apiVersion: v1", "clusters:", "- cluster:", "    server: s", "  name: a", "kind: Config"],
    ],
    [
      "a list that is null is filled",
      ["clusters: null # none yet", "users:", "kind: Config"],
      [setCluster("a", { server: "s" }), setUser("u", { token: "t" })],
      [
        "clusters: # none yet",
        "- cluster:",
        "    server: s",
        "  name: a",
        "users:",
        "- name: u",
        "  user:",
        "    token: t",
        "kind: Config",
      ],
    ],
    [
      "an entry that is null is filled",
      ["contexts:", "- name: a", "  context:", "- name: b", "  context: null # nothing"],
      [setContext("a", { cluster: "x" }), setContext("b", { cluster: "x" })],
      [
        "contexts:",
        "- name: a",
        "  context:",
        "    cluster: x",
        "- name: b",
        "  context: # nothing",
        "    cluster: x",
      ],
    ],
    [
      "a renamed entry stays where it is, whole",
      [
        "contexts:",
        "- context:",
        "    cluster: c",
        "    x-note: n",
        "  name: a # A",
        "- name: z",
        "current-context: a",
      ],
      [renameContext("a", "b"), use("b")],
      [
        "contexts:",
        "- context:",
        "    cluster: c",
        "    x-note: n",
        "  name: b # A",
        "- name: z",
        "current-context: b",
      ],
    ],
    [
      "a deleted entry takes along the comments that are about it",
      [
        "contexts:",
        "# about a",
        "- name: a # same line",
        "  context: {}",
        "  # inside a",
        "# about b",
        "- name: b",
        "",
        "# apart",
        "",
        "# about c",
        "- name: c",
      ],
      [deleteContexts("a", "c")],
      ["contexts:", "# about b", "- name: b", "", "# apart", ""],
    ],
    [
      "an entry that has been commented out stays when the next one goes",
      ["contexts:", "- name: a", "# - name: old", "#   context: {}", "- name: b"],
      [deleteContexts("b")],
      ["contexts:", "- name: a", "# - name: old", "#   context: {}"],
    ],
    [
      "a list that loses its last entry is an empty one, and keeps the comments that stand apart",
      ["contexts: # mine", "# about a", "- name: a", "", "# apart", "", "- name: b", "kind: Config"],
      [deleteContexts("a", "b")],
      ["contexts: [] # mine", "", "# apart", "", "kind: Config"],
    ],
    [
      "an entry takes the place of the last one that goes",
      ["contexts: # mine", "# about a", "- name: a", "kind: Config"],
      [deleteContexts("a"), setContext("b", { cluster: "c" })],
      ["contexts: # mine", "- context:", "    cluster: c", `    user: ""`, "  name: b", "kind: Config"],
    ],
    [
      "a dash on a line of its own is understood",
      ["contexts:", "-", "  name: a", "  context:", "    cluster: x", "-", "  name: b"],
      [setContext("a", { namespace: "ns" }), deleteContexts("b")],
      ["contexts:", "-", "  name: a", "  context:", "    cluster: x", "    namespace: ns"],
    ],
  ]);
});

describe("anchors, aliases and merges", () => {
  const shared = [
    "users:",
    "- name: a",
    "  user: &u",
    "    token: t",
    "    username: me",
    "- name: b",
    "  user: *u # as a",
    "- name: c",
    "  user: *u",
  ];
  check([
    [
      "an alias that is edited is replaced by what it stands for",
      shared,
      [setUser("b", { token: "new" })],
      [...shared.slice(0, 6), "  user: # as a", "    token: new", "    username: me", ...shared.slice(7)],
    ],
    [
      "aliases keep their value when what they stand for is edited",
      shared,
      [setUser("a", { token: "new" })],
      [
        "users:",
        "- name: a",
        "  user: &u",
        "    token: new",
        "    username: me",
        "- name: b",
        "  user: &u # as a",
        "    token: t",
        "    username: me",
        "- name: c",
        "  user: *u",
      ],
    ],
    [
      "aliases keep their value when what they stand for is deleted",
      shared,
      [deleteUsers("a")],
      [
        "users:",
        "- name: b",
        "  user: &u # as a",
        "    token: t",
        "    username: me",
        "- name: c",
        "  user: *u",
      ],
    ],
    [
      "a field that a merge gives is overridden, and what is merged stays",
      [
        "x-base: &base",
        "  server: https://a",
        "clusters:",
        "- name: a",
        "  cluster:",
        "    <<: *base",
        "    proxy-url: p",
      ],
      [setCluster("a", { server: "https://b" })],
      [
        "x-base: &base",
        "  server: https://a",
        "clusters:",
        "- name: a",
        "  cluster:",
        "    <<: *base",
        "    proxy-url: p",
        "    server: https://b",
      ],
    ],
    [
      "a field that a merge gives is unset by null",
      [
        "x-base: &base",
        "  server: https://a",
        "  proxy-url: p",
        "clusters:",
        "- name: a",
        "  cluster:",
        "    <<: *base",
      ],
      [setCluster("a", { proxyUrl: "" })],
      [
        "x-base: &base",
        "  server: https://a",
        "  proxy-url: p",
        "clusters:",
        "- name: a",
        "  cluster:",
        "    <<: *base",
        "    proxy-url: null",
      ],
    ],
  ]);
});

describe("collections in brackets", () => {
  check([
    [
      "fields and items are added in the same style",
      ["contexts: [{name: a, context: {cluster: x, user: u}}, {name: b}] # all"],
      [setContext("a", { namespace: "two words" }), setContext("c", {})],
      [
        `contexts: [{name: a, context: {cluster: x, namespace: "two words", user: u}}, {name: b}, {context: {cluster: "", user: ""}, name: c}] # all`,
      ],
    ],
    [
      "an item goes",
      ["contexts: [{name: a}, {name: b}, {name: c}]"],
      [deleteContexts("b")],
      ["contexts: [{name: a}, {name: c}]"],
    ],
    [
      "the last item goes",
      ["contexts: [{name: a}, {name: b}]"],
      [deleteContexts("b")],
      ["contexts: [{name: a}]"],
    ],
    ["all items go", ["contexts: [ {name: a} ]"], [deleteContexts("a")], ["contexts: []"]],
    [
      "comments between items stay",
      ["contexts: [", "  {name: a}, # one", "  {name: b} # two", "]"],
      [setContext("c", { cluster: "c" })],
      [
        "contexts: [",
        "  {name: a}, # one",
        "  {name: b}, # two",
        `  {context: {cluster: c, user: ""}, name: c}`,
        "]",
      ],
    ],
    [
      "an empty list becomes a block",
      ["contexts: [] # none", "kind: Config"],
      [setContext("a", { cluster: "c" })],
      ["contexts: # none", "- context:", "    cluster: c", `    user: ""`, "  name: a", "kind: Config"],
    ],
  ]);
});

describe("JSON stays JSON", () => {
  const value = {
    kind: "Config",
    clusters: [{ name: "a", cluster: { server: "s" } }],
    users: [],
    contexts: null,
  };
  const wanted = {
    kind: "Config",
    clusters: [{ name: "a", cluster: { server: "s", "tls-server-name": "t" } }],
    users: [{ name: "u", user: { token: "t&<>" } }],
    contexts: [{ name: "c", context: { cluster: "a", user: "" } }],
  };
  test.each([
    ["two spaces", 2],
    ["four spaces", 4],
    ["tabs", "\t"],
    ["nothing", undefined],
  ])("with %s as its indentation", (_name, indent) => {
    const edits = [
      setCluster("a", { tlsServerName: "t" }),
      setUser("u", { token: "t&<>" }),
      setContext("c", { cluster: "a" }),
    ];
    expect(edit(JSON.stringify(value, null, indent), ...edits)).toBe(JSON.stringify(wanted, null, indent));
  });

  test("an empty object is filled in kubectl's indentation", () => {
    expect(edit("{}\n", setUser("u", { token: "t" }))).toBe(
      `${JSON.stringify({ users: [{ name: "u", user: { token: "t" } }] }, null, 4)}\n`,
    );
  });
});

describe("the text around the document", () => {
  test.each<readonly [string, string, readonly Edit[], string]>([
    [
      "CRLF is what new lines end with",
      "contexts:\r\n- name: a\r\n",
      [setContext("b", { cluster: "c" })],
      `contexts:\r\n- name: a\r\n- context:\r\n    cluster: c\r\n    user: ""\r\n  name: b\r\n`,
    ],
    [
      "a line end that is missing stays missing",
      "contexts:\n- name: a",
      [setContext("b", { cluster: "c" })],
      `contexts:\n- name: a\n- context:\n    cluster: c\n    user: ""\n  name: b`,
    ],
    [
      "it stays missing when the last line goes",
      "contexts:\n- name: a\n- name: b",
      [deleteContexts("b")],
      "contexts:\n- name: a",
    ],
    ["a byte order mark stays", "\ufeffcurrent-context: a\n", [use("b")], "\ufeffcurrent-context: b\n"],
    [
      "directives and other documents stay",
      "%YAML 1.1\n--- # one\ncurrent-context: a\n---\n: }not yaml\n",
      [use("b")],
      "%YAML 1.1\n--- # one\ncurrent-context: b\n---\n: }not yaml\n",
    ],
    ["tabs before comments stay", "current-context: a\t# tab\n", [use("b")], "current-context: b\t# tab\n"],
    [
      "the comments of a file without a document stay",
      "# mine",
      [use("a")],
      `# mine\n${encodeNewConfig(newConfig({ currentContext: "a" }))}`,
    ],
    [
      "the start of an empty document stays",
      "---\n# c\n",
      [use("a")],
      `---\n${encodeNewConfig(newConfig({ currentContext: "a" }))}# c\n`,
    ],
    [
      "a new file is what kubectl would write, without nulls",
      "",
      [use("a")],
      encodeNewConfig(newConfig({ currentContext: "a" })),
    ],
  ])("%s", (_name, text, edits, wanted) => {
    expect(edit(text, ...edits)).toBe(wanted);
  });
});

test("an edit without a change gives the text back", () => {
  const text = "contexts: [ ]\n\n\nclusters:\n - {name: a}   # x\n";
  expect(edit(text)).toBe(text);
  expect(edit(text, setCluster("a", {}))).toBe(text);
});

test("what the result would say otherwise than it shall is refused, and the error shows no value", () => {
  const before = decodeConfig("current-context: a\n");
  const after = newConfig({ clusters: new Map([["x", new Cluster({ server: "secret\ud800" })]]) });
  const attempt = () => editConfigText("current-context: a\n", before, after, { file: "/f" });
  expect(attempt).toThrow(
    'error loading config file "/f": cannot be edited with certainty; nothing was changed',
  );
});
