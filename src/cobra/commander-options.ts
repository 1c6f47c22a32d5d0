import type { Command, Option } from "commander";

/** Whether an option is given by its name alone. commander's own `isBoolean` leaves out those such as `--no-color`. */
export function isBoolean(option: Option): boolean {
  return !option.required && !option.optional;
}

/** What commander takes for a number rather than for options. */
const NEGATIVE_NUMBER = /^-(?:\d+|\d*\.\d+)(?:e[+-]?\d+)?$/;

/** Takes from an argv the values that commander gives to an option that stands before them. */
export function takeValues(option: Option, rest: string[]): readonly string[] {
  const values = option.required ? rest.splice(0, 1) : [];
  while (option.variadic || (option.optional && values.length === 0)) {
    const [next] = rest;
    if (next === undefined || (next.startsWith("-") && next !== "-" && !NEGATIVE_NUMBER.test(next))) {
      break;
    }
    values.push(...rest.splice(0, 1));
  }
  return values;
}

/** The options of all subcommands of a command, and of theirs. */
export function optionsBelow(command: Command): readonly Option[] {
  return command.commands.flatMap((subcommand) => [...subcommand.options, ...optionsBelow(subcommand)]);
}
