import { formatPrint } from "./format/format-print.ts";
import { evaluatePipe } from "./evaluate.ts";
import type { BranchNode, TemplateStatement, Template, TemplateNode } from "./node.ts";
import { goQuote } from "../../go/quote.ts";
import { rangeOver, type Turns } from "./range.ts";
import type { TemplateRunState } from "./run-state.ts";
import { isTrue, type TemplateValue } from "./template-value.ts";

/** Go's limit for nested template calls. */
const MAX_DEPTH = 100_000;

/** Statements that are running, and what to do when they end. */
interface Frame {
  statements: readonly TemplateStatement[];
  next: number;
  dot: TemplateValue;
  /** How many variables there were before. */
  readonly variables: number;
  /** The turns of a range that are left. */
  readonly turns?: Turns;
  /** For a range: the variables that outlive a turn. */
  readonly turnVariables?: number;
  /** The state that a called template returns to. */
  readonly caller?: Pick<TemplateRunState, "template" | "variables">;
}

/**
 * Runs a template and writes what it prints to the output of the state (Go's `template.Execute`).
 *
 * Go does this by recursion; here the frames are a list, since template calls may be 100,000 deep.
 *
 * @throws TemplateError in Go's words.
 */
export function runTemplate(
  state: TemplateRunState,
  templates: ReadonlyMap<string, Template>,
  dot: TemplateValue,
): void {
  const frames: Frame[] = [{ statements: state.template.body, next: 0, dot, variables: 1 }];
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const statement = frame.statements[frame.next];
    frame.next++;
    if (statement === undefined) {
      if (!takeTurn(state, frame)) {
        leave(state, frames);
      }
      continue;
    }
    state.spend(1);
    switch (statement.kind) {
      case "text":
        state.output.write(statement.text);
        break;
      case "action": {
        const value = evaluatePipe(state, frame.dot, statement.pipe);
        if (statement.pipe.variables.length === 0) {
          state.at(statement);
          state.output.write(formatPrint([value ?? "<no value>"]));
        }
        break;
      }
      case "template":
        frames.push(call(state, templates, frame.dot, statement));
        break;
      case "break":
        while (frames.at(-1)?.turns === undefined) {
          leave(state, frames);
        }
        leave(state, frames);
        break;
      case "continue":
        while (frames.at(-1)?.turns === undefined) {
          leave(state, frames);
        }
        skipTurn(frames);
        break;
      default:
        enter(state, frames, frame.dot, statement);
    }
  }
}

/** Begins the next turn of a range, if the frame is one and has one left. */
function takeTurn(state: TemplateRunState, frame: Frame): boolean {
  if (frame.turnVariables !== undefined) {
    state.variables.length = frame.turnVariables;
  }
  const turn = frame.turns?.next();
  if (turn === undefined || turn.done === true) {
    return false;
  }
  state.spend(1);
  frame.dot = turn.value;
  frame.next = 0;
  return true;
}

function skipTurn(frames: readonly Frame[]): void {
  const range = frames.at(-1);
  if (range !== undefined) {
    range.next = range.statements.length;
  }
}

function leave(state: TemplateRunState, frames: Frame[]): void {
  const frame = frames.pop();
  if (frame === undefined) {
    return;
  }
  if (frame.caller !== undefined) {
    state.template = frame.caller.template;
    state.variables = frame.caller.variables;
    state.depth--;
  }
  state.variables.length = frame.variables;
}

function enter(state: TemplateRunState, frames: Frame[], dot: TemplateValue, branch: BranchNode): void {
  const variables = state.variables.length;
  const value = evaluatePipe(state, dot, branch.pipe);
  if (branch.kind === "range") {
    const turns = rangeOver(state, branch.pipe, value);
    if (turns !== undefined) {
      const turnVariables = state.variables.length;
      // The frame begins at its end, where the first turn is taken.
      frames.push({
        statements: branch.body,
        next: branch.body.length,
        dot,
        variables,
        turns,
        turnVariables,
      });
      return;
    }
  } else if (isTrue(value)) {
    frames.push({ statements: branch.body, next: 0, dot: branch.kind === "with" ? value : dot, variables });
    return;
  }
  frames.push({ statements: branch.otherwise ?? [], next: 0, dot, variables });
}

/** Calls a template, which has variables of its own. */
function call(
  state: TemplateRunState,
  templates: ReadonlyMap<string, Template>,
  dot: TemplateValue,
  statement: TemplateNode,
): Frame {
  state.at(statement);
  const template =
    templates.get(statement.name) ?? state.fail(`template ${goQuote(statement.name)} not defined`);
  if (state.depth === MAX_DEPTH) {
    state.fail(`exceeded maximum template depth (${MAX_DEPTH})`);
  }
  const value = statement.pipe === undefined ? undefined : evaluatePipe(state, dot, statement.pipe);
  const caller = { template: state.template, variables: state.variables };
  state.template = template;
  state.variables = [{ name: "$", value }];
  state.depth++;
  return {
    statements: template.body,
    next: 0,
    dot: value,
    // The caller's: what its pipeline declares stays.
    variables: caller.variables.length,
    caller,
  };
}
