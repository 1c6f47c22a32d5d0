import type { CommandOptionDefault, Preference } from "../api/preference.ts";
import type { Filepath } from "../go/filepath.ts";
import { KubercError } from "../errors.ts";
import { validatePluginPolicy } from "../policy/validate-policy.ts";

const ALIAS_NAME = /^[a-zA-Z]+$/;

/**
 * Refuses a kuberc that kubectl refuses for every command: checks aliases, then defaults, then the plugin policy, and
 * reports the first fault. kubectl's `Preferences.validate`.
 *
 * @throws KubercError for an alias or a default
 * @throws PluginPolicyError for the policy
 */
export function validatePreference(preference: Preference, filepath: Filepath): void {
  const names = new Set<string>();
  for (const { name, options } of preference.aliases) {
    if (!ALIAS_NAME.test(name)) {
      throw new KubercError("invalid alias name, can only include alphabetical characters");
    }
    validateOptions(options);
    if (names.has(name)) {
      throw new KubercError(`duplicate alias name ${name}`);
    }
    names.add(name);
  }
  for (const { options } of preference.defaults) {
    validateOptions(options);
  }
  validatePluginPolicy(preference.pluginPolicy, filepath);
}

function validateOptions(options: readonly CommandOptionDefault[]): void {
  for (const { name } of options) {
    if (name.startsWith("-")) {
      throw new KubercError(`flag name ${name} should be in long form without dashes`);
    }
  }
}
