import { decodeConfig } from "../../codec/kubeconfig/decode-config.ts";
import { Option } from "commander";
import { exportContexts } from "../../clientcmd/edits/export-contexts.ts";
import { filepathFor } from "../../go/filepath.ts";
import { resolveLocalPaths } from "../../clientcmd/paths.ts";
import { encodeNewConfig } from "../../codec/kubeconfig/written-config.ts";
import type { Host } from "../../host/host.ts";
import { flattenConfig } from "../../loading/flatten.ts";
import { loadStartingConfig } from "../../loading/load.ts";
import { writeFileAtomically } from "../../writing/atomic-file.ts";
import { refuseForeignWriters } from "../../writing/foreign-writers.ts";
import { textFlag } from "../edit.ts";
import type { GlobalFlags } from "../global-flags.ts";
import type { IOStreams } from "../io-streams.ts";
import { pathOptions } from "../path-options.ts";
import { PflagCommand } from "../pflag-command.ts";
import { trustFolderOwnerOption } from "../write-flags.ts";

interface ExportFlags extends GlobalFlags {
  readonly output: string;
  readonly force: boolean;
  readonly trustFolderOwner: boolean;
}

/** Creates `kcfg export`: a self-contained kubeconfig for some contexts, secrets included. */
export function exportCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("export");
  return command
    .summary("Extract contexts as a self-contained kubeconfig")
    .description(
      "Extract contexts, with the clusters and users that they use, as one kubeconfig. Certificates and keys are put into " +
        "it; paths of plugins and token files become absolute. It holds your secrets. The first context is current; without a name, the current one is extracted.",
    )
    .argument("[context...]", "the contexts to extract")
    .addOption(
      textFlag("-o, --output <file>", "Write to this file, for its owner alone, instead of standard output."),
    )
    .addOption(new Option("--force", "Replace the file if it exists.").default(false))
    .addOption(trustFolderOwnerOption())
    .addHelpText("after", EXAMPLES)
    .action(() => {
      const flags = command.opts<ExportFlags>();
      const config = loadStartingConfig(host, pathOptions(host, streams, flags), decodeConfig);
      const chosen = flags.context === "" ? config : { ...config, currentContext: flags.context };
      const exported = flattenConfig(host, exportContexts(chosen, command.args));
      // Plugins and token files stay files, and must be found from any folder.
      const text = encodeNewConfig(resolveLocalPaths(exported, filepathFor(host), host.cwd()));
      if (flags.output === "" || flags.output === "-") {
        streams.out.data(text);
        return;
      }
      if (!flags.force && isThere(host, flags.output)) {
        throw new Error(`${flags.output} exists already; --force replaces it`);
      }
      refuseForeignWriters(host, [flags.output], flags.trustFolderOwner);
      writeFileAtomically(host, flags.output, new TextEncoder().encode(text), 0o600);
      streams.out.sayLine(`Wrote ${flags.output}.`);
    });
}

/** Reports whether a path exists, also as a dangling link: writing would create its target. */
function isThere(host: Host, path: string): boolean {
  try {
    host.fs.lookAt(path);
    return true;
  } catch {
    return false;
  }
}

const EXAMPLES = `
Examples:
  # A kubeconfig for the current context alone
  kcfg export > only-this.yaml

  # One for two contexts, in a file for yourself
  kcfg export dev prod -o both.yaml`;
