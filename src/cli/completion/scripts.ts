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

/** The shells that there is a script for. */
export const SHELLS: readonly string[] = Object.keys(SCRIPTS);

/** Returns the script that makes a shell complete command lines of kcfg; undefined for a shell that is not known. */
export function completionScript(shell: string): string | undefined {
  return Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
}
