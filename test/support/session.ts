import type { PageSandbox } from "./page-sandbox.ts";
import { HOME } from "./page-sandbox.ts";

/** A command of a session, with the lines that continue it, and what the page says it prints. */
interface Step {
  readonly command: readonly string[];
  readonly printed: readonly string[];
}

/** Ends what a command printed. */
const MARK = "\u001e";

/**
 * Runs a session: lines that begin with `$ ` are commands, lines right after that begin with `> ` continue them, all
 * others are what is printed.
 *
 * @returns the session as it should stand in the page, and as it stands there. Both are the same if the page is right.
 */
export async function runSession(
  sandbox: PageSandbox,
  text: string,
  shell = "/bin/sh",
): Promise<{ readonly wanted: string; readonly shown: string }> {
  const steps = readSteps(text);
  const script = steps.map(({ command }) => `${command.join("\n")}\nmark_end\n`).join("");
  const mark = `mark_end() { code=$?; printf '\\036'; return $code; }`;
  const { printed } = await sandbox.runScript(`${mark}\n${script}`, { shell });
  const outputs = printed.split(MARK);
  const wanted = steps.map(({ command }, i) => showStep(command, endLine(outputs[i] ?? "")));
  // What comes after the last mark is the shell's complaint about a command that it could not read.
  return alignHome(wanted.join("") + (outputs[steps.length] ?? ""), text);
}

function readSteps(text: string): readonly Step[] {
  const steps: { readonly command: string[]; readonly printed: string[] }[] = [];
  for (const line of text.split("\n").slice(0, -1)) {
    const last = steps.at(-1);
    if (line.startsWith("$ ")) {
      steps.push({ command: [line.slice(2)], printed: [] });
    } else if (last === undefined) {
      throw new Error(`a session begins with a command, "$ ...", not with: ${line}`);
    } else if (line.startsWith("> ") && last.printed.length === 0) {
      last.command.push(line.slice(2));
    } else {
      last.printed.push(line);
    }
  }
  return steps;
}

function showStep([first = "", ...rest]: readonly string[], printed: string): string {
  return [`$ ${first}`, ...rest.map((line) => `> ${line}`)].map((line) => `${line}\n`).join("") + printed;
}

/** A reader sees neither that output has no newline at its end nor blanks at the ends of lines. */
function endLine(text: string): string {
  const visible = text.replaceAll(/ +$/gm, "");
  return visible === "" || visible.endsWith("\n") ? visible : `${visible}\n`;
}

/** Columns of a table are as wide as the sandbox's path, which pages show as another one. */
function alignHome(wanted: string, shown: string): { readonly wanted: string; readonly shown: string } {
  if (!wanted.includes(HOME)) {
    return { wanted, shown };
  }
  return narrow(wanted) === narrow(shown) ? { wanted: shown, shown } : { wanted, shown };
}

function narrow(text: string): string {
  return text.replaceAll(/ {3,}/g, "   ").replaceAll(/-{4,}/g, "----");
}
