import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import which from "which";
import { nodeHost } from "../../src/host/node-host.ts";
import { lookPath } from "../../src/loading/look-path.ts";
import { describeUnless } from "../support/unless.ts";

const onWindows = process.platform === "win32" ? "modes make executables here" : undefined;

/** What may stand at a name in a folder of PATH. */
const KINDS = ["nothing", "program", "no program", "folder", "link", "link to nothing"] as const;
const NAMES = ["plug", "plug.sh", "PLUG", "a b", "-x", "é"];

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "kcfg-which-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function program(file: string, mode: number): void {
  writeFileSync(file, "#!/bin/sh\n");
  chmodSync(file, mode);
}

function place(path: string, kind: (typeof KINDS)[number]): void {
  switch (kind) {
    case "program":
      return program(path, 0o755);
    case "no program":
      return program(path, 0o644);
    case "folder":
      mkdirSync(path);
      return;
    case "link":
      program(`${path}.target`, 0o755);
      return symlinkSync(`${path}.target`, path);
    case "link to nothing":
      return symlinkSync(`${path}.gone`, path);
    case "nothing":
  }
}

/**
 * Go and the package `which` agree on absolute folders in PATH. They do not on what is relative to the current folder, which
 * Go finds and refuses; on quotes around an element, which `which` takes off; and on Windows, where Go looks at PATHEXT by
 * rules of its own. Those have tables of Go's rules.
 */
describeUnless(onWindows)("a program is found where the package which finds it", () => {
  test("in random folders of PATH, of which some are not there", () => {
    const layout = fc.array(fc.array(fc.constantFrom(...KINDS), { minLength: 6, maxLength: 6 }), {
      maxLength: 4,
    });
    let found = 0;
    fc.assert(
      fc.property(
        layout,
        fc.subarray([0, 1, 2, 3, 4]),
        fc.constantFrom(...NAMES, "nope"),
        (kinds, order, name) => {
          const stage = mkdtempSync(join(root, "stage-"));
          for (const [at, ofFolder] of kinds.entries()) {
            mkdirSync(join(stage, `${at}`));
            for (const [index, kind] of ofFolder.entries()) {
              place(join(stage, `${at}`, NAMES[index] ?? ""), kind);
            }
          }
          const path = order.map((at) => join(stage, `${at}`)).join(":");
          const { path: ours } = lookPath({ ...nodeHost, env: { PATH: path } }, name);
          const theirs = which.sync(name, { path, nothrow: true }) ?? "";
          found += theirs === "" ? 0 : 1;
          // An empty PATH means no folder to Go, and the current one to `which`.
          expect(ours).toBe(path === "" ? "" : theirs);
        },
      ),
      { numRuns: 150, seed: 8 },
    );
    expect(found).toBeGreaterThan(20);
  });

  test("on this machine", () => {
    for (const name of ["sh", "node", "npm", "git", "openssl", "no-such-program-at-all"]) {
      expect(lookPath(nodeHost, name).path).toBe(which.sync(name, { nothrow: true }) ?? "");
    }
  });
});
