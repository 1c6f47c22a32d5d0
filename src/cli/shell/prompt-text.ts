import type { Config } from "../../api/config.ts";
import type { Host } from "../../host/host.ts";
import type { Colour } from "../colour.ts";
import { RENDITIONS } from "../colour.ts";
import { contextColour } from "./context-colour.ts";

/** The shells whose prompts need colours marked in their own way; `plain` has no colours. */
export const PROMPT_SHELLS = ["plain", "bash", "zsh", "fish", "powershell"] as const;

export type PromptShell = (typeof PROMPT_SHELLS)[number];

/** Marks the beginning and end of what takes no room on the line, so that shells know where the cursor is. */
const MARKS: Readonly<Record<PromptShell, readonly [begin: string, end: string]>> = {
  plain: ["", ""],
  // readline's own marks: `\[` means nothing in the output of a command.
  bash: ["\u0001", "\u0002"],
  zsh: ["%{", "%}"],
  fish: ["", ""],
  powershell: ["", ""],
};

/** How a prompt is written. */
export interface PromptStyle {
  /** Text with `{context}`, `{namespace}`, `{cluster}`, `{user}` and `{level}`; undefined for the default. */
  readonly format?: string | undefined;
  readonly shell: PromptShell;
  /** Returns the colour of a context; undefined for none. Default: red for production. */
  readonly colourOf?: (context: string) => Colour | undefined;
}

/**
 * Returns the text of a prompt; `""` without a current context. Names are reduced to letters, digits and a few signs that
 * mean nothing to any shell or terminal, wherever the text is put: in a prompt that is expanded once more, for instance.
 */
export function promptText(
  host: Host,
  config: Config,
  { format, shell, colourOf = contextColour }: PromptStyle,
): string {
  const { currentContext } = config;
  if (currentContext === "") {
    return "";
  }
  const context = config.contexts.get(currentContext);
  const level = /^\d{1,3}$/.exec(host.env["KCFG_SHELL"] ?? "")?.[0] ?? "";
  const values: Readonly<Record<string, string>> = {
    context: currentContext,
    namespace: context?.namespace || "default",
    cluster: context?.cluster ?? "",
    user: context?.authInfo ?? "",
    level,
  };
  const template = format ?? (level === "" ? "{context}:{namespace}" : "{context}:{namespace} [{level}]");
  const text = template.replaceAll(PLACEHOLDER, (_all, name: string) => harmless(values[name] ?? ""));
  const colour = shell === "plain" || hasNoColours(host) ? undefined : colourOf(currentContext);
  const [begin, end] = MARKS[shell];
  const rendition = (number: number): string => `${begin}\u001b[${number}m${end}`;
  return colour === undefined ? text : `${rendition(RENDITIONS[colour])}${text}${rendition(0)}`;
}

const PLACEHOLDER = /\{(context|namespace|cluster|user|level)\}/g;

/** Returns the first placeholder of a format that does not exist. */
export function unknownPlaceholder(format: string): string | undefined {
  return /\{\w*\}/.exec(format.replaceAll(PLACEHOLDER, ""))?.[0];
}

function hasNoColours({ env }: Host): boolean {
  return env["TERM"] === "dumb" || (env["NO_COLOR"] ?? "") !== "";
}

/** The longest name that a prompt shows whole, in characters. */
const LONGEST = 100;

/** Replaces every character by `?` that any shell, prompt or terminal could take for more than itself. */
function harmless(name: string): string {
  const shown = Array.from(name.replaceAll(/[^\p{L}\p{N} ._:/@+=,-]/gu, "?"));
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST).join("")}...` : shown.join("");
}
