import type { Case, FileSpec } from "../vector.ts";

/** A case that is to be recorded. */
export interface Wanted extends Case {
  /**
   * Each file of the KUBECONFIG list holds one value. The recorder makes two vectors of such a case: one of the files
   * that kubectl refuses, whose names are all in its error, and one of the files that it reads.
   */
  readonly divide?: boolean;
}

/** The cases of one rule: they become one file of vectors. */
export interface Group {
  readonly rule: string;
  readonly cases: readonly Wanted[];
}

type More = Partial<Omit<Case, "name" | "argv">>;

export const view: readonly string[] = ["view"];

export const raw: readonly string[] = ["view", "--raw"];

/** Makes a call on one kubeconfig, which KUBECONFIG names. */
export function one(name: string, text: FileSpec, argv: readonly string[] = view, more: More = {}): Case {
  return {
    name,
    ...more,
    files: { config: text, ...more.files },
    env: { KUBECONFIG: "$ROOT/config", ...more.env },
    argv,
  };
}

/** Makes a call on several kubeconfigs, which KUBECONFIG names in the order given. */
export function list(
  name: string,
  files: Readonly<Record<string, FileSpec>>,
  order: readonly string[],
  argv: readonly string[] = view,
  more: More = {},
): Case {
  const elements = order.map((element) => `$ROOT/${element}`);
  return { name, ...more, files, env: { KUBECONFIG: elements.join(":"), ...more.env }, argv };
}

/** Makes a file for each value. In the template, HOLE is the value's place and ENTRY a name of the file's own. */
export function inFiles(name: string, values: readonly string[], template: string, argv = raw): Wanted {
  const files = values.map((value, at): readonly [string, string] => [
    `f${at}`,
    template.replaceAll("ENTRY", `e${at}`).replace("HOLE", () => value),
  ]);
  const order = files.map(([path]) => path);
  return { ...list(name, Object.fromEntries(files), order, argv), divide: true };
}

/** Makes a call in an explicit world. */
export function world(name: string, argv: readonly string[], more: More): Case {
  return { name, files: {}, ...more, argv };
}

/** Removes the indentation of the code around a string: that of the first line is taken from every line. */
export function dedent(text: string): string {
  const lines = text.replace(/^\n/u, "").split("\n");
  const indent = /^ */u.exec(lines[0] ?? "")?.[0].length ?? 0;
  const body = lines.map((line) => line.slice(Math.min(indent, line.length - line.trimStart().length)));
  return body.join("\n");
}

/** Returns a kubeconfig with one cluster called "c", whose fields are the lines given. */
export function cluster(...fields: readonly string[]): string {
  return entry("clusters", "cluster", "c", fields);
}

/** Returns a kubeconfig with one user called "u", whose fields are the lines given. */
export function user(...fields: readonly string[]): string {
  return entry("users", "user", "u", fields);
}

/** Returns a kubeconfig with one context called "x", whose fields are the lines given. */
export function context(...fields: readonly string[]): string {
  return entry("contexts", "context", "x", fields);
}

export function entry(section: string, noun: string, name: string, fields: readonly string[]): string {
  const body = fields.flatMap((field) => field.split("\n")).map((line) => `    ${line}\n`);
  return `${section}:\n- name: ${name}\n  ${noun}:\n${body.join("")}`;
}
