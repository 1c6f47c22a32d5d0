import type { Command, Option } from "commander";

/** Reports whether an option takes no value. commander's own `isBoolean` excludes options such as `--no-color`. */
export function isBoolean(option: Option): boolean {
  return !option.required && !option.optional;
}

/** Arguments that commander parses as a number rather than as options. */
const NEGATIVE_NUMBER = /^-(?:\d+|\d*\.\d+)(?:e[+-]?\d+)?$/;

/** Removes from an argv, and returns, the values that commander assigns to the option before them. */
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

/** Returns the options of all subcommands of a command, recursively. */
export function optionsBelow(command: Command): readonly Option[] {
  return command.commands.flatMap((subcommand) => [...subcommand.options, ...optionsBelow(subcommand)]);
}
