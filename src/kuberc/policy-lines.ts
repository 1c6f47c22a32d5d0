import type { AllowlistEntry, PluginPolicy } from "../api/plugin-policy.ts";
import { readYaml } from "../yaml/read.ts";
import { isComment, isContent } from "./field-lines.ts";
import { ALLOWLIST_FIELD, POLICY_FIELD } from "./policy-fields.ts";
import { entryLines } from "./policy-document.ts";

/**
 * The lines of `credentialPluginPolicy` with another value. Comments stay.
 *
 * @param old - the lines that it takes now; none if it is new
 */
export function policyLines(old: readonly string[], policy: PluginPolicy, indent: string): readonly string[] {
  const [key = "", ...rest] = old;
  return [`${indent}${POLICY_FIELD}: ${policy.policyType}${commentAfter(key)}`, ...rest.filter(isComment)];
}

/**
 * The lines of `credentialPluginAllowlist` with other entries; only its comments, if the policy has no allowlist. Entries
 * that stay keep their lines, and comments stay.
 *
 * @param old - the lines that it takes now; none if it is new
 */
export function allowlistLines(
  old: readonly string[],
  { allowlist }: PluginPolicy,
  indent: string,
): readonly string[] {
  const [key = "", ...rest] = old;
  if (allowlist === undefined) {
    return old.flatMap(commentsOf);
  }
  const dash = /^ *(?=-(?: |\r?$))/.exec(rest.find(isContent) ?? "")?.[0];
  const wanted = new Set(allowlist.map(({ command }) => command));
  const kept = divide(rest, dash).flatMap((group) => {
    const command = commandOf(group);
    return command !== undefined && wanted.delete(command) ? group : group.flatMap(commentsOf);
  });
  const added: readonly AllowlistEntry[] = [...wanted].map((command) => ({ command }));
  return [
    `${indent}${ALLOWLIST_FIELD}:${commentAfter(key)}`,
    ...kept,
    ...entryLines(added).map((line) => `${dash ?? indent}${line}`),
  ];
}

/** Divides the lines of a list: each entry with its lines, each line between entries by itself. */
function divide(lines: readonly string[], dash: string | undefined): readonly (readonly string[])[] {
  const groups: string[][] = [];
  for (const line of lines) {
    const entry = groups.at(-1);
    const startsEntry = dash !== undefined && line.startsWith(`${dash}-`);
    if (startsEntry || !isContent(line) || entry === undefined || !entry.some(isContent)) {
      groups.push([line]);
    } else {
      entry.push(line);
    }
  }
  return groups;
}

/** The command of an entry; undefined for what is no entry, or says more than its command. */
function commandOf(lines: readonly string[]): string | undefined {
  let value;
  try {
    value = readYaml(`${lines.join("\n")}\n`).value;
  } catch {
    return undefined;
  }
  const [entry, ...others] = Array.isArray(value) ? value : [];
  if (!(entry instanceof Map) || others.length > 0) {
    return undefined;
  }
  const commands: ReadonlySet<unknown> = new Set(entry.values());
  const [command] = commands;
  const isCommand = [...entry.keys()].every((field) => field === "name" || field === "command");
  return isCommand && commands.size === 1 && typeof command === "string" ? command : undefined;
}

/** A line's comment, as a line of its own. */
function commentsOf(line: string): readonly string[] {
  if (isComment(line)) {
    return [line];
  }
  const comment = commentAfter(line).trim();
  return comment === "" ? [] : [`${/^ */.exec(line)?.[0] ?? ""}${comment}`];
}

/** The comment at the end of a line, with the space before it; `""` if there is none. */
function commentAfter(line: string): string {
  return /\s+#[^\r]*/.exec(line)?.[0] ?? "";
}
