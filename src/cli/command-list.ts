import type { Host } from "../host/host.ts";
import type { IOStreams } from "./io-streams.ts";
import type { PflagCommand } from "./pflag-command.ts";

/** A command, before its module is loaded: only the one that is called costs time. */
export interface CommandEntry {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly load: () => Promise<(host: Host, streams: IOStreams) => PflagCommand>;
}

/** The commands in the order in which the help lists them. */
export const COMMANDS: readonly CommandEntry[] = [
  { name: "view", load: async () => (await import("./commands/view.ts")).viewCommand },
  {
    name: "current-context",
    load: async () => (await import("./commands/current-context.ts")).currentContextCommand,
  },
  { name: "get-contexts", load: async () => (await import("./commands/get-contexts.ts")).getContextsCommand },
  { name: "get-clusters", load: async () => (await import("./commands/get-names.ts")).getClustersCommand },
  { name: "get-users", load: async () => (await import("./commands/get-names.ts")).getUsersCommand },
  {
    name: "use-context",
    aliases: ["use"],
    load: async () => (await import("./commands/use-context.ts")).useContextCommand,
  },
  { name: "set-context", load: async () => (await import("./commands/set-context.ts")).setContextCommand },
  { name: "set-cluster", load: async () => (await import("./commands/set-cluster.ts")).setClusterCommand },
  {
    name: "set-credentials",
    load: async () => (await import("./commands/set-credentials.ts")).setCredentialsCommand,
  },
  { name: "set", load: async () => (await import("./commands/set.ts")).setCommand },
  { name: "unset", load: async () => (await import("./commands/unset.ts")).unsetCommand },
  {
    name: "rename-context",
    load: async () => (await import("./commands/rename-entry.ts")).renameContextCommand,
  },
  {
    name: "rename-cluster",
    load: async () => (await import("./commands/rename-entry.ts")).renameClusterCommand,
  },
  { name: "rename-user", load: async () => (await import("./commands/rename-entry.ts")).renameUserCommand },
  {
    name: "delete-context",
    load: async () => (await import("./commands/delete-context.ts")).deleteContextCommand,
  },
  {
    name: "delete-cluster",
    load: async () => (await import("./commands/delete-entry.ts")).deleteClusterCommand,
  },
  { name: "delete-user", load: async () => (await import("./commands/delete-entry.ts")).deleteUserCommand },
  { name: "import", load: async () => (await import("./commands/import.ts")).importCommand },
  { name: "export", load: async () => (await import("./commands/export.ts")).exportCommand },
  { name: "undo", load: async () => (await import("./commands/undo.ts")).undoCommand },
  { name: "resolve", load: async () => (await import("./commands/resolve.ts")).resolveCommand },
  { name: "namespace", load: async () => (await import("./commands/namespace.ts")).namespaceCommand },
  { name: "raw", load: async () => (await import("./commands/raw.ts")).rawCommand },
  { name: "credential", load: async () => (await import("./commands/credential.ts")).credentialCommand },
  {
    name: "check-plugins",
    load: async () => (await import("./commands/check-plugins.ts")).checkPluginsCommand,
  },
  { name: "kuberc", load: async () => (await import("./commands/kuberc.ts")).kubercCommand },
];
