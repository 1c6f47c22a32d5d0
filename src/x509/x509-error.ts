/** A certificate that cannot be read. The message has the words of Go's crypto/x509. */
export class X509Error extends Error {
  override readonly name = "X509Error";
}
