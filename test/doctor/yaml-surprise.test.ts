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

const scalar = fc.oneof(
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
} as const;

type Place = keyof typeof PLACES;

/** go-yaml takes the sign for that of a key. Nobody writes such keys, and no value is lost. */
const isUntold = (place: Place, text: string): boolean => place === "flowKey" && text.startsWith("?");

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
    (_place, _text, value, document) => !isDeepStrictEqual(value, readWithOther(document, "1.1")),
  ],
  [
    "kubectl writes the number in another way when it changes the file",
    (place, text, value) =>
      place === "free" && !isDeepStrictEqual(JSON.stringify(value).includes(`"a":${text}}`), true),
  ],
];

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
    differs: !isDeepStrictEqual(ours, readWithOther(document)),
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
      told: (differs && !isUntold(place, text)) || why !== undefined,
    });
  };
  const places = Object.keys(PLACES) as Place[];

  test.each(places)("each known scalar as %s", (place) => {
    for (const text of SCALARS) {
      check(place, text);
    }
  });

  test("random ones anywhere", () => {
    fc.assert(fc.property(fc.constantFrom(...places), scalar, check), { numRuns: 500, seed: 8 });
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
