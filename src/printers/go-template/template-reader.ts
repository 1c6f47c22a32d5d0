import type { Lexer } from "./lexer.ts";
import { TemplateError } from "./template-error.ts";
import { describeToken, type TemplateToken, type TokenKind } from "./template-token.ts";

/** The name of the top-level template, in messages and in `{{template "output"}}`. */
export const TEMPLATE_NAME = "output";

const START: TemplateToken = { kind: "error", text: "", at: 0, line: 0 };

/**
 * The tokens of one template, with as much look-ahead as its parser needs, and the parser's state (Go's
 * `parse.Tree`). A template that is defined inside of another reads on from the same lexer, with a look-ahead and
 * variables of its own.
 */
export class TemplateReader {
  readonly lexer: Lexer;
  name: string;
  /** The visible variables. */
  variables: string[] = ["$"];
  /** The line of the action that is being read, 0 between actions. */
  actionLine = 0;
  openRanges = 0;
  openParentheses = 0;
  #latest = START;
  /** Tokens that were put back, the next one last. */
  #given: TemplateToken[] = [];

  constructor(lexer: Lexer, name: string) {
    this.lexer = lexer;
    this.name = name;
  }

  next(): TemplateToken {
    const given = this.#given.pop();
    if (given !== undefined) {
      return given;
    }
    this.#latest = this.lexer.next();
    return this.#latest;
  }

  peek(): TemplateToken {
    const token = this.next();
    this.#given.push(token);
    return token;
  }

  /** Puts tokens back, the first of which is the next to be read. */
  giveBack(...tokens: readonly TemplateToken[]): void {
    for (const token of tokens.toReversed()) {
      this.#given.push(token);
    }
  }

  nextNonSpace(): TemplateToken {
    let token = this.next();
    while (token.kind === "space") {
      token = this.next();
    }
    return token;
  }

  peekNonSpace(): TemplateToken {
    const token = this.nextNonSpace();
    this.#given.push(token);
    return token;
  }

  /**
   * Reads a token.
   *
   * @throws TemplateError unless it is of one of the kinds.
   */
  expect(kinds: readonly TokenKind[], context: string): TemplateToken {
    const token = this.nextNonSpace();
    return kinds.includes(token.kind) ? token : this.unexpected(token, context);
  }

  unexpected(token: TemplateToken, context: string): never {
    if (token.kind !== "error") {
      return this.fail(`unexpected ${describeToken(token)} in ${context}`);
    }
    const isElsewhere = this.actionLine !== 0 && this.actionLine !== token.line;
    const place = isElsewhere ? ` started at ${TEMPLATE_NAME}:${this.actionLine}` : "";
    return this.fail(
      `${token.text}${isElsewhere && !token.text.endsWith(" action") ? " in action" : ""}${place}`,
    );
  }

  /**
   * Throws an error. Its line is that of the latest token read by this template's parser, whatever the message is
   * about.
   */
  fail(message: string): never {
    throw new TemplateError(`template: ${TEMPLATE_NAME}:${this.#latest.line}: ${message}`);
  }
}
