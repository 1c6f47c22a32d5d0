import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExecConfig } from "../../src/api/exec.ts";
import { NO_POLICY } from "../../src/api/plugin-policy.ts";
import { runPlugin } from "../../src/exec/run-once.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import { accountHome } from "../support/account-home.ts";
import type { Run } from "../support/run-bin.ts";
import { startBin } from "../support/start-bin.ts";
import { describeUnless, lackOfLinux } from "../support/unless.ts";

const api = "client.authentication.k8s.io/v1";
const HEAD = "apiVersion: kcfg/v1alpha1\nkind: PluginRequirements\n";
const CREDENTIAL = JSON.stringify({ apiVersion: api, kind: "ExecCredential", status: { token: "good" } });
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-requirements-"));
  mkdirSync(join(folder, ".kube"));
  script("plugin", `echo '${CREDENTIAL}'`);
});

afterEach(() => rmSync(folder, { recursive: true }));

const path = (name: string): string => join(folder, name);
const digestOf = (name: string): string =>
  `sha256:${createHash("sha256")
    .update(readFileSync(path(name)))
    .digest("hex")}`;

function script(name: string, body: string): void {
  writeFileSync(path(name), `#!/bin/sh\n${body}\n`);
  chmodSync(path(name), 0o755);
}

function demand(plugins: string): void {
  writeFileSync(path(".kube/plugin-requirements.yaml"), `${HEAD}plugins: ${plugins}\n`);
}

function kcfg(
  args: readonly string[],
  exec: Readonly<Record<string, unknown>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  writeFileSync(
    path("config"),
    JSON.stringify({
      clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1" } }],
      users: [
        {
          name: "u",
          user: { exec: { apiVersion: api, command: "./plugin", interactiveMode: "Never", ...exec } },
        },
      ],
      contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
      "current-context": "x",
    }),
  );
  return startBin(args, {
    cwd: folder,
    env: { ...accountHome(folder), HOME: folder, KUBECONFIG: path("config"), ...env },
  });
}

/** What became of the plugin, by `kcfg credential` and by `kcfg check-plugins`. */
async function outcome(exec: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const credential = await kcfg(["credential"], exec);
  const report = JSON.parse((await kcfg(["check-plugins", "-o", "json"], exec)).stdout) as {
    readonly plugins: readonly { readonly rule: string; readonly status: string; readonly reason: string }[];
  };
  const [plugin] = report.plugins;
  if (credential.exitCode === 0) {
    expect(plugin?.status).toBe("allowed");
  } else {
    expect(credential.stderr).toBe(`error: getting credentials: ${plugin?.reason ?? ""}\n`);
  }
  return plugin?.rule ?? "";
}

describe("the commands obey plugin requirements", () => {
  test.each<[want: string, plugins: string, exec: Readonly<Record<string, unknown>>]>([
    ["no-policy", "[{command: PLUGIN}]", {}],
    [
      "no-policy",
      "[{command: PLUGIN, digest: DIGEST, args: [a, '*'], env: [A]}]",
      { args: ["a", "b"], env: [{ name: "A", value: "" }] },
    ],
    ["not-required", "[]", {}],
    ["arguments-not-allowed", "[{command: PLUGIN, args: []}]", { args: ["a"] }],
    ["environment-not-allowed", "[{command: PLUGIN}]", { env: [{ name: "LD_PRELOAD=/x", value: "" }] }],
    ["digest-mismatch", `[{command: PLUGIN, digest: 'sha256:${"0".repeat(64)}'}]`, {}],
    ["requirements-unreadable", "[{command: PLUGIN, publicKey: x}]", {}],
  ])("%s %s", async (want, plugins, exec) => {
    demand(plugins.replaceAll("PLUGIN", path("plugin")).replaceAll("DIGEST", digestOf("plugin")));
    expect(await outcome(exec)).toBe(want);
  });

  test("a file that cannot be read lets no plugin run, and says how to fix it", async () => {
    mkdirSync(path(".kube/plugin-requirements.yaml"));
    expect(await outcome()).toBe("requirements-unreadable");
    rmSync(path(".kube/plugin-requirements.yaml"), { recursive: true });
    symlinkSync("nowhere", path(".kube/plugin-requirements.yaml"));
    const { stderr, exitCode } = await kcfg(["check-plugins"]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /error: no plugin may run, .*no such file or directory; make it readable, or remove it/,
    );
    const doctor = await kcfg(["doctor"]);
    expect(doctor.stdout).toContain("plugin-requirements-unreadable");
    expect((await kcfg(["raw", "/version"])).stderr).toContain("no such file or directory; make it readable");
  });

  test("the variable and the flag name another file, which must exist", async () => {
    demand("[]");
    writeFileSync(path("all"), `${HEAD}plugins: [{command: ${path("plugin")}}]\n`);
    expect((await kcfg(["credential", "--plugin-requirements", "all"])).exitCode).toBe(0);
    expect((await kcfg(["credential"], {}, { KCFG_PLUGIN_REQUIREMENTS: path("all") })).exitCode).toBe(0);
    expect((await kcfg(["credential", "--plugin-requirements", "none"])).stderr).toContain(
      "open none: no such file",
    );
  });

  test("in a credential plugin, the file of the account's home holds, whatever the environment says", async () => {
    writeFileSync(
      path(".kube/kuberc"),
      "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: AllowAll\n",
    );
    writeFileSync(path("all"), `${HEAD}plugins: [{command: ${path("plugin")}}]\n`);
    const info = {
      KUBERNETES_EXEC_INFO: JSON.stringify({ kind: "ExecCredential", apiVersion: api, spec: {} }),
    };
    const env = { ...info, KCFG_PLUGIN_REQUIREMENTS: path("all") };
    expect((await kcfg(["credential"], {}, env)).exitCode).toBe(0);
    demand("[]");
    expect((await kcfg(["credential"], {}, env)).stderr).toContain("no entry of");
    expect((await kcfg(["credential", "--plugin-requirements", "all"], {}, info)).stderr).toContain(
      "takes only",
    );
  });

  test("SARIF has a rule for each", async () => {
    demand("[]");
    expect((await kcfg(["check-plugins", "-o", "sarif"])).stdout).toContain('"ruleId": "not-required"');
  });
});

const onLinux = describeUnless(lackOfLinux);

onLinux("what is started is what has the digest", () => {
  beforeEach(() => {
    evil("evil");
    demand(`[{command: ${path("plugin")}, digest: '${digestOf("plugin")}'}]`);
  });

  test("not after it was replaced, renamed over, edited in place, or became a link", async () => {
    expect((await kcfg(["credential"])).exitCode).toBe(0);
    evil("plugin");
    await refused();
    copyFileSync(path("evil"), path("next"));
    renameSync(path("next"), path("plugin"));
    await refused();
    rmSync(path("plugin"));
    symlinkSync("evil", path("plugin"));
    await refused();
    expect(privateCopies()).toEqual([]);
  });

  test("a script whose interpreter is a script runs too, and sees its own name", async () => {
    script(
      "plugin",
      `echo "{\\"apiVersion\\":\\"${api}\\",\\"kind\\":\\"ExecCredential\\",\\"status\\":{\\"token\\":\\"$(basename "$0") $1\\"}}"`,
    );
    demand(`[{command: ${path("plugin")}, digest: '${digestOf("plugin")}'}]`);
    expect((await kcfg(["credential"], { args: ["a b"] })).stdout).toContain('"plugin a b"');
  });

  test("nothing is left behind, also when a signal ends kcfg", async () => {
    script("plugin", `touch '${path("started")}'; sleep 30`);
    demand(`[{command: ${path("plugin")}, digest: '${digestOf("plugin")}'}]`);
    const running = kcfg(["credential"]);
    await until(() => existsSync(path("started")));
    const [copy] = privateCopies();
    expect(copy).toBeDefined();
    const child = children().find((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("credential"),
    );
    expect(child).toBeDefined();
    process.kill(Number(child), "SIGTERM");
    await running;
    expect(privateCopies()).toEqual([]);
  });

  const ROUNDS = Number(process.env["KCFG_SWAPS"] ?? 25);

  /** How another process exchanges the plugin, again and again. Good and evil lie ready. */
  const SWAPS = {
    "renamed over": "fs.copyFileSync(from, 'next'); fs.renameSync('next', 'plugin');",
    replaced: "fs.copyFileSync(from, 'next'); fs.rmSync('plugin'); fs.renameSync('next', 'plugin');",
    "edited in place": "fs.writeFileSync('plugin', fs.readFileSync(from));",
    "a link that is switched":
      "fs.rmSync('next', { force: true }); fs.symlinkSync(from, 'next'); fs.renameSync('next', 'plugin');",
  };

  test.each(
    Object.entries(SWAPS).flatMap(([how, code]) => [
      [how, "script", code] as const,
      [how, "program", code] as const,
    ]),
  )(
    "in a race with a plugin that is %s (%s), only the demanded one ever runs",
    async (_how, kind, code) => {
      let args: readonly string[] = [];
      if (kind === "script") {
        copyFileSync(path("plugin"), path("good"));
      } else {
        // Two shells of one purpose: only bash leaves the mark.
        copyFileSync("/bin/dash", path("good"));
        copyFileSync("/bin/bash", path("evil"));
        args = ["-c", `test -z "$BASH_VERSION" || touch '${path("mark")}'; echo '${CREDENTIAL}'`];
        rmSync(path("plugin"));
        copyFileSync(path("good"), path("plugin"));
      }
      demand(`[{command: ${path("plugin")}, digest: '${digestOf("good")}'}]`);
      const attacker = spawn(
        process.execPath,
        [
          "-e",
          `const fs = require("node:fs"); for (;;) for (const from of ["evil", "good"]) { try { ${code} } catch {} Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.random() * 12); }`,
        ],
        { cwd: folder, stdio: "ignore" },
      );
      const ended = new Promise((resolve) => attacker.once("exit", resolve));
      const results = { good: 0, refused: 0 };
      try {
        // The attacker needs a moment to begin.
        const isOver = (round: number): boolean => round >= ROUNDS && results.good > 0 && results.refused > 0;
        for (let round = 0; !isOver(round) && round < ROUNDS + 400; round++) {
          try {
            const { token } = await runPlugin(nodeHost, {
              exec: new ExecConfig({
                command: path("plugin"),
                args,
                apiVersion: api,
                interactiveMode: "Never",
              }),
              cluster: undefined,
              policy: NO_POLICY,
              stdinUnavailable: "",
              pluginRequirements: path(".kube/plugin-requirements.yaml"),
            });
            expect(token).toBe("good");
            results.good++;
          } catch (error) {
            expect(String(error)).toMatch(
              /not permitted by the plugin requirements: its digest|no such file|exec format error|input.output error|permission denied|not found/,
            );
            results.refused++;
          }
          expect(existsSync(path("mark"))).toBe(false);
        }
      } finally {
        attacker.kill("SIGKILL");
        await ended;
      }
      expect(results.good).toBeGreaterThan(0);
      expect(results.refused).toBeGreaterThan(0);
    },
    600_000,
  );
});

async function until(isTrue: () => boolean): Promise<void> {
  for (let waited = 0; !isTrue(); waited += 20) {
    expect(waited).toBeLessThan(20_000);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

/** The child processes of this one. */
function children(): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        return / \(.*\) . (\d+) /.exec(stat)?.[1] === String(process.pid);
      } catch {
        return false;
      }
    });
}

/** The folders of copies of the plugin. */
function privateCopies(): readonly string[] {
  return ["/tmp", `/run/user/${process.geteuid?.() ?? 0}`, "/dev/shm"]
    .filter((parent) => existsSync(parent))
    .flatMap((parent) =>
      readdirSync(parent)
        .filter((name) => /^kcfg-.{6}$/.test(name))
        .map((name) => join(parent, name)),
    )
    .filter(
      (each) =>
        existsSync(join(each, "plugin")) && readFileSync(join(each, "plugin"), "utf8").includes(folder),
    );
}

/** Writes a plugin that leaves a mark. */
const evil = (name: string): void => script(name, `touch '${path("mark")}'; echo '${CREDENTIAL}'`);

/** Expects that the plugin is refused, and was not run. */
const refused = async (): Promise<void> => {
  const { stderr, exitCode } = await kcfg(["credential"]);
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining("its digest is sha256:")]);
  expect(existsSync(path("mark"))).toBe(false);
};
