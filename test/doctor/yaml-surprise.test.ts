import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { decodeConfig } from "../../src/codec/kubeconfig/decode-config.ts";
import { readSourceTree } from "../../src/yaml/source-tree.ts";
import { comparable, readWithOther } from "../support/other-yaml.ts";
import { examine } from "./world.ts";

/** Words and numbers on which versions of YAML do not agree, and some on which they do. */
const SCALARS =
  `yes no on off y n Y N Yes NO On OFF True TRUE true False false null Null NULL nUll ~ 0755 0o14 0b11 0x1f
  0X1F +12 -0 -12 1_000 1e3 1E3 1e+3 -1e-3 .5 5. +.5 -.5 .inf .Inf -.INF .nan .NaN 1:30 190:20:30 -1:30 2001-01-01
  2001-1-1 2001-12-14t21:59:43.10-05:00 0o 0b 0x 0.10 1.0 1e400 -1e400 12345678901234567890 9007199254740993
  18446744073709551616 0xfffffffffffffffff 0o77777777777777777777777 -0x10 -0b1 0_8 08 09 1__0 _1 1_ 0x_f +0x1 -0o7
  0.0.0.0 1,000 https://h:6443 a#b -a ?a :a a:b 'yes' "1:30" "0755" 'null' '' "" text`.split(/\s+/);

/** Tags of YAML 1.1, some that nobody knows, and what is no tag. */
const TAGS =
  `!!str !!bool !!int !!float !!null !!binary !!timestamp !!merge !!seq !!foo !own ! !<tag:yaml.org,2002:int>
  !<tag:yaml.org,2002:bool>`.split(/\s+/);

function tagOf(text: string): string | undefined {
  return /^!\S* /.exec(text)?.[0];
}

const TAGGED = TAGS.flatMap((tag) =>
  [
    ...SCALARS.filter((_text, at) => at % 3 === 0),
    "yes",
    "0755",
    "12",
    "1.0",
    "0o14",
    "null",
    "1_0.5",
    "'yes'",
    '"0o14"',
    "aGk=",
    "2001-01-01",
    "<<",
  ].map((text) => `${tag} ${text}`),
);

/** The line breaks of YAML 1.1 alone, in values and comments. `\\n` stands for a new line of the same depth. */
const BROKEN = ["\u0085", "\u2028", "\u2029"].flatMap((ending) =>
  [
    "'aEb'",
    '"a E b"',
    '"aE b"',
    '"\\\\E"',
    "aE",
    "a # bE",
    "a # bE# c",
    "a # b E  ",
    "aEb",
    "|\n  aE    b",
    ">\n  aEb",
    "x #E",
    "xE#y",
  ].map((text) => text.replaceAll("E", ending)),
);

const QUESTIONS = [
  "?",
  "? ",
  "?&x ",
  "?!!str ",
  "? &x ",
  "?!own &x ",
  "",
  '?"a": 1, ',
  '? "a": 1, ',
  "?b: 1, ",
  "b?: 1, ",
];

const scalar = fc.oneof(
  fc.constantFrom(...TAGGED),
  fc.constantFrom(...BROKEN),
  fc.constantFrom(...SCALARS),
  fc
    .array(fc.constantFrom(...Array.from("0123456789+-._:eExobnyts~")), { minLength: 1, maxLength: 6 })
    .map((characters) => characters.join(""))
    .filter((text) => !/^[-?:]$|:$|^-{3}$|^\.{3}$/.test(text)),
);

/** Where a scalar may stand, one a line: a text, a flag, a value of somebody's own, and a key of theirs. */
const PLACES = {
  text: (value: string) => `- {name: one, cluster: {}}\n- name: two\n  cluster:\n    server: ${value}\n`,
  flag: (value: string) =>
    `- {name: one, cluster: {}}\n- name: two\n  cluster:\n    tls-server-name: x\n    insecure-skip-tls-verify: ${value}\n`,
  free: (value: string) =>
    `- name: two\n  cluster:\n    extensions:\n    - name: e\n      extension:\n        a: ${value}\n`,
  key: (value: string) =>
    `- name: two\n  cluster:\n    extensions:\n    - name: e\n      extension:\n        ${value}: 1\n`,
  flowKey: (value: string) =>
    `- name: two\n  cluster:\n    extensions:\n    - {name: e, extension: {${value}: 1}}\n`,
  flowField: (value: string) => `- name: two\n  cluster: {${value}server: "https://h"}\n`,
  flowItem: (value: string) =>
    `- name: two\n  cluster:\n    extensions:\n    - {name: e, extension: [${value}, 1]}\n`,
  bytes: (value: string) => `- name: two\n  cluster:\n    certificate-authority-data: ${value}\n`,
} as const;

type Place = keyof typeof PLACES;

/** Findings for which the package `yaml` has no other value by YAML 1.2, and why they are told. */
const REASONS: readonly (readonly [
  reason: string,
  applies: (place: Place, text: string, node: unknown, document: string) => boolean,
])[] = [
  [
    "nothing stands where a text is wanted, which is so in YAML 1.2 too",
    (place, text) => place === "text" && /^(?:~|null|Null|NULL)$/.test(text),
  ],
  [
    "programs that read YAML 1.1 read something else",
    (_place, text, value, document) =>
      tagOf(text) === undefined && !isDeepStrictEqual(value, readIfPossible(document, "1.1")),
  ],
  [
    "kubectl writes the number in another way when it changes the file",
    (place, text, value) =>
      (place === "free" || place === "flowItem") &&
      ![`:${text}}`, `[${text},`].some((written) => JSON.stringify(value).includes(written)),
  ],
];

/** What the package refuses is no value of kubectl's. */
function readIfPossible(document: string, version?: "1.1"): unknown {
  try {
    return readWithOther(document, version);
  } catch (error) {
    return error;
  }
}

/** Whether doctor tells of a surprise, and whether the two readers read different values; undefined where kubectl refuses. */
function readBoth(
  place: Place,
  text: string,
): { readonly told: boolean; readonly differs: boolean; readonly reason: string | undefined } | undefined {
  const document = `apiVersion: v1\nkind: Config\nclusters:\n${PLACES[place](text)}`;
  try {
    decodeConfig(document);
  } catch {
    return undefined;
  }
  const ours = comparable(readSourceTree(document)?.value);
  const { findings } = examine({ config: document });
  return {
    told: findings.some(({ code }) => code === "yaml-surprise"),
    differs: !isDeepStrictEqual(ours, readIfPossible(document)),
    reason: REASONS.find(([, applies]) => applies(place, text, ours, document))?.[0],
  };
}

describe("doctor tells of a surprise of YAML where the package yaml reads another value than kubectl, and nowhere else", () => {
  const counts = new Map<string, number>();
  const check = (place: Place, text: string): void => {
    const both = readBoth(place, text);
    if (both === undefined) {
      return;
    }
    const { told, differs, reason } = both;
    const why = told && !differs ? reason : undefined;
    if (why !== undefined) {
      counts.set(why, (counts.get(why) ?? 0) + 1);
    }
    expect({ place, text, told }).toEqual({
      place,
      text,
      told: differs || why !== undefined,
    });
  };
  const places = Object.keys(PLACES) as Place[];

  test.each(places)("each known scalar as %s", (place) => {
    for (const text of SCALARS) {
      check(place, text);
    }
  });

  test.each(["text", "flag", "free", "bytes"] as const)("each of them with each tag as %s", (place) => {
    for (const text of TAGGED) {
      check(place, text);
    }
  });

  test.each(["key", "flowKey"] as const)("each of them with each tag that is known as %s", (place) => {
    // With the option that keys are strings the package refuses all tags of keys but one; and it merges <<
    // whatever its tag.
    for (const text of TAGGED.filter((tagged) => /^!!(?!seq|foo|merge|null).*(?<!<<)$/.test(tagged))) {
      check(place, text);
    }
  });

  test.each(places)("a line break of YAML 1.1 in %s", (place) => {
    for (const text of BROKEN) {
      check(place, text);
    }
  });

  test.each(["flowField", "flowItem"] as const)("a key behind a question mark in a %s", (place) => {
    for (const text of QUESTIONS) {
      check(place, text);
    }
  });

  test("the tag of a collection", () => {
    for (const text of ["[]", "[a: 1]", "{}", "{a, b}"].flatMap((of) =>
      ["set", "omap", "pairs", "map", "seq", "str", "binary"].map((tag) => `!!${tag} ${of}`),
    )) {
      check("free", text);
      check("flowItem", text);
    }
  });

  test("a line break in a comment at the end, or between entries", () => {
    for (const place of ["text", "flag", "free", "bytes"] as const) {
      for (const ending of ["\u0085", "\u2028", "\u2029"]) {
        check(place, `x\n#${ending}`);
        check(place, `x\n# a${ending}# b\n`);
        check(place, `x\n# a${ending}contexts: []\n`);
      }
    }
  });

  test("random ones anywhere", () => {
    const each = fc
      .tuple(fc.constantFrom(...places), scalar)
      .filter(([place, text]) => !/key|field/i.test(place) || tagOf(text) === undefined);
    fc.assert(
      fc.property(each, ([place, text]) => check(place, text)),
      { numRuns: 500, seed: 8 },
    );
  });

  test("in every place some scalars are read", () => {
    for (const place of places) {
      expect(SCALARS.filter((text) => readBoth(place, text) !== undefined).length).toBeGreaterThan(7);
    }
  });

  test("every reason to tell of more is needed", () => {
    expect(REASONS.filter(([reason]) => !counts.has(reason))).toEqual([]);
  });
});
