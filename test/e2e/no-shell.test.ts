import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { elfFile, linkedElfFile } from "../support/elf-file.ts";
import type { Run } from "../support/run-bin.ts";
import { startBin } from "../support/start-bin.ts";
import { describeUnless, lackOfLinux } from "../support/unless.ts";

const onLinux = describeUnless(lackOfLinux);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-no-shell-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const path = (name: string): string => join(folder, name);

function executable(name: string, content: string | Uint8Array): void {
  writeFileSync(path(name), content);
  chmodSync(path(name), 0o755);
}

/** What a shell would run: it leaves a mark and prints a credential. */
function shellText(): string {
  return `\necho shell > '${path("mark")}'\necho '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t"}}'\n`;
}

function text(start: string): Buffer {
  return Buffer.from(`${start}${shellText()}`, "latin1");
}

function kcfg(command: string, ...words: readonly string[]): Promise<Run> {
  const exec = { apiVersion: "client.authentication.k8s.io/v1", command, interactiveMode: "Never" };
  writeFileSync(
    path("config"),
    JSON.stringify({
      clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1" } }],
      users: [{ name: "u", user: { exec } }],
      contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
      "current-context": "x",
    }),
  );
  return startBin(words, { cwd: folder, env: { HOME: folder, KUBECONFIG: path("config"), PATH: folder } });
}

/** ELF for the processor of this machine. */
function ownLinked(linker: string): Uint8Array {
  return linkedElfFile(linker, { machine: process.arch === "arm64" ? 183 : 62 });
}

interface Report {
  readonly plugins: readonly { readonly status: string; readonly reason: string }[];
}

onLinux("a plugin that the system does not execute is run by nothing else", () => {
  const foreign = process.arch === "arm64" ? 62 : 183;

  test.each<readonly [string, () => Uint8Array, string]>([
    ["the magic of ELF", () => text("\x7fELF"), "exec format error"],
    [
      "ELF for another processor",
      () => Buffer.concat([elfFile({ machine: foreign }), text("")]),
      "exec format error",
    ],
    ["ELF whose linker is missing", () => ownLinked("/no/such\0"), "no such file or directory"],
    ["#! alone", () => text("#!"), "exec format error"],
    ["#! and blanks", () => text("#! \t"), "exec format error"],
    ["#! to a text", () => text(`#!${path("junk")}`), "exec format error"],
    ["#! to nothing", () => text(`#!${path("nothing")}`), "no such file or directory"],
    ["#! to itself", () => text(`#!${path("odd")}`), "too many levels of symbolic links"],
    ["Mach-O", () => text("\xfe\xed\xfa\xce"), "exec format error"],
    ["a program for Windows", () => text("MZ"), "exec format error"],
    ["a text", () => text(""), "exec format error"],
  ])("%s", async (_what, content, fault) => {
    executable("junk", "junk\n");
    executable("odd", content());
    const failure = `getting credentials: exec: fork/exec ${path("odd")}: ${fault}\n`;
    expect(await kcfg("./odd", "credential")).toEqual({
      stdout: "",
      stderr: `error: ${failure}`,
      exitCode: 1,
    });
    expect(await kcfg("./odd", "raw", "/")).toEqual({
      stdout: "",
      stderr: `Unable to connect to the server: ${failure}`,
      exitCode: 1,
    });
    const { stdout, exitCode } = await kcfg("./odd", "check-plugins", "-o", "json");
    expect((JSON.parse(stdout) as Report).plugins).toMatchObject([
      { status: "missing", reason: `exec: fork/exec ${path("odd")}: ${fault}` },
    ]);
    expect(exitCode).toBe(1);
    expect(existsSync(path("mark"))).toBe(false);
  });
});
