import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ApiGroup } from "./api-places.ts";
import { LAYERS } from "./api-places.ts";

const root = join(fileURLToPath(import.meta.url), "../..");

/** What an entry exports: functions, classes and constants with the file that declares them, and the names of types. */
interface EntryExports {
  readonly values: ReadonlyMap<string, string>;
  readonly types: readonly string[];
}

/**
 * Returns the page on the public API, docs/api.md: its order and headings are those of api-places.ts, its lines come from
 * the docstrings.
 *
 * @throws Error for an export without a place, and for a place without an export
 */
export function apiPage(): string {
  const entries = new Map(entryNames().map((name) => [specifierOf(name), exportsOf(name)]));
  const wanted = [...entries].flatMap(([from, { values }]) =>
    [...values.keys()].map((name) => `${name} of ${from}`),
  );
  const placed = LAYERS.flatMap(({ groups }) =>
    groups.flatMap(({ from, names }) => names.map((name) => `${name} of ${from}`)),
  );
  refuse(
    wanted.filter((name) => !placed.includes(name)),
    "has no place in scripts/api-places.ts",
  );
  refuse(
    placed.filter((name) => !wanted.includes(name)),
    "in scripts/api-places.ts is not exported",
  );
  refuse(
    placed.filter((name, i) => placed.indexOf(name) !== i),
    "has two places in scripts/api-places.ts",
  );

  const layers = LAYERS.map(({ heading, text, groups }) => {
    const parts = groups.flatMap((group) => groupText(group, entries.get(group.from)?.values ?? new Map()));
    return [`## ${heading}`, text, ...parts].join("\n\n");
  });
  const types = [...entries].flatMap(([from, { types: names }]) =>
    names.length === 0 ? [] : [`From \`${from}\`: ${names.map((name) => `\`${name}\``).join(", ")}.`],
  );
  return `${[TITLE, ...layers, "## Types", TYPES, ...types].join("\n\n")}\n`;
}

const TITLE = `# The public API

Everything that programs can import, on one page: what you need most comes first, then the steps of client-go's clientcmd, then pure functions. \`npm run docs:api\`
makes the whole reference, with options, errors and types; editors show the same.

<!-- Written by npm run api, from scripts/api-places.ts and the docstrings. -->`;

const TYPES = "Of options, results and callbacks.";

function refuse(names: readonly string[], fault: string): void {
  if (names.length > 0) {
    throw new Error(names.map((name) => `${name} ${fault}`).join("\n"));
  }
}

function groupText(
  { heading, from, text, names }: ApiGroup,
  values: ReadonlyMap<string, string>,
): readonly string[] {
  const rows = names.map((name) => {
    const { signature, summary } = declarationOf(name, values.get(name) ?? "");
    return `| \`${signature}\` | ${summary.replaceAll("|", "\\|")} |`;
  });
  return [
    `### ${heading}`,
    `\`import { … } from "${from}"\`${text === undefined ? "" : `. ${text}`}`,
    ["| name | what it does |", "| --- | --- |", ...rows].join("\n"),
  ];
}

/** The names of the entries, `index` first, as package.json has them. */
function entryNames(): readonly string[] {
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    readonly exports: Readonly<Record<string, unknown>>;
  };
  return Object.entries(exports)
    .filter(([, conditions]) => typeof conditions === "object")
    .map(([subpath]) => (subpath === "." ? "index" : subpath.slice("./".length)));
}

function specifierOf(entry: string): string {
  return entry === "index" ? "kcfg" : `kcfg/${entry}`;
}

function exportsOf(entry: string): EntryExports {
  const file = join("dist", `${entry}.d.cts`);
  const text = readFileSync(join(root, file), "utf8");
  const values = new Map<string, string>();
  const types: string[] = [];
  for (const [, isType, list = "", from = ""] of text.matchAll(
    /^export (type )?\{([^}]*)\} from "([^"]+)"/gm,
  )) {
    for (const name of list
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== "")) {
      if (isType === undefined) {
        values.set(name, join("dist", from.replace(/\.cjs$/, ".d.cts")));
      } else {
        types.push(name);
      }
    }
  }
  for (const [, kind, name = ""] of text.matchAll(DECLARED)) {
    if (kind === "type" || kind === "interface") {
      types.push(name);
    } else {
      values.set(name, file);
    }
  }
  return { values, types: types.toSorted() };
}

const DECLARED = /^export (?:declare )?(?:abstract )?(type|interface|function|class|const) ([\w$]+)/gm;

/** Returns how a name is used, and the first sentence of its docstring. */
function declarationOf(name: string, file: string): { readonly signature: string; readonly summary: string } {
  const text = readFileSync(join(root, file), "utf8");
  const found = new RegExp(
    `/\\*\\*((?:(?!\\*/)[^])*)\\*/\\nexport declare (function|(?:abstract )?class|const) ${name}\\b([^]*?)(?=\\n(?:export|/\\*\\*|declare)|$)`,
  ).exec(text);
  if (found === null) {
    throw new Error(`${name} has no docstring in ${file}`);
  }
  const [, comment = "", kind = "", rest = ""] = found;
  const [paragraph = ""] = comment
    .replaceAll(/^\s*\* ?/gm, "")
    .trim()
    .split(/\n\n|\n(?=@)|:\s*```/);
  const prose = paragraph.replaceAll(/\s+/g, " ");
  const [sentence = ""] = /^.*?[.](?= |$)/.exec(prose) ?? [prose];
  const summary = sentence.replaceAll(/\{@link (\w+)\}/g, "`$1`").replace(/\.$/, "");
  if (kind === "function") {
    return { signature: `${name}(${parametersIn(rest).join(", ")})`, summary };
  }
  return { signature: kind === "const" ? name : `class ${name}`, summary };
}

/** Returns the names of the parameters of a declaration, whose types may have parentheses and commas. */
function parametersIn(rest: string): readonly string[] {
  const parameters: string[] = [];
  let depth = 0;
  let word = "";
  for (const character of rest.slice(rest.indexOf("(")).replaceAll("=>", "")) {
    const change = "([{<".includes(character) ? 1 : ")]}>".includes(character) ? -1 : 0;
    if (depth === 1 && (change === -1 || character === ",")) {
      parameters.push(word);
      word = "";
    } else if (depth >= 1) {
      word += character;
    }
    depth += change;
    if (depth === 0) {
      break;
    }
  }
  return parameters
    .map((each) => /^\s*((?:\.\.\.)?\w+\??)/.exec(each)?.[1] ?? "")
    .filter((each) => each !== "");
}
