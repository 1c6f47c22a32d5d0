import type { Command } from "commander";
import { goQuote } from "../go/quote.ts";
import type { FlagInput } from "../clientcmd/override-flags.ts";
import { completeFlag } from "../clientcmd/override-flags.ts";

const LONG_NAME = /^[^\s=,|<>[\]-][^\s=,|<>[\]]*$/;
const SHORT_NAME = /^(?![=,|<>[\]-])[!-~]$/;

/**
 * Checks that flags can be registered on a command together, where pflag would panic.
 *
 * @throws Error that says how to fix it
 */
export function checkNames(command: Command, given: readonly FlagInput[]): void {
  const infos = given.map(completeFlag);
  const taken = new Map(
    command.options.flatMap(({ long, short, flags }) => [
      [long ?? "", flags] as const,
      [short ?? "", flags] as const,
    ]),
  );
  for (const { longName, shortName } of infos.filter((info) => info.longName !== "")) {
    const [long, short] = [`--${longName}`, `-${shortName}`];
    const refuse = (reason: string) =>
      new Error(`cannot bind the flag ${long} to command ${goQuote(command.name())}: ${reason}`);
    if (!LONG_NAME.test(longName)) {
      throw refuse("no command line can give a flag of that name");
    }
    if (shortName !== "" && !SHORT_NAME.test(shortName)) {
      throw refuse(`the short name ${goQuote(shortName)} is not one letter of ASCII`);
    }
    if (taken.has(long)) {
      throw refuse(
        "it has a flag of that name; take another prefix, or leave this flag out by clearing its long name",
      );
    }
    if (shortName !== "" && taken.has(short)) {
      throw refuse(`${short} belongs to '${taken.get(short)}'; clear the short name of one of them`);
    }
    taken.set(long, long);
    if (shortName !== "") {
      taken.set(short, long);
    }
  }
}
