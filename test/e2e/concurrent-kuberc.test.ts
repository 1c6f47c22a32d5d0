import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBin } from "../support/start-bin.ts";

/** How often each race is run. */
const RACES = Number(process.env["KCFG_RACES"] ?? 2);

let folder = "";
let state = "";
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "kcfg-state-"));
  folder = mkdtempSync(join(tmpdir(), "kcfg-kuberc-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(state, { recursive: true, force: true });
});

const alias = (name: string): readonly string[] => [
  "kuberc",
  "set",
  "--section=aliases",
  `--name=${name}`,
  "--command=get",
  "--prependarg=pods",
];
const DENY_ALL = ["kuberc", "set", "--section=credentialplugin", "--policy=DenyAll"];

describe.each([8, 16])("%i editors of one kuberc at once", (count) => {
  test("lose nothing, a policy least of all", async () => {
    for (let race = 0; race < RACES; race++) {
      const file = join(folder, `kuberc-${race}`);
      writeFileSync(file, "# mine\napiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n");
      const names = Array.from({ length: count - 1 }, (_, at) => `alias${String.fromCharCode(97 + at)}`);
      const edits = [...names.slice(0, 3).map(alias), DENY_ALL, ...names.slice(3).map(alias)];
      const ended = await Promise.all(
        edits.map((args) =>
          startBin([...args, `--kuberc=${file}`, "--lock-timeout=60s"], { env: { KCFG_STATE_DIR: state } }),
        ),
      );
      expect(ended).toEqual(edits.map(() => ({ exitCode: 0, stdout: `Updated ${file}\n`, stderr: "" })));
      // Its history has every change, and the newest one is undone as a whole.
      const undone = await startBin(["kuberc", "undo", "--dry-run", `--kuberc=${file}`], {
        env: { KCFG_STATE_DIR: state },
      });
      expect(undone).toMatchObject({ exitCode: 0, stderr: "" });
      const text = readFileSync(file, "utf8");
      expect([
        ...names.filter((name) => !text.includes(`name: ${name}\n`)),
        text.includes("credentialPluginPolicy: DenyAll"),
      ]).toEqual([true]);
      expect(text.startsWith("# mine\n")).toBe(true);
    }
    expect(readdirSync(folder).filter((name) => !/^kuberc-\d+$/.test(name))).toEqual([]);
  }, 120_000);
});

test("check-plugins --suggest --write waits for the same lock", async () => {
  const [file, config] = [join(folder, "kuberc"), join(folder, "config")];
  writeFileSync(config, "users: []\n");
  writeFileSync(`${file}.lock`, "");
  const { exitCode, stderr } = await startBin([
    "check-plugins",
    "--suggest",
    "--write",
    `--kubeconfig=${config}`,
    `--kuberc=${file}`,
    "--lock-timeout=100ms",
  ]);
  expect([exitCode, stderr]).toEqual([
    2,
    expect.stringMatching(/^error: cannot lock the kuberc: open \S+\/kuberc\.lock: file exists; held for /),
  ]);
  expect(readdirSync(folder).toSorted()).toEqual(["config", "kuberc.lock"]);
});
