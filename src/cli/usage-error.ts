/** A command line that cannot be obeyed. The message ends in a pointer to the command's help, as in kubectl. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
