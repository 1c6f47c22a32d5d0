import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { VERSION } from "../../src/package-version.ts";
import { valueOf } from "../schemas/schema.ts";
import { manifest } from "../support/installed-package.ts";
import { repositoryFolder } from "../support/run-bin.ts";
import { lackOfPosix, testUnless } from "../support/unless.ts";

describe("the workflows", () => {
  const folder = join(repositoryFolder, ".github", "workflows");
  const workflows = readdirSync(folder).map(
    (name) => [name, readFileSync(join(folder, name), "utf8")] as const,
  );

  test.each(workflows)("%s takes every action at a commit, with its version beside it", (_name, text) => {
    const uses = text.split("\n").filter((line) => line.includes("uses:"));
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((line) => !/uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  test.each(workflows)(
    "%s may read the code and no more, but where a job asks for one thing",
    (_name, text) => {
      const { permissions, jobs } = valueOf(text) as {
        readonly permissions: object;
        readonly jobs: Readonly<Record<string, { readonly permissions?: object }>>;
      };
      expect(permissions).toEqual({ contents: "read" });
      expect(Object.values(jobs).filter((job) => Object.keys(job.permissions ?? {}).length > 1)).toEqual([]);
    },
  );

  test.each(workflows)("%s leaves no token behind in a checkout", (_name, text) => {
    const count = (pattern: RegExp): number => [...text.matchAll(pattern)].length;
    expect(count(/persist-credentials: false/g)).toBe(count(/uses: actions\/checkout/g));
  });

  test("ci.yml runs on three systems, and on every version of Node that is supported", () => {
    const { jobs } = valueOf(readFileSync(join(folder, "ci.yml"), "utf8")) as {
      readonly jobs: { readonly test: { readonly strategy: { readonly matrix: object } } };
    };
    expect(jobs.test.strategy.matrix).toEqual({
      os: ["ubuntu-latest", "macos-latest", "windows-latest"],
      node: [20, 22, 24, 26],
    });
  });
});

describe("the krew plugin", () => {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-krew-"));
  const release = join(folder, "release");
  const repository = "https://example.com/team/kcfg";
  const krew = (target: string): void => {
    execFileSync(process.execPath, ["scripts/krew.mjs", repository, target], { cwd: repositoryFolder });
  };
  const archive = (): Buffer => readFileSync(join(release, "kubectl-kcfg.tar.gz"));
  beforeAll(() => krew(release));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("has a manifest with the version of the package, and the checksum of the archive", () => {
    expect(valueOf(readFileSync(join(release, "kcfg.yaml"), "utf8"))).toEqual({
      apiVersion: "krew.googlecontainertools.github.com/v1alpha2",
      kind: "Plugin",
      metadata: { name: "kcfg" },
      spec: {
        version: `v${VERSION}`,
        homepage: repository,
        shortDescription: expect.stringMatching(/^.{10,50}$/),
        description: expect.stringContaining("kubeconfig"),
        caveats: expect.stringContaining(`Node.js ${manifest.engines["node"]?.replace(">=", "")} or later`),
        platforms: [
          {
            selector: { matchExpressions: [{ key: "os", operator: "In", values: ["linux", "darwin"] }] },
            uri: `${repository}/releases/download/v${VERSION}/kubectl-kcfg.tar.gz`,
            sha256: createHash("sha256").update(archive()).digest("hex"),
            bin: "bin.cjs",
          },
        ],
      },
    });
  });

  test("is the same archive whenever it is made", () => {
    krew(join(folder, "again"));
    expect(readFileSync(join(folder, "again", "kubectl-kcfg.tar.gz")).equals(archive())).toBe(true);
  });

  testUnless(lackOfPosix)("runs by itself, linked as krew links it, and connects", () => {
    const [store, bin] = [join(folder, "store"), join(folder, "bin")];
    mkdirSync(store);
    mkdirSync(bin);
    execFileSync("tar", ["-xzf", join(release, "kubectl-kcfg.tar.gz"), "-C", store]);
    expect(readdirSync(store)).toEqual(["LICENSE", "THIRD-PARTY-LICENSES", "bin.cjs", "parts"]);
    expect(statSync(join(store, "bin.cjs")).mode & 0o777).toBe(0o755);
    symlinkSync(join(store, "bin.cjs"), join(bin, "kubectl-kcfg"));
    const env = { HOME: folder, PATH: [dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter) };
    const call = (...args: readonly string[]): string =>
      execFileSync(
        "/bin/sh",
        ["-c", `"$0" "$@" 2>&1 || echo "exit $?"`, join(bin, "kubectl-kcfg"), ...args],
        {
          cwd: folder,
          encoding: "utf8",
          env,
        },
      );
    expect(call("get-users")).toBe("NAME\n");
    expect(call("view", "--nope")).toContain("See 'kubectl kcfg view --help' for usage.");
    expect(call("raw", "/version", "--server", "http://127.0.0.1:1")).toBe(
      "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?\nexit 1\n",
    );
  });

  test("has the licence of each dependency in it", () => {
    const text = gunzipSync(archive()).toString("latin1");
    for (const name of Object.keys(manifest.dependencies)) {
      expect(text).toContain(`${name}\n${"=".repeat(name.length)}\n`);
    }
  });
});

describe("the self-contained executables", () => {
  test("are made for the platforms in the list, and no other", () => {
    const { status, stderr } = spawnSync(
      "npx",
      ["tsx", "scripts/executables.mjs", "release", "linux-sparc"],
      {
        cwd: repositoryFolder,
        encoding: "utf8",
      },
    );
    expect(stderr).toContain(
      "no such platform: linux-sparc; there are linux-x64, linux-arm64, darwin-x64, darwin-arm64, win-x64",
    );
    expect(status).toBe(1);
  });
});
