import type { Option } from "commander";
import { KubercError, PluginPolicyError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { editKuberc } from "../writing/edit-kuberc.ts";
import { kubercDiff } from "../writing/kuberc-diff.ts";
import type { EditFlags } from "./edit.ts";
import { describeChanges } from "./edit.ts";
import type { IOStreams } from "./io-streams.ts";
import { isKubercDisabled } from "../loading/load-kuberc.ts";
import { PflagCommand } from "./pflag-command.ts";

/** A command about the kuberc itself. */
export class KubercFileCommand extends PflagCommand {
  /** Adds an option. The help lists `--kuberc`, unlike that of other commands. */
  override addOption(option: Option): this {
    return super.addOption(option.attributeName() === "kuberc" ? option.hideHelp(false) : option);
  }

  /**
   * Checks what every such command checks first.
   *
   * @param mostArgs - how many arguments the command takes
   * @throws Error in kubectl's words
   */
  begin(host: Host, mostArgs = 0): void {
    if (this.args.length > mostArgs) {
      throw this.usageError(`unexpected arguments: [${this.args.join(" ")}]`);
    }
    const file = String(this.getOptionValue("kuberc"));
    if (isKubercDisabled(host)) {
      throw new Error("kuberc is disabled via KUBECTL_KUBERC=false environment variable");
    }
    if (host.env["KUBERC"] === "off" && file === "") {
      throw new Error("KUBERC is disabled via KUBERC=off environment variable");
    }
  }
}

/** Options of an edit of the kuberc. */
export interface KubercEditRun extends Pick<EditFlags, "dryRun" | "lockTimeout" | "trustFolderOwner"> {
  /** The value of `--kuberc`. */
  readonly kuberc: string;
  /** The command, for `undo`. */
  readonly backupAs: string;
  /** Returns the new content for the old. */
  readonly edit: (data: Uint8Array) => Uint8Array;
}

/**
 * Changes the kuberc, or with `--dry-run` shows what would change.
 *
 * @throws Error for a fault of the kuberc: not the error for one that is being applied
 */
export async function runKubercEdit(
  host: Host,
  streams: IOStreams,
  { kuberc, edit, dryRun, ...options }: KubercEditRun,
): Promise<void> {
  const warn = (message: string): void => streams.err.sayLine(message);
  try {
    const { file, changes } = await editKuberc(host, kuberc, edit, { ...options, dryRun, warn });
    if (dryRun) {
      streams.out.say(describeChanges(changes, kubercDiff));
    } else {
      streams.out.data(`Updated ${streams.out.name(file)}\n`);
    }
  } catch (error) {
    throw error instanceof KubercError || error instanceof PluginPolicyError
      ? new Error(error.message, { cause: error })
      : error;
  }
}
