import { costOf, functionNamed, type GoFunction, type Parameter } from "./functions.ts";
import { FunctionError } from "./function-error.ts";
import type { CommandNode, OperandNode, PipeNode } from "./node.ts";
import { nodeText } from "./node.ts";
import { goQuote } from "../../go/quote.ts";
import type { TemplateRunState } from "./run-state.ts";
import {
  type Concrete,
  Interface,
  isMap,
  isTrue,
  staticTypeOf,
  typeOf,
  unwrap,
  type TemplateValue,
} from "./template-value.ts";

/** The result of the previous command in a pipeline: absent for the first, and inside an argument. */
const ABSENT: unique symbol = Symbol("absent");
type Piped = TemplateValue | typeof ABSENT;

/** Evaluates a pipeline and unwraps its value; declares or sets its variables (Go's `evalPipeline`). */
export function evaluatePipe(
  state: TemplateRunState,
  dot: TemplateValue,
  pipe: PipeNode,
): Concrete | undefined {
  state.at(pipe);
  let piped: Piped = ABSENT;
  for (const command of pipe.commands) {
    piped = unwrap(evaluateCommand(state, dot, command, piped));
  }
  const value = piped === ABSENT ? undefined : piped;
  for (const name of pipe.variables) {
    if (pipe.isAssignment) {
      state.setVariable(name, value);
    } else {
      state.declareVariable(name, value);
    }
  }
  return value;
}

function evaluateCommand(
  state: TemplateRunState,
  dot: TemplateValue,
  command: CommandNode,
  piped: Piped,
): TemplateValue {
  const [first, ...others] = command.operands;
  state.spend(1 + others.length);
  switch (first.kind) {
    case "field":
      state.at(first);
      return pickFields(state, dot, first.names, others.length > 0 || piped !== ABSENT);
    case "chain":
      return evaluateChain(state, dot, first, others.length > 0 || piped !== ABSENT);
    case "identifier":
      return callFunction(state, dot, first, command, others, piped);
    case "pipe":
      refuseArguments(state, first, others.length > 0 || piped !== ABSENT);
      return evaluatePipe(state, dot, first);
    case "variable":
      return evaluateVariable(state, first, others.length > 0 || piped !== ABSENT);
    case "nil":
      state.at(first);
      refuseArguments(state, first, others.length > 0 || piped !== ABSENT);
      return state.fail("nil is not a command");
    default:
      state.at(first);
      refuseArguments(state, first, others.length > 0 || piped !== ABSENT);
      return first.kind === "dot" ? dot : constantOf(state, first);
  }
}

function refuseArguments(state: TemplateRunState, node: OperandNode, hasArguments: boolean): void {
  if (hasArguments) {
    state.fail(`can't give argument to non-function ${nodeText(node)}`);
  }
}

type ConstantNode = Extract<OperandNode, { readonly kind: "bool" | "number" | "string" }>;

function constantOf(state: TemplateRunState, node: ConstantNode): Concrete {
  if (node.kind !== "number") {
    return node.value;
  }
  state.at(node);
  return "value" in node.constant ? node.constant.value : state.fail(`${node.text} overflows int`);
}

function evaluateVariable(
  state: TemplateRunState,
  node: Extract<OperandNode, { readonly kind: "variable" }>,
  hasArguments: boolean,
): TemplateValue {
  state.at(node);
  const value = state.getVariable(node.name);
  if (node.names.length === 0) {
    refuseArguments(state, node, hasArguments);
    return value;
  }
  return pickFields(state, value, node.names, hasArguments);
}

function evaluateChain(
  state: TemplateRunState,
  dot: TemplateValue,
  node: Extract<OperandNode, { readonly kind: "chain" }>,
  hasArguments: boolean,
): TemplateValue {
  state.at(node);
  return pickFields(state, evaluateOperand(state, dot, node.base), node.names, hasArguments);
}

/** Follows a chain of fields. Only the last could take arguments, if it were a function. */
function pickFields(
  state: TemplateRunState,
  receiver: TemplateValue,
  names: readonly string[],
  hasArguments: boolean,
): TemplateValue {
  let value = receiver;
  for (const [index, name] of names.entries()) {
    value = pickField(state, value, name, hasArguments && index === names.length - 1);
  }
  return value;
}

function pickField(
  state: TemplateRunState,
  receiver: TemplateValue,
  name: string,
  hasArguments: boolean,
): TemplateValue {
  if (receiver === undefined) {
    return state.allowMissingKeys ? undefined : state.fail(`nil data; no entry for key ${goQuote(name)}`);
  }
  const map = unwrap(receiver);
  if (map === undefined) {
    return state.fail(`nil pointer evaluating interface {}.${name}`);
  }
  if (!isMap(map)) {
    return state.fail(`can't evaluate field ${name} in type ${staticTypeOf(receiver)}`);
  }
  if (hasArguments) {
    return state.fail(`${name} is not a method but has arguments`);
  }
  const element = map.get(name);
  if (element === undefined) {
    return state.allowMissingKeys ? undefined : state.fail(`map has no entry for key ${goQuote(name)}`);
  }
  return new Interface(element);
}

/** Evaluates an argument, or the start of a chain; `nil` is no value. */
function evaluateOperand(state: TemplateRunState, dot: TemplateValue, node: OperandNode): TemplateValue {
  state.at(node);
  switch (node.kind) {
    case "dot":
      return dot;
    case "nil":
      return undefined;
    case "field":
      return pickFields(state, dot, node.names, false);
    case "variable":
      return evaluateVariable(state, node, false);
    case "pipe":
      return evaluatePipe(state, dot, node);
    case "identifier":
      return callFunction(state, dot, node, node, [], ABSENT);
    case "chain":
      return evaluateChain(state, dot, node, false);
    default:
      return constantOf(state, node);
  }
}

function callFunction(
  state: TemplateRunState,
  dot: TemplateValue,
  node: Extract<OperandNode, { readonly kind: "identifier" }>,
  caller: CommandNode | OperandNode,
  operands: readonly OperandNode[],
  piped: Piped,
): TemplateValue {
  state.at(node);
  const { name } = node;
  const called = functionNamed(name) ?? state.fail(`${goQuote(name)} is not a defined function`);
  checkArgumentCount(state, name, called, operands.length, piped !== ABSENT);
  if (name === "and" || name === "or") {
    return evaluateLogic(state, dot, name, operands, piped);
  }
  const values = operands.map((operand, index) =>
    evaluateArgument(state, dot, operand, parameterOf(called, index)),
  );
  if (piped !== ABSENT) {
    values.push(asArgument(state, piped, parameterOf(called, operands.length)));
  }
  try {
    state.spend(costOf(values));
    const value = called.call(values, name === "call" ? calleeText(operands[0], values[0]) : "");
    state.spend(costOf([value]));
    return value;
  } catch (error) {
    if (!(error instanceof FunctionError)) {
      throw error;
    }
    state.at(caller);
    return state.fail(`error calling ${name}: ${error.message}`);
  }
}

/** Returns the name of `call`'s argument. Go uses the content of a piped string, which may be a secret. */
function calleeText(operand: OperandNode | undefined, value: TemplateValue): string {
  return operand === undefined
    ? `<${value === undefined ? "invalid" : staticTypeOf(value)} Value>`
    : nodeText(operand);
}

function checkArgumentCount(
  state: TemplateRunState,
  name: string,
  { parameters, rest }: GoFunction,
  count: number,
  isPiped: boolean,
): void {
  const given = count + (isPiped ? 1 : 0);
  const wanted = parameters.length;
  if (rest === undefined && given !== wanted) {
    state.fail(`wrong number of args for ${name}: want ${wanted} got ${given}`);
  }
  // Go counts the piped value, but does not report it.
  if (rest !== undefined && given < wanted) {
    state.fail(`wrong number of args for ${name}: want at least ${wanted} got ${count}`);
  }
}

/** Evaluates `and` and `or`, which evaluate no more arguments than they need, and return the one that decides. */
function evaluateLogic(
  state: TemplateRunState,
  dot: TemplateValue,
  name: "and" | "or",
  operands: readonly OperandNode[],
  piped: Piped,
): TemplateValue {
  let value: TemplateValue;
  for (const operand of operands) {
    value = evaluateArgument(state, dot, operand, "value");
    if (isTrue(unwrap(value)) === (name === "or")) {
      return value;
    }
  }
  return piped === ABSENT ? value : piped;
}

function parameterOf({ parameters, rest }: GoFunction, index: number): Parameter {
  return parameters[index] ?? rest ?? "value";
}

function evaluateArgument(
  state: TemplateRunState,
  dot: TemplateValue,
  node: OperandNode,
  parameter: Parameter,
): TemplateValue {
  if (parameter === "string") {
    state.at(node);
    if (node.kind === "nil") {
      return state.fail("cannot assign nil to string");
    }
    if (node.kind === "bool" || node.kind === "number") {
      return state.fail(`expected string; found ${nodeText(node)}`);
    }
  }
  return asArgument(state, evaluateOperand(state, dot, node), parameter);
}

/** Implements Go's `validateType`. */
function asArgument(state: TemplateRunState, value: TemplateValue, parameter: Parameter): TemplateValue {
  if (parameter === "value") {
    return value;
  }
  const inside = unwrap(value);
  if (parameter === "any") {
    return inside;
  }
  if (value === undefined) {
    return state.fail("invalid value; expected string");
  }
  if (typeof inside !== "string") {
    const type = inside === undefined ? staticTypeOf(value) : typeOf(inside);
    return state.fail(`wrong type for value; expected string; got ${type}`);
  }
  return inside;
}
