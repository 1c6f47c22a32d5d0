/** A document that kubectl cannot use, and so passes over. Any other error is a fault of ours and must not look like it. */
export class RefusedDocument extends Error {
  override readonly name: string = "RefusedDocument";
}
