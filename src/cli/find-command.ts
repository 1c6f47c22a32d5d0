import type { Command } from "commander";

/**
 * Finds which command an argv calls, as cobra does: the first argument that is neither a flag nor the value of one.
 * Flags may stand before it.
 *
 * @returns the command and the argv without its name; the program itself when no command is named
 */
export function findCommand<T extends Command>(
  program: T,
  argv: readonly string[],
): { readonly command: T | Command; readonly rest: readonly string[] } {
  const index = firstOperand(argv, (flag) => takesValue(program, flag));
  const command = program.commands.find((candidate) => candidate.name() === argv[index]);
  return command === undefined
    ? { command: program, rest: argv }
    : { command, rest: argv.filter((_, i) => i !== index) };
}

function firstOperand(argv: readonly string[], hasValue: (flag: string) => boolean): number {
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i] ?? "";
    if (arg === "--") {
      return -1;
    }
    if (!arg.startsWith("-") && arg !== "") {
      return i;
    }
    if (!arg.includes("=") && hasValue(arg)) {
      i++;
    }
  }
  return -1;
}

/** A flag that the program does not know is taken to have a value; a cluster such as `-ojson` holds its own. */
function takesValue(program: Command, flag: string): boolean {
  if (!flag.startsWith("--") && flag.length !== 2) {
    return false;
  }
  const option = program.options.find(({ long, short }) => long === flag || short === flag);
  return option === undefined || option.required;
}
