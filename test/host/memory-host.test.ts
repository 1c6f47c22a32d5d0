import * as nodeFs from "node:fs";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memfs } from "memfs";
import type { SyncFiles } from "../../src/host/memory-files.ts";
import { memoryFiles } from "../../src/host/memory-files.ts";
import {
  connect,
  defaultLoadingRules,
  checkPlugins,
  loadConfig,
  modifyConfig,
  newContext,
  newNonInteractiveDeferredLoadingClientConfig,
  pathOptions,
  undoChange,
} from "../../src/index.ts";
import type { MemoryMachine } from "../../src/testing.ts";
import { memoryHost } from "../../src/testing.ts";

const CONFIG = "/home/user/.kube/config";

const kubeconfig = (): string => `# mine
apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "https://127.0.0.1:1", insecure-skip-tls-verify: true}}]
contexts: [{name: x, context: {cluster: c, user: u}}]
current-context: x
users:
- name: u
  user:
    exec: {apiVersion: client.authentication.k8s.io/v1, command: aws, args: [get-token], interactiveMode: Never}
`;

const withContext = (name: string) => (config: ReturnType<typeof loadConfig>) => ({
  ...config,
  contexts: new Map([...config.contexts, [name, newContext({ cluster: "c" })]]),
});

describe("a machine in memory", () => {
  const machines: readonly (readonly [string, MemoryMachine])[] = [
    ["files of its own", { files: { [CONFIG]: kubeconfig() } }],
    ["a volume of memfs", { fs: memfs({ [CONFIG]: kubeconfig() }).fs }],
  ];
  test.each(machines)("with %s: loads, edits with comments kept, undoes", async (_name, machine) => {
    const host = memoryHost(machine);
    const warnings: string[] = [];
    const options = { host, backupAs: "test", warn: (warning: string) => warnings.push(warning) };
    expect(loadConfig({ host }).currentContext).toBe("x");
    await modifyConfig(pathOptions({ host }), withContext("y"), options);
    expect([...loadConfig({ host }).contexts.keys()]).toEqual(["x", "y"]);
    expect(host.textOf(CONFIG)).toMatch(/^# mine\n/);
    await undoChange(pathOptions({ host }), { host });
    expect(host.textOf(CONFIG)).toBe(kubeconfig());
    expect(warnings).toEqual([]);
    expect(host.textOf("/nowhere")).toBeUndefined();
  });

  test("runs plugins in this process, under the policy of its own kuberc", async () => {
    const calls: unknown[] = [];
    const ask = async (machine: MemoryMachine): Promise<string> => {
      const host = memoryHost({ files: { [CONFIG]: kubeconfig(), ...machine.files }, ...machine });
      const rules = defaultLoadingRules({ host });
      const config = await newNonInteractiveDeferredLoadingClientConfig(rules).clientConfig();
      const headers = await connect(config, { host }).headers();
      return headers.get("authorization") ?? "";
    };
    const aws = (call: { command: string; args: readonly string[]; info: { apiVersion: string } }) => {
      calls.push([call.command, call.args, call.info.apiVersion]);
      return { token: "t0ken" };
    };
    expect(await ask({ plugins: { aws } })).toBe("Bearer t0ken");
    expect(calls).toEqual([["aws", ["get-token"], "client.authentication.k8s.io/v1"]]);
    await expect(ask({ plugins: { aws: () => ({ exitCode: 3 }) } })).rejects.toThrow("exit code 3");
    await expect(ask({ plugins: { aws: () => ({ stdout: "{" }) } })).rejects.toThrow("decoding stdout");
    await expect(ask({})).rejects.toThrow("executable aws not found");
    const kuberc =
      "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: DenyAll\n";
    const files = { [CONFIG]: kubeconfig(), "/home/user/.kube/kuberc": kuberc };
    await expect(ask({ files, plugins: { aws } })).rejects.toThrow("DenyAll");
  });

  test("is a Windows machine, too", () => {
    const host = memoryHost({
      platform: "win32",
      files: { [String.raw`C:\Users\user\.kube\config`]: kubeconfig() },
      plugins: { aws: () => ({ token: "t" }) },
    });
    expect(loadConfig({ host }).currentContext).toBe("x");
    const [plugin] = checkPlugins({ host }).plugins;
    expect(plugin).toMatchObject({ status: "allowed", resolvedPath: String.raw`C:\bin\aws.exe` });
  });

  test("has a clock, an environment and a current directory", () => {
    const host = memoryHost({
      now: new Date(5),
      cwd: "/work",
      env: { KUBECONFIG: "here", PATH: undefined },
      files: { here: "current-context: z\n" },
    });
    expect([host.now(), host.cwd(), host.env["HOME"], host.env["PATH"]]).toEqual([
      5,
      "/work",
      "/home/user",
      undefined,
    ]);
    expect(loadConfig({ host }).currentContext).toBe("z");
  });
});

function text(data: unknown): string {
  return Buffer.from(data as Uint8Array).toString();
}

function outcome(fs: SyncFiles, root: string, step: (fs: SyncFiles, root: string) => unknown): unknown {
  try {
    const result = step(fs, root);
    return typeof result === "object" && !Array.isArray(result) ? "stats" : result;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}

describe("files in memory", () => {
  /** What real files do must be what files in memory do: the result of each step, or the code of its error. */
  const steps: readonly (readonly [string, (fs: SyncFiles, root: string) => unknown])[] = [
    ["a folder", (fs, root) => fs.mkdirSync(`${root}/a/b`, { recursive: true })],
    ["a folder that is there", (fs, root) => fs.mkdirSync(`${root}/a/b`, { recursive: true })],
    ["a file", (fs, root) => fs.writeFileSync(`${root}/a/f`, Buffer.from("one"), { mode: 0o600 })],
    ["its mode", (fs, root) => (fs.statSync(`${root}/a/f`).mode & 0o777).toString(8)],
    ["read", (fs, root) => text(fs.readFileSync(`${root}/a/f`))],
    ["a folder where a file is", (fs, root) => fs.mkdirSync(`${root}/a/f`, { recursive: true })],
    ["a folder below a file", (fs, root) => fs.mkdirSync(`${root}/a/f/g`, { recursive: true })],
    ["below a file", (fs, root) => fs.statSync(`${root}/a/f/g`)],
    ["in no folder", (fs, root) => fs.writeFileSync(`${root}/no/f`, Buffer.from(""))],
    ["read a folder", (fs, root) => fs.readFileSync(`${root}/a`)],
    ["a link", (fs, root) => fs.symlinkSync("a/f", `${root}/l`)],
    ["a link that is there", (fs, root) => fs.symlinkSync("a/f", `${root}/l`)],
    ["through it", (fs, root) => text(fs.readFileSync(`${root}/l`))],
    ["its size", (fs, root) => fs.lstatSync(`${root}/l`).size],
    ["its target", (fs, root) => fs.readlinkSync(`${root}/l`)],
    ["no link", (fs, root) => fs.readlinkSync(`${root}/a/f`)],
    ["where it leads", (fs, root) => String(fs.realpathSync(`${root}/l`)).slice(root.length)],
    ["a link to a folder", (fs, root) => fs.symlinkSync("a", `${root}/d`)],
    ["below that", (fs, root) => String(fs.realpathSync(`${root}/d/f`)).slice(root.length)],
    ["up from a link", (fs, root) => fs.symlinkSync("../a/f", `${root}/a/up`)],
    ["that", (fs, root) => String(fs.realpathSync(`${root}/d/up`)).slice(root.length)],
    ["a loop", (fs, root) => fs.symlinkSync("loop", `${root}/loop`)],
    ["into it", (fs, root) => fs.statSync(`${root}/loop`)],
    ["a link to nothing", (fs, root) => fs.symlinkSync("nothing", `${root}/n`)],
    ["through that", (fs, root) => fs.readFileSync(`${root}/n`)],
    ["made through it", (fs, root) => fs.writeFileSync(`${root}/n`, Buffer.from("made"))],
    ["there", (fs, root) => text(fs.readFileSync(`${root}/nothing`))],
    ["a new file", (fs, root) => fs.closeSync(fs.openSync(`${root}/w`, "wx+", 0o600))],
    ["once more", (fs, root) => fs.openSync(`${root}/w`, "wx+", 0o600)],
    ["where a link is", (fs, root) => fs.openSync(`${root}/l`, "wx+", 0o600)],
    ["over a file", (fs, root) => fs.renameSync(`${root}/a/f`, `${root}/w`)],
    ["what is there now", (fs, root) => text(fs.readFileSync(`${root}/w`))],
    ["gone", (fs, root) => fs.statSync(`${root}/a/f`)],
    ["over a folder", (fs, root) => fs.renameSync(`${root}/w`, `${root}/a`)],
    ["what is not there", (fs, root) => fs.renameSync(`${root}/q`, `${root}/w`)],
    ["remove", (fs, root) => fs.unlinkSync(`${root}/l`)],
    ["again", (fs, root) => fs.unlinkSync(`${root}/l`)],
    ["names", (fs, root) => (fs.readdirSync(root) as string[]).toSorted()],
    ["names of a file", (fs, root) => fs.readdirSync(`${root}/w`)],
    ["a closed file", (fs) => fs.readFileSync(9999)],
  ];

  test("do what real files do", () => {
    const real = realpathSync(mkdtempSync(join(tmpdir(), "kcfg-memory-")));
    try {
      const memory = memoryFiles(1000, () => 0);
      memory.mkdirSync("/r", { recursive: true });
      const difference = steps.flatMap(([name, step]) => {
        const [here, there] = [outcome(memory, "/r", step), outcome(nodeFs, real, step)];
        const isMkdir = name.includes("folder") && typeof there === "string" && there.startsWith("/");
        return isMkdir || JSON.stringify(here) === JSON.stringify(there) ? [] : [[name, here, there]];
      });
      expect(difference).toEqual([]);
    } finally {
      rmSync(real, { recursive: true });
    }
  });
});
