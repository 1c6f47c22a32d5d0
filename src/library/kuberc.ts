import type { Command } from "commander";
import type { Preference } from "../api/preference.ts";
import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import { nodeHost } from "../host/node-host.ts";
import { applyPreference } from "../cobra/apply-kuberc.ts";
import { loadKuberc as loadKubercOn } from "../loading/load-kuberc.ts";

/** The kuberc that applies. */
export interface LoadedKuberc {
  /** Where it was looked for; undefined if the environment turns kuberc off. */
  readonly file: string | undefined;
  /** Its content; undefined where kubectl goes on without one. */
  readonly preference: Preference | undefined;
  /** What kubectl says on stderr while it loads, without newlines at the end. */
  readonly warnings: readonly string[];
}

/**
 * Loads the kuberc that kubectl 1.36 would use: the explicit one, else that of `KUBERC`, else `~/.kube/kuberc`; none with
 * `KUBERC=off` or `KUBECTL_KUBERC=false`. kubectl's `DefaultGetPreferences`. Nothing is validated yet:
 * {@link applyKuberc} does.
 *
 * @param explicitFile - the value of `--kuberc`, which {@link explicitKuberc} finds in an argv; default: none
 * @param host - default: the machine that Node runs on
 * @throws KubercError in kubectl's words, when the file is named explicitly and cannot be read or has no usable document
 */
export function loadKuberc(explicitFile = "", host: Host = nodeHost): LoadedKuberc {
  const { location, preference, warnings } = loadKubercOn(host, explicitFile);
  return { file: location?.file, preference, warnings };
}

/**
 * Applies the aliases and the defaults of a kuberc to a commander program, as kubectl applies them to itself: call it
 * when the program has all its commands, and let the program parse what it returns.
 *
 * - An alias that the arguments call is replaced by the words of its command and its `prependArgs`; its `appendArgs`
 *   come last. A command of the program is never shadowed.
 * - Options of the alias, or defaults of the command, get their values where the user does not give them. Values are
 *   parsed as those of the command line; their source is `config`, so commander lets an environment variable of the
 *   option go before them.
 * - Commands and options are found as in kubectl: an alias gets none of the defaults of its command, and defaults of
 *   `config view` go to every command called `view`.
 *
 * @param argv - the arguments after the program's name; the program is to parse the result with `{ from: "user" }`
 * @param warn - told what kubectl would say on stderr, without newlines at the end
 * @param host - whose rules for paths the plugin policy is validated by; default: the machine that Node runs on
 * @throws KubercError when an alias or a default cannot be applied, in kubectl's words
 * @throws PluginPolicyError when the plugin policy makes no sense, which stops kubectl too
 */
export function applyKuberc(
  program: Command,
  preference: Preference,
  argv: readonly string[],
  warn: (text: string) => void,
  host: Host = nodeHost,
): string[] {
  return applyPreference(program, preference, argv, warn, filepathFor(host));
}
