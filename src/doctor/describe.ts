import { goQuote } from "../go/quote.ts";
import type { EntryKind } from "./examination-input.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** More of a string of a file is not shown. */
const LONGEST = 200;

/** Returns a string, in so far as it is not too long. */
export function shorten(text: string, longest = LONGEST): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** Returns a string of a file in quotes, without anything that could steer a terminal. */
export function quote(text: string): string {
  return goQuote(shorten(text));
}

/** Returns what a finding is about: `user "admin"`. */
export function subjectOf(kind: EntryKind, name: string): string {
  return `${kind} ${quote(name)}`;
}

/** Returns a stretch of time as people say it: `3 days`, `5 hours`, `less than a minute`. */
export function describeTime(milliseconds: number): string {
  const time = Math.abs(milliseconds);
  if (time < MINUTE) {
    return "less than a minute";
  }
  const [unit, noun] = time < 2 * HOUR ? [MINUTE, "minute"] : time < 2 * DAY ? [HOUR, "hour"] : [DAY, "day"];
  const count = Math.floor(time / unit);
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Returns a moment as RFC 3339 has it, to the second. */
export function describeMoment(milliseconds: number): string {
  return Number.isFinite(milliseconds) && Math.abs(milliseconds) <= MAX_DATE
    ? new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z")
    : "a time beyond all calendars";
}

/** The last moment that a Date can hold. */
const MAX_DATE = 8.64e15;

/** `a, b and c`. */
export function listOf(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

/** Returns a string as one word of a shell, however hostile; `NAME` for one that cannot be typed. */
export function shellWord(text: string): string {
  if (text.length > LONGEST) {
    return "NAME";
  }
  if (/^[\w@%+=:,./][\w@%+=:,./-]*$/.test(text)) {
    return text;
  }
  return /[\p{C}\p{Zl}\p{Zp}]/u.test(text) || text.startsWith("-")
    ? "NAME"
    : `'${text.replaceAll("'", `'\\''`)}'`;
}
