/** What came of a plugin's output: what was sent to the server, or the error, without what repeats the output. */
export type Outcome =
  | { readonly token: string; readonly certificate: string }
  /** A token that HTTP cannot carry. */
  | { readonly unsendable: true }
  | { readonly error: string };

/**
 * An error's text without what repeats the plugin's output, so that Go's words and ours can be compared: where a decoder
 * speaks, and where certificates are parsed, only who speaks counts.
 */
export function comparableError(text: string): string {
  return text
    .replace(
      /^(getting credentials: decoding stdout: )(?!no kind "ExecCredential" is registered for version ).*/s,
      "$1…",
    )
    .replace(
      /^(getting credentials: decoding stdout: )no kind "ExecCredential" is registered for version (?!"client\.authentication\.k8s\.io\/v\w{1,12}").*/s,
      "$1…",
    )
    .replace(/ in scheme ".*/s, "")
    .replace(/(x509: |of the following types: ).*/s, "$1…");
}
