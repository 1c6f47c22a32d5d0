import process from "node:process";
import { SCENARIOS } from "./names.ts";
import { scenarios, tearDown } from "./scenarios.ts";

/** Runs the scenarios in a process of their own, as Jest cannot load the official client, and prints what failed. */
const failures: Record<string, string> = {};
for (const name of SCENARIOS) {
  try {
    await scenarios[name]();
  } catch (error) {
    failures[name] = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
await tearDown();
process.stdout.write(`${JSON.stringify(failures)}\n`);
