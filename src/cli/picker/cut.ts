import { boundaryBefore, endOf, LONGEST, NARROW, startOf, widthOf } from "./columns.ts";

/** A part of a string as it is shown: what is from one index of the string to another, or what replaces it. */
export interface Part {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** A string as it is shown, cut or whole: its parts in order. */
export type Cut = readonly Part[];

const ELLIPSIS = "…";

/** Cuts a string in the middle, so that it fits in a width. The end gets more room: names differ there. */
export function cutMiddle(text: string, width: number): Cut {
  return cutBetween(text, 0, width);
}

/** Cuts what follows an index of a string in the middle. */
function cutBetween(text: string, index: number, width: number): Cut {
  const rest = text.slice(index);
  if (rest.length <= width * LONGEST && widthOf(rest) <= width) {
    return [{ text: rest, from: index, to: text.length }];
  }
  if (width < 1) {
    return [];
  }
  const head = startOf(rest, Math.floor((width - 1) * HEAD_SHARE));
  const tail = endOf(rest, width - 1 - widthOf(head));
  const tailFrom = text.length - tail.length;
  return [
    { text: head, from: index, to: index + head.length },
    { text: ELLIPSIS, from: index + head.length, to: tailFrom },
    { text: tail, from: tailFrom, to: text.length },
  ];
}

/** The share of the head of a string that is cut. */
const HEAD_SHARE = 0.4;

/**
 * Cuts different strings, so that they fit in a width and still look different: those that would look the same are cut
 * so that the first difference is seen, and are numbered where even that is not enough.
 */
export function cutApart(texts: readonly string[], width: number): readonly Cut[] {
  const cuts = texts.map((text) => cutMiddle(text, width));
  let groups = lookAlikes(cuts);
  for (let round = 0; round < ROUNDS && groups.length > 0; round++) {
    for (const group of groups) {
      const same = commonPrefixLength(group.map((index) => texts[index] ?? ""));
      for (const index of group) {
        cuts[index] = cutToShow(texts[index] ?? "", same, width);
      }
    }
    groups = lookAlikes(cuts);
  }
  const used = new Set(groups.length === 0 ? [] : cuts.map(looks));
  let number = 0;
  for (const index of groups.flat()) {
    const text = texts[index] ?? "";
    let cut: Cut;
    do {
      cut = numbered(text, `~${++number}`, width);
    } while (used.has(looks(cut)) && String(number).length < width);
    used.add(looks(cut));
    cuts[index] = cut;
  }
  return cuts;
}

/** How often strings are cut at a later difference before they are numbered. */
const ROUNDS = 4;

/** Groups the indices of cuts that a reader cannot tell from each other. */
function lookAlikes(cuts: readonly Cut[]): readonly (readonly number[])[] {
  const keys = cuts.map(looks);
  if (new Set(keys).size === keys.length) {
    return [];
  }
  const groups = new Map<string, number[]>();
  for (const [index, key] of keys.entries()) {
    const group = groups.get(key) ?? [];
    group.push(index);
    groups.set(key, group);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Returns what a reader sees of a cut: not how its characters are composed, and no spaces at its end. */
function looks(cut: Cut): string {
  const text = textOf(cut);
  return (NARROW.test(text) ? text : text.normalize("NFC")).trimEnd();
}

/** Returns the text of a cut. */
export function textOf(cut: Cut): string {
  return cut.length === 1 ? (cut[0]?.text ?? "") : cut.map(({ text }) => text).join("");
}

function commonPrefixLength(texts: readonly string[]): number {
  const [first = "", ...others] = texts;
  return others.reduce((length, other) => {
    let same = 0;
    while (same < length && first.charCodeAt(same) === other.charCodeAt(same)) {
      same += 1;
    }
    return same;
  }, first.length);
}

/** Cuts a string so that what is at an index is shown, with a little before it. */
function cutToShow(text: string, index: number, width: number): Cut {
  const head = startOf(text, Math.floor(width / 4));
  const from = boundaryBefore(text, Math.max(0, index - SHOWN_BEFORE));
  if (from <= head.length) {
    return cutMiddle(text, width);
  }
  const room = width - widthOf(head) - 1;
  return room < 1
    ? cutMiddle(text, width)
    : [
        { text: head, from: 0, to: head.length },
        { text: ELLIPSIS, from: head.length, to: from },
        ...cutBetween(text, from, room),
      ];
}

/** How much is shown before a difference. */
const SHOWN_BEFORE = 3;

function numbered(text: string, number: string, width: number): Cut {
  return [
    ...cutMiddle(text, Math.max(0, width - number.length)),
    { text: startOf(number, width), from: text.length, to: text.length },
  ];
}
