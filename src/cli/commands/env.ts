import { Option } from "commander";
import { filepathFor } from "../../go/filepath.ts";
import type { Host } from "../../host/host.ts";
import { homeDir } from "../../loading/home-dir.ts";
import type { GlobalFlags } from "../global-flags.ts";
import type { IOStreams } from "../io-streams.ts";
import { PflagCommand } from "../pflag-command.ts";
import { quoteForPowerShell, quoteForUnix } from "../shell/quote-for-shell.ts";
import { findKubeconfigs } from "../shell/usable-kubeconfigs.ts";

const SHELLS = ["sh", "bash", "zsh", "fish", "powershell"] as const;

/** Creates `kcfg env`: the line that sets KUBECONFIG to many files. */
export function envCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("env");
  return command
    .summary("Print what sets KUBECONFIG to many files")
    .description(
      "Print what sets KUBECONFIG to all usable kubeconfigs of folders, files and patterns, in their order; by default those of " +
        "~/.kube/configs. What is no kubeconfig is skipped, and named on standard error, as are names that several files define " +
        "differently. The line is safe in sh, bash, zsh and fish, whatever the files are called. In a kcfg shell, its private " +
        "kubeconfig stays in front.",
    )
    .usage("[folder|file|pattern...]")
    .argument("[file...]", "the places")
    .addOption(
      new Option("--shell <sh|bash|zsh|fish|powershell>", "The shell that reads it.").default(
        host.platform === "win32" ? "powershell" : "sh",
      ),
    )
    .addHelpText("after", EXAMPLES)
    .action(() => {
      const { shell } = command.opts<GlobalFlags & { readonly shell: string }>();
      if (!SHELLS.some((each) => each === shell)) {
        throw command.usageError(`--shell must be one of ${SHELLS.join(", ")}`);
      }
      const filepath = filepathFor(host);
      const places =
        command.args.length === 0 ? [filepath.join(homeDir(host), ".kube", "configs")] : command.args;
      const { files, notes } = findKubeconfigs(host, places);
      for (const note of notes) {
        streams.err.sayLine(note);
      }
      if (files.length === 0) {
        throw new Error("there is no usable kubeconfig; KUBECONFIG stays as it is");
      }
      const list = [...privateKubeconfig(host), ...files].join(host.platform === "win32" ? ";" : ":");
      streams.out.data(
        shell === "powershell"
          ? `$env:KUBECONFIG = ${quoteForPowerShell(list)}\n`
          : `export KUBECONFIG=${quoteForUnix(list)}\n`,
      );
    });
}

const EXAMPLES = `
Examples:
  # All kubeconfigs of ~/.kube/configs, in .bashrc, .zshrc or config.fish
  eval "$(kcfg env)"

  # One file first, then those of a pattern
  eval "$(kcfg env ~/.kube/config '~/clients/*/kubeconfig.yaml')"

  # In PowerShell
  kcfg env --shell powershell | Out-String | Invoke-Expression`;

/** Returns the private kubeconfig of the kcfg shell that this runs in. */
function privateKubeconfig({ env, platform }: Host): readonly string[] {
  const list = env["KCFG_SHELL_KUBECONFIG"] ?? "";
  const [first = ""] = list.split(platform === "win32" ? ";" : ":");
  return (env["KCFG_SHELL"] ?? "") !== "" && first !== "" ? [first] : [];
}
