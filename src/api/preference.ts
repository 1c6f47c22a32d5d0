import type { PluginPolicy } from "./plugin-policy.ts";

/**
 * A kuberc: how the user likes the commands, and which credential plugins may run. kubectl's internal
 * `config.Preference`, which v1beta1 and v1alpha1 files are both converted to.
 */
export interface Preference {
  /** Other default values for options of commands, in the order of the file. */
  readonly defaults: readonly CommandDefaults[];
  /** Names for commands with some of their arguments, in the order of the file. */
  readonly aliases: readonly AliasOverride[];
  /** The file's `credentialPluginPolicy` and `credentialPluginAllowlist`. A v1alpha1 file has neither. */
  readonly pluginPolicy: PluginPolicy;
}

/** Default values for the options of one command. */
export interface CommandDefaults {
  /** The words of the command, such as `create configmap`. */
  readonly command: string;
  /** Values for options that the user does not give. */
  readonly options: readonly CommandOptionDefault[];
}

/** A name for a command with some of its arguments. */
export interface AliasOverride {
  /** What the user types: letters a to z and A to Z alone. */
  readonly name: string;
  /** The words of the command that it represents. */
  readonly command: string;
  /** Arguments put after the alias, before those that the user gives. */
  readonly prependArgs: readonly string[];
  /** Arguments put after those that the user gives. */
  readonly appendArgs: readonly string[];
  /** Values for options that the user does not give. */
  readonly options: readonly CommandOptionDefault[];
}

/** A value for an option that the user does not give. */
export interface CommandOptionDefault {
  /** The option's long name, without dashes. */
  readonly name: string;
  /** The value as it would be on the command line. */
  readonly default: string;
}
