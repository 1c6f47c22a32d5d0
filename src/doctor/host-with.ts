import type { Host } from "../host/host.ts";
import type { Mended } from "./mend.ts";

/** The host as it would be if all that is to be mended were mended. */
export function hostWith(host: Host, { changes, modes }: Pick<Mended, "changes" | "modes">): Host {
  const contents = new Map(changes.map(({ file, after }) => [file, after]));
  return {
    ...host,
    fs: {
      ...host.fs,
      readFile: (path) => contents.get(path) ?? host.fs.readFile(path),
      stat: (path) => {
        const stat = host.fs.stat(path);
        return { ...stat, mode: modes.get(path) ?? stat.mode };
      },
    },
  };
}
