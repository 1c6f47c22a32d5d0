import * as fc from "fast-check";
import type { AliasOverride, CommandDefaults } from "../../src/api/preference.ts";
import { filepathFor } from "../../src/go/filepath.ts";
import { decodeKuberc } from "../../src/codec/kuberc/decode-kuberc.ts";
import { putAlias, putDefaults } from "../../src/kuberc/put-entry.ts";
import { fakeHost, thrownBy } from "../support/fake-host.ts";
import { randomAlias, randomKuberc, textOf } from "../support/random-kuberc.ts";

const filepath = filepathFor(fakeHost());
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function setAlias(text: string, alias: Partial<AliasOverride>, overwrite = false): string {
  const whole = { name: "a", command: "get", prependArgs: [], appendArgs: [], options: [], ...alias };
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(
    putAlias(bytes(text), whole, overwrite, filepath),
  );
}

function setDefaults(text: string, defaults: Partial<CommandDefaults>, overwrite = false): string {
  const whole = { command: "get", options: [{ name: "output", default: "wide" }], ...defaults };
  return new TextDecoder().decode(putDefaults(bytes(text), whole, overwrite, filepath));
}

const HEAD = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n";

describe("an entry is added without touching anything else", () => {
  test.each([
    ["to no file", "", `${HEAD}aliases:\n- name: a\n  command: get\n`],
    ["to comments", "# mine", `# mine\n${HEAD}aliases:\n- name: a\n  command: get\n`],
    ["to a file without the list", HEAD, `${HEAD}aliases:\n- name: a\n  command: get\n`],
    ["to a file without a newline at its end", HEAD.trimEnd(), `${HEAD}aliases:\n- name: a\n  command: get`],
    [
      "before comments at the end",
      `${HEAD}\n# end\n`,
      `${HEAD}aliases:\n- name: a\n  command: get\n\n# end\n`,
    ],
    [
      "to an empty list",
      `${HEAD}aliases: [] # none\n`,
      `${HEAD}aliases: # none\n- name: a\n  command: get\n`,
    ],
    ["to a list without a value", `${HEAD}aliases:\n`, `${HEAD}aliases:\n- name: a\n  command: get\n`],
    [
      "as deep as the others, after their comments",
      `${HEAD}aliases:\n  - name: b # x\n    command: get\n    # y\n  # z\ndefaults: []\n`,
      `${HEAD}aliases:\n  - name: b # x\n    command: get\n    # y\n  - name: a\n    command: get\n  # z\ndefaults: []\n`,
    ],
    [
      "with CRLF where the file has it",
      `${HEAD}aliases:\n- name: b\n`.replaceAll("\n", "\r\n"),
      `${HEAD}aliases:\n- name: b\n- name: a\n  command: get\n`.replaceAll("\n", "\r\n"),
    ],
    [
      "to the document that kubectl uses",
      `kind: Other\n---\n${HEAD}---\nkind: Last\n`,
      `kind: Other\n---\n${HEAD}aliases:\n- name: a\n  command: get\n---\nkind: Last\n`,
    ],
    [
      "beside entries in braces",
      `${HEAD}aliases:\n- {name: b, command: get}\n`,
      `${HEAD}aliases:\n- {name: b, command: get}\n- name: a\n  command: get\n`,
    ],
  ])("%s", (_name, before, after) => {
    expect(setAlias(before, {})).toBe(after);
  });

  test("with v1alpha1's names in a v1alpha1 file", () => {
    const head = HEAD.replace("v1beta1", "v1alpha1");
    expect(setDefaults(head, {})).toBe(
      `${head}overrides:\n- command: get\n  flags:\n  - name: output\n    default: wide\n`,
    );
  });
});

describe("of an entry that is replaced, what does not change stays", () => {
  const text = `${HEAD}aliases:
  - command: run # what it runs
    name: a
    # the image
    options: # none but this
      - name: image
        default: nginx # small
    appendArgs: [--, sh]
`;

  test("so nothing, if nothing changes", () => {
    expect(setAlias(text, { command: "run" }, true)).toBe(text);
  });

  test("and comments behind what changes", () => {
    expect(setAlias(text, { command: "get", options: [{ name: "image", default: "busybox" }] }, true)).toBe(
      `${HEAD}aliases:
  - command: get # what it runs
    name: a
    # the image
    options: # none but this
      - name: image
        default: busybox # small
    appendArgs: [--, sh]
`,
    );
  });

  test("and new fields come last, their lists as deep as the others", () => {
    expect(setAlias(text, { command: "run", prependArgs: ["x"] }, true)).toBe(
      `${text}    prependArgs:\n      - x\n`,
    );
  });
});

describe("an entry is put into every style", () => {
  const json = `{
    "apiVersion": "kubectl.config.k8s.io/v1beta1",
    "kind": "Preference"
}
`;
  test.each([
    [
      "a flow list",
      `${HEAD}aliases: [{name: b, command: get}] # mine\n`,
      `${HEAD}aliases: [{name: b, command: get}, {name: a, command: get}] # mine\n`,
    ],
    ["an explicit key", `${HEAD}? aliases\n: []\n`, `${HEAD}? aliases\n:\n- name: a\n  command: get\n`],
    [
      "an empty flow list of two lines",
      `${HEAD}aliases: [\n]\n`,
      `${HEAD}aliases:\n- name: a\n  command: get\n`,
    ],
    [
      "the one of two lists that counts",
      `${HEAD}aliases: []\naliases: [] # x\n`,
      `${HEAD}aliases: []\naliases: # x\n- name: a\n  command: get\n`,
    ],
    [
      "JSON",
      json,
      json.replace(
        '"Preference"',
        `"Preference",
    "aliases": [
        {
            "name": "a",
            "command": "get"
        }
    ]`,
      ),
    ],
    [
      "JSON on one line, with unknown fields",
      '{"kind":"Preference","apiVersion":"kubectl.config.k8s.io/v1beta1","mine":[1],"aliases":[{"name":"b","command":"get"}]}',
      '{"kind":"Preference","apiVersion":"kubectl.config.k8s.io/v1beta1","mine":[1],"aliases":[{"name":"b","command":"get"},{"name":"a","command":"get"}]}',
    ],
    [
      "the JSON document between others",
      `kind: Other\n---\n${json}---\n{"last": 1}\n`,
      `kind: Other\n---\n${json.replace('"Preference"', '"Preference",\n    "aliases": [\n        {\n            "name": "a",\n            "command": "get"\n        }\n    ]')}---\n{"last": 1}\n`,
    ],
    [
      "flow YAML",
      "# c\n{apiVersion: kubectl.config.k8s.io/v1beta1, kind: Preference}\n",
      "# c\n{apiVersion: kubectl.config.k8s.io/v1beta1, kind: Preference, aliases: [{name: a, command: get}]}\n",
    ],
  ])("%s", (_name, before, after) => {
    expect(setAlias(before, {})).toBe(after);
  });

  test("an entry in braces", () => {
    const text = `${HEAD}aliases:\n- {name: a, command: run} # x\n`;
    expect(setAlias(text, { appendArgs: ["z"] }, true)).toBe(
      `${HEAD}aliases:\n- {name: a, command: get, appendArgs: [z]} # x\n`,
    );
  });

  test("an entry with merged fields, which kubectl would warn of if it had them twice", () => {
    const text = `${HEAD}defaults:\n- &x {command: run}\naliases:\n- <<: *x\n  name: a\n`;
    expect(setAlias(text, {}, true)).toBe(text.replace("<<: *x", "command: get"));
  });

  test("an entry with an anchor that another one uses, which keeps its value", () => {
    const text = `${HEAD}aliases:\n- name: a\n  command: get\n  appendArgs: &args [x]\n- name: b\n  appendArgs: *args\n`;
    expect(setAlias(text, { appendArgs: ["z"] }, true)).toBe(
      text.replace("[x]", "[z]").replace(" *args", "\n  - x"),
    );
  });

  test("an entry that only an alias has", () => {
    const text = `${HEAD}mine: &b {name: a, command: run}\naliases:\n- *b\n`;
    expect(setAlias(text, {}, true)).toBe(text.replace("- *b", "- name: a\n  command: get"));
  });
});

describe("what cannot be edited with certainty is refused", () => {
  test.each([
    ["credentialPluginAllowlist: []\n", "kubectl would refuse the result: misconfigured"],
    ["aliases:\n- name: b-c\n  command: get\n", "kubectl would refuse the result: invalid alias name"],
  ])("%j", (text, reason) => {
    expect(thrownBy(() => setAlias(HEAD + text, {}))).toHaveProperty(
      "message",
      expect.stringMatching(`^cannot edit the kuberc safely: ${reason}.*; nothing was changed$`),
    );
  });

  test.each([
    ["a: [", "it has no document that kubectl can use"],
    ["kind: Other\napiVersion: v1\n", "it has no document that kubectl can use"],
    ["~\n", "it has no document that kubectl can use"],
    ["--- x\n", "invalid Yaml document separator: x"],
    ["{kind: Preference, a: [}", "it has no document that kubectl can use"],
  ])("%j", (text, reason) => {
    expect(thrownBy(() => setAlias(text, {}))).toHaveProperty("message", expect.stringMatching(reason));
  });
});

describe("what kubectl would refuse or pass over is refused", () => {
  const text = `${HEAD}aliases:\n- name: b\n  command: get\ndefaults:\n- command: c\n  options: []\n`;
  test.each([
    [{ name: "b" }, 'alias "b" already exists, use --overwrite to replace'],
    [{ name: "a-b" }, "invalid alias name, can only include alphabetical characters"],
    [{ name: "get" }, 'kubectl has a command "get", and would never use an alias of that name'],
    [{ command: "b x" }, '"b" is an alias itself: kubectl knows no alias of an alias'],
    [{ command: "a" }, '"a" is an alias itself: kubectl knows no alias of an alias'],
    [{ name: "c" }, "alias c can not be overridden: remove the defaults for it first"],
  ])("%j", (alias, message) => {
    expect(thrownBy(() => setAlias(text, alias))).toHaveProperty("message", message);
  });

  test("defaults of an alias, or of a command that has some", () => {
    expect(thrownBy(() => setDefaults(text, { command: "b" }))).toHaveProperty(
      "message",
      "alias b can not be overridden: give it the options with --section=aliases --name=b",
    );
    expect(thrownBy(() => setDefaults(text, { command: "c" }))).toHaveProperty(
      "message",
      'defaults for command "c" already exist, use --overwrite to replace',
    );
  });
});

describe("of random files with comments", () => {
  test("everything outside the entry stays, byte for byte, and the entry is what was asked for", () => {
    fc.assert(
      fc.property(randomKuberc, randomAlias, (file, alias) => {
        const before = textOf(file);
        const old = decodeKuberc(bytes(before)).used?.preference;
        const index = old?.aliases.findIndex(({ name }) => name === alias.name) ?? -1;
        const after = setAlias(before, alias, true);
        const kept = index === -1 ? file.aliases.length : index;
        const start = file.head + file.aliases.slice(0, kept).join("");
        const end = file.aliases.slice(kept + 1).join("") + file.middle + file.defaults.join("") + file.tail;
        if (index === -1) {
          expect(before.length).toBeLessThan(after.length);
          expect(isInsertion(before, after)).toBe(true);
        } else {
          expect(after.startsWith(start)).toBe(true);
          // A new field comes after the comments that are deeper than the entry.
          const comments = /^(?:[ \t]*(?:#.*)?\r?\n)*/.exec(end)?.[0] ?? "";
          expect(after.endsWith(end.slice(comments.length))).toBe(true);
          expect(after.slice(start.length)).toContain(comments.trim());
        }
        const now = decodeKuberc(bytes(after)).used?.preference;
        expect(now?.defaults).toEqual(old?.defaults);
        expect(now?.aliases.toSpliced(kept, 1)).toEqual(old?.aliases.toSpliced(kept, 1));
        const was = old?.aliases[index];
        expect(now?.aliases[kept]).toEqual({
          name: alias.name,
          command: alias.command,
          prependArgs: orOld(alias.prependArgs, was?.prependArgs),
          appendArgs: orOld(alias.appendArgs, was?.appendArgs),
          options: orOld(alias.options, was?.options),
        });
      }),
      { numRuns: 100 },
    );
  });
});

function orOld<T>(given: readonly T[], old: readonly T[] | undefined): readonly T[] {
  return given.length > 0 ? given : (old ?? []);
}

/** Whether the one text becomes the other by putting something in at one place. */
function isInsertion(before: string, after: string): boolean {
  let same = 0;
  while (same < before.length && before[same] === after[same]) {
    same++;
  }
  return after.endsWith(before.slice(same));
}
