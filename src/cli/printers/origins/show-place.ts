import type { Definition } from "../../../clientcmd/origins.ts";
import type { Host } from "../../../host/host.ts";
import { homeDir } from "../../../loading/home-dir.ts";
import { quoteForSentence } from "../../../go/printable-text.ts";

/** Formats names of files, and positions in them, for a line of text. */
export interface PlaceNames {
  /** Formats a file: `~/.kube/config`. */
  file(file: string): string;
  /** Formats a position: `~/.kube/config:12`. */
  place(definition: Pick<Definition, "file" | "position">): string;
}

/** Makes a PlaceNames: the home folder is written `~`; a name with a control character is quoted as in Go. */
export function placeNames(host: Host): PlaceNames {
  const home = homeDir(host);
  const separator = host.platform === "win32" ? "\\" : "/";
  const folder = home === "" || home.endsWith(separator) ? home : `${home}${separator}`;
  const file = (name: string): string =>
    quoteForSentence(
      folder !== "" && name.startsWith(folder) ? `~${separator}${name.slice(folder.length)}` : name,
    );
  return { file, place: ({ file: name, position }) => `${file(name)}:${position.line}` };
}
