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
}

/** Reads a kuberc file as kubectl 1.36's `decodePreference`. */
export function decodeKuberc(data: Uint8Array): KubercFile {
  const attempted: KubercDocument[] = [];
  try {
    for (const raw of splitDocuments(data)) {
      if (isBlank(raw)) {
        continue;
      }
      const document = readDocument(raw);
      attempted.push(document);
      if (document.preference !== undefined) {
        return { attempted, used: document, separatorError: undefined };
      }
    }
  } catch (error) {
    if (error instanceof SeparatorError) {
      return { attempted, used: undefined, separatorError: error };
    }
    throw error;
  }
  return { attempted, used: undefined, separatorError: undefined };
}

/** What kubectl's strict decoding says of a document that it uses nevertheless; `""` if nothing. */
export function strictDecodingError(document: KubercDocument): string {
  return document.complaints.length === 0 ? "" : `strict decoding error: ${document.complaints.join(", ")}`;
}
