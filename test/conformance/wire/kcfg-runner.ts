import type { Runner } from "../call.ts";
import { kcfgRunner } from "../process-runner.ts";
import { residentRunner } from "../resident-runner.ts";
import type { WireCase } from "./wire-case.ts";

/** Runs kcfg for cases. */
export interface KcfgRunner {
  /**
   * Returns the runner for a case. A plugin writes to the standard error of its process, so that cases with one need a
   * process each.
   */
  readonly for: (wanted: WireCase) => Runner;
  readonly close: () => void;
}

/** Makes a runner of the built CLI in long-lived processes where that makes no difference. */
export function kcfgForWires(cli: string): KcfgRunner {
  const [alone, resident] = [kcfgRunner(cli), residentRunner(cli)];
  return {
    for: (wanted) => (JSON.stringify(wanted.files).includes('exec\\":') ? alone : resident),
    close: () => {
      alone.close();
      resident.close();
    },
  };
}
