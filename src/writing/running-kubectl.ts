import type { Host } from "../host/host.ts";
import type { OtherProcess } from "../host/self.ts";

/** For how long the locks are kept for the sake of other programs, in milliseconds. */
const PATIENCE = 2000;

const POLL = 2;

/**
 * Waits, with the locks held, until no `kubectl config` runs any more that was there already.
 *
 * kubectl reads the kubeconfig before it locks it, and writes back what it has read, so that it undoes whatever was
 * written in between. One that has read the old content finds the lock, fails, and says so, as long as the lock is
 * there; one that starts later reads the new content. Works where the system tells of other processes, which is Linux.
 */
export async function waitForRunningKubectl(host: Host): Promise<void> {
  const editors = host.self.others().filter(isEditor);
  for (
    let waited = 0;
    waited < PATIENCE && editors.some(({ pid }) => host.self.isRunning(pid));
    waited += POLL
  ) {
    await host.self.sleep(POLL);
  }
}

/** The commands of `kubectl config` that write. */
const EDITS = /^(?:set|set-.+|unset|use|use-context|rename-.+|delete-.+)$/;

function isEditor({ program, args }: OtherProcess): boolean {
  return (
    (/^(?:kubectl|oc$|oc\.)/.test(program) || args[0] === "kubectl") &&
    args.includes("config") &&
    args.some((word) => EDITS.test(word))
  );
}
