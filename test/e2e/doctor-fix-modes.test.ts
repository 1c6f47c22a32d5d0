import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtCli } from "../conformance/repository.ts";
import { describeUnless, lackOfPosix, lackOfRoot, testUnless } from "../support/unless.ts";

const STRANGER = 6502;

const root = mkdtempSync(join(tmpdir(), "kcfg-fix-modes-"));
chmodSync(root, 0o755);
afterAll(() => rmSync(root, { recursive: true, force: true }));

let count = 0;
/** A folder of its own for a test. */
function newFolder(): string {
  count += 1;
  const folder = join(root, String(count));
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  return folder;
}

function write(path: string, content: string, mode: number): string {
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

function kubeconfig(folder: string, fields: { readonly cluster?: string; readonly user?: string }): string {
  return write(
    join(folder, "config"),
    `apiVersion: v1
kind: Config
current-context: c
clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"${fields.cluster ?? ""}}}]
contexts: [{name: c, context: {cluster: c, user: u}}]
users: [{name: u, user: {${fields.user ?? "token: t"}}}]
`,
    0o600,
  );
}

function kcfg(args: readonly string[], folder: string): { readonly stdout: string; readonly stderr: string } {
  const { stdout, stderr, error } = spawnSync(process.execPath, [builtCli(), ...args], {
    cwd: folder,
    env: { HOME: folder, KUBECONFIG: join(folder, "config") },
    encoding: "utf8",
  });
  if (error !== undefined) {
    throw error;
  }
  return { stdout, stderr };
}

function modeOf(path: string): number {
  return statSync(path).mode & 0o7777;
}

const onPosix = describeUnless(lackOfPosix);
const asRoot = testUnless(lackOfRoot);

onPosix("doctor --fix changes the mode", () => {
  test.each([
    ["of a token beside the kubeconfig", "token"],
    ["of a token below it", "deep/er/token"],
  ])("%s", (_what, name) => {
    const folder = newFolder();
    mkdirSync(join(folder, "deep/er"), { recursive: true });
    const token = write(join(folder, name), "sha256~abc\n", 0o644);
    kubeconfig(folder, { user: `tokenFile: ${name}` });
    const { stdout } = kcfg(["doctor", "--fix"], folder);
    expect(stdout).toContain(`changed mode from 0644 to 0600`);
    expect(modeOf(token)).toBe(0o600);
  });

  test("and undo takes it back, with the text that changed at once with it", () => {
    const folder = newFolder();
    const token = write(join(folder, "token"), "abc\n", 0o644);
    const file = kubeconfig(folder, { user: "token_file: x, tokenFile: token" });
    chmodSync(file, 0o666);
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace(
        "users:",
        "preferences: {}\nusers: # kept\n - {name: lone, user: {token: t}}\nold:",
      ),
    );
    const before = readFileSync(file, "utf8");
    expect(kcfg(["doctor", "--fix"], folder).stdout).toContain("changed mode from 0666 to 0600");
    const undone = kcfg(["undo"], folder);
    expect(undone.stderr).toBe("");
    expect(readFileSync(file, "utf8")).toBe(before);
    expect([modeOf(file), modeOf(token)].map((mode) => mode.toString(8))).toEqual(["666", "644"]);
  });

  test("and undo takes it back where nothing else changed, and can be undone", () => {
    const folder = newFolder();
    const token = write(join(folder, "token"), "abc\n", 0o644);
    kubeconfig(folder, { user: "tokenFile: token" });
    kcfg(["doctor", "--fix"], folder);
    expect(modeOf(token)).toBe(0o600);
    expect(kcfg(["undo"], folder)).toMatchObject({ stderr: "", stdout: expect.stringContaining("doctor") });
    expect(modeOf(token)).toBe(0o644);
    kcfg(["undo"], folder);
    expect(modeOf(token)).toBe(0o600);
  });

  test("but undo gives no set-uid bit back, and changes nothing that has changed since", () => {
    const folder = newFolder();
    const token = write(join(folder, "token"), "abc\n", 0o4755);
    kubeconfig(folder, { user: "tokenFile: token" });
    kcfg(["doctor", "--fix"], folder);
    expect(modeOf(token)).toBe(0o700);
    kcfg(["undo"], folder);
    expect(modeOf(token)).toBe(0o755);
    kcfg(["doctor", "--fix"], folder);
    chmodSync(token, 0o640);
    kcfg(["undo"], folder);
    expect(modeOf(token)).toBe(0o640);
  });

  test("and never keeps a set-uid or set-gid bit", () => {
    const folder = newFolder();
    const ca = write(join(folder, "ca.pem"), "-----BEGIN CERTIFICATE-----\n", 0o6777);
    kubeconfig(folder, { cluster: ", certificate-authority: ca.pem" });
    kcfg(["doctor", "--fix"], folder);
    expect(modeOf(ca)).toBe(0o755);
  });
});

/** Expects that a file is reported, and keeps its mode. */
function expectLeft(folder: string, path: string, why: string): void {
  const mode = modeOf(path);
  const { stdout } = kcfg(["doctor", "--fix"], folder);
  expect(stdout).toContain("There was nothing to mend.");
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(`--fix leaves the file alone, since ${why}`);
  expect(modeOf(path)).toBe(mode);
}

onPosix("doctor --fix reports and leaves alone", () => {
  test.each(["/", "/../outside/"])("what is outside the folder of the kubeconfig, named by %s", (way) => {
    const folder = newFolder();
    const outside = join(root, "outside");
    mkdirSync(outside, { recursive: true });
    const passwd = write(join(outside, "token"), "abc\n", 0o644);
    kubeconfig(folder, { user: `tokenFile: ${way === "/" ? passwd : "../outside/token"}` });
    expectLeft(folder, passwd, "it is outside the folder of the kubeconfig");
  });

  test("what a folder that is a link leads to", () => {
    const [folder, outside] = [newFolder(), newFolder()];
    const token = write(join(outside, "token"), "abc\n", 0o644);
    symlinkSync(outside, join(folder, "inside"));
    kubeconfig(folder, { user: "tokenFile: inside/token" });
    expectLeft(folder, token, "it is outside the folder of the kubeconfig");
  });

  test("a symbolic link", () => {
    const folder = newFolder();
    const token = write(join(folder, "token"), "abc\n", 0o644);
    symlinkSync("token", join(folder, "link"));
    kubeconfig(folder, { user: "tokenFile: link" });
    expectLeft(folder, token, "it is a symbolic link");
  });

  test("a file with another name", () => {
    const [folder, outside] = [newFolder(), newFolder()];
    const token = write(join(outside, "token"), "abc\n", 0o644);
    linkSync(token, join(folder, "token"));
    kubeconfig(folder, { user: "tokenFile: token" });
    expectLeft(folder, token, "it is a hard link to a file that has other names");
  });

  test("what is no token, or no key", () => {
    const folder = newFolder();
    const page = write(join(folder, "passwd"), "root:x:0:0\n", 0o644);
    kubeconfig(folder, { user: "tokenFile: passwd" });
    expectLeft(folder, page, "it does not look like a token");
    kubeconfig(folder, { user: "client-certificate: passwd, client-key: passwd" });
    expectLeft(folder, page, "it does not look like a private key");
  });

  test("what is in a folder where others may put something else", () => {
    const folder = newFolder();
    chmodSync(folder, 0o777);
    const token = write(join(folder, "token"), "abc\n", 0o644);
    kubeconfig(folder, { user: "tokenFile: token" });
    expectLeft(folder, token, `others may replace what is in ${folder}`);
  });

  asRoot("what belongs to another user, also for root", () => {
    const folder = newFolder();
    const token = write(join(folder, "token"), "abc\n", 0o644);
    chownSync(token, STRANGER, STRANGER);
    kubeconfig(folder, { user: "tokenFile: token" });
    expectLeft(folder, token, `it belongs to user ${STRANGER}`);
  });

  asRoot("for root, what is in a folder of another user", () => {
    const folder = newFolder();
    const token = write(join(folder, "token"), "abc\n", 0o644);
    kubeconfig(folder, { user: "tokenFile: token" });
    chownSync(folder, STRANGER, STRANGER);
    expectLeft(folder, token, `others may replace what is in ${folder}`);
  });
});
