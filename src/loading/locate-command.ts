import type { Position } from "../api/position.ts";
import { readYaml } from "../codec/yaml/read.ts";
import type { Host } from "../host/host.ts";
import { readFile } from "./file-system.ts";

/** Where in a kubeconfig the command of a user's plugin stands; undefined if that cannot be told. */
export function locateExecCommand(host: Host, file: string, user: string): Position | undefined {
  try {
    const document = readYaml(readFile(host, file));
    const users = document.value instanceof Map ? document.value.get("users") : undefined;
    const index = Array.isArray(users)
      ? users.findIndex((entry) => entry instanceof Map && entry.get("name") === user)
      : -1;
    return document.locate(["users", index, "user", "exec", "command"]);
  } catch {
    // It was read a moment ago. Whatever has become of it, the report is about what was read.
    return undefined;
  }
}
