import { byteLength, OutputBuilder } from "./go-text.ts";
import type { Node, Template } from "./node.ts";
import { nodeText } from "./node.ts";
import { goQuote } from "../../go/quote.ts";
import { TemplateError } from "./template-error.ts";
import { TEMPLATE_NAME } from "./template-reader.ts";
import type { TemplateValue } from "./template-value.ts";

/** More steps than any finite template needs; they take some seconds. */
const MAX_STEPS = 10_000_000;

interface TemplateVariable {
  readonly name: string;
  value: TemplateValue;
}

/** The state of a run: Go's `template.state`. */
export class TemplateRunState {
  readonly #source: string;
  readonly allowMissingKeys: boolean;
  readonly output = new OutputBuilder();
  /** The running template, which need not be the outermost. */
  template: Template;
  variables: TemplateVariable[];
  /** The depth of nested template calls. */
  depth = 0;
  /** The node that a message points at. */
  #node: Node | undefined;
  #steps = 0;

  constructor(source: string, template: Template, dot: TemplateValue, allowMissingKeys: boolean) {
    this.#source = source;
    this.template = template;
    this.variables = [{ name: "$", value: dot }];
    this.allowMissingKeys = allowMissingKeys;
  }

  /** Sets the node that messages point at. */
  at(node: Node): void {
    this.#node = node;
  }

  /** Counts the work done. @throws TemplateError when it is too much. */
  spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps > MAX_STEPS) {
      this.fail(`the template takes more than ${MAX_STEPS} steps`);
    }
  }

  fail(message: string): never {
    const node = this.#node;
    const place = `template: ${node === undefined ? TEMPLATE_NAME : locationOf(this.#source, node)}`;
    const where =
      node === undefined ? "" : `executing ${goQuote(this.template.name)} at <${nodeText(node)}>: `;
    throw new TemplateError(`${place}: ${where}${message}`);
  }

  getVariable(name: string): TemplateValue {
    return this.#find(name).value;
  }

  setVariable(name: string, value: TemplateValue): void {
    this.#find(name).value = value;
  }

  declareVariable(name: string, value: TemplateValue): void {
    this.variables.push({ name, value });
  }

  /** Sets the variable that was declared as the `fromTop`-th last one. */
  setDeclared(fromTop: number, value: TemplateValue): void {
    const variable = this.variables.at(-fromTop);
    if (variable !== undefined) {
      variable.value = value;
    }
  }

  #find(name: string): TemplateVariable {
    this.spend(this.variables.length >> 6);
    return (
      this.variables.findLast((variable) => variable.name === name) ??
      this.fail(`undefined variable: ${name}`)
    );
  }
}

/** Returns `output:LINE:COLUMN`: lines from 1, columns in bytes from 0. */
function locationOf(source: string, { at }: Node): string {
  const before = source.slice(0, at);
  const lineStart = before.lastIndexOf("\n") + 1;
  const line = before.split("\n").length;
  return `${TEMPLATE_NAME}:${line}:${byteLength(before.slice(lineStart))}`;
}
