import type { Host } from "../host/host.ts";
import type { IOStreams } from "./io-streams.ts";
import type { PflagCommand } from "./pflag-command.ts";

/** A command before its module is loaded: only the called one costs time. */
export interface CommandEntry {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** The heading under which the help of the program lists it; it does not list a command without one. */
  readonly group?: string;
  readonly load: () => Promise<(host: Host, streams: IOStreams) => PflagCommand>;
}

// Five groups, a line per command, and no more: docs/decisions/0015-five-groups.md says what belongs where.
const EVERYDAY = "Everyday:";
const LOOK = "Look:";
const EDIT = "Edit:";
const SECURITY = "Security:";
const SCRIPTS = "Scripts:";

/** The commands in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  { name: "ctx", group: EVERYDAY, load: async () => (await import("./commands/ctx.ts")).ctxCommand },
  { name: "ns", group: EVERYDAY, load: async () => (await import("./commands/ns.ts")).nsCommand },
  {
    name: "use-context",
    group: EVERYDAY,
    aliases: ["use"],
    load: async () => (await import("./commands/use-context.ts")).useContextCommand,
  },
  { name: "shell", group: EVERYDAY, load: async () => (await import("./commands/shell.ts")).shellCommand },
  { name: "exec", group: EVERYDAY, load: async () => (await import("./commands/exec.ts")).execCommand },
  { name: "import", group: EVERYDAY, load: async () => (await import("./commands/import.ts")).importCommand },
  { name: "undo", group: EVERYDAY, load: async () => (await import("./commands/undo.ts")).undoCommand },
  { name: "doctor", group: EVERYDAY, load: async () => (await import("./commands/doctor.ts")).doctorCommand },
  { name: "view", group: LOOK, load: async () => (await import("./commands/view.ts")).viewCommand },
  {
    name: "get-contexts",
    group: LOOK,
    load: async () => (await import("./commands/get-contexts.ts")).getContextsCommand,
  },
  {
    name: "get-clusters",
    group: LOOK,
    load: async () => (await import("./commands/get-names.ts")).getClustersCommand,
  },
  {
    name: "get-users",
    group: LOOK,
    load: async () => (await import("./commands/get-names.ts")).getUsersCommand,
  },
  {
    name: "resolve",
    group: LOOK,
    load: async () => (await import("./commands/resolve.ts")).resolveCommand,
  },
  {
    name: "explain",
    group: LOOK,
    load: async () => (await import("./commands/explain.ts")).explainCommand,
  },
  {
    name: "set-context",
    group: EDIT,
    load: async () => (await import("./commands/set-context.ts")).setContextCommand,
  },
  {
    name: "set-cluster",
    group: EDIT,
    load: async () => (await import("./commands/set-cluster.ts")).setClusterCommand,
  },
  {
    name: "set-credentials",
    group: EDIT,
    load: async () => (await import("./commands/set-credentials.ts")).setCredentialsCommand,
  },
  { name: "set", group: EDIT, load: async () => (await import("./commands/set.ts")).setCommand },
  { name: "unset", group: EDIT, load: async () => (await import("./commands/unset.ts")).unsetCommand },
  {
    name: "rename-context",
    group: EDIT,
    load: async () => (await import("./commands/rename-entry.ts")).renameContextCommand,
  },
  {
    name: "rename-cluster",
    group: EDIT,
    load: async () => (await import("./commands/rename-entry.ts")).renameClusterCommand,
  },
  {
    name: "rename-user",
    group: EDIT,
    load: async () => (await import("./commands/rename-entry.ts")).renameUserCommand,
  },
  {
    name: "delete-context",
    group: EDIT,
    load: async () => (await import("./commands/delete-context.ts")).deleteContextCommand,
  },
  {
    name: "delete-cluster",
    group: EDIT,
    load: async () => (await import("./commands/delete-entry.ts")).deleteClusterCommand,
  },
  {
    name: "delete-user",
    group: EDIT,
    load: async () => (await import("./commands/delete-entry.ts")).deleteUserCommand,
  },
  { name: "prune", group: EDIT, load: async () => (await import("./commands/prune.ts")).pruneCommand },
  { name: "export", group: EDIT, load: async () => (await import("./commands/export.ts")).exportCommand },
  {
    name: "inspect",
    group: SECURITY,
    load: async () => (await import("./commands/inspect.ts")).inspectCommand,
  },
  {
    name: "check-plugins",
    group: SECURITY,
    load: async () => (await import("./commands/check-plugins.ts")).checkPluginsCommand,
  },
  { name: "kuberc", group: SECURITY, load: async () => (await import("./commands/kuberc.ts")).kubercCommand },
  {
    name: "current-context",
    group: SCRIPTS,
    load: async () => (await import("./commands/current-context.ts")).currentContextCommand,
  },
  {
    name: "namespace",
    group: SCRIPTS,
    load: async () => (await import("./commands/namespace.ts")).namespaceCommand,
  },
  {
    name: "prompt",
    group: SCRIPTS,
    load: async () => (await import("./commands/prompt.ts")).promptCommand,
  },
  { name: "env", group: SCRIPTS, load: async () => (await import("./commands/env.ts")).envCommand },
  { name: "raw", group: SCRIPTS, load: async () => (await import("./commands/raw.ts")).rawCommand },
  {
    name: "credential",
    group: SCRIPTS,
    load: async () => (await import("./commands/credential.ts")).credentialCommand,
  },
  {
    name: "completion",
    group: SCRIPTS,
    load: async () => (await import("./commands/completion.ts")).completionCommand,
  },
  {
    name: "version",
    group: SCRIPTS,
    load: async () => (await import("./commands/version.ts")).versionCommand,
  },
  { name: "help", load: async () => (await import("./commands/help.ts")).helpCommand },
  {
    name: "options",
    load: async () => (await import("./commands/options.ts")).optionsCommand,
  },
];

/** The commands that kubectl does not have: their messages are kcfg's own. */
export const OF_KCFG_ALONE: ReadonlySet<string> = new Set([
  "check-plugins",
  "completion",
  "credential",
  "ctx",
  "doctor",
  "env",
  "exec",
  "explain",
  "export",
  "import",
  "inspect",
  "namespace",
  "ns",
  "prune",
  "rename-cluster",
  "rename-user",
  "resolve",
  "shell",
  "undo",
]);
