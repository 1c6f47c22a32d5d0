import type { Host } from "../host/host.ts";
import type { OtherProcess } from "../host/self.ts";

/** How long the locks are kept for other programs, in milliseconds. */
const PATIENCE = 2000;

const POLL = 2;

/**
 * Waits, with the locks held, until every `kubectl config` that is running has ended.
 *
 * kubectl reads the kubeconfig before it locks it, and writes back what it has read, so it would undo anything written
 * in between. One that has read the old content finds the lock, fails, and says so, as long as the lock is there; one
 * that starts later reads the new content. Works where the system lists other processes, which is Linux.
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
