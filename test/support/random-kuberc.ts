import * as fc from "fast-check";

/** A kuberc in pieces, so that a test knows where each entry is. */
export interface RandomKuberc {
  /** What is before the entries of `aliases`, between those of both lists, and after those of `defaults`. */
  readonly head: string;
  readonly aliases: readonly string[];
  readonly middle: string;
  readonly defaults: readonly string[];
  readonly tail: string;
}

const comment = fc.constantFrom(
  "",
  "# note\n",
  "\n",
  '\n# it\'s "quoted": [x\n',
  "   # deep\n",
  "# - name: no\n",
);
const trailing = fc.constantFrom("", " # why", "   # a 'b", "  ");
const word = fc.constantFrom(
  "get",
  "wide",
  '"true"',
  "'a # b'",
  '"x: y"',
  "a#b",
  "--",
  "'- z'",
  "it's",
  '"é\\n"',
);

function fieldOf(key: string, dash: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(word, { maxLength: 3 }), fc.boolean(), fc.boolean(), comment, trailing)
    .map(([words, isFlow, isDeep, between, end]) => {
      const texts = words.map((one) => (key === "options" ? `{name: num, default: ${one}}` : one));
      if (isFlow || words.length === 0) {
        return `${key}: [${texts.join(", ")}]${end}\n`;
      }
      const indent = isDeep ? `${dash}    ` : `${dash}  `;
      return `${key}:${end}\n${texts.map((one) => `${indent}- ${one}${end}\n${between}`).join("")}`;
    });
}

/** Returns the text of an entry, with the comments that are as deep as its fields. */
function entry(dash: string, name: string | undefined, command: string): fc.Arbitrary<string> {
  const keys = name === undefined ? ["options"] : ["prependArgs", "appendArgs", "options"];
  return fc
    .tuple(
      fc.tuple(...keys.map((key) => fieldOf(key, dash))),
      fc.integer({ min: 0, max: 7 }),
      trailing,
      comment,
    )
    .map(([fields, bits, end, between]) => {
      const lines = [
        ...(name === undefined ? [] : [`name: ${name}${end}\n`]),
        `command: ${command}${end}\n${between === "   # deep\n" ? `${dash}   # deep\n` : ""}`,
        ...fields.filter((_, i) => (bits & (1 << i)) !== 0),
      ];
      return `${dash}- ${lines.join(`${dash}  `)}`;
    });
}

const ALIASES = ["getn", "runx", "Z"];
export const COMMANDS = ["get", "create configmap", "run"];

/**
 * Generates kuberc files as people write them, with comments in all places. `isCrlf` writes CRLF at the end of every
 * line.
 */
export const randomKuberc: fc.Arbitrary<RandomKuberc> = fc
  .tuple(fc.constantFrom("", "  "), fc.boolean(), fc.array(comment, { minLength: 4, maxLength: 4 }), trailing)
  .chain(([dash, isCrlf, comments, end]) => {
    const [first = "", second = "", third = "", fourth = ""] = comments;
    const policy = fc.constantFrom(
      "",
      "credentialPluginPolicy: DenyAll # none\n",
      "credentialPluginPolicy: AllowAll\n",
    );
    const entries = (kind: "aliases" | "defaults"): fc.Arbitrary<string[]> =>
      fc
        .integer({ min: 1, max: 3 })
        .chain((count) =>
          fc.tuple(
            ...COMMANDS.slice(0, count).map((command, i) =>
              fc
                .tuple(entry(dash, kind === "aliases" ? ALIASES[i] : undefined, command), comment)
                .map(([text, after]) => text + (after.includes("deep") ? "" : after)),
            ),
          ),
        );
    return fc.tuple(entries("aliases"), entries("defaults"), policy).map(([aliases, defaults, rule]) => {
      const lineEnds = isCrlf ? withCrlf : (text: string): string => text;
      return {
        head: lineEnds(
          `${first}apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n${second}${rule}aliases:${end}\n`,
        ),
        aliases: aliases.map(lineEnds),
        middle: lineEnds(`${third}defaults:\n`),
        defaults: defaults.map(lineEnds),
        tail: lineEnds(fourth),
      };
    });
  });

function withCrlf(text: string): string {
  return text.replaceAll("\n", "\r\n");
}

export function textOf({ head, aliases, middle, defaults, tail }: RandomKuberc): string {
  return [head, ...aliases, middle, ...defaults, tail].join("");
}

/** An alias to add. */
export const randomAlias = fc.record(
  {
    name: fc.constantFrom(...ALIASES, "fresh"),
    command: fc.constantFrom(...COMMANDS, "version"),
    prependArgs: fc.array(fc.string({ maxLength: 5 }), { maxLength: 2 }),
    appendArgs: fc.array(fc.constantFrom("--", "a b", "# x", "- y", "true", ""), { maxLength: 2 }),
    options: fc.array(
      fc.record(
        {
          name: fc.constantFrom("output", "num"),
          default: fc.constantFrom("wide", "true", "a: b", "1", "x\ny"),
        },
        { noNullPrototype: true },
      ),
      { maxLength: 2 },
    ),
  },
  { noNullPrototype: true },
);
