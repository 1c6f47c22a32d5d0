import { EXEC_FIELDS } from "./fields.ts";
import { structOf } from "./struct.ts";

/**
 * When a credential plugin is given standard input. A v1 plugin must not leave it `""`. A file may hold any other string,
 * which is refused.
 */
export type ExecInteractiveMode = "" | "Never" | "IfAvailable" | "Always";

/** One environment variable that is set for a credential plugin. */
export interface ExecEnvVar {
  /** The name. */
  readonly name: string;
  /** The value. It may be secret. */
  readonly value: string;
}

/** The fields of {@link ExecConfig}. */
export interface ExecConfigFields {
  /** The executable: a name that is looked up in PATH, or a path. */
  readonly command: string;
  /** Its arguments; `undefined` where the file has none or null, which is printed as `null`. */
  readonly args: readonly string[] | undefined;
  /** Variables added to the environment; `undefined` as for `args`. */
  readonly env: readonly ExecEnvVar[] | undefined;
  /** The version of `client.authentication.k8s.io` that the plugin speaks. */
  readonly apiVersion: string;
  /** Shown to the user when the executable is not found. */
  readonly installHint: string;
  /** Whether the plugin receives the cluster's address and CA in KUBERNETES_EXEC_INFO. */
  readonly provideClusterInfo: boolean;
  /** `Never`, `IfAvailable` or `Always`; other strings are kept as read and refused when the plugin is to run. */
  readonly interactiveMode: ExecInteractiveMode;
}

/**
 * A credential plugin: the command that a client runs to get a token or a client certificate.
 *
 * Inspecting or stringifying one shows no argument and no value of its environment: both often hold secrets.
 */
export class ExecConfig extends structOf<ExecConfigFields>(EXEC_FIELDS) {}
