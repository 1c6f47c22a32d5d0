import { REDACTED } from "../api/redaction.ts";
import { decodeKuberc } from "../codec/kuberc/decode-kuberc.ts";
import type { FileChange } from "./config-files.ts";
import { textOf } from "./config-files.ts";
import { unifiedDiff } from "./unified-diff.ts";

/**
 * Shows a change of a kuberc as a unified diff. Hides the values of options such as `--token`; everything else is what
 * `kuberc view` prints, and comments.
 *
 * @throws ConfigReadError if a side has an invalid encoding
 */
export function kubercDiff({ file, before, after }: FileChange): string {
  const [old = "", fresh = ""] = [before, after].map((data) =>
    data === undefined ? "" : textOf(data, file),
  );
  const secrets = [before, after].flatMap((data) => (data === undefined ? [] : secretsIn(data)));
  const names = {
    from: before === undefined ? "/dev/null" : file,
    to: after === undefined ? "/dev/null" : file,
  };
  const anySecret = new RegExp(secrets.map(escapeForPattern).join("|") || "$^", "g");
  return unifiedDiff(old, fresh, names, (line) => line.replaceAll(anySecret, REDACTED));
}

function escapeForPattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

const SECRET_OPTION = /token|password|secret|from-literal/i;

/**
 * Returns the values of options that may be secret, from options of entries and from arguments; both raw and in quotes.
 * The longest come first.
 */
function secretsIn(data: Uint8Array): readonly string[] {
  const { used, attempted, later } = decodeKuberc(data);
  const preferences = [used, ...attempted, ...later].flatMap((document) => document?.preference ?? []);
  const entries = preferences.flatMap(({ aliases, defaults }) => [...aliases, ...defaults]);
  const options = entries.flatMap((entry) => entry.options);
  const args = preferences
    .flatMap(({ aliases }) => aliases)
    .flatMap(({ prependArgs, appendArgs }) => [prependArgs, appendArgs])
    .flatMap((list) =>
      list.map((arg, i) => {
        const [, name = "", value] = /^--?([^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
        return { name, default: value ?? list[i + 1] ?? "" };
      }),
    );
  return [...options, ...args]
    .filter(({ name }) => SECRET_OPTION.test(name))
    .flatMap(({ default: value }) => value.split(/[\r\n]+/))
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1), value.replaceAll("'", "''")])
    .filter((value) => value !== "")
    .toSorted((a, b) => b.length - a.length);
}
