import { withoutControlCharacters } from "../go/control-characters.ts";

/** What kubectl says, in several lines, about a plugin that is not there. */
export const MISSING_PLUGIN_HELP = `

It looks like you are trying to use a client-go credential plugin that is not installed.

To learn more about this feature, consult the documentation available at:
      https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins`;

/** How often one plugin's hint is shown in how many milliseconds. */
const THRESHOLD = 10;
const INTERVAL = 60 * 60 * 1000;

/** Gives what to say besides when a plugin is not installed, but not all the time: client-go's `sometimes`. */
export class InstallHint {
  readonly #hint: string;
  readonly #now: () => number;
  #windowStart: number | undefined;
  #count = 0;

  /**
   * @param hint - the plugin's own, from its kubeconfig
   * @param now - the time in milliseconds
   */
  constructor(hint: string, now: () => number) {
    this.#hint = hint;
    this.#now = now;
  }

  /** The text, which begins with line breaks; `""` if it has been said often enough for now. */
  next(): string {
    const now = this.#now();
    if (this.#windowStart === undefined || now - this.#windowStart >= INTERVAL) {
      this.#windowStart = now;
      this.#count = 0;
    }
    if (this.#count >= THRESHOLD) {
      return "";
    }
    this.#count++;
    return this.#hint === ""
      ? MISSING_PLUGIN_HELP
      : `${MISSING_PLUGIN_HELP}\n\n${withoutControlCharacters(this.#hint)}`;
  }
}
