/** An invalid command line. The message ends in a pointer to the command's help, as in kubectl. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
