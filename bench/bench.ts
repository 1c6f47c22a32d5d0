import { readFileSync } from "node:fs";
import { parseOptions, USAGE } from "./options.ts";
import { fullReport, summary } from "./report/page.ts";
import { writePages } from "./report/write-pages.ts";
import type { Result } from "./result.ts";
import { run } from "./run.ts";

/**
 * Measures kcfg against kubectl, the official client and a bare Node.js. Subjects run in turns, so that other load on
 * the machine affects them alike; between machines only ratios can be compared.
 */
async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(USAGE);
    return;
  }
  const { from, output, plan, write } = options;
  const result =
    from === undefined ? await run(plan, report) : (JSON.parse(readFileSync(from, "utf8")) as Result);
  const texts = {
    full: () => fullReport(result),
    summary: () => summary(result),
    json: () => JSON.stringify(result),
  };
  process.stdout.write(`${texts[output]()}\n`);
  if (write) {
    writePages(result);
  }
}

function report(progress: string): void {
  process.stderr.write(`${progress}\n`);
}

await main();
