import type { Host } from "../host/host.ts";
import type { AppliedFixes } from "./apply-fixes.ts";

/** Makes a host that shows the files as they would be after the fixes. */
export function hostAfterFixes(
  host: Host,
  { changes, modes, removed }: Pick<AppliedFixes, "changes" | "modes" | "removed">,
): Host {
  const contents = new Map(changes.map(({ file, after }) => [file, after]));
  return {
    ...host,
    fs: {
      ...host.fs,
      readFile: (path, limit) => contents.get(path) ?? host.fs.readFile(path, limit),
      open: (path, options) => {
        const file = host.fs.open(path, options);
        const content = contents.get(path);
        return content === undefined ? file : { ...file, read: () => content };
      },
      stat: (path) => {
        const stat = host.fs.stat(path);
        return { ...stat, mode: modes.get(path) ?? stat.mode };
      },
      lookAt: (path) => {
        if (removed.has(path)) {
          throw Object.assign(new Error("no such file or directory"), { code: "ENOENT" });
        }
        return host.fs.lookAt(path);
      },
    },
  };
}
