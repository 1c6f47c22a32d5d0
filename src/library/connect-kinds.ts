import type { OptionKinds } from "../check-options.ts";
import type { ConnectOptions } from "../transport/connection.ts";

/** The kind of each option of everything that connects. */
export const CONNECT_KINDS = {
  pluginPolicy: "object",
  kuberc: "string",
  pluginRequirements: "string",
  persistAuthProvider: "function",
  warn: "function",
  onPluginStderr: "function",
  pluginTimeout: "number",
  trace: "function",
  onWarning: "function",
  maxConnections: "number",
  rereadTokenFile: "boolean",
} as const satisfies OptionKinds<ConnectOptions>;
