import type { FindingCode } from "../doctor/codes.ts";
import type { Host } from "../host/host.ts";
import type { LoadingRules } from "../loading/loading-rules.ts";
import { defaultLoadingRules as defaultLoadingRulesOn } from "../loading/loading-rules.ts";
import { publicAsyncFunction } from "../public-function.ts";
import { RULES } from "./public-loading.ts";
import type { KubercOption } from "./public-kuberc.ts";

/** What {@link diagnose} is to look at, besides which kubeconfigs. */
export interface DiagnoseOptions extends KubercOption {
  /** A context to look at alone, with its cluster and user, as if it were the current one. Default: everything. */
  readonly context?: string;
  /** Report what expires within this time, in milliseconds. Default: 30 days. */
  readonly expiringWithin?: number;
  /** Codes that are not reported. Default: none. */
  readonly ignore?: readonly FindingCode[];
}

/**
 * Examines kubeconfigs and what they name (certificates, keys, tokens, plugins, the plugin policy), and reports what is
 * wrong with them, as `kcfg doctor` does. Nothing is changed, run or connected to, and no finding holds a secret.
 *
 * @param options - which kubeconfigs, as for {@link loadConfig}, and what to look at
 * @throws Error for a context that no file has; files that are missing or broken are findings
 */
export const diagnose = publicAsyncFunction(
  "diagnose",
  { ...RULES, context: "string", kuberc: "string", expiringWithin: "number", ignore: "array" },
  async (
    host: Host,
    { context = "", kuberc = "", expiringWithin, ignore, ...rules }: DiagnoseOptions & Partial<LoadingRules>,
  ) => {
    const doctor = await import("../doctor/diagnose.ts");
    return doctor.diagnose(host, defaultLoadingRulesOn(host, rules), {
      context,
      kuberc,
      expiringWithin: expiringWithin ?? doctor.EXPIRING_WITHIN,
      ignore: new Set(ignore),
    });
  },
);
