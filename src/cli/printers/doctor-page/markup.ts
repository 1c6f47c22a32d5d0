import { escapeUnprintable } from "../../../go/printable-text.ts";

/** A piece of HTML or SVG. Made by {@link html} alone, so that no text gets into a page unescaped. */
export interface Markup {
  readonly markup: string;
}

/** What may be put into a piece: text is escaped; nothing is written for `undefined`. */
type Part = string | number | Markup | readonly Markup[] | undefined;

/** Writes a piece of HTML from a template, with every text in it escaped, invisible characters included. */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const texts = template.map((text, at) => `${text}${at < parts.length ? writePart(parts[at]) : ""}`);
  return { markup: texts.join("") };
}

function writePart(part: Part): string {
  if (part === undefined) {
    return "";
  }
  if (typeof part === "number") {
    return String(Math.round(part * 10) / 10);
  }
  if (typeof part === "string") {
    return escapeHtml(part);
  }
  return "markup" in part ? part.markup : part.map(({ markup }) => markup).join("");
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return escapeUnprintable(text).replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
}

/** Shortens a text in its middle, where names differ least. */
export function shortenMiddle(text: string, most: number): string {
  const characters = Array.from(text);
  if (characters.length <= most) {
    return text;
  }
  const end = Math.ceil((most - 1) * 0.6);
  return `${characters.slice(0, most - 1 - end).join("")}…${characters.slice(-end).join("")}`;
}

/** Counts things: `1 user`, `2 users`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
