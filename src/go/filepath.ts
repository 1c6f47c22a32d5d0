import { posix } from "node:path";
import * as windowsRules from "./windows-filepath.ts";

/** Go's `path/filepath` for one platform: Node's functions where they agree, Go's rules where they do not. */
export interface Filepath {
  /** `filepath.Separator`. */
  readonly separator: string;
  /**
   * Implements `filepath.IsAbs`: on Windows, a path without a drive or share is relative even if it starts with a
   * backslash.
   */
  isAbs(path: string): boolean;
  /** Implements `filepath.Clean`: the shortest equivalent path, without a trailing separator. */
  clean(path: string): string;
  /** Implements `filepath.Join`: cleaned; empty elements are skipped. */
  join(...elements: readonly string[]): string;
  /** Implements `filepath.Dir`: all but the last element, cleaned. */
  dir(path: string): string;
  /** Implements `filepath.Base`: the last element; `"."` of an empty path. */
  base(path: string): string;
  /** Implements `filepath.SplitList`: the elements of a list such as KUBECONFIG, empty ones included. */
  splitList(list: string): readonly string[];
}

const unix: Filepath = {
  separator: "/",
  isAbs: (path) => path.startsWith("/"),
  clean: (path) => withoutTrailingSeparator(posix.normalize(path)),
  join: (...elements) => {
    const joined = elements.filter((element) => element !== "").join("/");
    return joined === "" ? "" : unix.clean(joined);
  },
  dir: (path) => unix.clean(path.slice(0, path.lastIndexOf("/") + 1)),
  base: (path) => {
    const trimmed = path.replace(/\/+$/, "");
    return path === "" ? "." : trimmed === "" ? "/" : trimmed.slice(trimmed.lastIndexOf("/") + 1);
  },
  splitList: (list) => (list === "" ? [] : list.split(":")),
};

const windows: Filepath = { ...windowsRules, separator: "\\", splitList: splitWindowsList };

/** Returns the rules of the platform that a host runs on. */
export function filepathFor(host: { readonly platform: string }): Filepath {
  return host.platform === "win32" ? windows : unix;
}

function withoutTrailingSeparator(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

/** Splits a list on Windows, where a quoted element may hold the separator; the quotes are dropped. */
function splitWindowsList(list: string): readonly string[] {
  if (list === "") {
    return [];
  }
  const elements: string[] = [];
  let quoted = false;
  let start = 0;
  for (let i = 0; i < list.length; i++) {
    if (list[i] === '"') {
      quoted = !quoted;
    } else if (list[i] === ";" && !quoted) {
      elements.push(list.slice(start, i));
      start = i + 1;
    }
  }
  elements.push(list.slice(start));
  return elements.map((element) => element.replaceAll('"', ""));
}
