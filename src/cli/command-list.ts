import type { Host } from "../host/host.ts";
import type { IOStreams } from "./io-streams.ts";
import type { PflagCommand } from "./pflag-command.ts";

/** A command before its module is loaded: only the called one costs time. */
export interface CommandEntry {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** The group in the help of the program. */
  readonly group: string;
  readonly load: () => Promise<(host: Host, streams: IOStreams) => PflagCommand>;
}

const SHOWING = "Commands that show kubeconfigs:";
const EDITING = "Commands that edit kubeconfigs:";
const ASKING = "Commands that resolve and connect:";
const PLUGINS = "Commands for credential plugins and kuberc:";
const OTHERS = "Other Commands:";

/** The commands in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  { name: "view", group: SHOWING, load: async () => (await import("./commands/view.ts")).viewCommand },
  {
    name: "current-context",
    group: SHOWING,
    load: async () => (await import("./commands/current-context.ts")).currentContextCommand,
  },
  {
    name: "get-contexts",
    group: SHOWING,
    load: async () => (await import("./commands/get-contexts.ts")).getContextsCommand,
  },
  {
    name: "get-clusters",
    group: SHOWING,
    load: async () => (await import("./commands/get-names.ts")).getClustersCommand,
  },
  {
    name: "get-users",
    group: SHOWING,
    load: async () => (await import("./commands/get-names.ts")).getUsersCommand,
  },
  { name: "doctor", group: SHOWING, load: async () => (await import("./commands/doctor.ts")).doctorCommand },
  {
    name: "use-context",
    group: EDITING,
    aliases: ["use"],
    load: async () => (await import("./commands/use-context.ts")).useContextCommand,
  },
  {
    name: "set-context",
    group: EDITING,
    load: async () => (await import("./commands/set-context.ts")).setContextCommand,
  },
  {
    name: "set-cluster",
    group: EDITING,
    load: async () => (await import("./commands/set-cluster.ts")).setClusterCommand,
  },
  {
    name: "set-credentials",
    group: EDITING,
    load: async () => (await import("./commands/set-credentials.ts")).setCredentialsCommand,
  },
  { name: "set", group: EDITING, load: async () => (await import("./commands/set.ts")).setCommand },
  { name: "unset", group: EDITING, load: async () => (await import("./commands/unset.ts")).unsetCommand },
  {
    name: "rename-context",
    group: EDITING,
    load: async () => (await import("./commands/rename-entry.ts")).renameContextCommand,
  },
  {
    name: "rename-cluster",
    group: EDITING,
    load: async () => (await import("./commands/rename-entry.ts")).renameClusterCommand,
  },
  {
    name: "rename-user",
    group: EDITING,
    load: async () => (await import("./commands/rename-entry.ts")).renameUserCommand,
  },
  {
    name: "delete-context",
    group: EDITING,
    load: async () => (await import("./commands/delete-context.ts")).deleteContextCommand,
  },
  {
    name: "delete-cluster",
    group: EDITING,
    load: async () => (await import("./commands/delete-entry.ts")).deleteClusterCommand,
  },
  {
    name: "delete-user",
    group: EDITING,
    load: async () => (await import("./commands/delete-entry.ts")).deleteUserCommand,
  },
  { name: "import", group: EDITING, load: async () => (await import("./commands/import.ts")).importCommand },
  { name: "export", group: EDITING, load: async () => (await import("./commands/export.ts")).exportCommand },
  { name: "undo", group: EDITING, load: async () => (await import("./commands/undo.ts")).undoCommand },
  {
    name: "resolve",
    group: ASKING,
    load: async () => (await import("./commands/resolve.ts")).resolveCommand,
  },
  {
    name: "explain",
    group: ASKING,
    load: async () => (await import("./commands/explain.ts")).explainCommand,
  },
  {
    name: "namespace",
    group: ASKING,
    load: async () => (await import("./commands/namespace.ts")).namespaceCommand,
  },
  { name: "raw", group: ASKING, load: async () => (await import("./commands/raw.ts")).rawCommand },
  {
    name: "credential",
    group: ASKING,
    load: async () => (await import("./commands/credential.ts")).credentialCommand,
  },
  {
    name: "check-plugins",
    group: PLUGINS,
    load: async () => (await import("./commands/check-plugins.ts")).checkPluginsCommand,
  },
  { name: "kuberc", group: PLUGINS, load: async () => (await import("./commands/kuberc.ts")).kubercCommand },
  {
    name: "completion",
    group: OTHERS,
    load: async () => (await import("./commands/completion.ts")).completionCommand,
  },
  { name: "help", group: OTHERS, load: async () => (await import("./commands/help.ts")).helpCommand },
  {
    name: "options",
    group: OTHERS,
    load: async () => (await import("./commands/options.ts")).optionsCommand,
  },
  {
    name: "version",
    group: OTHERS,
    load: async () => (await import("./commands/version.ts")).versionCommand,
  },
];

/** The commands that kubectl does not have: their messages are kcfg's own. */
export const OF_KCFG_ALONE: ReadonlySet<string> = new Set([
  "check-plugins",
  "completion",
  "credential",
  "doctor",
  "explain",
  "export",
  "import",
  "namespace",
  "rename-cluster",
  "rename-user",
  "resolve",
  "undo",
]);
