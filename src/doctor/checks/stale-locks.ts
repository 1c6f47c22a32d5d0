import { describeTime, shellWord } from "../describe.ts";
import type { ExaminationInput } from "../examination-input.ts";
import { findingAt, wholeFile } from "../examination-input.ts";
import type { Finding } from "../finding.ts";

/** Checks for locks that were left behind: kubectl then refuses to change the file. */
export function* checkLocks(facts: ExaminationInput): Generator<Finding> {
  const { files, policy, machine } = facts;
  const targets = [
    ...files.map(({ file }) => file).filter((file) => facts.isFileInScope(file)),
    ...(policy.file === undefined ? [] : [policy.file]),
  ];
  const paths = new Map(
    targets.flatMap((file) => [file, machine.realPath(file)].map((name) => [`${name}.lock`, file] as const)),
  );
  const reported = new Set<string>();
  for (const [path, file] of paths) {
    const lock = machine.findStaleLock(path);
    if (lock === undefined || reported.has(lock.identity)) {
      continue;
    }
    reported.add(lock.identity);
    const { owner, age, isFolder, identity } = lock;
    const maker =
      owner === undefined ? "kubectl or the like" : `a kcfg that has ended (process ${owner.pid})`;
    yield findingAt("stale-lock", wholeFile(path), {
      message: isFolder
        ? `It is a folder in the place of a lock. While it is there, nothing can change ${file}.`
        : `It was made ${describeTime(age)} ago by ${maker}, and left behind. While it is there, kubectl config cannot change ${file}.`,
      hint: isFolder
        ? `Remove it: rm -r ${shellWord(path)}`
        : `Remove it if nothing is at work on the file: rm ${shellWord(path)}`,
      fix: isFolder ? undefined : { kind: "unlock", path, identity },
    });
  }
}
