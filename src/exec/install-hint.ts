import { withoutControlCharacters } from "../go/control-characters.ts";

/** kubectl's help, in several lines, for a plugin that is not installed. */
export const MISSING_PLUGIN_HELP = `

It looks like you are trying to use a client-go credential plugin that is not installed.

To learn more about this feature, consult the documentation available at:
      https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins`;

/** How often the hint of a plugin is shown within a window of milliseconds. */
const THRESHOLD = 10;
const INTERVAL = 60 * 60 * 1000;

/** Returns the hint for a plugin that is not installed, but not every time: client-go's `sometimes`. */
export class InstallHint {
  readonly #hint: string;
  readonly #now: () => number;
  #windowStart: number | undefined;
  #count = 0;

  /**
   * @param hint - the plugin's own hint, from the kubeconfig
   * @param now - returns the time in milliseconds
   */
  constructor(hint: string, now: () => number) {
    this.#hint = hint;
    this.#now = now;
  }

  /** Returns the hint, which begins with line breaks; `""` if it has been shown often enough. */
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
