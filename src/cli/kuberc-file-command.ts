import type { Option } from "commander";
import { KubercError, PluginPolicyError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { PflagCommand } from "./pflag-command.ts";

/** A command about the kuberc itself. */
export class KubercFileCommand extends PflagCommand {
  /** Its help lists `--kuberc`, as that of other commands does not. */
  override addOption(option: Option): this {
    return super.addOption(option.attributeName() === "kuberc" ? option.hideHelp(false) : option);
  }

  /**
   * What every such command checks first.
   *
   * @throws Error in kubectl's words
   */
  begin(host: Host): void {
    if (this.args.length > 0) {
      throw this.usageError(`unexpected arguments: [${this.args.join(" ")}]`);
    }
    const file = String(this.getOptionValue("kuberc"));
    if (host.env["KUBECTL_KUBERC"]?.toLowerCase() === "false") {
      throw new Error("kuberc is disabled via KUBECTL_KUBERC=false environment variable");
    }
    if (host.env["KUBERC"] === "off" && file === "") {
      throw new Error("KUBERC is disabled via KUBERC=off environment variable");
    }
  }
}

/** Runs an edit, whose faults are not those of a kuberc that is being applied. */
export async function asEdit<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof KubercError || error instanceof PluginPolicyError
      ? new Error(error.message, { cause: error })
      : error;
  }
}
