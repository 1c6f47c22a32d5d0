import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AliasOverride } from "../../src/api/preference.ts";
import { filepathFor } from "../../src/go/filepath.ts";
import { writeJson } from "../../src/go/json.ts";
import { decodeKuberc } from "../../src/codec/kuberc/decode-kuberc.ts";
import { encodeKuberc } from "../../src/codec/kuberc/encode-kuberc.ts";
import { putAlias } from "../../src/kuberc/put-entry.ts";
import { fakeHost } from "../support/fake-host.ts";

/** A file, an alias put into it, and what `kubectl kuberc view -o json` (1.36.3) said of it before and after. */
interface Vector {
  readonly before: string;
  readonly alias: AliasOverride;
  readonly after: string;
  readonly viewBefore: object;
  readonly viewAfter: object;
}

const vectors = (
  JSON.parse(readFileSync(join(__dirname, "edit-entry.vectors.json"), "utf8")) as {
    readonly vectors: readonly Vector[];
  }
).vectors;

function view(text: string): unknown {
  return JSON.parse(writeJson(encodeKuberc(decodeKuberc(new TextEncoder().encode(text)).used), 4));
}

/**
 * Why kcfg writes other bytes today than when a vector was recorded; kubectl reads the same. `comments` stay where they are,
 * on the lines of what changes, where they were moved to lines of their own. `flow`: a list in brackets keeps them. `lists`:
 * those of a new entry are as deep under their keys as the document's own, and entries are as far apart.
 */
const CHANGED: ReadonlyMap<number, string> = new Map([
  [1, "lists"],
  [2, "comments, lists"],
  [3, "comments, flow"],
  [4, "comments, lists"],
  [5, "blanks at the end of a line stay, as a comment there would"],
  [7, "comments, flow"],
  [9, "lists"],
  [10, "blanks at the end of a line stay, as a comment there would"],
  [11, "comments, flow"],
  [12, "lists"],
  [13, "lists"],
  [14, "lists"],
  [15, "comments, flow"],
  [16, "lists"],
  [17, "comments, flow"],
  [18, "comments, lists"],
  [20, "comments"],
]);

test.each(vectors.map((vector, i) => [i + 1, vector] as const))(
  "kubectl reads the alias of vector %i, and all else as before",
  (number, { before, alias, after, viewBefore, viewAfter }) => {
    const data = putAlias(new TextEncoder().encode(before), alias, true, filepathFor(fakeHost()));
    const edited = new TextDecoder().decode(data);
    expect(edited === after).toBe(!CHANGED.has(number));
    expect(view(edited)).toEqual(viewAfter);
    expect(view(before)).toEqual(viewBefore);
    expect(view(after)).toEqual(viewAfter);
  },
);
