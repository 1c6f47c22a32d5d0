import type { FileChange } from "./config-files.ts";
import { textOf } from "./config-files.ts";
import { maskConfigText } from "./mask-config-text.ts";
import { Masks } from "./masks.ts";
import { secretsIn } from "./secrets-in.ts";
import { unifiedDiff } from "./unified-diff.ts";

/**
 * A unified diff of a change, in which every value that may be secret stands as `REDACTED`, whatever its length. One that
 * is another than before is `REDACTED (changed)`.
 *
 * @throws ConfigReadError if a side is no text
 */
export function redactedDiff({ file, before, after }: FileChange): string {
  const texts = [before, after].map((data) =>
    data === undefined ? "" : textOf(data, file).replaceAll("\0", "\ufffd"),
  );
  const secrets = secretsIn(texts);
  const masks = new Masks();
  const [old = "", fresh = ""] = texts.map((text) => maskConfigText(text, masks, secrets));
  const names = {
    from: before === undefined ? "/dev/null" : file,
    to: after === undefined ? "/dev/null" : file,
  };
  return unifiedDiff(old, fresh, names, (line, replaced) => masks.show(line, replaced));
}
