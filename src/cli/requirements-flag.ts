import { Option } from "commander";

/** The value of {@link requirementsFlag}. */
export interface RequirementsFlag {
  /** The plugin requirements file; `""` for that of the environment, or of the home. */
  readonly pluginRequirements: string;
}

/** Creates the flag that names the plugin requirements. */
export function requirementsFlag(): Option {
  return new Option(
    "--plugin-requirements <file>",
    "What plugins must meet in addition to the policy, instead of $KCFG_PLUGIN_REQUIREMENTS or ~/.kube/plugin-requirements.yaml.",
  ).default("");
}
