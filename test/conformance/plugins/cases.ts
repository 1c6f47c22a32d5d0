import type { FileSpec } from "../vector.ts";
import { byFormat } from "./format-cases.ts";
import type { PluginCase } from "./world.ts";
import { kubeconfig, kuberc, pluginCase } from "./world.ts";

/** Ways of writing a command. */
const commands: readonly string[] = [
  "plug",
  "$ROOT/bin/plug",
  "$ROOT//bin///plug",
  "$ROOT/bin/./plug",
  "$ROOT/bin/../bin/plug",
  "$ROOT/bin/plug/",
  "$ROOT/bin/plug/.",
  "/..$ROOT/bin/plug",
  "./plug",
  "../bin/plug",
  "bin/plug",
  "plug/",
  "./",
  "$ROOT/link/plug",
  "$ROOT/link/../bin/plug",
  "$ROOT/bin/alias",
  "alias",
  "dangling",
  "$ROOT/bin/dangling",
  "~/plug",
  "~plug",
  "$HOME/plug",
  "$$ROOT/bin/plug",
  "Plug",
  "PLUG",
  " plug",
  "plug ",
  "plug\n",
  "pl ug",
  "plug.sh",
  "pl*g",
  "pl?g",
  "-plug",
  "...",
  ".",
  "..",
  "/",
  "",
  "nope",
  "$ROOT/bin/nope",
  "$ROOT/plain/plug",
  "$ROOT/dirs/plug",
  "$ROOT/bin",
  "$ROOT/bin/plug/sub",
  "pl\u00fcg",
  "plu\u0308g",
  "plug\u0000",
  "$ROOT/bin/plug\u0000x",
  "plug arg",
  "$ROOT/others/plug",
];

/** Ways of writing an entry of the allowlist. */
const entries: readonly string[] = [
  "plug",
  "$ROOT/bin/plug",
  "$ROOT/second/plug",
  "$ROOT/link/plug",
  "$ROOT/bin/alias",
  "alias",
  "$ROOT/bin",
  "$ROOT/bin/*",
  "*",
  "pl*g",
  "PLUG",
  " plug",
  "plug ",
  "~/plug",
  "bin/plug",
  "../bin/plug",
  "nope/plug",
  "$ROOT/nope/plug",
  "$ROOT/dirs/plug",
  "$ROOT/plain/plug",
  "other",
  ".",
  "..",
  "/",
  "plug.sh",
  "$ROOT/cfg/plug",
  "pl\u00fcg",
  // These are not clean, or empty: kubectl refuses the whole policy.
  "./plug",
  "$ROOT//bin/plug",
  "$ROOT/bin/plug/",
  "$ROOT/bin/../bin/plug",
  "",
  "./",
  "plug/",
];

/** Values of PATH, and the folder that the client is called in. */
const layouts: readonly (readonly [path: string | null, cwd?: string])[] = [
  ["$ROOT/bin"],
  ["$ROOT/second:$ROOT/bin"],
  ["$ROOT/bin:$ROOT/second"],
  ["$ROOT/nope:$ROOT/bin"],
  ["$ROOT/dirs:$ROOT/bin"],
  ["$ROOT/plain:$ROOT/bin"],
  ["$ROOT/writeonly:$ROOT/bin"],
  ["$ROOT/link"],
  ["$ROOT//bin/"],
  ["$ROOT/./bin/../bin"],
  ["$ROOT/bin/plug"],
  ["bin"],
  ["bin:$ROOT/bin"],
  ["$ROOT/bin:bin"],
  ["nope:$ROOT/bin"],
  [".", "bin"],
  ["", "bin"],
  [":$ROOT/second", "bin"],
  ["$ROOT/second:", "bin"],
  ["$ROOT/nope::$ROOT/second", "bin"],
  ["..", "bin/sub"],
  ["~/bin"],
  ["$HOME/bin"],
  [null],
  [null, "bin"],
  [" $ROOT/bin"],
  ["$ROOT/nope;$ROOT/bin"],
];

const shown = (text: string): string => JSON.stringify(text);

const byCommand: readonly PluginCase[] = commands.flatMap((command) => [
  pluginCase(`command ${shown(command)} without a policy`, command, undefined),
  pluginCase(`command ${shown(command)} where plug is listed`, command, kuberc("Allowlist", ["plug"])),
  pluginCase(
    `command ${shown(command)} where the path of plug is listed`,
    command,
    kuberc("Allowlist", ["$ROOT/bin/plug"]),
  ),
]);

const byEntry: readonly PluginCase[] = entries.flatMap((entry) => [
  pluginCase(`plug where ${shown(entry)} is listed`, "plug", kuberc("Allowlist", [entry])),
  pluginCase(
    `the path of plug where ${shown(entry)} is listed`,
    "$ROOT/bin/plug",
    kuberc("Allowlist", [entry]),
  ),
]);

const byPath: readonly PluginCase[] = layouts.flatMap(([path, cwd]) => {
  const where = `with PATH=${path ?? "(unset)"}${cwd === undefined ? "" : ` in ${cwd}`}`;
  const more = { env: { PATH: path }, ...(cwd !== undefined && { cwd }) };
  return [
    pluginCase(`plug without a policy ${where}`, "plug", undefined, more),
    pluginCase(`plug where plug is listed ${where}`, "plug", kuberc("Allowlist", ["plug"]), more),
    pluginCase(
      `plug where its path is listed ${where}`,
      "plug",
      kuberc("Allowlist", ["$ROOT/bin/plug"]),
      more,
    ),
    pluginCase(
      `the path of plug where plug is listed ${where}`,
      "$ROOT/bin/plug",
      kuberc("Allowlist", ["plug"]),
      more,
    ),
  ];
});

const head: readonly string[] = ["apiVersion: kubectl.config.k8s.io/v1beta1", "kind: Preference"];
const alpha: readonly string[] = ["apiVersion: kubectl.config.k8s.io/v1alpha1", "kind: Preference"];
const deny = "credentialPluginPolicy: DenyAll";

/** Contents of a kuberc, by what is special about them. */
const texts: Readonly<Record<string, FileSpec>> = {
  "a policy AllowAll": kuberc("AllowAll"),
  "a policy DenyAll": kuberc("DenyAll"),
  "an empty policy": kuberc(""),
  "a null policy": [...head, "credentialPluginPolicy:", ""],
  "no policy": kuberc(undefined),
  "a policy in lower case": kuberc("denyall"),
  "a policy in upper case": kuberc("DENYALL"),
  "a policy with a space": kuberc("DenyAll "),
  "a policy that is a number": [...head, "credentialPluginPolicy: 1", ""],
  "a policy that is a list": [...head, "credentialPluginPolicy: [DenyAll]", ""],
  "a policy No": [...head, "credentialPluginPolicy: No", ""],
  "an Allowlist without a list": kuberc("Allowlist"),
  "an Allowlist with an empty list": kuberc("Allowlist", []),
  "an Allowlist with a null list": [
    ...head,
    "credentialPluginPolicy: Allowlist",
    "credentialPluginAllowlist:",
    "",
  ],
  "a list without a policy": kuberc(undefined, ["plug"]),
  "an AllowAll with a list": kuberc("AllowAll", ["plug"]),
  "a DenyAll with a list": kuberc("DenyAll", ["plug"]),
  "a DenyAll with an empty list": kuberc("DenyAll", []),
  "an Allowlist by command": kuberc("Allowlist", ["plug"], "command"),
  "an Allowlist by a command that is another": kuberc("Allowlist", ["other"], "command"),
  "an entry by name and command, which agree": [
    ...head,
    "credentialPluginPolicy: Allowlist",
    "credentialPluginAllowlist: [{name: plug, command: plug}]",
    "",
  ],
  "an entry by name and command, which differ": [
    ...head,
    "credentialPluginPolicy: Allowlist",
    "credentialPluginAllowlist: [{name: plug, command: other}]",
    "",
  ],
  "an entry with an empty name and a command": [
    ...head,
    "credentialPluginPolicy: Allowlist",
    'credentialPluginAllowlist: [{name: "", command: plug}]',
    "",
  ],
  "a null entry": [...head, "credentialPluginPolicy: Allowlist", "credentialPluginAllowlist: [~]", ""],
  "an entry that is a text": [
    ...head,
    "credentialPluginPolicy: Allowlist",
    "credentialPluginAllowlist: [plug]",
    "",
  ],
  "an entry with an unknown criterion": [
    ...head,
    "credentialPluginPolicy: Allowlist",
    "credentialPluginAllowlist: [{name: plug, sha256: abc}]",
    "",
  ],
  "several entries": kuberc("Allowlist", ["other", "$ROOT/second/plug", "plug"]),
  "several entries, none of them it": kuberc("Allowlist", ["other", "$ROOT/second/plug"]),
  "several entries, a late one faulty": kuberc("Allowlist", ["plug", "./other"]),
  "the policy's field in lower case": [...head, "credentialpluginpolicy: DenyAll", ""],
  "the policy's field misspelt": [...head, "credentialPluginPolcy: DenyAll", ""],
  "the list's field misspelt": [
    ...head,
    "credentialPluginPolicy: Allowlist",
    "credentialPluginAllowList: [{name: plug}]",
    "",
  ],
  "the policy at a wrong place": [...head, "spec:", `  ${deny}`, ""],
  "the policy twice": [...head, deny, "credentialPluginPolicy: AllowAll", ""],
  "the list twice": [
    ...head,
    "credentialPluginPolicy: Allowlist",
    "credentialPluginAllowlist: [{name: other}]",
    "credentialPluginAllowlist: [{name: plug}]",
    "",
  ],
  "the policy in v1alpha1": [...alpha, deny, ""],
  "the policy in an unknown version": ["apiVersion: kubectl.config.k8s.io/v1", "kind: Preference", deny, ""],
  "the policy in the internal version": [
    "apiVersion: kubectl.config.k8s.io/__internal",
    "kind: Preference",
    "CredentialPluginPolicy: DenyAll",
    "",
  ],
  "the policy in another kind": ["apiVersion: kubectl.config.k8s.io/v1beta1", "kind: Config", deny, ""],
  "the policy without a version": ["kind: Preference", deny, ""],
  "the policy without a kind": ["apiVersion: kubectl.config.k8s.io/v1beta1", deny, ""],
  "the kind in upper case": ["apiVersion: kubectl.config.k8s.io/v1beta1", "KIND: Preference", deny, ""],
  "v1alpha1 before v1beta1": [...alpha, "---", ...head, deny, ""],
  "v1beta1 before v1alpha1": [...head, deny, "---", ...alpha, ""],
  "two policies": [...head, "credentialPluginPolicy: AllowAll", "---", ...head, deny, ""],
  "an unusable document before the policy": ["a: [", "---", ...head, deny, ""],
  "another document before the policy": ["apiVersion: v1", "kind: Pod", "---", ...head, deny, ""],
  "a separator first": ["---", ...head, deny, ""],
  "two separators first": ["---", "---", ...head, deny, ""],
  "a separator with a comment": ["--- # the policy", ...head, deny, ""],
  "a separator with text": ["--- !!map", ...head, deny, ""],
  "a separator of four dashes": [...alpha, "----", ...head, deny, ""],
  "a bad separator before the policy": ["kind: x", "--- x", ...head, deny, ""],
  "a bad separator after the policy": [...head, deny, "--- x", ""],
  "an end of document before the policy": ["kind: x", "...", ...head, deny, ""],
  nothing: "",
  "white space alone": "\n \t\n",
  "a comment alone": "# nothing\n",
  "a separator alone": "---\n",
  "a scalar": "DenyAll\n",
  "a list": "- DenyAll\n",
  "broken YAML": "a: [\n",
  "a tab": [...head, `\t${deny}`, ""],
  "a byte order mark": `\ufeff${[...head, deny, ""].join("\n")}`,
  "lines that end in CR LF": [...head, deny, ""].join("\r\n"),
  "lines that end in CR": [...head, deny, ""].join("\r"),
  "no newline at the end": [...head, deny].join("\n"),
  "a policy by an anchor": [...head, "x: &p DenyAll", "credentialPluginPolicy: *p", ""],
  "a policy by a merge": [...head, "<<: {credentialPluginPolicy: DenyAll}", ""],
  "a policy by a merge after its own": [
    ...head,
    "credentialPluginPolicy: AllowAll",
    "<<: {credentialPluginPolicy: DenyAll}",
    "",
  ],
  "a policy with a tag": [...head, "credentialPluginPolicy: !!str DenyAll", ""],
  "a quoted field": [...head, '"credentialPluginPolicy": DenyAll', ""],
  JSON: `{"apiVersion":"kubectl.config.k8s.io/v1beta1","kind":"Preference","credentialPluginPolicy":"DenyAll"}`,
  "JSON with a space before": ` {"apiVersion":"kubectl.config.k8s.io/v1beta1","kind":"Preference","credentialPluginPolicy":"DenyAll"}`,
  "JSON with the policy twice": `{"apiVersion":"kubectl.config.k8s.io/v1beta1","kind":"Preference","credentialPluginPolicy":"DenyAll","credentialPluginPolicy":"AllowAll"}`,
  "JSON with lists that blend": `{"apiVersion":"kubectl.config.k8s.io/v1beta1","kind":"Preference","credentialPluginPolicy":"Allowlist","credentialPluginAllowlist":[{"name":"plug"}],"credentialPluginAllowlist":[{}]}`,
  "JSON with a comma too many": `{"apiVersion":"kubectl.config.k8s.io/v1beta1","kind":"Preference","credentialPluginPolicy":"DenyAll",}`,
  "a flow mapping":
    "{apiVersion: kubectl.config.k8s.io/v1beta1, kind: Preference, credentialPluginPolicy: DenyAll}\n",
  "an alias with a bad name": [...head, "aliases: [{name: a1, command: get}]", ""],
  "an alias twice": [...head, "aliases: [{name: a, command: get}, {name: a, command: get}]", ""],
  "an option with dashes": [...head, "defaults: [{command: get, options: [{name: --v, default: x}]}]", ""],
  "a bad alias and a bad policy": [
    ...head,
    "aliases: [{name: a1, command: get}]",
    "credentialPluginPolicy: x",
    "",
  ],
  "many unknown fields": [...head, deny, "b: 1", "a: {c: 1}", "aliases: [{d: 1, name: a}]", ""],
  "keys that are no texts, twice": [
    ...head,
    deny,
    "1: a",
    "1: b",
    "true: a",
    "true: b",
    "1.5: a",
    "1.5: b",
    "",
  ],
  "a field twice without a value": [...head, deny, "a:", "a:", ""],
};

const byText: readonly PluginCase[] = Object.entries(texts).flatMap(([what, text]) => [
  pluginCase(`a default kuberc with ${what}`, "plug", text),
  pluginCase(`a named kuberc with ${what}`, "plug", undefined, {
    files: { kuberc: text },
    flags: ["--kuberc=$ROOT/kuberc"],
  }),
]);

const [denying, allowing] = [kuberc("DenyAll"), kuberc("AllowAll")];

/** Which kuberc applies. */
const byDiscovery: readonly PluginCase[] = [
  pluginCase("KUBERC goes before the default kuberc", "plug", denying, {
    files: { k: allowing },
    env: { KUBERC: "$ROOT/k" },
  }),
  pluginCase("--kuberc goes before KUBERC", "plug", allowing, {
    files: { k: allowing, l: denying },
    env: { KUBERC: "$ROOT/k" },
    flags: ["--kuberc", "$ROOT/l"],
  }),
  pluginCase("--kuberc of the default path gives way to KUBERC", "plug", denying, {
    files: { k: allowing },
    env: { KUBERC: "$ROOT/k" },
    flags: ["--kuberc=$ROOT/home/.kube/kuberc"],
  }),
  pluginCase("KUBERC=off turns the default kuberc off", "plug", denying, { env: { KUBERC: "off" } }),
  pluginCase("KUBERC=OFF is a file", "plug", denying, { env: { KUBERC: "OFF" } }),
  pluginCase("KUBERC=off does not go with --kuberc", "plug", denying, {
    files: { k: allowing },
    env: { KUBERC: "off" },
    flags: ["--kuberc=$ROOT/k"],
  }),
  pluginCase("an empty KUBERC is none", "plug", denying, { env: { KUBERC: "" } }),
  pluginCase("KUBECTL_KUBERC=false turns kuberc off", "plug", denying, {
    env: { KUBECTL_KUBERC: "false", KUBERC: "$ROOT/nope" },
  }),
  pluginCase("KUBECTL_KUBERC=FALSE turns kuberc off", "plug", denying, { env: { KUBECTL_KUBERC: "FALSE" } }),
  pluginCase("KUBECTL_KUBERC=0 does not turn kuberc off", "plug", denying, { env: { KUBECTL_KUBERC: "0" } }),
  pluginCase("--kuberc does not go with KUBECTL_KUBERC=false", "plug", denying, {
    env: { KUBECTL_KUBERC: "false" },
    flags: ["--kuberc=$ROOT/nope"],
  }),
  pluginCase("a KUBERC that is missing", "plug", denying, { env: { KUBERC: "$ROOT/nope" } }),
  pluginCase("a KUBERC that is a folder", "plug", denying, { env: { KUBERC: "$ROOT/bin" } }),
  pluginCase("a KUBERC below a file", "plug", denying, { env: { KUBERC: "$ROOT/cfg/config/k" } }),
  pluginCase("a --kuberc that is missing", "plug", denying, { flags: ["--kuberc=$ROOT/nope"] }),
  pluginCase("an empty --kuberc is none", "plug", denying, { flags: ["--kuberc", ""] }),
  pluginCase("a --kuberc= without a value", "plug", denying, { flags: ["--kuberc="] }),
  pluginCase("the first --kuberc counts", "plug", undefined, {
    files: { k: allowing, l: denying },
    flags: ["--kuberc=$ROOT/l", "--kuberc=$ROOT/k"],
  }),
  pluginCase("a --kuberc ends at its second =", "plug", undefined, {
    files: { k: denying, "k=1": allowing },
    flags: ["--kuberc=$ROOT/k=1"],
  }),
  pluginCase("a relative KUBERC is taken against the current folder", "plug", undefined, {
    files: { "cfg/k": denying },
    cwd: "cfg",
    env: { KUBERC: "k" },
  }),
  pluginCase("a default kuberc that is missing", "plug", undefined),
  pluginCase("a default kuberc that is a folder", "plug", undefined, {
    files: { "home/.kube/kuberc/x": "" },
  }),
  pluginCase(
    "a default kuberc that is a symbolic link",
    "plug",
    { symlink: "$ROOT/k" },
    { files: { k: denying } },
  ),
  pluginCase("a default kuberc that leads nowhere", "plug", { symlink: "nowhere" }),
  pluginCase("without HOME, the default kuberc is relative", "plug", undefined, {
    files: { "cfg/.kube/kuberc": denying },
    cwd: "cfg",
    env: { HOME: null },
  }),
];

/** Configurations that no policy saves, and ways around the plugin's own fields. */
const byConfig: readonly PluginCase[] = (
  [
    ["no apiVersion", "plug", { apiVersion: "" }],
    ["apiVersion v1beta1", "plug", { apiVersion: "client.authentication.k8s.io/v1beta1" }],
    ["apiVersion v1alpha1", "plug", { apiVersion: "client.authentication.k8s.io/v1alpha1" }],
    ["no interactiveMode", "plug", { interactiveMode: "" }],
    ["an unknown interactiveMode", "plug", { interactiveMode: "never" }],
    ["a variable without a name", "plug", { env: [{ name: "", value: "x" }] }],
    ["a PATH of its own", "plug", { env: [{ name: "PATH", value: "$ROOT/second" }] }],
    ["arguments", "plug", { args: ["$ROOT/bin/other", "--"] }],
    ["a policy of its own", "plug", { pluginPolicy: { credentialPluginPolicy: "AllowAll" } }],
    ["neither command nor version", "", { apiVersion: "" }],
  ] as const
).flatMap(([what, command, more]) =>
  ([undefined, denying, kuberc("Allowlist", ["plug"])] as const).map((policy, i) =>
    pluginCase(`a plugin with ${what}, ${["unjudged", "denied", "listed"][i]}`, command, policy, {
      files: { "cfg/config": kubeconfig(command, more) },
    }),
  ),
);

/** Users whose other fields kubectl refuses before it comes to the plugin. */
const byUser: readonly PluginCase[] = (
  [
    ["a token and a password", { token: "t", username: "u", password: "p" }],
    ["a token and a password without a name", { token: "t", password: "p" }],
    ["a certificate without a key", { "client-certificate-data": "eA==" }],
    ["impersonated groups without a user", { "as-groups": ["g"] }],
    ["an impersonated uid without a user", { "as-uid": "1" }],
    ["an auth-provider", { "auth-provider": { name: "p" } }],
    ["a key alone", { "client-key-data": "eA==" }],
    ["an impersonated user", { as: "x", "as-groups": ["g"] }],
    ["a password alone", { password: "p" }],
  ] as const
).map(([what, user]) =>
  pluginCase(`a plugin beside ${what}`, "plug", undefined, {
    files: { "cfg/config": kubeconfig("plug", {}, user) },
  }),
);

/** Folders whose name in PWD is used where it is right, which gives relative kubeconfigs other names. */
const byFolder: readonly PluginCase[] = (
  [
    ["link", "$ROOT/link"],
    ["link", "$ROOT/bin"],
    ["link", "$ROOT/cfg"],
    ["link", "link"],
    ["link", "$ROOT//link/."],
    ["link", null],
    ["bin", "$ROOT/link"],
    ["bin", "$ROOT/nope"],
  ] as const
).flatMap(([cwd, PWD]) =>
  ["$ROOT/bin/plug", "$ROOT/link/plug"].map((entry) =>
    pluginCase(
      `./plug of a relative kubeconfig in ${cwd} with PWD=${PWD ?? "(unset)"} where ${entry} is listed`,
      "./plug",
      kuberc("Allowlist", [entry]),
      { files: { "bin/config": kubeconfig("./plug") }, cwd, env: { KUBECONFIG: "config", PWD } },
    ),
  ),
);

/** Every recorded case, by topic. */
export const pluginCases: Readonly<Record<string, readonly PluginCase[]>> = {
  commands: byCommand,
  entries: byEntry,
  layouts: byPath,
  kubercs: byText,
  discovery: byDiscovery,
  configurations: [...byConfig, ...byUser],
  folders: byFolder,
  formats: byFormat,
};
