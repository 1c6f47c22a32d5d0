/** A certificate that cannot be read. The message has the words of Go's crypto/x509. */
export class X509Error extends Error {
  override readonly name = "X509Error";
}

/**
 * Returns a value that a certificate must have.
 *
 * @throws X509Error with Go's words if it is undefined
 */
export function required<T>(value: T | undefined, words: string): T {
  if (value === undefined) {
    throw new X509Error(`x509: ${words}`);
  }
  return value;
}
