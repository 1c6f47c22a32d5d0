import type { FindingCode } from "../doctor/codes.ts";
import type { Host } from "../host/host.ts";
import type { LoadingRules } from "../loading/loading-rules.ts";
import { defaultLoadingRules as defaultLoadingRulesOn } from "../loading/loading-rules.ts";
import { publicAsyncFunction } from "../public-function.ts";
import { RULES } from "./public-loading.ts";
import type { KubercOption, PluginRequirementsOption } from "./public-kuberc.ts";

/** Options of {@link diagnose}. */
export interface DiagnoseOptions extends KubercOption, PluginRequirementsOption {
  /** Examines only this context, with its cluster and user, as if it were the current one. Default: everything. */
  readonly context?: string;
  /** Reports what expires within this time, in milliseconds. Default: 30 days. */
  readonly expiringWithin?: number;
  /** Codes that are not reported. Default: none. */
  readonly ignore?: readonly FindingCode[];
}

/**
 * Examines kubeconfigs and the files they name (certificates, keys, tokens, plugins, the plugin policy) and reports
 * what is wrong, as `kcfg doctor` does. Changes nothing, runs nothing, connects to nothing; no finding holds a secret.
 *
 * @param options - which kubeconfigs, as for {@link loadConfig}, and what to examine
 * @throws Error for a context that does not exist; files that are missing or broken are findings
 */
export const diagnose = publicAsyncFunction(
  "diagnose",
  {
    ...RULES,
    context: "string",
    kuberc: "string",
    pluginRequirements: "string",
    expiringWithin: "number",
    ignore: "array",
  },
  async (
    host: Host,
    {
      context = "",
      kuberc = "",
      pluginRequirements,
      expiringWithin,
      ignore,
      ...rules
    }: DiagnoseOptions & Partial<LoadingRules>,
  ) => {
    const doctor = await import("../doctor/diagnose.ts");
    return doctor.diagnose(host, defaultLoadingRulesOn(host, rules), {
      context,
      kuberc,
      pluginRequirements,
      expiringWithin: expiringWithin ?? doctor.EXPIRING_WITHIN,
      ignore: new Set(ignore),
    });
  },
);
