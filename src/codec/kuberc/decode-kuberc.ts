import { isBlank, SeparatorError, splitDocuments } from "./documents.ts";
import type { KubercDocument } from "./read-document.ts";
import { readDocument } from "./read-document.ts";

/** A kuberc file as kubectl sees it. */
export interface KubercFile {
  /** The documents up to the one that is used, in the order of the file, without blank ones. */
  readonly attempted: readonly KubercDocument[];
  /** The document that kubectl uses: the first Preference of a supported version. */
  readonly used: KubercDocument | undefined;
  /** An invalid separator that ended the reading before a usable document was found. */
  readonly separatorError: SeparatorError | undefined;
  /** The documents that kubectl ignores, because they come after the one that is used. */
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
    // kubectl does not read on to an invalid separator once it has found a usable document.
    if (used === undefined) {
      return { attempted, used, separatorError: error, later };
    }
  }
  return { attempted, used, separatorError: undefined, later };
}

/** Returns the error of kubectl's strict decoding for a document that it uses nevertheless; `""` if there is none. */
export function strictDecodingError(document: KubercDocument): string {
  return document.complaints.length === 0 ? "" : `strict decoding error: ${document.complaints.join(", ")}`;
}
