/**
 * `test` where it can run, else one that is skipped and says why in its name: what cannot run here never counts as held.
 *
 * @param lack - what is missing here; undefined when nothing is
 */
export function testUnless(
  lack: string | undefined,
): (name: string, run: jest.ProvidesCallback, timeout?: number) => void {
  return lack === undefined ? test : (name, run) => test.skip(`${name} (skipped: ${lack})`, run);
}

/** `describe`, as `testUnless`. */
export function describeUnless(lack: string | undefined): (name: string, tests: () => void) => void {
  return lack === undefined ? describe : (name, tests) => describe.skip(`${name} (skipped: ${lack})`, tests);
}
