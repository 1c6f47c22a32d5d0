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

const vectors = JSON.parse(
  readFileSync(join(__dirname, "edit-entry.vectors.json"), "utf8"),
) as readonly Vector[];

function view(text: string): unknown {
  return JSON.parse(writeJson(encodeKuberc(decodeKuberc(new TextEncoder().encode(text)).used), 4));
}

test.each(vectors.map((vector, i) => [i + 1, vector] as const))(
  "kubectl reads the alias of vector %i, and all else as before",
  (_number, { before, alias, after, viewBefore, viewAfter }) => {
    const edited = putAlias(new TextEncoder().encode(before), alias, true, filepathFor(fakeHost()));
    expect(new TextDecoder().decode(edited)).toBe(after);
    expect(view(before)).toEqual(viewBefore);
    expect(view(after)).toEqual(viewAfter);
  },
);
