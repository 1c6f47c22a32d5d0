import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../conformance/repository.ts";

const folder = join(repositoryRoot(), "test");

test("a test is skipped with a reason only: by testUnless and describeUnless", () => {
  const skipping = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .filter((name) =>
      /\b(?:test|it|describe)\.(?:skip|only|todo)\b|\bx(?:it|test|describe)\(/.test(
        readFileSync(join(folder, name), "utf8").replaceAll(/^.*\/\\b.*$/gm, ""),
      ),
    );
  expect(skipping).toEqual([]);
});
