import { Refusal } from "./refusal.ts";
import { lineStart, previousLineEnd } from "./text-lines.ts";

/** A part of the text that is replaced. */
interface Patch {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A part of the old text that stands in the new one too. */
export interface KeptPart {
  readonly from: number;
  readonly to: number;
  /** How much later it stands in the new text. */
  readonly shift: number;
}

/** A text after an edit. */
export interface EditedText {
  readonly text: string;
  /** What was kept of the old text, in order. */
  readonly kept: readonly KeptPart[];
}

/** Lines that come after the line which ends at an offset. */
interface Insertion {
  readonly at: number;
  /** Of several at one place, the one of the highest rank comes first. */
  readonly rank: number;
  readonly text: string;
}

/** Changes of a text that are collected, and then made at once. */
export class Patches {
  readonly #text: string;
  #replacements: Patch[] = [];
  #removals: Patch[] = [];
  #insertions: Insertion[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** Replaces what stands between two offsets; its line breaks are given as LF. */
  replace(from: number, to: number, text: string): void {
    this.#replacements.push({ from, to, text });
  }

  /** Takes lines out: from the start of the first one to the start of what comes after the last one. */
  removeLines(from: number, to: number): void {
    if (to > from) this.#removals.push({ from, to, text: "" });
  }

  /**
   * Puts lines after another one.
   *
   * @param at - where that line ends, before its break
   * @param lines - with their indentation, but without a line break at the start or the end
   * @param rank - the deeper the lines stand, the higher
   */
  insertLines(at: number, lines: string, rank: number): void {
    this.#insertions.push({ at, rank, text: lines });
  }

  /** Returns what has been collected so far, to come back to. */
  mark(): () => void {
    const [replacements, removals, insertions] = [this.#replacements, this.#removals, this.#insertions].map(
      ({ length }) => length,
    );
    return () => {
      this.#replacements.length = replacements ?? 0;
      this.#removals.length = removals ?? 0;
      this.#insertions.length = insertions ?? 0;
    };
  }

  /** Makes the changes. @throws Refusal if they are in each other's way */
  apply(eol: string): EditedText {
    const removals = this.#removals.toSorted((a, b) => a.from - b.from);
    const placed = this.#insertions
      .map((insertion) => ({ ...insertion, at: this.#outside(insertion.at, removals) }))
      .toSorted((a, b) => a.at - b.at || b.rank - a.rank)
      .map(({ at, text }) => ({ from: at, to: at, text: `\n${text}` }));
    const ends = this.#removalsAsPatches(removals);
    // The sort is stable: of what stands at one place, what replaces text comes before the lines after it.
    const all = [...this.#replacements, ...placed, ...ends].toSorted((a, b) => a.from - b.from);
    const kept: KeptPart[] = [];
    let out = "";
    let at = 0;
    for (const { from, to, text } of all) {
      if (from < at) throw new Refusal("changes that overlap");
      kept.push({ from: at, to: from, shift: out.length - at });
      out += this.#text.slice(at, from);
      out += eol === "\n" ? text : text.replaceAll("\n", eol);
      at = to;
    }
    kept.push({ from: at, to: this.#text.length, shift: out.length - at });
    return { text: out + this.#text.slice(at), kept };
  }

  /** Returns where to put lines whose place is within lines that go: before these. */
  #outside(at: number, removals: readonly Patch[]): number {
    let place = at;
    for (const { from, to } of removals.toReversed()) {
      const within = place >= from && (place < to || (place === to && to === this.#text.length));
      if (within) place = previousLineEnd(this.#text, from);
    }
    if (place < 0) throw new Refusal("no line is left to follow");
    return place;
  }

  /** Returns where the last line of a text goes that does not end with a break, the line before it shall not either. */
  #removalsAsPatches(removals: readonly Patch[]): readonly Patch[] {
    const merged: Patch[] = [];
    for (const removal of removals) {
      const last = merged.at(-1);
      if (last !== undefined && removal.from < last.to) throw new Refusal("changes that overlap");
      if (last?.to === removal.from) {
        merged[merged.length - 1] = { ...last, to: removal.to };
      } else {
        merged.push(removal);
      }
    }
    const last = merged.at(-1);
    const isUnended = last?.to === this.#text.length && lineStart(this.#text, last.to) !== last.to;
    if (last !== undefined && isUnended && last.from > 0) {
      merged[merged.length - 1] = { ...last, from: previousLineEnd(this.#text, last.from) };
    }
    return merged;
  }
}
