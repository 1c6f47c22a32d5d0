import { isBlank, SeparatorError, splitDocuments } from "./documents.ts";
import type { KubercDocument } from "./read-document.ts";
import { readDocument } from "./read-document.ts";

/** A kuberc file as kubectl sees it. */
export interface KubercFile {
  /** The documents up to the one that is used, in the order of the file. Blank ones do not count. */
  readonly attempted: readonly KubercDocument[];
  /** The document that kubectl uses: the first that is a Preference of a version it knows. */
  readonly used: KubercDocument | undefined;
  /** A separator that ends the reading for good, before a usable document was found. */
  readonly separatorError: SeparatorError | undefined;
  /** The documents that kubectl does not look at, because they come after the one that is used. */
  readonly later: readonly KubercDocument[];
}

/** Reads a kuberc file as kubectl 1.36's `decodePreference`. */
export function decodeKuberc(data: Uint8Array): KubercFile {
  const attempted: KubercDocument[] = [];
  const later: KubercDocument[] = [];
  let used: KubercDocument | undefined;
  try {
    for (const raw of splitDocuments(data)) {
      if (isBlank(raw)) {
        continue;
      }
      const document = readDocument(raw);
      (used === undefined ? attempted : later).push(document);
      if (document.preference !== undefined) {
        used ??= document;
      }
    }
  } catch (error) {
    if (!(error instanceof SeparatorError)) {
      throw error;
    }
    // Nobody reads on to a bad separator once a document is found that can be used.
    if (used === undefined) {
      return { attempted, used, separatorError: error, later };
    }
  }
  return { attempted, used, separatorError: undefined, later };
}

/** What kubectl's strict decoding says of a document that it uses nevertheless; `""` if nothing. */
export function strictDecodingError(document: KubercDocument): string {
  return document.complaints.length === 0 ? "" : `strict decoding error: ${document.complaints.join(", ")}`;
}
