import process from "node:process";

/** How long open handles of tests may keep jest from ending, in milliseconds. */
const PATIENCE = 20_000;

/**
 * Ends jest when all tests are over and something is still open, which a failed test may have left: jest would wait for
 * it. Reports what it is, and fails. Where nothing is open, jest has ended before.
 */
export default function endInTime(): void {
  setTimeout(() => {
    process.stderr.write(
      `\nSomething was open ${PATIENCE / 1000} s after the last test: ${process.getActiveResourcesInfo().join(", ")}\n` +
        "Close it in afterEach or afterAll, which run after a failure too. npx jest --detectOpenHandles says where it was opened.\n",
    );
    process.exit(1);
  }, PATIENCE).unref();
}
