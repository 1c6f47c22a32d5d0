import { filepathFor } from "../../go/filepath.ts";
import { goQuote } from "../../go/quote.ts";
import type { Host } from "../../host/host.ts";
import { lookPath } from "../../loading/look-path.ts";
import type { PrivateFolder } from "./private-folder.ts";

/**
 * Finds the user's shell: SHELL, as the path of one executable that is never split into words; `/bin/sh` if that is not
 * set. On Windows PowerShell, else the command interpreter.
 *
 * @throws Error for a SHELL that is no absolute path of an executable
 */
export function shellProgram(host: Host): string {
  const filepath = filepathFor(host);
  if (host.platform === "win32") {
    const found = ["pwsh.exe", "powershell.exe"]
      .map((name) => lookPath(host, name))
      .find(({ error }) => !error);
    return found?.path ?? host.env["ComSpec"] ?? "C:\\Windows\\System32\\cmd.exe";
  }
  const shell = host.env["SHELL"] || "/bin/sh";
  if (!filepath.isAbs(shell)) {
    throw new Error(`SHELL must be the absolute path of your shell, not ${goQuote(shell)}`);
  }
  const { error } = lookPath(host, shell);
  if (error !== undefined) {
    throw new Error(`SHELL names no program that can be started: ${goQuote(shell)}`);
  }
  return shell;
}

/** How a shell is started so that its own start-up files do not replace KUBECONFIG. */
export interface ShellStart {
  readonly args: readonly string[];
  /** Variables to set; undefined for one to unset. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

// The start-up files are always the same: what differs is in variables, so that no name is ever read as code.

const BASHRC = `if [ -r ~/.bashrc ]; then . ~/.bashrc; fi
export KUBECONFIG="$KCFG_SHELL_KUBECONFIG"
`;

const ZSHENV = `if [[ -n "\${KCFG_SHELL_ZDOTDIR+x}" ]]; then export ZDOTDIR="$KCFG_SHELL_ZDOTDIR"; else unset ZDOTDIR; fi
if [[ -r "\${ZDOTDIR:-$HOME}/.zshenv" ]]; then source "\${ZDOTDIR:-$HOME}/.zshenv"; fi
export KUBECONFIG="$KCFG_SHELL_KUBECONFIG"
if [[ -o interactive ]]; then
  if [[ -n "\${ZDOTDIR+x}" ]]; then export KCFG_SHELL_ZDOTDIR="$ZDOTDIR"; else unset KCFG_SHELL_ZDOTDIR; fi
  ZDOTDIR="$KCFG_SHELL_FOLDER"
fi
`;

const ZSHRC = `if [[ -n "\${KCFG_SHELL_ZDOTDIR+x}" ]]; then export ZDOTDIR="$KCFG_SHELL_ZDOTDIR"; else unset ZDOTDIR; fi
if [[ "$HISTFILE" == "$KCFG_SHELL_FOLDER"/* ]]; then HISTFILE="\${ZDOTDIR:-$HOME}/.zsh_history"; fi
unset KCFG_SHELL_ZDOTDIR KCFG_SHELL_FOLDER
if [[ -r "\${ZDOTDIR:-$HOME}/.zshrc" ]]; then source "\${ZDOTDIR:-$HOME}/.zshrc"; fi
export KUBECONFIG="$KCFG_SHELL_KUBECONFIG"
`;

/** Prepares the start of a shell, by its name. Any other shell gets KUBECONFIG by its environment alone. */
export function prepareShell(host: Host, folder: PrivateFolder, program: string): ShellStart {
  const name = filepathFor(host)
    .base(program)
    .replace(/\.exe$/i, "");
  switch (name) {
    case "bash":
      return { args: ["--rcfile", folder.write("bashrc", BASHRC)], env: {} };
    case "zsh":
      folder.write(".zshenv", ZSHENV);
      folder.write(".zshrc", ZSHRC);
      return {
        args: [],
        env: {
          ZDOTDIR: folder.path,
          KCFG_SHELL_FOLDER: folder.path,
          KCFG_SHELL_ZDOTDIR: host.env["ZDOTDIR"],
        },
      };
    case "fish":
      return { args: ["--init-command", 'set -gx KUBECONFIG "$KCFG_SHELL_KUBECONFIG"'], env: {} };
    case "pwsh":
    case "powershell":
      return host.terminal.isTerminal("stdin")
        ? { args: ["-NoExit", "-Command", "$env:KUBECONFIG = $env:KCFG_SHELL_KUBECONFIG"], env: {} }
        : { args: [], env: {} };
    default:
      return { args: [], env: {} };
  }
}
