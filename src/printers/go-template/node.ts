import type { NumberConstant } from "./number-constant.ts";
import { goQuote } from "../../go/quote.ts";

/** A parsed template: the part between one `define` and its `end`, or around all of them. */
export interface Template {
  readonly name: string;
  readonly body: readonly TemplateStatement[];
}

export type TemplateStatement = TextNode | ActionNode | BranchNode | TemplateNode | JumpNode;

export interface TextNode {
  readonly kind: "text";
  readonly text: string;
}

export interface ActionNode {
  readonly kind: "action";
  readonly at: number;
  readonly pipe: PipeNode;
}

export interface BranchNode {
  readonly kind: "if" | "range" | "with";
  readonly pipe: PipeNode;
  readonly body: readonly TemplateStatement[];
  readonly otherwise: readonly TemplateStatement[] | undefined;
}

/** `{{template "name" pipeline}}`. */
export interface TemplateNode {
  readonly kind: "template";
  readonly at: number;
  readonly name: string;
  readonly pipe: PipeNode | undefined;
}

export interface JumpNode {
  readonly kind: "break" | "continue";
}

export interface PipeNode {
  readonly kind: "pipe";
  readonly at: number;
  /** `=` instead of `:=`. */
  readonly isAssignment: boolean;
  readonly variables: readonly string[];
  readonly commands: readonly CommandNode[];
}

export interface CommandNode {
  readonly kind: "command";
  readonly at: number;
  readonly operands: readonly [OperandNode, ...OperandNode[]];
}

export type OperandNode =
  | PipeNode
  | { readonly kind: "bool"; readonly at: number; readonly value: boolean }
  | { readonly kind: "chain"; readonly at: number; readonly base: OperandNode; readonly names: Names }
  | { readonly kind: "dot"; readonly at: number }
  | { readonly kind: "field"; readonly at: number; readonly names: Names }
  | { readonly kind: "identifier"; readonly at: number; readonly name: string }
  | { readonly kind: "nil"; readonly at: number }
  | { readonly kind: "number"; readonly at: number; readonly text: string; readonly constant: NumberConstant }
  | { readonly kind: "string"; readonly at: number; readonly quoted: string; readonly value: string }
  | {
      readonly kind: "variable";
      readonly at: number;
      /** With its `$`. */
      readonly name: string;
      readonly names: readonly string[];
    };

export type Names = readonly [string, ...string[]];

/** The nodes that a message can point at. */
export type Node = ActionNode | TemplateNode | CommandNode | OperandNode;

/** Formats a node as in messages, which may differ from its spelling in the template. */
export function nodeText(node: Node): string {
  switch (node.kind) {
    case "action":
      return `{{${nodeText(node.pipe)}}}`;
    case "template":
      return `{{template ${goQuote(node.name)}${node.pipe === undefined ? "" : ` ${nodeText(node.pipe)}`}}}`;
    case "pipe":
      return pipeText(node);
    case "command":
      return node.operands.map(operandText).join(" ");
    case "bool":
      return String(node.value);
    case "chain":
      return operandText(node.base) + fieldsText(node.names);
    case "dot":
      return ".";
    case "field":
      return fieldsText(node.names);
    case "identifier":
      return node.name;
    case "nil":
      return "nil";
    case "number":
      return node.text;
    case "string":
      return node.quoted;
    default:
      return node.name + fieldsText(node.names);
  }
}

function pipeText({ isAssignment, variables, commands }: PipeNode): string {
  const target = variables.length === 0 ? "" : `${variables.join(", ")} ${isAssignment ? "=" : ":="} `;
  return target + commands.map(nodeText).join(" | ");
}

function operandText(node: OperandNode): string {
  return node.kind === "pipe" ? `(${pipeText(node)})` : nodeText(node);
}

function fieldsText(names: readonly string[]): string {
  return names.map((name) => `.${name}`).join("");
}
