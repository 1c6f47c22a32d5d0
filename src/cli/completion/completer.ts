/** A word that may come next. */
export interface Candidate {
  readonly value: string;
  /** One line, for people; `""` for none. */
  readonly description: string;
}

/** What may come next on a command line. */
export interface Completion {
  /** What of the present word is before the value that is completed: `--context=`. */
  readonly prefix: string;
  /** Those that begin as the present word does, behind the prefix. */
  readonly candidates: readonly Candidate[];
  /** Whether names of files are wanted instead: they are for the shell to find. */
  readonly files: "none" | "files" | "folders";
}

/** Nothing may come, or nobody knows what. */
export const NO_COMPLETION: Completion = { prefix: "", candidates: [], files: "none" };

/**
 * Reports whether more is to come in the same word, as behind `jsonpath=` and `contexts.`: then no space is put after
 * it.
 */
export function isUnfinished({ value }: Candidate): boolean {
  return value.endsWith("=") || value.endsWith(".");
}
