/** A certificate and key that cannot be used. The message has Go's words and nothing of the texts. */
export class KeyPairError extends Error {
  override readonly name = "KeyPairError";
}
