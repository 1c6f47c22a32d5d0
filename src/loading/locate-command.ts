import type { Position } from "../api/position.ts";
import type { YamlDocument } from "../yaml/read.ts";
import { readYaml } from "../yaml/read.ts";
import type { Host } from "../host/host.ts";
import { readFile } from "./file-system.ts";
import { KUBECONFIG_LIMIT } from "./size-limits.ts";

/** Finds the position of the command of a user's plugin in a kubeconfig; undefined if it is unknown. */
export type ExecCommandLocator = (file: string, user: string) => Position | undefined;

/** Makes a function that finds commands in kubeconfigs, each of which is read once. */
export function execCommandLocator(host: Host): ExecCommandLocator {
  const files = new Map<string, (user: string) => Position | undefined>();
  return (file, user) => {
    const locate = files.get(file) ?? locatorFor(host, file);
    files.set(file, locate);
    return locate(user);
  };
}

function locatorFor(host: Host, file: string): (user: string) => Position | undefined {
  let document: YamlDocument;
  try {
    document = readYaml(readFile(host, file, KUBECONFIG_LIMIT));
  } catch {
    // It was read a moment ago. The report is about that content, whatever the file is now.
    return () => undefined;
  }
  const users = document.value instanceof Map ? document.value.get("users") : undefined;
  const indexes = new Map<unknown, number>(
    (Array.isArray(users) ? users : []).map((entry, index) => [
      entry instanceof Map ? entry.get("name") : undefined,
      index,
    ]),
  );
  return (user) => document.locate(["users", indexes.get(user) ?? -1, "user", "exec", "command"]);
}
