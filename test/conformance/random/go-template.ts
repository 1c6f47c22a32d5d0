import type { Random } from "./random.ts";

const lists = [".clusters", ".users", ".contexts", ".extensions", ".nope"];

const fields = [
  ".",
  "$",
  ".kind",
  ".name",
  ".cluster",
  ".cluster.server",
  ".user",
  ".user.token",
  ".user.exec.args",
  ".context.user",
  ".extension",
  ".nope",
  ".nope.nope",
  "$.kind",
  "$.users",
  '(index . "current-context")',
  "(index $.clusters 0)",
  "(index .users 0).user",
];

const constants = [
  "0",
  "1",
  "-2",
  "1.5",
  "'a'",
  '""',
  '"a"',
  '"%v"',
  "true",
  "false",
  "nil",
  "0x1f",
  "1i",
  "`b`",
];

const functions = [
  "and",
  "or",
  "not",
  "len",
  "print",
  "println",
  "html",
  "js",
  "urlquery",
  "eq",
  "ne",
  "lt",
  "le",
  "gt",
  "ge",
  "exists",
  "base64decode",
  'printf "%v"',
  'printf "%q"',
  'printf "%5.2f|%T"',
  "index",
  "slice",
  "call",
];

/** Returns a Go template that parses, except for a slip; running it may well fail. */
export function goTemplate(random: Random): string {
  const template = statements(random, 2);
  if (!random.slip(0.1)) {
    return template;
  }
  const at = random.below(template.length + 1);
  return (
    template.slice(0, at) +
    random.pick(["{{", "}}", "{{end}}", "(", '"', "|", "$x", " "]) +
    template.slice(at)
  );
}

function statements(random: Random, depth: number): string {
  return random.times(1 + random.below(3), () => statement(random, depth)).join("");
}

function statement(random: Random, depth: number): string {
  const choice = random.below(depth > 0 ? 8 : 4);
  switch (choice) {
    case 0:
      return random.pick(["text ", "\n", "é", "{{/* comment */ -}} "]);
    case 4:
      return `{{if ${pipeline(random, 1)}}}${statements(random, depth - 1)}${otherwise(random, depth)}{{end}}`;
    case 5:
      return `{{with ${pipeline(random, 1)}}}${statements(random, depth - 1)}${otherwise(random, depth)}{{end}}`;
    case 6:
    case 7: {
      const variables = random.pick(["", "", "$x := ", "$i, $x := "]);
      const body = (variables === "" ? "" : "{{$x}}") + statements(random, depth - 1);
      return `{{range ${variables}${random.pick(lists)}}}${body}${otherwise(random, depth)}{{end}}`;
    }
    default:
      return `${random.pick(["{{", "{{", "{{- "])}${pipeline(random, 2)}${random.pick(["}}", "}}", " -}}"])}`;
  }
}

function otherwise(random: Random, depth: number): string {
  return random.chance(0.3) ? `{{else}}${statements(random, depth - 1)}` : "";
}

function pipeline(random: Random, depth: number): string {
  const first = random.chance(0.5) ? operand(random, depth) : call(random, depth);
  return random.chance(0.25) ? `${first} | ${call(random, 0)}` : first;
}

function call(random: Random, depth: number): string {
  return [random.pick(functions), ...random.times(random.below(3), () => operand(random, depth))].join(" ");
}

function operand(random: Random, depth: number): string {
  if (depth > 0 && random.chance(0.2)) {
    return `(${pipeline(random, depth - 1)})`;
  }
  return random.pick(random.chance(0.6) ? fields : constants);
}
