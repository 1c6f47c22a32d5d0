import { trimSpace } from "../../go/space.ts";
import { Lexer } from "./lexer.ts";
import type { BranchNode, PipeNode, TemplateStatement, Template } from "./node.ts";
import { parsePipeline, parseString } from "./parse-pipeline.ts";
import { goQuote } from "../../go/quote.ts";
import { TEMPLATE_NAME, TemplateReader } from "./template-reader.ts";
import type { TemplateToken } from "./template-token.ts";

/** An open template or branch, and what has been read of it. */
type Open = OpenTemplate | OpenBranch;

interface OpenTemplate {
  readonly kind: "root" | "define" | "block";
  readonly reader: TemplateReader;
  readonly list: TemplateStatement[];
  /** For a block: the call of it that remains in its place. */
  readonly call?: TemplateStatement;
}

interface OpenBranch {
  readonly kind: BranchNode["kind"];
  readonly reader: TemplateReader;
  readonly pipe: PipeNode;
  readonly body: TemplateStatement[];
  /** The list that statements go to: the body, or the part after `else`. */
  list: TemplateStatement[];
  /** How many variables there were before. */
  readonly variables: number;
  /** Whether it is an `else if` or `else with`, whose end also ends its parent. */
  readonly isChained: boolean;
}

/**
 * Parses a template and the templates that it defines, as Go's text/template/parse does.
 *
 * Go does this by recursion; here open parts are a list, since a template may open any number of them.
 *
 * @throws TemplateError in Go's words.
 */
export function parseTemplates(text: string): ReadonlyMap<string, Template> {
  const parser = new Parser(new TemplateReader(new Lexer(text), TEMPLATE_NAME));
  parser.parse();
  return parser.templates;
}

class Parser {
  readonly templates = new Map<string, Template>();
  readonly #open: Open[] = [];
  #top: Open;

  constructor(reader: TemplateReader) {
    this.#top = { kind: "root", reader, list: [] };
  }

  parse(): void {
    const root = this.#top.reader;
    for (;;) {
      const top = this.#top;
      if (top.kind !== "root") {
        if (top.reader.peekNonSpace().kind === "eof") {
          top.reader.fail("unexpected EOF");
        }
        this.#parseTextOrAction();
      } else if (root.peek().kind === "eof") {
        this.#define(top);
        return;
      } else if (!this.#beginDefinition(root)) {
        this.#parseTextOrAction();
      }
    }
  }

  /** Begins a definition. Only the outermost template defines others with `define`. */
  #beginDefinition(root: TemplateReader): boolean {
    if (root.peek().kind !== "leftDelim") {
      return false;
    }
    const delimiter = root.next();
    const word = root.nextNonSpace();
    if (word.kind !== "define") {
      root.giveBack(delimiter, word);
      return false;
    }
    const reader = new TemplateReader(root.lexer, "definition");
    const name = reader.expect(["string", "rawString"], "define clause");
    reader.name = parseString(reader, name.text);
    reader.expect(["rightDelim"], "define clause");
    this.#push({ kind: "define", reader, list: [] });
    return true;
  }

  #parseTextOrAction(): void {
    const { reader, list } = this.#top;
    const token = reader.nextNonSpace();
    if (token.kind === "text") {
      list.push({ kind: "text", text: token.text });
    } else if (token.kind === "leftDelim") {
      reader.actionLine = token.line;
      this.#parseAction(reader);
    } else {
      reader.unexpected(token, "input");
    }
  }

  #parseAction(reader: TemplateReader): void {
    const token = reader.nextNonSpace();
    switch (token.kind) {
      case "if":
      case "range":
      case "with":
        this.#openBranch(token.kind, false);
        return;
      case "else":
        this.#parseElse(reader);
        break;
      case "end":
        reader.expect(["rightDelim"], "end");
        this.#end();
        break;
      case "block":
        this.#openBlock(reader);
        return;
      case "template":
        this.#parseTemplateCall(reader);
        break;
      case "break":
      case "continue":
        this.#parseJump(reader, token.kind);
        break;
      default: {
        reader.giveBack(token);
        const { at } = reader.peek();
        this.#top.list.push({ kind: "action", at, pipe: parsePipeline(reader, "command", "rightDelim") });
      }
    }
    reader.actionLine = 0;
  }

  #parseJump(reader: TemplateReader, kind: "break" | "continue"): void {
    const token = reader.nextNonSpace();
    if (token.kind !== "rightDelim") {
      reader.unexpected(token, `{{${kind}}}`);
    }
    if (reader.openRanges === 0) {
      reader.fail(`{{${kind}}} outside {{range}}`);
    }
    this.#top.list.push({ kind });
  }

  #parseTemplateCall(reader: TemplateReader): void {
    const token = reader.nextNonSpace();
    const name = parseName(reader, token, "template clause");
    const following = reader.nextNonSpace();
    let pipe: PipeNode | undefined;
    if (following.kind !== "rightDelim") {
      reader.giveBack(following);
      pipe = parsePipeline(reader, "template clause", "rightDelim");
    }
    this.#top.list.push({ kind: "template", at: token.at, name, pipe });
  }

  /** Opens a block: a template that is defined and called at once. */
  #openBlock(reader: TemplateReader): void {
    const token = reader.nextNonSpace();
    const name = parseName(reader, token, "block clause");
    const pipe = parsePipeline(reader, "block clause", "rightDelim");
    this.#push({
      kind: "block",
      reader: new TemplateReader(reader.lexer, name),
      list: [],
      call: { kind: "template", at: token.at, name, pipe },
    });
  }

  #openBranch(kind: BranchNode["kind"], isChained: boolean): void {
    const { reader } = this.#top;
    const variables = reader.variables.length;
    const pipe = parsePipeline(reader, kind, "rightDelim");
    if (kind === "range") {
      reader.openRanges++;
    }
    const body: TemplateStatement[] = [];
    this.#push({ kind, reader, pipe, body, list: body, variables, isChained });
  }

  #parseElse(reader: TemplateReader): void {
    const { kind } = reader.peekNonSpace();
    if (kind !== "if" && kind !== "with") {
      reader.expect(["rightDelim"], "else");
    }
    reader.actionLine = 0;
    const top = this.#top;
    if (isTemplate(top)) {
      reader.fail(top.kind === "root" ? "unexpected {{else}}" : `unexpected {{else}} in ${top.kind} clause`);
    }
    if (top.list !== top.body) {
      reader.fail("expected end; found {{else}}");
    }
    if (top.kind === "range") {
      reader.openRanges--;
    }
    top.list = [];
    if (kind === top.kind) {
      reader.next();
      this.#openBranch(kind, true);
    }
  }

  #end(): void {
    for (let isChained = true; isChained;) {
      const top = this.#top;
      if (top.kind === "root") {
        top.reader.fail("unexpected {{end}}");
      }
      this.#pop();
      isChained = this.#close(top);
    }
  }

  /** Adds an ended part to its parent. Returns whether the parent has ended with it. */
  #close(ended: Open): boolean {
    if (isTemplate(ended)) {
      this.#define(ended);
      if (ended.call !== undefined) {
        this.#top.list.push(ended.call);
        this.#top.reader.actionLine = 0;
      }
      return false;
    }
    const { kind, reader, pipe, body, list, variables, isChained } = ended;
    if (kind === "range" && list === body) {
      reader.openRanges--;
    }
    reader.variables.length = variables;
    this.#top.list.push({ kind, pipe, body, otherwise: list === body ? undefined : list });
    return isChained;
  }

  /**
   * Defines a template. One that prints something can be defined once; one that prints only white space yields to any
   * other.
   */
  #define({ reader, list }: OpenTemplate): void {
    const { name } = reader;
    const known = this.templates.get(name);
    if (known === undefined || isEmpty(known.body)) {
      this.templates.set(name, { name, body: list });
    } else if (!isEmpty(list)) {
      reader.fail(`template: multiple definition of template ${goQuote(name)}`);
    }
  }

  #push(open: Open): void {
    this.#open.push(this.#top);
    this.#top = open;
  }

  #pop(): void {
    this.#top = this.#open.pop() ?? this.#top;
  }
}

function parseName(reader: TemplateReader, token: TemplateToken, context: string): string {
  return token.kind === "string" || token.kind === "rawString"
    ? parseString(reader, token.text)
    : reader.unexpected(token, context);
}

function isTemplate(open: Open): open is OpenTemplate {
  return open.kind === "root" || open.kind === "define" || open.kind === "block";
}

function isEmpty(statements: readonly TemplateStatement[]): boolean {
  return statements.every((statement) => statement.kind === "text" && trimSpace(statement.text) === "");
}
