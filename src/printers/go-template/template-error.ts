/** A template that does not parse, or fails when it runs, in the words of Go's text/template. */
export class TemplateError extends Error {
  /** What the template had printed before it failed; `""` when it was not run. */
  readonly printed: string;

  constructor(message: string, printed = "") {
    super(message);
    this.printed = printed;
  }
}
