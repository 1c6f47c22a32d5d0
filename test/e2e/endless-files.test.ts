import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtCli } from "../conformance/repository.ts";
import { describeUnless, lackOfLinux } from "../support/unless.ts";

const MIB = 1024 * 1024;
/** Generous: none takes more than three seconds or 160 MiB on an idle machine. */
const MOST_SECONDS = 20;
const MOST_MEMORY = 300 * MIB;

const folder = mkdtempSync(join(tmpdir(), "kcfg-endless-"));
const report = join(folder, "report.cjs");
const fifo = join(folder, "fifo");

beforeAll(() => {
  writeFileSync(
    report,
    'process.on("exit", () => require("node:fs").writeSync(3, String(process.resourceUsage().maxRSS)));',
  );
  if (process.platform !== "win32") {
    execFileSync("mkfifo", [fifo]);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
  readonly signal: string | null;
  /** The most memory that it had, in bytes. */
  readonly memory: number;
}

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Ended {
  const { stdout, stderr, status, signal, output } = spawnSync(
    process.execPath,
    ["--require", report, builtCli(), ...args],
    {
      cwd: folder,
      env: { HOME: folder, PATH: "/usr/bin:/bin", ...env },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      timeout: MOST_SECONDS * 1000,
      maxBuffer: 64 * MIB,
    },
  );
  return { stdout, stderr, status, signal, memory: Number(output[3]) * 1024 };
}

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

/** A kubeconfig of one context, with these fields of its cluster and its user. */
function kubeconfig(cluster: string, user: string): string {
  return write(
    "kubeconfig",
    `apiVersion: v1
kind: Config
current-context: c
clusters: [{name: c, cluster: {server: "https://127.0.0.1:1", ${cluster}}}]
contexts: [{name: c, context: {cluster: c, user: u}}]
users: [{name: u, user: {${user}}}]
`,
  );
}

function expectEnd(ended: Ended, words: RegExp | undefined): void {
  expect(ended.signal).toBeNull();
  expect(ended.memory).toBeLessThan(MOST_MEMORY);
  expect(ended.stderr).not.toMatch(/\n {4}at |RangeError|TypeError|ERR_|EAGAIN/);
  if (words !== undefined) {
    expect(`${ended.stdout}${ended.stderr}`.replaceAll(/\s+/g, " ")).toMatch(words);
    expect(ended.status).toBe(1);
  }
}

const TOO_LARGE = /larger than 16 MiB/;
const onLinux = describeUnless(lackOfLinux);

onLinux.each([
  ["/proc/self/pagemap", TOO_LARGE],
  ["/dev/zero", TOO_LARGE],
  [fifo, /no process writes to this pipe/],
] as const)("%s", (endless, words) => {
  const fields: Readonly<Record<string, readonly [cluster: string, user: string]>> = {
    "certificate-authority": [`certificate-authority: ${endless}`, "token: t"],
    tokenFile: ["insecure-skip-tls-verify: true", `tokenFile: ${endless}`],
    "client-key": [
      "insecure-skip-tls-verify: true",
      `client-certificate: ${endless}, client-key: ${endless}`,
    ],
  };
  const readers: readonly (readonly [field: string, command: readonly string[]])[] = [
    ["certificate-authority", ["raw", "/version"]],
    ["certificate-authority", ["view", "--flatten"]],
    ["certificate-authority", ["export"]],
    ["certificate-authority", ["set-cluster", "x", "--embed-certs", `--certificate-authority=${endless}`]],
    ["tokenFile", ["resolve"]],
    ["tokenFile", ["raw", "/version"]],
    ["client-key", ["raw", "/version"]],
    ["client-key", ["view", "--flatten"]],
    ["client-key", ["set-credentials", "x", "--embed-certs", `--client-key=${endless}`]],
  ];

  test.each(readers)("as %s ends %j with an error", (field, command) => {
    const [cluster = "", user = ""] = fields[field] ?? [];
    expectEnd(run([...command, "--kubeconfig", kubeconfig(cluster, user)]), words);
  });

  test.each(["doctor", "explain", "check-plugins", "view", "get-contexts"])(
    "does not hold up %s",
    (command) => {
      const file = kubeconfig(`certificate-authority: ${endless}`, `tokenFile: ${endless}`);
      expectEnd(run([command, "--kubeconfig", file]), undefined);
    },
  );

  test("in an imported kubeconfig does not hold up import", () => {
    const file = kubeconfig(`certificate-authority: ${endless}`, `tokenFile: ${endless}`);
    expectEnd(run(["import", file, "--kubeconfig", join(folder, "target")]), undefined);
  });

  test.each([
    ["view", "--kubeconfig", endless],
    ["doctor", "--kubeconfig", endless],
    ["import", endless],
    ["view", "-o", `go-template-file=${endless}`],
  ])("as what is read by %j %j %j is an error", (...args) => {
    expectEnd(run(args), words);
  });

  test("as KUBECONFIG is an error", () => {
    expectEnd(run(["get-contexts"], { KUBECONFIG: endless }), words);
  });

  test.each([[["--kuberc", endless], {}] as const, [[], { KUBERC: endless }] as const])(
    "as a kuberc, named by %j %j, is an error",
    (args, env) => {
      const file = kubeconfig("certificate-authority-data: eA==", "exec: {apiVersion: v1, command: x}");
      const ended = run(["check-plugins", "--kubeconfig", file, ...args], env);
      expectEnd(ended, undefined);
      expect(ended.stderr).toMatch(words);
      expect(ended.status).not.toBe(0);
    },
  );
});

onLinux("a file that is named in many ways", () => {
  test("is read by doctor until that is too much, and looked into once", () => {
    const big = write("big.pem", "-".repeat(15 * MIB));
    const users = Array.from(
      { length: 2000 },
      (_, i) =>
        `{name: u${i}, user: {client-certificate: "${folder}${"/.".repeat(i % 50)}/big.pem", client-key: ${big}, tokenFile: ${big}}}`,
    );
    const file = write("many", `apiVersion: v1\nkind: Config\nusers: [${users.join(", ")}]\n`);
    const ended = run(["doctor", "--kubeconfig", file]);
    expectEnd(ended, /too much was read of other files/);
  });
});

/** Runs a shell command in which `$1 $2` is kcfg, and `$3` a file to import into. */
function importing(command: string): Ended {
  const { stdout, stderr, status, signal } = spawnSync(
    "sh",
    ["-c", command, "sh", process.execPath, builtCli(), join(folder, "target")],
    {
      cwd: folder,
      env: { HOME: folder, PATH: "/usr/bin:/bin" },
      encoding: "utf8",
      timeout: MOST_SECONDS * 1000,
    },
  );
  return { stdout, stderr, status, signal, memory: 0 };
}

onLinux("standard input", () => {
  test("without an end is an error", () => {
    expectEnd(importing('"$1" "$2" import - --kubeconfig "$3" < /dev/zero'), TOO_LARGE);
    expectEnd(importing('yes | "$1" "$2" import - --kubeconfig "$3"'), /larger than 256 MiB/);
  });

  test("and pipes of the shell are read as ever", () => {
    write("k", "current-context: here\n");
    const view = '-o "jsonpath={.current-context}"';
    const command = `(sleep 3; cat k) | "$1" "$2" view --kubeconfig /dev/stdin ${view}`;
    expect(importing(command).stdout).toBe("here");
    expect(importing(`exec 5< k; "$1" "$2" view --kubeconfig /dev/fd/5 ${view}`).stdout).toBe("here");
    expect(importing('true | "$1" "$2" view --kubeconfig /dev/stdin').status).toBe(0);
    expect(importing('"$1" "$2" view --kubeconfig /dev/null').status).toBe(0);
  });
});
