import { redactedDiff } from "../../src/writing/redacted-diff.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The lines of the diff of two texts, without its head. */
function diff(before: string, after: string): readonly string[] {
  const text = redactedDiff({ file: "f", before: encode(before), after: encode(after) });
  return text.trimEnd().split("\n").slice(3);
}

/** How a document is shown as an old one that is deleted. */
function shown(text: string): string {
  const lines = redactedDiff({ file: "f", before: encode(text), after: undefined })
    .split("\n")
    .slice(3, -1);
  return lines.map((line) => `${line.slice(1)}\n`).join("");
}

const user = (fields: string): string => `users:\n- name: a\n  user:\n${fields}`;

describe("of a kubeconfig is shown", () => {
  test.each([
    [
      "names and references",
      "contexts:\n- context: {cluster: laptop, user: admin, namespace: x}\n  name: a\n",
    ],
    ["a flow-style list", "contexts: [{name: a, context: {cluster: b}}]\n"],
    ["JSON", '{"clusters":[{"name":"a","cluster":{"server":"https://a"}}],\n"users":[]}\n'],
    ["anchors and aliases", "contexts:\n- &c {name: a, context: {cluster: b}}\n- <<: *c\n  name: d\n"],
    ["quotes", "current-context: \"a\"\nkind: 'Config'\n"],
    ["comments", "# mine, since 2024\nkind: Config # yes\n# see https://wiki/kube-config\n"],
    ["what is null or empty", user("    token: null\n    password: ''\n    exec:\n")],
    ["paths and users", user("    tokenFile: /a/b\n    client-key: c.key\n    username: me\n    as: you\n")],
    ["a plugin's command", user("    exec:\n      command: aws\n      apiVersion: v1\n      env: []\n")],
    ["CRLF", "kind: Config\r\ncurrent-context: a\r\n"],
    ["a byte order mark", "\ufeffkind: Config\n"],
    ["a block", "users:\n- name: a\n  user:\n    exec:\n      installHint: |\n        one\n        two\n"],
  ])("all of %s", (_what, text) => expect(shown(text)).toBe(text));

  test.each([
    ["a token", user("    token: abc # mine\n"), user("    token: REDACTED # mine\n")],
    ["a quoted token", user("    token: 'ab''c'\n"), user("    token: 'REDACTED'\n")],
    ["a folded token", user("    token: ab\n      c\n    as: b\n"), user("    token: REDACTED\n    as: b\n")],
    [
      "a token in a block",
      user("    token: |\n      a\n      b\n    as: b\n"),
      user("    token: REDACTED\n    as: b\n"),
    ],
    [
      "a flow-style user",
      "users: [{name: a, user: {token: abc, as: b}}]\n",
      "users: [{name: a, user: {token: REDACTED, as: b}}]\n",
    ],
    [
      "a user in JSON",
      '{"users":[{"name":"a","user":{"token":"abc","password":"abc"}}]}\n',
      '{"users":[{"name":"a","user":{"token":"REDACTED","password":"REDACTED"}}]}\n',
    ],
    ["a password", user('    password: "abc"\n'), user('    password: "REDACTED"\n')],
    ["a key", user("    client-key-data: YWJj\n"), user("    client-key-data: REDACTED\n")],
    [
      "a certificate",
      user("    client-certificate-data: YWJj\n"),
      user("    client-certificate-data: DATA+OMITTED\n"),
    ],
    [
      "a plugin",
      user("    exec:\n      args: [a, --b=abc]\n      env:\n      - name: B\n        value: abc\n"),
      user(
        "    exec:\n      args: [REDACTED, REDACTED]\n      env:\n      - name: B\n        value: REDACTED\n",
      ),
    ],
    [
      "an auth provider",
      user("    auth-provider:\n      name: oidc\n      config: {id-token: abc}\n"),
      user("    auth-provider:\n      name: oidc\n      config: {id-token: REDACTED}\n"),
    ],
    [
      "addresses",
      "clusters:\n- cluster:\n    proxy-url: http://me:abc@a:1/b\n    server: 'https://abc@c'\n",
      "clusters:\n- cluster:\n    proxy-url: http://REDACTED@a:1/b\n    server: 'https://REDACTED@c'\n",
    ],
    [
      "an escaped address",
      'clusters: [{cluster: {server: "a\\x3ab@c"}}]\n',
      'clusters: [{cluster: {server: "REDACTED"}}]\n',
    ],
    ["unknown fields", user("    Token: abc\n    as: b\n"), user("    Token: REDACTED\n    as: b\n")],
    [
      "extensions",
      "contexts:\n- context:\n    extensions:\n    - name: e\n      extension: {x: [abc]}\n",
      "contexts:\n- context:\n    extensions:\n    - name: e\n      extension: {x: [REDACTED]}\n",
    ],
    [
      "an alias's anchor",
      `current-context: &a abc\n${user("    token: *a\n")}`,
      `current-context: &a REDACTED\n${user("    token: *a\n")}`,
    ],
    [
      "what is merged",
      `x: &x {token: abc}\n${user("    <<: *x\n")}`,
      `x: &x {token: REDACTED}\n${user("    <<: *x\n")}`,
    ],
    ["comments", "# token: abc\n#- --secret=abc\nkind: Config\n", "# REDACTED\n#REDACTED\nkind: Config\n"],
    [
      "comments on a secret",
      `# not abcdef\n${user("    token: abcdef\n")}`,
      `# REDACTED\n${user("    token: REDACTED\n")}`,
    ],
    [
      "another document",
      "kind: Config\n---\nname: b\ntoken: abc\n",
      "kind: Config\n---\nname: b\ntoken: REDACTED\n",
    ],
    ["what cannot be read", "a: [\n token: abc\n", "a: [\n token: REDACTED\n"],
  ])("no secret of %s", (_what, text, wanted) => {
    expect(shown(text)).toBe(wanted);
  });
});

const json = (token: string, end = ""): string =>
  `{"users":[{"name":"a","user":{"token":"${token}","password":"b"}}]}${end}\n`;

const flow = (name: string, token: string): string => `users: [{name: ${name}, user: {token: ${token}}}]\n`;

describe("a secret that changes", () => {
  test("is said to, and not how long it is", () => {
    expect(diff(user("    token: abc\n"), user("    token: 0123456789\n"))).toEqual(
      expect.arrayContaining(["-    token: REDACTED", "+    token: REDACTED (changed)"]),
    );
  });

  test("is told from those that stay", () => {
    expect(diff(json("abc"), json("def"))).toEqual([
      '-{"users":[{"name":"a","user":{"token":"REDACTED","password":"REDACTED"}}]}',
      '+{"users":[{"name":"a","user":{"token":"REDACTED (changed)","password":"REDACTED"}}]}',
    ]);
    expect(diff(json("abc"), json("abc", " "))[1]).toContain('{"token":"REDACTED","password":"REDACTED"}');
  });

  test("is seen where other things change as well", () => {
    expect(diff(flow("a", "abc"), flow("b", "def"))[1]).toBe(
      "+users: [{name: b, user: {token: REDACTED (changed)}}]",
    );
    expect(diff(flow("a", "abc"), flow("b", "abc"))[1]).toBe("+users: [{name: b, user: {token: REDACTED}}]");
  });
});
