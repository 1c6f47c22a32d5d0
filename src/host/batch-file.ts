/** Reports whether Windows runs a file by its command interpreter. */
export function isBatchFile(file: string): boolean {
  return /\.(?:bat|cmd)$/i.test(file);
}

/** A batch file that cannot be called with its arguments. The message does not hold them. */
export class BatchFileError extends Error {
  override readonly name = "BatchFileError";
  readonly code = "EINVAL";
}

/** Characters that cmd.exe interprets even between quotes. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSAFE = /["%\r\n\0]/;

/**
 * Builds the command line by which Windows runs a batch file. The only way is cmd.exe, which reads everything between
 * quotes literally, except a few characters. Those are refused: there is no way to quote them that every batch file
 * understands.
 *
 * @param systemRoot - the folder of Windows
 * @throws BatchFileError
 */
export function batchCommandLine(
  file: string,
  args: readonly string[],
  systemRoot: string | undefined,
): { readonly interpreter: string; readonly line: readonly string[] } {
  if ([file, ...args].some((text) => UNSAFE.test(text))) {
    throw new BatchFileError(
      "a batch file cannot be given arguments that hold quotes, percent signs or line breaks",
    );
  }
  const quoted = [file, ...args].map((text) => `"${text.replace(/\\+$/, (slashes) => slashes + slashes)}"`);
  return {
    interpreter: `${systemRoot ?? "C:\\Windows"}\\System32\\cmd.exe`,
    // Extensions on and delayed expansion off: `!` is then an ordinary character. /s removes the outer quotes.
    line: ["/d", "/e:on", "/v:off", "/s", "/c", `"${quoted.join(" ")}"`],
  };
}
