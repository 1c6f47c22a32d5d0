import type { Node, SourceFile } from "typescript/unstable/ast";
import { SyntaxKind } from "typescript/unstable/ast";
import {
  isArrowFunction,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isExportDeclaration,
  isExpressionStatement,
  isFunctionDeclaration,
  isIfStatement,
  isImportDeclaration,
  isMethodDeclaration,
  isNumericLiteral,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isRegularExpressionLiteral,
  isStringLiteral,
  isThrowStatement,
  isTypeNode,
  isVariableDeclaration,
  isWhileStatement,
  isYieldExpression,
} from "typescript/unstable/ast/is";

/** One change of a source file. */
export interface Mutant {
  /** The position of the change, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** The replacement of the code at that position. */
  readonly replacement: string;
  /** The line, from 1. */
  readonly line: number;
  /** The name of the function around it; `""` at the top of the file. */
  readonly within: string;
  /** `name.startsWith("-") → !(name.startsWith("-"))`: on one line, and the same after lines have moved. */
  readonly change: string;
}

/** The replacements of operators: opposites, or the same with a moved boundary. */
const OTHER_OPERATORS: ReadonlyMap<string, readonly string[]> = new Map([
  ["&&", ["||"]],
  ["||", ["&&"]],
  ["===", ["!=="]],
  ["!==", ["==="]],
  ["<", ["<=", ">="]],
  ["<=", ["<", ">"]],
  [">", [">=", "<="]],
  [">=", [">", "<"]],
  ["+", ["-"]],
  ["-", ["+"]],
  ["+=", ["-="]],
  ["-=", ["+="]],
]);

/** The replacements of methods: `every` and `some`, beginning and end, minimum and maximum. */
const OTHER_METHODS: ReadonlyMap<string, string> = new Map([
  ["every", "some"],
  ["some", "every"],
  ["startsWith", "endsWith"],
  ["endsWith", "startsWith"],
  ["min", "max"],
  ["max", "min"],
]);

/** Returns every possible mutant of a file, in source order. Types, imports and exports are not changed. */
export function mutantsOf(file: SourceFile): readonly Mutant[] {
  const found: Mutant[] = [];
  const visit = (node: Node, within: string): void => {
    if (isTypeNode(node) || isImportDeclaration(node) || isExportDeclaration(node)) {
      return;
    }
    const name = nameOf(node) ?? within;
    for (const [changed, replacement] of changesOf(node, file)) {
      const start = changed.getStart(file);
      found.push({
        start,
        end: changed.end,
        replacement,
        line: file.text.slice(0, start).split("\n").length,
        within: name,
        change: describe(node, changed, replacement, file),
      });
    }
    node.forEachChild((child) => visit(child, name));
  };
  visit(file, "");
  return found;
}

function nameOf(node: Node): string | undefined {
  if (isFunctionDeclaration(node) || isMethodDeclaration(node)) {
    return node.name?.getText();
  }
  return isVariableDeclaration(node) && node.initializer !== undefined && isArrowFunction(node.initializer)
    ? node.name.getText()
    : undefined;
}

function* changesOf(node: Node, file: SourceFile): Generator<readonly [changed: Node, replacement: string]> {
  if (isIfStatement(node) || isWhileStatement(node)) {
    yield [node.expression, negated(node.expression, file)];
  } else if (isConditionalExpression(node)) {
    yield [node.condition, negated(node.condition, file)];
  } else if (isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken) {
    if (!isCondition(node)) {
      yield [node, node.operand.getText(file)];
    }
  } else if (isBinaryExpression(node)) {
    const { operatorToken, left, right } = node;
    const operator = operatorToken.getText(file);
    const isOfText = [left, right].some((side) => /["'`]/.test(side.getText(file)));
    for (const other of OTHER_OPERATORS.get(operator) ?? []) {
      // Negating the whole condition equals inverting its only comparison.
      const isNegation =
        isCondition(node) && other !== "||" && other !== "&&" && !isBoundary(operator, other);
      if (!isNegation && !(isOfText && /^[+-]/.test(operator))) {
        yield [operatorToken, other];
      }
    }
  } else if (node.kind === SyntaxKind.TrueKeyword) {
    yield [node, "false"];
  } else if (node.kind === SyntaxKind.FalseKeyword) {
    yield [node, "true"];
  } else if (isExpressionStatement(node)) {
    if (isDroppable(node.expression)) {
      yield [node, ";"];
    }
  } else if (isThrowStatement(node)) {
    yield [node, ";"];
  } else if (isNumericLiteral(node)) {
    yield [node, `(${node.getText(file)} + 1)`];
  } else if (isStringLiteral(node)) {
    if (!isPropertyName(node)) {
      yield [node, node.text === "" ? '"mutant"' : '""'];
    }
  } else if (isRegularExpressionLiteral(node)) {
    yield* looserPatterns(node, file);
  } else if (isCallExpression(node) && isPropertyAccessExpression(node.expression)) {
    const { name } = node.expression;
    const other = OTHER_METHODS.get(name.text);
    if (other !== undefined) {
      yield [name, other];
    }
  }
}

function isBoundary(operator: string, other: string): boolean {
  return operator[0] === other[0] && /[<>]/.test(operator);
}

/** Reports whether a node is a whole condition, which is negated as one. */
function isCondition(node: Node): boolean {
  const { parent } = node;
  return (
    ((isIfStatement(parent) || isWhileStatement(parent)) && parent.expression === node) ||
    (isConditionalExpression(parent) && parent.condition === node)
  );
}

function negated(condition: Node, file: SourceFile): string {
  return isPrefixUnaryExpression(condition) && condition.operator === SyntaxKind.ExclamationToken
    ? condition.operand.getText(file)
    : `!(${condition.getText(file)})`;
}

function isDroppable(expression: Node): boolean {
  return isAwaitExpression(expression) || isYieldExpression(expression)
    ? true
    : isCallExpression(expression) && expression.expression.kind !== SyntaxKind.SuperKeyword;
}

function isPropertyName(node: Node): boolean {
  const { parent } = node;
  return isPropertyAssignment(parent) && parent.name === node;
}

/** Yields the pattern without its `^`, without its `$`, and without its `i`. */
function* looserPatterns(
  node: Node,
  file: SourceFile,
): Generator<readonly [changed: Node, replacement: string]> {
  const text = node.getText(file);
  const [, pattern = "", flags = ""] = /^\/(.*)\/([a-z]*)$/s.exec(text) ?? [];
  if (pattern.startsWith("^")) {
    yield [node, `/${pattern.slice(1)}/${flags}`];
  }
  if (/(?<!\\)\$$/.test(pattern)) {
    yield [node, `/${pattern.slice(0, -1)}/${flags}`];
  }
  if (flags.includes("i")) {
    yield [node, `/${pattern}/${flags.replace("i", "")}`];
  }
}

const LONGEST = 160;

/** Describes a change with the code around an operator or a literal, so that changes can be distinguished. */
function describe(node: Node, changed: Node, replacement: string, file: SourceFile): string {
  const isSmall =
    changed === node &&
    changed.end - changed.getStart(file) < 24 &&
    !isThrowStatement(node) &&
    !isExpressionStatement(node);
  const around = isSmall ? surroundings(node) : node;
  const whole =
    isIfStatement(node) || isWhileStatement(node) || isConditionalExpression(node) ? changed : around;
  const before = file.text.slice(whole.getStart(file), changed.getStart(file));
  const after = file.text.slice(changed.end, whole.end);
  const was = oneLine(whole.getText(file));
  const becomes = replacement === ";" ? "(nothing)" : oneLine(`${before}${replacement}${after}`);
  if (was.length + becomes.length <= LONGEST) {
    return `${was} → ${becomes}`;
  }
  const line = oneLine(lineAround(file.text, changed.getStart(file), changed.end));
  return `${oneLine(changed.getText(file))} → ${replacement === ";" ? "(nothing)" : oneLine(replacement)} in ${line}`;
}

function surroundings(node: Node): Node {
  const { parent } = node;
  return parent.kind === SyntaxKind.SourceFile ? node : parent;
}

function lineAround(text: string, start: number, end: number): string {
  const next = text.indexOf("\n", end);
  return text.slice(text.lastIndexOf("\n", start - 1) + 1, next === -1 ? undefined : next);
}

function oneLine(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, " ");
  return line.length <= LONGEST / 2 ? line : `${line.slice(0, LONGEST / 2)}…`;
}
