import { parseArgs } from "node:util";
import type { Plan } from "./plan.ts";
import { FULL, QUICK, SMOKE } from "./plan.ts";

/** The options of the command line. */
export interface Options {
  readonly plan: Plan;
  readonly output: "full" | "summary" | "json";
  /** A kept run to show; undefined to measure. */
  readonly from: string | undefined;
  /** Whether README.md and docs/performance.md get the numbers. */
  readonly write: boolean;
}

export const USAGE = `Usage: npm run bench -- [options]

  --quick      one file and fewer rounds: minutes
  --smoke      only shows that everything runs: seconds, no kubectl, no other Node.js
  --markdown   prints the summary alone, as README has it
  --json       prints all samples as JSON (npm run --silent bench -- --json > run.json)
  --from FILE  measures nothing: shows a run that was kept as JSON
  --write      puts the numbers into README.md and docs/performance.md, too
`;

/**
 * Parses the command line.
 *
 * @throws TypeError for an unknown option
 */
export function parseOptions(argv: readonly string[]): Options | undefined {
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      quick: flag,
      smoke: flag,
      markdown: flag,
      json: flag,
      write: flag,
      help: flag,
      from: { type: "string" },
    },
  });
  if (values.help) {
    return undefined;
  }
  return {
    plan: values.smoke ? SMOKE : values.quick ? QUICK : FULL,
    output: values.json ? "json" : values.markdown ? "summary" : "full",
    from: values.from,
    write: values.write,
  };
}
