import { Refusal } from "./refusal.ts";
import { lineStart, previousLineEnd } from "./text-lines.ts";

/** A replaced part of the text. */
interface Patch {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A part of the old text that is in the new one too. */
export interface KeptPart {
  readonly from: number;
  readonly to: number;
  /** How much later it is in the new text. */
  readonly shift: number;
}

/** A string after an edit. */
export interface EditedText {
  readonly text: string;
  /** The kept parts of the old text, in order. */
  readonly kept: readonly KeptPart[];
}

/** Lines that come after the line which ends at an offset. */
interface Insertion {
  readonly at: number;
  /** At the same offset, the highest rank comes first. */
  readonly rank: number;
  readonly text: string;
}

/** Collects changes of a string, and makes them at once. */
export class Patches {
  readonly #text: string;
  #replacements: Patch[] = [];
  #removals: Patch[] = [];
  #insertions: Insertion[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** Replaces the text between two offsets; line breaks are given as LF. */
  replace(from: number, to: number, text: string): void {
    this.#replacements.push({ from, to, text });
  }

  /** Removes lines: from the start of the first one to the start of what comes after the last one. */
  removeLines(from: number, to: number): void {
    if (to > from) this.#removals.push({ from, to, text: "" });
  }

  /**
   * Inserts lines after another one.
   *
   * @param at - where that line ends, before its break
   * @param lines - with their indentation, but without a line break at the start or the end
   * @param rank - the deeper the lines are, the higher
   */
  insertLines(at: number, lines: string, rank: number): void {
    this.#insertions.push({ at, rank, text: lines });
  }

  /** Marks the collected changes and returns a function that restores them. */
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

  /** Makes the changes. @throws Refusal if they overlap */
  apply(eol: string): EditedText {
    const removals = this.#removals.toSorted((a, b) => a.from - b.from);
    const placed = this.#insertions
      .map((insertion) => ({ ...insertion, at: this.#outside(insertion.at, removals) }))
      .toSorted((a, b) => a.at - b.at || b.rank - a.rank)
      .map(({ at, text }) => ({ from: at, to: at, text: `\n${text}` }));
    const ends = this.#removalsAsPatches(removals);
    // The sort is stable: at the same offset, replacements come before inserted lines.
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

  /** Moves lines out of a removed range: before it. */
  #outside(at: number, removals: readonly Patch[]): number {
    let place = at;
    for (const { from, to } of removals.toReversed()) {
      const within = place >= from && (place < to || (place === to && to === this.#text.length));
      if (within) place = previousLineEnd(this.#text, from);
    }
    if (place < 0) throw new Refusal("no line is left to follow");
    return place;
  }

  /**
   * Turns removals into patches. Where a last line without a break is removed, the line before it must lose its break
   * too.
   */
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
