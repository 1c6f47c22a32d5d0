/** The meaning of a key in a list. */
export type PickerKey =
  | { readonly key: "text"; readonly text: string }
  | {
      readonly key:
        | "up"
        | "down"
        | "page-up"
        | "page-down"
        | "home"
        | "end"
        | "enter"
        | "escape"
        | "interrupt"
        | "erase"
        | "erase-word"
        | "erase-all"
        | "redraw"
        | "other";
    };

type KeyName = Exclude<PickerKey["key"], "text">;

const CONTROLS: Readonly<Record<string, KeyName>> = {
  "\r": "enter",
  "\n": "enter",
  "\b": "erase",
  "\u007f": "erase",
  "\u0001": "home",
  "\u0003": "interrupt",
  "\u0005": "end",
  "\u0007": "escape",
  "\u000c": "redraw",
  "\u000e": "down",
  "\u0010": "up",
  "\u0015": "erase-all",
  "\u0017": "erase-word",
};

/** The part between `ESC [` or `ESC O` and the end of a sequence, and the end, of the keys of terminals. */
const SEQUENCES: Readonly<Record<string, KeyName>> = {
  A: "up",
  B: "down",
  H: "home",
  F: "end",
  "1~": "home",
  "4~": "end",
  "5~": "page-up",
  "6~": "page-down",
  "7~": "home",
  "8~": "end",
};

const ESCAPE = "\u001b";

/** The rest after an escape: `[ … letter` or `O letter`; and an unfinished one. */
const SEQUENCE = /^(?:\[(?<csi>[\u0030-\u003f]*[ -/]*[@-~])|O(?<ss3>[ -~]))/;
const UNFINISHED = /^(?:\[[\u0030-\u003f]*[ -/]*|O)?$/;

/** Decodes the bytes that a terminal sends into keys. */
export class KeyReader {
  readonly #decoder = new TextDecoder();
  #pending = "";

  /** Returns the complete keys. */
  read(bytes: Uint8Array): readonly PickerKey[] {
    this.#pending += this.#decoder.decode(bytes, { stream: true });
    const keys: PickerKey[] = [];
    while (this.#pending !== "" && !this.#isUnfinished()) {
      keys.push(this.#next());
    }
    return keys;
  }

  /** Whether there is an escape that may be a key, or the beginning of a sequence. */
  get isUndecided(): boolean {
    return this.#pending !== "";
  }

  /** Returns the pending keys, as nothing follows. */
  decide(): readonly PickerKey[] {
    const keys: readonly PickerKey[] = this.#pending === "" ? [] : [{ key: "escape" }];
    this.#pending = "";
    return keys;
  }

  #isUnfinished(): boolean {
    return this.#pending.startsWith(ESCAPE) && UNFINISHED.test(this.#pending.slice(1));
  }

  #next(): PickerKey {
    const sequence = this.#pending.startsWith(ESCAPE) ? SEQUENCE.exec(this.#pending.slice(1)) : null;
    if (sequence !== null) {
      this.#pending = this.#pending.slice(1 + sequence[0].length);
      return { key: nameOf(sequence.groups?.["csi"] ?? sequence.groups?.["ss3"] ?? "") };
    }
    const [character = ""] = this.#pending;
    // Another key that is pressed with Alt begins with an escape: it means nothing here.
    const length = character === ESCAPE ? 2 : character.length;
    this.#pending = this.#pending.slice(length);
    if (character === ESCAPE) {
      return { key: "other" };
    }
    const control = CONTROLS[character];
    return control !== undefined
      ? { key: control }
      : character < " "
        ? { key: "other" }
        : { key: "text", text: character };
  }
}

/** Returns the name of a key; modifiers, as in `1;5A` for Ctrl-Up, are ignored. */
function nameOf(sequence: string): KeyName {
  return SEQUENCES[sequence.replace(/^(?:1;\d+(?=[A-Z])|(?<number>\d);\d+(?=~))/, "$<number>")] ?? "other";
}
