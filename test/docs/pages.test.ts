import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAuthority } from "../support/certificates.ts";
import { startServer } from "../support/https-server.ts";
import { blocksOf, runProgram } from "../support/markdown.ts";
import { repositoryFolder } from "../support/run-bin.ts";

describe("the pages of the docs", () => {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-pages-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("show how to edit", async () => {
    const file = join(folder, "config");
    cpSync(join(repositoryFolder, "examples/personal.yaml"), file);
    const [program = ""] = blocksOf("docs/editing.md", "ts");
    expect(await runProgram(program, [], { KUBECONFIG: file })).toBe(`[ '${file}' ] []\n`);
    expect(readFileSync(file, "utf8")).toContain("current-context: web\n");
    expect(readFileSync(file, "utf8")).toContain("# What a developer adds");
  });

  test("show how to connect", async () => {
    const authority = await createAuthority();
    const identity = await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] });
    const server = await startServer({ identity, reply: [{ body: "v1" }] });
    try {
      const file = join(folder, "server");
      const ca = Buffer.from(authority.certificate).toString("base64");
      const cluster = { server: server.url, "certificate-authority-data": ca };
      writeFileSync(
        file,
        JSON.stringify({
          clusters: [{ name: "c", cluster }],
          contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
          users: [{ name: "u", user: { token: "t" } }],
          "current-context": "c",
        }),
      );
      const [program = ""] = blocksOf("docs/connecting.md", "ts");
      expect(await runProgram(program, [], { KUBECONFIG: file, KUBERC: "off" })).toBe("200 v1\n");
    } finally {
      await server.close();
    }
  });
});
