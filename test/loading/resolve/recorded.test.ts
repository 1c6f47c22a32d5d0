import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../conformance/repository.ts";
import { fakeHost } from "../../support/fake-host.ts";
import { standIns, withCertificates } from "./certificates.ts";
import { foretell, inAnyOrder } from "./foretell.ts";
import { commonFiles } from "./random-case.ts";
import type { Outcome, ResolveCase } from "./world.ts";
import { fill, idleAddresses } from "./world.ts";

interface RecordedCase extends ResolveCase {
  readonly kubectl: Outcome;
}

const recorded = JSON.parse(
  readFileSync(join(repositoryRoot(), "test", "loading", "resolve", "recorded.json"), "utf8"),
) as readonly RecordedCase[];

describe("a client config tells what the real kubectl did: which server it asked, as whom, or why it did not", () => {
  test.each(recorded.map((each) => [each.name, each] as const))("%s", async (_name, each) => {
    const wanted = withCertificates({ ...each, files: { ...commonFiles, ...each.files } }, standIns);
    const places = { root: "/world", ...idleAddresses };
    const files = Object.fromEntries(
      Object.entries(wanted.files).map(([path, text]) => [`/world/${path}`, fill(text, places)]),
    );
    const { fs } = fakeHost({ files, cwd: "/world" });
    const foretold = await foretell(wanted, places, fs);
    expect(foretold).toEqual(inAnyOrder(each.kubectl, foretold));
  });
});
