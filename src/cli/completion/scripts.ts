import { BASH_SCRIPT } from "./scripts/bash.ts";
import { FISH_SCRIPT } from "./scripts/fish.ts";
import { POWERSHELL_SCRIPT } from "./scripts/powershell.ts";
import { ZSH_SCRIPT } from "./scripts/zsh.ts";

const SCRIPTS: Readonly<Record<string, string>> = {
  bash: BASH_SCRIPT,
  zsh: ZSH_SCRIPT,
  fish: FISH_SCRIPT,
  powershell: POWERSHELL_SCRIPT,
};

/** The shells with a script. */
export const SHELLS: readonly string[] = Object.keys(SCRIPTS);

/** Returns the script that enables completion of kcfg in a shell; undefined for an unknown shell. */
export function completionScript(shell: string): string | undefined {
  return Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
}
