import type { Random } from "../random/random.ts";
import { randomFrom } from "../random/random.ts";
import type { FileSpec } from "../vector.ts";
import { joinText } from "../vector.ts";
import { oddExecutables } from "./format-cases.ts";
import type { PluginCase } from "./world.ts";
import { kubeconfig, plugin, pluginCase } from "./world.ts";

/** Returns a random client, plugin and policy, as an attacker or a mistake might produce them. */
export function randomPluginCase(seed: number): PluginCase {
  const random = randomFrom(seed);
  const command = randomCommand(random);
  const { files, env, flags } = randomDiscovery(random, randomKuberc(random, command));
  const cwd = random.pick(["bin", "cfg", "cfg/bin", "second", "link", "dirs", undefined, undefined]);
  const path = random.chance(0.04) ? null : randomPath(random);
  return pluginCase(`random plugin ${seed}`, command, undefined, {
    ...(cwd !== undefined && { cwd }),
    files: { "cfg/config": kubeconfig(command, randomDetails(random)), ...randomWorld(random), ...files },
    env: { PATH: path, ...(random.chance(0.2) && randomNames(random)), ...env },
    flags,
  });
}

/** Returns other names for the current folder, and for the kubeconfig. */
function randomNames(random: Random): PluginCase["env"] {
  return {
    PWD: random.pick(["$ROOT/link", "$ROOT/bin", "$ROOT/cfg", "$ROOT/link/../cfg", "link", "$ROOT"]),
    // The last one is always there.
    KUBECONFIG: random.pick([
      "$ROOT/cfg/config",
      "config:$ROOT/cfg/config",
      "../cfg/config:$ROOT/cfg/config",
      "./config:../../cfg/config:$ROOT/cfg/config",
      "$ROOT/bin/../cfg/config",
    ]),
  };
}

const segments: readonly string[] = [
  "bin",
  "bin",
  "link",
  "second",
  "cfg",
  "dirs",
  "plain",
  "sub",
  "nope",
  "..",
  "..",
  ".",
  "",
];

const names: readonly string[] = [
  "plug",
  "plug",
  "plug",
  "plug",
  "other",
  "alias",
  "PLUG",
  "plug.sh",
  "...",
  "pl ug",
  "pl\u00fcg",
  "plu\u0308g",
  "-plug",
  "~plug",
  "dangling",
  "nope",
  "",
  ".",
  "..",
];

function randomCommand(random: Random): string {
  return random.chance(0.4) ? random.pick(names) : slip(random, randomFile(random));
}

function randomFile(random: Random): string {
  const folders = random.chance(0.6)
    ? ["bin"]
    : random.times(1 + random.below(4), () => random.pick(segments));
  const start = random.pick(["$ROOT/", "$ROOT/", "$ROOT/", "/..$ROOT/", "./", "../", ""]);
  return `${start}${folders.join("/")}/${random.pick(names)}`;
}

/** Damages a string now and then. */
function slip(random: Random, text: string): string {
  if (!random.chance(0.15)) {
    return text;
  }
  const at = random.below(text.length + 1);
  return random.pick([
    `${text}/`,
    `${text}/.`,
    ` ${text}`,
    `${text} `,
    `${text}\u0000`,
    `${text}\n`,
    `./${text}`,
    `${text.slice(0, at)}/${text.slice(at)}`,
    `${text.slice(0, at)}./${text.slice(at)}`,
    text.toUpperCase(),
    text.slice(0, at),
    text.replaceAll("plug", "*"),
    `${text.slice(0, at)}\u200b${text.slice(at)}`,
    text.normalize("NFD"),
  ]);
}

/** Returns a random entry, often close to the command. */
function randomEntry(random: Random, command: string): string {
  const file = randomFile(random);
  return slip(
    random,
    random.pick([
      command,
      command,
      command.split("/").at(-1) ?? "",
      command.replaceAll(/\/+(?:\.\/+)*/gu, "/"),
      file,
      file.split("/").at(-1) ?? "",
      "plug",
      "$ROOT/bin/plug",
      "$ROOT/second/plug",
    ]),
  );
}

function randomPath(random: Random): string {
  const element = (): string =>
    random.pick([
      "$ROOT/bin",
      "$ROOT/bin",
      "$ROOT/second",
      "$ROOT/link",
      "$ROOT/dirs",
      "$ROOT/plain",
      "$ROOT/writeonly",
      "$ROOT/nope",
      "$ROOT//bin/.",
      "$ROOT/bin/../second/",
      "$ROOT/bin/plug",
      "$ROOT/cfg",
      "bin",
      "../bin",
      ".",
      "",
      "~/bin",
      '"$ROOT/bin"',
    ]);
  return random.times(random.below(4), element).join(":");
}

function randomDetails(random: Random): Readonly<Record<string, unknown>> {
  return random.chance(0.9)
    ? {}
    : random.pick([
        { apiVersion: "client.authentication.k8s.io/v1beta1" },
        { apiVersion: "client.authentication.k8s.io/v1alpha1" },
        { interactiveMode: "Sometimes" },
        { env: [{ name: "PATH", value: "$ROOT/second" }] },
        { args: ["$ROOT/bin/other"] },
        { installHint: "get it" },
      ]);
}

/** Replaces some of the files. */
function randomWorld(random: Random): PluginCase["files"] {
  const changed: Record<string, FileSpec> = {};
  if (random.chance(0.1)) {
    changed[random.pick(["bin/plug", "bin/plug", "second/plug", "bin/other"])] = random.pick(oddExecutables);
  }
  for (const path of random.some(
    ["second/plug", "bin/other", "cfg/plug", "bin/extra", "second/alias"],
    0.15,
  )) {
    changed[path] = random.pick<FileSpec>([
      {
        ...(plugin as { readonly text: FileSpec & string }),
        mode: random.pick(["0644", "0111", "0755", "0500", "0001"]),
      },
      { symlink: random.pick(["$ROOT/bin/plug", "../bin/plug", "../plain/plug", "plug", "."]) },
      { directory: true },
      "",
    ]);
  }
  return changed;
}

/** Writes a string in one of YAML's styles. */
function spell(random: Random, text: string): string {
  const isPlain = /^[A-Za-z$/][A-Za-z0-9$/._-]*$/u.test(text);
  return random.pick([JSON.stringify(text), isPlain ? text : JSON.stringify(text)]);
}

function randomKuberc(random: Random, command: string): string {
  const documents = random.times(random.chance(0.85) ? 1 : 1 + random.below(3), () =>
    random.chance(0.06) ? random.pick(oddDocuments) : randomDocument(random, command),
  );
  const separator = random.chance(0.95)
    ? "---\n"
    : random.pick(["--- # c\n", "---x\n", "...\n", "----\n", "---\r\n"]);
  const text = `${random.chance(0.1) ? separator : ""}${documents.join(separator)}`;
  return random.chance(0.93)
    ? text
    : random.pick([
        text.replaceAll("\n", "\r\n"),
        `\ufeff${text}`,
        text.trimEnd(),
        `${text}---\n`,
        text.replaceAll("  ", "\t"),
        text.replace("credential", "Credential"),
        text.slice(0, random.below(text.length + 1)),
      ]);
}

const oddDocuments: readonly string[] = [
  "",
  "# nothing\n",
  "a: [\n",
  "- a\n",
  "text\n",
  "apiVersion: v1\nkind: Pod\n",
  "kind: Preference\n",
  '{"apiVersion":"kubectl.config.k8s.io/v1beta1","kind":"Preference","credentialPluginPolicy":"DenyAll"}\n',
  "{apiVersion: kubectl.config.k8s.io/v1beta1, kind: Preference}\n",
];

function randomDocument(random: Random, command: string): string {
  const version = random.chance(0.87) ? "v1beta1" : random.pick(["v1alpha1", "v1", "V1beta1"]);
  const isJson = random.chance(0.05);
  const fields: (readonly [key: string, value: string])[] = [
    ["apiVersion", `kubectl.config.k8s.io/${version}`],
    ["kind", random.chance(0.97) ? "Preference" : random.pick(["preference", "Config", ""])],
  ];
  const field = (key: string, value: string): void => {
    fields.push([random.chance(0.97) ? key : misspell(random, key), value]);
  };
  if (random.chance(0.95)) {
    field("credentialPluginPolicy", randomPolicy(random));
  }
  if (random.chance(0.9)) {
    field("credentialPluginAllowlist", randomAllowlist(random, command, isJson));
  }
  if (random.chance(0.08)) {
    const [key, value] = random.pick(fields);
    field(key, random.chance(0.5) ? value : randomPolicy(random));
  }
  if (random.chance(0.1)) {
    fields.push(
      random.pick([
        ["aliases", '[{"name": "getn", "command": "get"}]'],
        ["aliases", '[{"name": "get1", "command": "get"}]'],
        ["defaults", '[{"command": "delete", "options": [{"name": "interactive", "default": "true"}]}]'],
        ["defaults", '[{"command": "delete", "options": [{"name": "-i", "default": "true"}]}]'],
        ["unknown", "1"],
        ["x", '{"y": 1, "y": 2}'],
      ] as const),
    );
  }
  const ordered = random.chance(0.8) ? fields : random.shuffle(fields);
  if (isJson) {
    return `{${ordered.map(([key, value]) => `${JSON.stringify(key)}: ${asJson(value)}`).join(", ")}}\n`;
  }
  return ordered.map(([key, value]) => `${key}: ${value}\n${random.chance(0.1) ? "# c\n" : ""}`).join("");
}

function asJson(value: string): string {
  return /^[[{"]/u.test(value) ? value : JSON.stringify(value);
}

function misspell(random: Random, key: string): string {
  const at = random.below(key.length);
  return random.pick([
    key.toLowerCase(),
    `${key.slice(0, at)}${key.slice(at + 1)}`,
    `${key.slice(0, at)}${key.charAt(at).toUpperCase()}${key.slice(at + 1)}`,
    `"${key} "`,
  ]);
}

function randomPolicy(random: Random): string {
  return random.chance(0.85)
    ? "Allowlist"
    : random.pick([
        "AllowAll",
        "DenyAll",
        "DenyAll",
        '""',
        "allowlist",
        "~",
        "1",
        "No",
        '"Allowlist "',
        "&a Allowlist",
      ]);
}

function randomAllowlist(random: Random, command: string, isJson: boolean): string {
  const entries = random.times(random.chance(0.9) ? 1 + random.below(3) : 0, () => {
    const entry = randomEntry(random, command);
    const text = isJson ? JSON.stringify(entry) : spell(random, entry);
    if (random.chance(0.04)) {
      return random.pick([
        `{"command": ${text}}`,
        `{"name": ${text}, "command": ${text}}`,
        `{"name": "other", "command": ${text}}`,
        `{"name": ${text}, "hash": "x"}`,
        `{"Name": ${text}}`,
        `{"name": ${text}, "name": "other"}`,
        "null",
        "{}",
        text,
      ]);
    }
    return `{"name": ${text}}`;
  });
  return `[${entries.join(", ")}]`;
}

function randomDiscovery(
  random: Random,
  kuberc: string,
): Required<Pick<PluginCase, "files" | "env" | "flags">> {
  const other = joinText(["apiVersion: kubectl.config.k8s.io/v1beta1", "kind: Preference", ""]);
  const home = "home/.kube/kuberc";
  switch (random.below(20)) {
    case 0:
      return { files: { k: kuberc }, env: {}, flags: ["--kuberc=$ROOT/k"] };
    case 1:
      return { files: { k: kuberc, [home]: other }, env: { KUBERC: "$ROOT/k" }, flags: [] };
    case 2:
      return {
        files: { k: other, [home]: kuberc },
        env: { KUBERC: "$ROOT/k" },
        flags: ["--kuberc", `$ROOT/${home}`],
      };
    case 3:
      return {
        files: { [home]: kuberc },
        env: { KUBERC: random.pick(["off", "OFF", "", "off "]) },
        flags: [],
      };
    case 4:
      return {
        files: { [home]: kuberc },
        env: { KUBECTL_KUBERC: random.pick(["false", "False", "true", "0", ""]) },
        flags: [],
      };
    case 5:
      return { files: { k: kuberc, l: other }, env: {}, flags: ["--kuberc", "$ROOT/k", "--kuberc=$ROOT/l"] };
    default:
      return { files: { [home]: kuberc }, env: {}, flags: [] };
  }
}
