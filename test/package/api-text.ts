import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where an own name of a module comes from. */
interface Origin {
  readonly file: string;
  readonly name: string;
}

/** A built module of declarations, in parts. */
interface Module {
  /** Own declarations by their names; those of an overloaded function together. */
  readonly declarations: ReadonlyMap<string, string>;
  readonly imports: ReadonlyMap<string, Origin>;
  readonly exports: ReadonlyMap<string, Origin>;
}

/**
 * The types of the public names as text: every declaration that a module exports, by name, and after them those that they
 * mention without being exported. Without comments and without the files, so that only a change of types changes it.
 *
 * @param entry - the declarations that tsc wrote for the module
 */
export function apiText(entry: string): string {
  const modules = new Map<string, Module>();
  const moduleAt = (file: string): Module => {
    const known = modules.get(file) ?? readModule(file);
    modules.set(file, known);
    return known;
  };
  const resolve = ({ file, name }: Origin): Origin => {
    const { declarations, exports } = moduleAt(file);
    const next = exports.get(name);
    return declarations.has(name) || next === undefined ? { file, name } : resolve(next);
  };
  const root = moduleAt(entry);
  const names = [...new Set([...root.exports.keys(), ...exportedHere(root)])].toSorted();
  const told = new Set<string>();
  const mentioned: Origin[] = [];
  const tell = (origin: Origin): string => {
    told.add(`${origin.file}#${origin.name}`);
    const { declarations, imports } = moduleAt(origin.file);
    const text = declarations.get(origin.name);
    if (text === undefined) {
      throw new Error(`no declaration of ${origin.name} in ${origin.file}`);
    }
    for (const [, from = "", name = ""] of text.matchAll(INLINE_IMPORT)) {
      mentioned.push(resolve({ file: targetOf(origin.file, from), name }));
    }
    for (const [word] of text.matchAll(/[A-Za-z_$][\w$]*/g)) {
      const from =
        imports.get(word) ?? (declarations.has(word) ? { file: origin.file, name: word } : undefined);
      if (from !== undefined) {
        mentioned.push(resolve(from));
      }
    }
    // A text with spaces says something to people, and nothing to a compiler.
    return text.replaceAll(INLINE_IMPORT, "$2").replaceAll(/"[^"\n]* [^"\n]*"/g, '"…"');
  };
  const publicTexts = names.map((name) => tell(resolve({ file: entry, name })));
  const others = new Map<string, string>();
  for (const origin of mentioned) {
    if (!told.has(`${origin.file}#${origin.name}`)) {
      others.set(`${origin.name} ${origin.file}`, tell(origin));
    }
  }
  const otherTexts = [...others].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  return [...publicTexts, "// Not exported, but mentioned above.", ...otherTexts].join("\n\n");
}

function exportedHere({ declarations }: Module): readonly string[] {
  return [...declarations].filter(([, text]) => text.startsWith("export ")).map(([name]) => name);
}

function targetOf(file: string, specifier: string): string {
  return join(dirname(file), specifier.replace(/\.(c?)js$/, ".d.$1ts"));
}

const INLINE_IMPORT = /import\("(\.[^"]+)"\)\.([\w$]+)/g;
const DECLARATION =
  /^(?:export )?(?:declare )?(?:abstract )?(?:async )?(?:function|class|interface|type|const|let|enum|namespace)\s+([\w$]+)/;

function readModule(file: string): Module {
  const text = readFileSync(file, "utf8")
    .replaceAll(/\/\*[^]*?\*\//g, "")
    .replaceAll(/^\s*\n/gm, "");
  const declarations = new Map<string, string>();
  const imports = new Map<string, Origin>();
  const exports = new Map<string, Origin>();
  // tsc indents all that belongs to a statement, but for the line that closes it.
  for (const statement of text.split(/\n(?![ })\]|;])/)) {
    const [, kind, list, from] =
      /^(import|export) (?:type )?\{([^}]*)\} from "(\.[^"]+)"/.exec(statement) ?? [];
    if (from !== undefined && list !== undefined) {
      const target = targetOf(file, from);
      for (const part of list.split(",").map((each) => each.trim().replace(/^type /, ""))) {
        const [name = "", as = name] = part.split(" as ");
        if (name !== "") {
          (kind === "import" ? imports : exports).set(as, { file: target, name });
        }
      }
      continue;
    }
    const [, name] = DECLARATION.exec(statement) ?? [];
    if (name !== undefined) {
      const before = declarations.get(name);
      declarations.set(name, before === undefined ? statement.trim() : `${before}\n${statement.trim()}`);
    }
  }
  return { declarations, imports, exports };
}
