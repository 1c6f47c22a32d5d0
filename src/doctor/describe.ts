import { redactUrlPassword } from "../api/redaction.ts";
import { goQuote } from "../go/quote.ts";
import type { EntryKind } from "./examination-input.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The longest part of a string from a file that is shown. */
const LONGEST = 200;

/** Shortens a string that is too long. */
export function shorten(text: string, longest = LONGEST): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** Quotes a string from a file, with control characters escaped. */
export function quote(text: string): string {
  return goQuote(shorten(text));
}

/** Returns a URL without what may be secret: user, password, query and fragment. */
export function harmlessUrl(url: string): string {
  return redactUrlPassword(url).replace(/[?#].*$/s, "");
}

/** Names the subject of a finding: `user "admin"`. */
export function subjectOf(kind: EntryKind, name: string): string {
  return `${kind} ${quote(name)}`;
}

/** Formats a duration for people: `3 days`, `5 hours`, `less than a minute`. */
export function describeTime(milliseconds: number): string {
  const time = Math.abs(milliseconds);
  if (time < MINUTE) {
    return "less than a minute";
  }
  const [unit, noun] = time < 2 * HOUR ? [MINUTE, "minute"] : time < 2 * DAY ? [HOUR, "hour"] : [DAY, "day"];
  const count = Math.floor(time / unit);
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Formats a time as RFC 3339, to the second. */
export function describeMoment(milliseconds: number): string {
  return Number.isFinite(milliseconds) && Math.abs(milliseconds) <= MAX_DATE
    ? new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z")
    : "a time beyond all calendars";
}

/** The last time that a Date can hold. */
const MAX_DATE = 8.64e15;

/** Joins words for people: `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

/** Quotes a string as one word of a shell, safely; `NAME` for one that cannot be typed, or is too long. */
export function shellWord(text: string, longest = LONGEST): string {
  if (text.length > longest) {
    return "NAME";
  }
  if (/^[\w@%+=:,./][\w@%+=:,./-]*$/.test(text)) {
    return text;
  }
  return /[\p{C}\p{Zl}\p{Zp}]/u.test(text) || text.startsWith("-")
    ? "NAME"
    : `'${text.replaceAll("'", `'\\''`)}'`;
}
