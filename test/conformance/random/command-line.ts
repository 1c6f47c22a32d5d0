import { goTemplate } from "./go-template.ts";
import { names } from "./kubeconfig.ts";
import type { Random } from "./random.ts";

const formats = ["yaml", "json", "kyaml", "name", "YAML"];
const steps = [
  ".clusters",
  ".users",
  ".contexts",
  ".current-context",
  "[0]",
  "[*]",
  "[-1]",
  "[0:2]",
  "[1:]",
  "[0,1]",
  ".name",
  ".cluster",
  ".user",
  ".context",
  ".server",
  ".token",
  ".exec",
  ".args",
  ".nope",
  "[?(@.name=='a')]",
  '[?(@.name!="b")]',
  "[?(@.cluster.server)]",
  ".extensions",
  "['name']",
  "[::2]",
];

function template(random: Random): string {
  const path = (): string =>
    `{${random.chance(0.9) ? random.pick([".clusters", ".users", ".contexts", ".kind", ".current-context", ""]) : ""}${random.times(random.below(4), () => random.pick(steps)).join("")}}`;
  switch (random.below(6)) {
    case 0:
      return `{range .${random.pick(["clusters", "users", "contexts"])}[*]}{.name}{"\\n"}{end}`;
    case 1:
      return `{range .${random.pick(["clusters", "users", "contexts", "nope"])}${random.pick(["[*]", "", "[0:1]"])}}${path()} ${path()}{end}`;
    case 2:
      return path() + random.pick(["", " ", "x", "{'\\n'}", '{"\\t"}']) + path();
    default:
      return path();
  }
}

/** Writes a boolean flag, mostly correctly. */
function flag(random: Random, name: string): string {
  return `--${name}${random.chance(0.85) ? "" : random.pick(["=true", "=false", "=T", "=F", "=1", "=0", "=True", "=bad", "="])}`;
}

function viewFlags(random: Random, hasExplicitFile: boolean): readonly string[] {
  const output = random.below(10);
  const format =
    output < 4
      ? []
      : output < 8
        ? random.pick([
            ["-o", random.pick(formats)],
            [`-o${random.pick(formats)}`],
            [`--output=${random.pick(formats)}`],
          ])
        : output < 9
          ? ["-o", `${random.pick(["jsonpath", "jsonpath", "jsonpath-as-json"])}=${template(random)}`]
          : ["-o", `${random.pick(["go-template", "template"])}=${goTemplate(random)}`];
  return [
    ...(random.chance(0.45) ? [flag(random, "raw")] : []),
    ...(random.chance(0.25) ? [flag(random, "minify")] : []),
    ...(random.chance(0.12) ? [flag(random, "flatten")] : []),
    ...(random.chance(0.25) ? [`--context=${random.pick(names)}`] : []),
    ...(random.chance(hasExplicitFile ? 0.4 : 0.04)
      ? [random.pick(["--merge", "--merge=false", "--merge=true"])]
      : []),
    ...(random.chance(0.05) ? [flag(random, "allow-missing-template-keys")] : []),
    ...format,
  ];
}

/** Returns a command line of view, current-context or one of the get commands; now and then with a mistake. */
export function anyCommandLine(random: Random, explicitFile: string | undefined): readonly string[] {
  const command = random.pick([
    "view",
    "view",
    "view",
    "view",
    "view",
    "get-contexts",
    "get-contexts",
    "get-users",
    "get-clusters",
    "current-context",
  ]);
  const own =
    command === "view"
      ? viewFlags(random, explicitFile !== undefined)
      : command === "get-contexts"
        ? [
            ...(random.chance(0.3) ? [random.pick(["-o=name", "-oname", "--output=name"])] : []),
            ...(random.chance(0.3) ? [flag(random, "no-headers")] : []),
            ...(random.chance(0.4) ? random.some(names, 0.2) : []),
          ]
        : random.chance(0.05)
          ? ["extra"]
          : [];
  const odd = random.chance(0.05)
    ? [
        random.pick([
          "--nope",
          "-o=wide",
          "-z",
          "extra",
          "--",
          "--v=1",
          "-n=x",
          "--user=a",
          "--cluster=a",
          "--request-timeout=1s",
          "--ra",
          "--as=me",
          "-",
          "--insecure-skip-tls-verify",
          "--v=x",
        ]),
      ]
    : [];
  const words = random.shuffle([...own.filter((word) => word.startsWith("--")), ...odd]);
  const rest = own.filter((word) => !word.startsWith("--"));
  const explicit =
    explicitFile === undefined
      ? []
      : random.pick([["--kubeconfig", explicitFile], [`--kubeconfig=${explicitFile}`]]);
  return random.chance(0.9)
    ? [command, ...words, ...explicit, ...rest]
    : [...explicit, command, ...words, ...rest];
}
