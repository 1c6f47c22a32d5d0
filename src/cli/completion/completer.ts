/** A candidate for the next word. */
export interface Candidate {
  readonly value: string;
  /** One line, for people; `""` for none. */
  readonly description: string;
}

/** The completions of a command line. */
export interface Completion {
  /** The part of the present word before the completed value: `--context=`. */
  readonly prefix: string;
  /** Those that begin as the present word does, after the prefix. */
  readonly candidates: readonly Candidate[];
  /** Whether names of files are wanted instead, which the shell finds. */
  readonly files: "none" | "files" | "folders";
}

/** There are no candidates, or they are unknown. */
export const NO_COMPLETION: Completion = { prefix: "", candidates: [], files: "none" };

/** Reports whether the same word continues, as after `jsonpath=` and `contexts.`: then no space is added. */
export function continuesWord({ value }: Candidate): boolean {
  return value.endsWith("=") || value.endsWith(".");
}
