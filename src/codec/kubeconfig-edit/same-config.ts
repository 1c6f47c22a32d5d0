import type { Config } from "../../api/config.ts";
import { configToV1 } from "../kubeconfig/to-v1.ts";
import { planValue } from "./plan-value.ts";

/** Whether two Configs are written alike. Where their entries come from does not count. */
export function isSameConfig(a: Config, b: Config): boolean {
  return planValue(configToV1(a), configToV1(b)) === undefined;
}
