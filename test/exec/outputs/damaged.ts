import { seeded } from "../random.ts";
import type { Group } from "./credential.ts";
import { credential, GOOD, V1 } from "./credential.ts";
import { pair } from "./certificates.ts";
import { pem } from "./pem.ts";

/** Good answers with something cut out, doubled, or put in at random. */
export function damaged(): Group {
  const random = seeded(20260101);
  const sources = [
    GOOD,
    credential('{"token":"t","expirationTimestamp":"2030-01-02T03:04:05Z"}'),
    pair(pem["ec256.crt"] ?? "", pem["ec256.sec1"] ?? ""),
    `kind: ExecCredential\napiVersion: ${V1}\nstatus:\n  token: t\n  expirationTimestamp: "2030-01-02T03:04:05Z"\n`,
  ];
  const scraps = [
    '"',
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\\",
    "\n",
    " ",
    "null",
    "0",
    "-",
    "x",
    "\x01",
    "\xff",
    "\t",
    "&",
    "*",
    "#",
  ];
  return Array.from({ length: 260 }, (_, index) => {
    let text = sources[random(sources.length)] ?? "";
    for (let left = 1 + random(2); left > 0; left--) {
      const at = random(text.length);
      const length = random(3) === 0 ? 1 + random(30) : random(3);
      const scrap = random(2) === 0 ? "" : (scraps[random(scraps.length)] ?? "");
      const piece = random(8) === 0 ? text.slice(at, at + length) : "";
      text = text.slice(0, at) + piece + scrap + text.slice(at + length);
    }
    return [`damaged ${index + 1}`, text];
  });
}
