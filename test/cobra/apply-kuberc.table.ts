/**
 * The cases of kubernetes/kubectl's pkg/kuberc/kuberc_test.go (kubectl 1.36) in a form of our own: what goes in and what
 * must come out. `source` names the case there.
 */

/** A name, a default value and, for some, a letter. */
type Flag = readonly [name: string, value: string | boolean, letter?: string];

export interface AppliedCase {
  readonly source: string;
  /** Commands, each inside the one before. */
  readonly commands: readonly (readonly [name: string, ...flags: Flag[]])[];
  readonly argv: string;
  /** Command, option and value. */
  readonly defaults?: readonly (readonly [command: string, name: string, value: string])[];
  readonly aliases?: readonly {
    readonly name: string;
    readonly command: string;
    readonly prepend?: string;
    readonly append?: string;
    readonly option?: readonly [name: string, value: string];
  }[];
  /** Values of options afterwards, the command that runs, and its arguments; or the error. */
  readonly flags?: Readonly<Record<string, string | boolean>>;
  readonly runs?: string;
  readonly args?: string;
  readonly error?: string;
}

const one = (...flags: Flag[]): AppliedCase["commands"] => [["command1", ...flags]];
const two = (...flags: Flag[]): AppliedCase["commands"] => [["command1"], ["command2", ...flags]];
const first: Flag = ["firstflag", "test"];
const nested = [["command1 command2", "firstflag", "changed"]] as const;
const getcmd = { name: "getcmd", command: "command1", option: ["firstflag", "changed"] } as const;
const onNodes = { ...getcmd, append: "resources nodes" } as const;
const aliascmd = { ...onNodes, name: "aliascmd" } as const;
const keepsFalse = { ...onNodes, option: ["firstflag", "false"] } as const;
const explicit = { firstflag: "explicit" };

export const appliedDefaults: readonly AppliedCase[] = [
  {
    source: "TestApplyOverride: command override",
    commands: one(first),
    argv: "command1",
    defaults: [["command1", "firstflag", "changed"]],
    flags: { firstflag: "changed" },
  },
  {
    source: "TestApplyOverride: subcommand override",
    commands: two(first),
    argv: "command1 command2",
    defaults: nested,
    flags: { firstflag: "changed" },
  },
  {
    source: "TestApplyOverride: subcommand override with prefix incorrectly matches",
    commands: two(["first", "test"], ["firstflag", "test2"]),
    argv: "command1 command2 --firstflag explicit",
    defaults: [["command1 command2", "first", "changed"]],
    flags: { first: "changed", firstflag: "explicit" },
  },
  {
    source: "TestApplyOverride: use explicit kuberc, subcommand explicit takes precedence",
    commands: two(first),
    argv: "command1 command2 --kuberc test-custom-kuberc-path --firstflag=explicit",
    defaults: nested,
    flags: explicit,
  },
  {
    source: "TestApplyOverride: use explicit kuberc, subcommand explicit takes precedence kuberc flag first",
    commands: two(first),
    argv: "--kuberc=test-custom-kuberc-path command1 command2 --firstflag=explicit",
    defaults: nested,
    flags: explicit,
  },
  {
    source: "TestApplyOverride: use explicit kuberc equal, subcommand explicit takes precedence",
    commands: two(first),
    argv: "command1 command2 --kuberc=test-custom-kuberc-path --firstflag=explicit",
    defaults: nested,
    flags: explicit,
  },
  {
    source: "TestApplyOverride: use explicit kuberc equal, subcommand explicit takes precedence multi spaces",
    commands: two(first),
    argv: "command1 command2 --kuberc=test-custom-kuberc-path --firstflag=explicit",
    defaults: [["  command1   command2   ", "firstflag", "changed"]],
    flags: explicit,
  },
  {
    source: "TestApplyOverride: use explicit kuberc equal at the end, subcommand explicit takes precedence",
    commands: two(first),
    argv: "command1 command2 --firstflag=explicit --kuberc=test-custom-kuberc-path",
    defaults: nested,
    flags: explicit,
  },
  {
    source: "TestApplyOverride: subcommand explicit takes precedence",
    commands: two(first),
    argv: "command1 command2 --firstflag=explicit",
    defaults: nested,
    flags: explicit,
  },
  {
    source: "TestApplyOverride: subcommand explicit takes precedence with space",
    commands: two(first),
    argv: "command1 command2 --firstflag explicit",
    defaults: nested,
    flags: explicit,
  },
  {
    source: "TestApplyOverride: subcommand explicit takes precedence with space and with shorthand",
    commands: two(["firstflag", "test", "r"]),
    argv: "command1 command2 -r explicit",
    defaults: nested,
    flags: explicit,
  },
  {
    source:
      "TestApplyOverride: subcommand explicit takes precedence with space and with shorthand and equal sign",
    commands: two(["firstflag", "test", "r"]),
    argv: "command1 command2 -r=explicit",
    defaults: nested,
    flags: explicit,
  },
  {
    source: "TestApplyOverride: subcommand check the not overridden flag",
    commands: two(first, ["secondflag", "secondflagvalue"]),
    argv: "command1 command2 --firstflag explicit --secondflag=changed",
    defaults: nested,
    flags: { firstflag: "explicit", secondflag: "changed" },
  },
  {
    source: "TestApplyOverride: command1 also has same flag",
    commands: [
      ["command1", ["firstflag", "shouldnuse"], ["secondflag", "shouldnuse"]],
      ["command2", first],
    ],
    argv: "command1 command2 --firstflag explicit",
    defaults: nested,
    flags: explicit,
  },
  {
    source: "TestApplyOverride: alias command override",
    commands: one(first),
    argv: "testalias",
    defaults: [["testalias", "firstflag", "changed"]],
    aliases: [{ name: "testalias", command: "command1" }],
    error: "alias testalias can not be overridden",
  },
  {
    source: "TestApplyOverrideBool: command override",
    commands: one(["firstflag", true]),
    argv: "command1",
    defaults: [["command1", "firstflag", "false"]],
    flags: { firstflag: false },
  },
  {
    source: "TestApplyOverrideBool: command override explicit pass",
    commands: one(["firstflag", true]),
    argv: "command1 --firstflag",
    defaults: [["command1", "firstflag", "false"]],
    flags: { firstflag: true },
  },
  {
    source: "TestApplyOverrideBool: command override explicit pass with shorthand",
    commands: one(["firstflag", true, "f"]),
    argv: "command1 -f",
    defaults: [["command1", "firstflag", "false"]],
    flags: { firstflag: true },
  },
  {
    source: "TestApplyOverrideBool: command override explicit pass with combined multiple shorthand",
    commands: one(["firstflag", false, "f"], ["secondflag", false, "v"], ["thirdflag", true, "d"]),
    argv: "command1 -dfv",
    defaults: [["command1", "firstflag", "false"]],
    flags: { firstflag: true },
  },
];

export const appliedAliases: readonly AppliedCase[] = [
  {
    source: "TestApplyAliasBool: command override",
    commands: one(["firstflag", false]),
    argv: "getcmd",
    aliases: [{ ...onNodes, option: ["firstflag", "true"] }],
    flags: { firstflag: true },
    runs: "command1",
    args: "resources nodes",
  },
  {
    source: "TestApplyAliasBool: command override explicit pass",
    commands: one(["firstflag", false]),
    argv: "getcmd --firstflag",
    aliases: [keepsFalse],
    flags: { firstflag: true },
    runs: "command1",
    args: "resources nodes",
  },
  {
    source: "TestApplyAliasBool: command override explicit pass with shorthand",
    commands: one(["firstflag", false, "f"]),
    argv: "getcmd -f",
    aliases: [keepsFalse],
    flags: { firstflag: true },
    runs: "command1",
    args: "resources nodes",
  },
  {
    source: "TestApplyAliasBool: command override explicit pass with combination of multiple shorthand",
    commands: one(["firstflag", false, "f"], ["secondflag", true, "v"], ["thirdflag", false, "d"]),
    argv: "getcmd -vfd",
    aliases: [keepsFalse],
    flags: { firstflag: true, secondflag: true, thirdflag: true },
    runs: "command1",
    args: "resources nodes",
  },
  {
    source: "TestApplyAlias: command override",
    commands: one(first),
    argv: "getcmd",
    aliases: [onNodes],
    flags: { firstflag: "changed" },
    runs: "command1",
    args: "resources nodes",
  },
  {
    source: "TestApplyAlias: command override prependArgs",
    commands: one(first),
    argv: "getcmd",
    aliases: [{ ...getcmd, prepend: "resources nodes" }],
    flags: { firstflag: "changed" },
    runs: "command1",
    args: "resources nodes",
  },
  {
    source: "TestApplyAlias: command override prependArgs with args",
    commands: one(first),
    argv: "getcmd arg1",
    aliases: [{ ...getcmd, prepend: "resources nodes" }],
    flags: { firstflag: "changed" },
    runs: "command1",
    args: "resources nodes arg1",
  },
  {
    source: "TestApplyAlias: command override prependArgs with appendArgs",
    commands: one(first),
    argv: "getcmd",
    aliases: [{ ...getcmd, prepend: "resources nodes", append: "arg1 arg2" }],
    flags: { firstflag: "changed" },
    runs: "command1",
    args: "resources nodes arg1 arg2",
  },
  {
    source: "TestApplyAlias: command override prependArgs with appendArgs with args",
    commands: one(first),
    argv: "getcmd arg1 arg2",
    aliases: [{ ...getcmd, prepend: "resources nodes", append: "arg3 arg4" }],
    flags: { firstflag: "changed" },
    runs: "command1",
    args: "resources nodes arg1 arg2 arg3 arg4",
  },
  {
    source: "TestApplyAlias: command override prependArgs with appendArgs with args with flags",
    commands: one(first),
    argv: "getcmd arg1 --firstflag explicit arg2",
    aliases: [{ ...getcmd, prepend: "resources nodes", append: "arg3 arg4" }],
    flags: explicit,
    runs: "command1",
    args: "resources nodes arg1 arg2 arg3 arg4",
  },
  {
    source: "TestApplyAlias: invalid duplicate aliasname",
    commands: one(first),
    argv: "getcmd",
    aliases: [onNodes, onNodes],
    error: "duplicate alias name getcmd",
  },
  {
    source: "TestApplyAlias: alias name with flags having dashes as prefix",
    commands: one(first),
    argv: "getcmd",
    aliases: [{ ...onNodes, option: ["--firstflag", "changed"] }, onNodes],
    error: "flag name --firstflag should be in long form without dashes",
  },
  {
    source: "TestApplyAlias: invalid aliasname",
    commands: one(first),
    argv: "getcmd",
    aliases: [{ ...onNodes, name: "getcmd!!" }],
    error: "invalid alias name, can only include alphabetical characters",
  },
  {
    source: "TestApplyAlias: invalid aliasname with spaces",
    commands: one(first),
    argv: "getcmd",
    aliases: [{ ...onNodes, name: "getcmd subalias" }],
    error: "invalid alias name, can only include alphabetical characters",
  },
  {
    source: "TestApplyAlias: command override (the flag is given)",
    commands: one(first),
    argv: "getcmd --firstflag=explicit",
    aliases: [onNodes],
    flags: explicit,
    runs: "command1",
    args: "resources nodes",
  },
  {
    source: "TestApplyAlias: command override with shorthand",
    commands: one(["firstflag", "test", "r"]),
    argv: "getcmd -r=explicit",
    aliases: [onNodes],
    flags: explicit,
    runs: "command1",
    args: "resources nodes",
  },
  {
    source: "TestApplyAlias: command override with shorthand and space",
    commands: one(["firstflag", "test", "r"]),
    argv: "getcmd -r explicit",
    aliases: [onNodes],
    flags: explicit,
    runs: "command1",
    args: "resources nodes",
  },
  {
    source: "TestApplyAlias: command override (two flags are given)",
    commands: one(first, ["secondflag", "secondflagvalue"]),
    argv: "getcmd --firstflag=explicit --secondflag=changed",
    aliases: [onNodes],
    flags: { firstflag: "explicit", secondflag: "changed" },
    runs: "command1",
    args: "resources nodes",
  },
  {
    source: "TestApplyAlias: simple aliasing",
    commands: one(first),
    argv: "aliascmd",
    aliases: [aliascmd],
    flags: { firstflag: "changed" },
    runs: "command1",
    args: "resources nodes",
  },
  {
    source: "TestApplyAlias: simple aliasing with kuberc flag first",
    commands: one(first),
    argv: "--kuberc=kuberc aliascmd",
    aliases: [aliascmd],
    flags: { firstflag: "changed" },
    runs: "command1",
    args: "resources nodes",
  },
  {
    source: "TestApplyAlias: simple aliasing with kuberc flag after",
    commands: one(first),
    argv: "aliascmd --kuberc=kuberc",
    aliases: [aliascmd],
    flags: { firstflag: "changed" },
    runs: "command1",
    args: "resources nodes",
  },
  ...["command1 command2", "   command1   command2  "].map((command, i) => ({
    source: `TestApplyAlias: subcommand aliasing${i === 0 ? "" : " with spaces"}`,
    commands: [
      ["command1", ["firstflag", "shouldntuse"], ["secondflag", "shouldntuse"]],
      ["command2", first],
    ] as const,
    argv: "aliascmd",
    aliases: [{ ...aliascmd, command, option: ["firstflag", "changed2"] as const }],
    flags: { firstflag: "changed2" },
    runs: "command2",
    args: "resources nodes",
  })),
  {
    source: "TestApplyAlias: alias ignores command override",
    commands: one(first),
    argv: "alias --firstflag test",
    defaults: [["command1", "firstflag", "changed"]],
    aliases: [{ name: "alias", command: "command1" }],
    flags: { firstflag: "test" },
    runs: "command1",
    args: "",
  },
];
