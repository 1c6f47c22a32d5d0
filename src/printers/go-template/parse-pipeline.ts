import { isFunctionName } from "./functions.ts";
import type { CommandNode, Names, OperandNode, PipeNode } from "./node.ts";
import { nodeText } from "./node.ts";
import { readNumber } from "./number-constant.ts";
import { goQuote } from "../../go/quote.ts";
import type { TemplateReader } from "./template-reader.ts";
import type { TemplateToken } from "./template-token.ts";
import { unquoteGo } from "../../go/unquote.ts";

/** Go allows 10,000 parentheses around an expression; each of them takes stack, of which Node.js has less. */
const MAX_PARENTHESES = 500;

/** Parses a pipeline and the token that ends it: declarations? command ("|" command)*. @throws TemplateError */
export function parsePipeline(
  reader: TemplateReader,
  context: string,
  end: "rightDelim" | "rightParen",
): PipeNode {
  const { at } = reader.peekNonSpace();
  const { variables, isAssignment } = parseVariables(reader, context);
  const commands: CommandNode[] = [];
  for (;;) {
    const token = reader.nextNonSpace();
    switch (token.kind) {
      case end:
        checkCommands(reader, commands, context);
        return { kind: "pipe", at, isAssignment, variables, commands };
      case "bool":
      case "charConstant":
      case "complex":
      case "dot":
      case "field":
      case "identifier":
      case "number":
      case "nil":
      case "rawString":
      case "string":
      case "variable":
      case "leftParen":
        reader.giveBack(token);
        commands.push(parseCommand(reader));
        break;
      default:
        reader.unexpected(token, context);
    }
  }
}

/** Parses `$x := `, `$x = `, and for a range `$i, $x := `. A variable without an assignment is put back. */
function parseVariables(
  reader: TemplateReader,
  context: string,
): { readonly variables: readonly string[]; readonly isAssignment: boolean } {
  const variables: string[] = [];
  let isAssignment = false;
  while (reader.peekNonSpace().kind === "variable") {
    const variable = reader.next();
    const adjacent = reader.peek();
    const following = reader.peekNonSpace();
    const isComma = following.kind === "char" && following.text === ",";
    if (following.kind !== "assign" && following.kind !== "declare" && !isComma) {
      reader.giveBack(...(adjacent.kind === "space" ? [variable, adjacent] : [variable]));
      break;
    }
    reader.nextNonSpace();
    variables.push(variable.text);
    reader.variables.push(variable.text);
    if (!isComma) {
      isAssignment = following.kind === "assign";
      break;
    }
    if (context !== "range" || variables.length > 1) {
      reader.fail(`too many declarations in ${context}`);
    }
    if (!["variable", "rightDelim", "rightParen"].includes(reader.peekNonSpace().kind)) {
      reader.fail("range can only initialize variables");
    }
  }
  return { variables, isAssignment };
}

function checkCommands(reader: TemplateReader, commands: readonly CommandNode[], context: string): void {
  if (commands.length === 0) {
    reader.fail(`missing value for ${context}`);
  }
  for (const [index, { operands }] of commands.entries()) {
    if (index > 0 && isConstant(operands[0])) {
      reader.fail(`non executable command in pipeline stage ${index + 1}`);
    }
  }
}

function isConstant({ kind }: OperandNode): boolean {
  return kind === "bool" || kind === "dot" || kind === "nil" || kind === "number" || kind === "string";
}

/** Parses operands with spaces between them, and the `|` after them if there is one. */
function parseCommand(reader: TemplateReader): CommandNode {
  const { at } = reader.peekNonSpace();
  const operands: OperandNode[] = [];
  for (;;) {
    reader.peekNonSpace();
    const operand = parseOperand(reader);
    if (operand !== undefined) {
      operands.push(operand);
    }
    const token = reader.next();
    if (token.kind === "space") {
      continue;
    }
    if (token.kind === "rightDelim" || token.kind === "rightParen") {
      reader.giveBack(token);
    } else if (token.kind !== "pipe") {
      reader.unexpected(token, "operand");
    }
    break;
  }
  const [first, ...others] = operands;
  return first === undefined
    ? reader.fail("empty command")
    : { kind: "command", at, operands: [first, ...others] };
}

/** Parses a term and the fields that follow it. The position of a chain is that of its second field. */
function parseOperand(reader: TemplateReader): OperandNode | undefined {
  const term = parseTerm(reader);
  const { kind, at } = reader.peek();
  if (term === undefined || kind !== "field") {
    return term;
  }
  const names: string[] = [];
  while (reader.peek().kind === "field") {
    names.push(reader.next().text.slice(1));
  }
  switch (term.kind) {
    case "field":
      return { kind: "field", at, names: [...term.names, ...names] };
    case "variable":
      return { kind: "variable", at, name: term.name, names };
    case "bool":
    case "dot":
    case "nil":
    case "number":
    case "string":
      return reader.fail(`unexpected . after term ${goQuote(nodeText(term))}`);
    default:
      return { kind: "chain", at, base: term, names: names as string[] & Names };
  }
}

/**
 * Parses a constant, variable, field, function, or pipeline in parentheses; undefined when the next token begins none.
 */
function parseTerm(reader: TemplateReader): OperandNode | undefined {
  const token = reader.nextNonSpace();
  const { kind, text, at } = token;
  switch (kind) {
    case "identifier":
      return isFunctionName(text)
        ? { kind, at, name: text }
        : reader.fail(`function ${goQuote(text)} not defined`);
    case "dot":
    case "nil":
      return { kind, at };
    case "variable":
      return reader.variables.includes(text)
        ? { kind, at, name: text, names: [] }
        : reader.fail(`undefined variable ${goQuote(text)}`);
    case "field":
      return { kind, at, names: [text.slice(1)] };
    case "bool":
      return { kind, at, value: text === "true" };
    case "charConstant":
    case "complex":
    case "number":
      return numberNode(reader, token);
    case "leftParen":
      return parseParentheses(reader);
    case "string":
    case "rawString":
      return { kind: "string", at, quoted: text, value: parseString(reader, text) };
    default:
      reader.giveBack(token);
      return undefined;
  }
}

function numberNode(reader: TemplateReader, { kind, text, at }: TemplateToken): OperandNode {
  const constant = readNumber(text, kind);
  return typeof constant === "string" ? reader.fail(constant) : { kind: "number", at, text, constant };
}

function parseParentheses(reader: TemplateReader): PipeNode {
  if (reader.openParentheses >= MAX_PARENTHESES) {
    reader.fail("max expression depth exceeded");
  }
  reader.openParentheses++;
  const pipe = parsePipeline(reader, "parenthesized pipeline", "rightParen");
  reader.openParentheses--;
  return pipe;
}

/**
 * Unquotes a string.
 *
 * @throws TemplateError for an escape that Go does not have.
 */
export function parseString(reader: TemplateReader, quoted: string): string {
  return unquoteGo(quoted) ?? reader.fail("invalid syntax");
}
