import { once } from "node:events";
import { runCLI } from "jest";
import config from "../../jest.config.js";

/**
 * Runs tests in this tree repeatedly in one jest process: receives the paths of test files and replies whether all of them
 * passed. Stops at the first that fails. (jest's own `bail` ends the process.)
 */
const { globalTeardown: _unused, ...rest } = config;
const options = {
  $0: "jest",
  config: JSON.stringify({ ...rest, rootDir: process.cwd(), cacheDirectory: `${process.cwd()}/.cache/jest` }),
  runTestsByPath: true,
  runInBand: true,
  silent: true,
  reporters: [],
  watchman: false,
};
process.once("disconnect", () => process.exit());
for (;;) {
  const [tests] = await once(process, "message");
  process.send?.(await allPass(tests));
}

async function allPass(tests) {
  for (const test of tests) {
    const { results } = await runCLI({ ...options, _: [test] }, [process.cwd()]);
    if (!results.success || results.numPassedTests === 0) {
      return false;
    }
  }
  return true;
}
