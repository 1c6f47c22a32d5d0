import type { FindingCode } from "../doctor/codes.ts";
import type { Diagnosis } from "../doctor/finding.ts";
import type { Host } from "../host/host.ts";
import { nodeHost } from "../host/node-host.ts";
import type { LoadingRules } from "../loading/loading-rules.ts";
import { defaultLoadingRules } from "../loading/loading-rules.ts";

/** What {@link diagnose} is to look at. */
export interface DiagnoseOptions {
  /** A context to look at alone, with its cluster and user, as if it were the current one. Default: everything. */
  readonly context?: string;
  /** The value of `--kuberc`. Default: what the environment says. */
  readonly kuberc?: string;
  /** What expires within this time is told, in milliseconds. Default: 30 days. */
  readonly expiringWithin?: number;
  /** Codes that are not told. Default: none. */
  readonly ignore?: readonly FindingCode[];
}

/**
 * Examines kubeconfigs and what they name (certificates, keys, tokens, plugins, the plugin policy), and tells what is
 * wrong with them. What `kcfg doctor` reports. Nothing is changed, run or connected to, and no finding holds a secret.
 *
 * @param rules - which kubeconfigs; default: {@link defaultLoadingRules}
 * @param host - default: the machine that Node runs on
 * @throws Error for a context that no file has; files that are missing or broken are findings
 */
export async function diagnose(
  rules?: LoadingRules,
  options: DiagnoseOptions = {},
  host: Host = nodeHost,
): Promise<Diagnosis> {
  const doctor = await import("../doctor/diagnose.ts");
  return doctor.diagnose(host, rules ?? defaultLoadingRules(host), {
    context: options.context ?? "",
    kuberc: options.kuberc ?? "",
    expiringWithin: options.expiringWithin ?? doctor.EXPIRING_WITHIN,
    ignore: new Set(options.ignore),
  });
}
