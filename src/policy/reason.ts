import { goQuote } from "../go/quote.ts";
import type { PluginDecision } from "./decide.ts";

/** Describes why a decision was made, for people: client-go's words where the plugin does not run. */
export function reasonOf({ rule, error, matchedEntry, resolvedPath }: PluginDecision): string {
  const entry = goQuote(matchedEntry?.command ?? "");
  switch (rule) {
    case "no-policy":
      return "no plugin policy is set";
    case "allow-all":
      return "the policy allows every plugin";
    case "command-listed":
      return `the allowlist has the command ${entry}`;
    case "path-listed":
      return `the allowlist has the path ${entry}`;
    case "entry-resolved":
      return `the entry ${entry} of the allowlist leads to ${goQuote(resolvedPath ?? "")}`;
    case "relative-path":
      return `${error}: cannot run executable found relative to current directory`;
    default:
      return error;
  }
}
