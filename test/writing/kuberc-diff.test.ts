import { kubercDiff } from "../../src/writing/kuberc-diff.ts";

const HEAD = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n";

function diff(before: string | undefined, after: string | undefined): string {
  const [old, fresh] = [before, after].map((text) =>
    text === undefined ? undefined : new TextEncoder().encode(text),
  );
  return kubercDiff({ file: "rc", before: old, after: fresh });
}

test.each([
  ["an option", "defaults:\n- command: get\n  options:\n  - name: token\n    default: S3CRET\n"],
  ["an option in quotes", `defaults: [{command: get, options: [{name: token, default: 'S3''C"RET'}]}]\n`],
  [
    "an option with escapes",
    'defaults: [{command: get, options: [{name: token, default: "S3C\\"RE\\\\T"}]}]\n',
  ],
  ["an argument", "aliases:\n- name: a\n  command: get\n  appendArgs: [--password=S3C.RET*]\n"],
  ["the next argument", "aliases:\n- name: a\n  command: get\n  prependArgs: [--token, S3CRET]\n"],
  [
    "a password of create secret",
    "aliases: [{name: a, command: x, prependArgs: [--docker-password=S3CRET]}]\n",
  ],
])("the value of a secret option is hidden: %s", (_what, text) => {
  for (const shown of [diff(undefined, HEAD + text), diff(HEAD + text, `${HEAD}# none\n`)]) {
    expect(shown).toContain("REDACTED");
    expect(shown).not.toMatch(/S3'*C.*RE/);
  }
});

test("all else is shown", () => {
  const text = `${HEAD}aliases: [{name: a, command: get, prependArgs: [nodes]}] # mine\n`;
  expect(diff(undefined, text)).toBe(
    `--- /dev/null\n+++ rc\n@@ -0,0 +1,3 @@\n${text.replaceAll(/^(?=.)/gm, "+")}`,
  );
  expect(diff(text, undefined)).toContain("+++ /dev/null\n");
});
