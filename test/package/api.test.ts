import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../conformance/repository.ts";
import { unifiedDiff } from "../../src/writing/unified-diff.ts";
import { ENTRIES } from "../support/installed-package.ts";
import { apiText } from "./api-text.ts";

/**
 * What a program that is compiled against kcfg may rely on. A change here is one of the public interface: it belongs in the
 * changelog. `KCFG_RECORD=1 npx jest test/package/api` writes the snapshots anew.
 */
describe("the types of the public names are those of the snapshot", () => {
  test.each(ENTRIES)("%s", (name) => {
    const root = repositoryRoot();
    const file = join(root, "test", "package", "snapshots", `${name}.d.ts.txt`);
    const text = `${apiText(join(root, "dist", `${name}.d.cts`))}\n`;
    if (process.env["KCFG_RECORD"] === "1") {
      writeFileSync(file, text);
    }
    expect(unifiedDiff(readFileSync(file, "utf8"), text, { from: "snapshot", to: "now" })).toBe("");
  });
});
