import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryFolder } from "../support/run-bin.ts";

/** The code with one more field of clusters, in a folder of its own. */
const copy = mkdtempSync(join(tmpdir(), "kcfg-one-more-field-"));
afterAll(() => rmSync(copy, { recursive: true }));

function edit(file: string, after: string, added: string): void {
  const path = join(copy, file);
  const text = readFileSync(path, "utf8");
  expect(text.split(after)).toHaveLength(2);
  writeFileSync(
    path,
    text.replace(after, () => after + added),
  );
}

function compile(): string {
  const tsc = join(repositoryFolder, "node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [tsc, "-p", copy], { encoding: "utf8" }).stdout;
}

const tsx = join(repositoryFolder, "node_modules/tsx/dist/cli.mjs");

function kcfg(...args: readonly string[]): string {
  const env = { PATH: process.env["PATH"], HOME: copy, KUBECONFIG: join(copy, "k.yaml") };
  return execFileSync(process.execPath, [tsx, join(copy, "src/cli/bin.ts"), ...args], {
    env,
    encoding: "utf8",
  });
}

beforeAll(() => {
  for (const each of ["src", "package.json", "tsconfig.json"]) {
    cpSync(join(repositoryFolder, each), join(copy, each), { recursive: true });
  }
  symlinkSync(join(repositoryFolder, "node_modules"), join(copy, "node_modules"));
  const config = JSON.parse(readFileSync(join(copy, "tsconfig.json"), "utf8")) as object;
  writeFileSync(
    join(copy, "tsconfig.json"),
    JSON.stringify({ ...config, include: ["src"] }).replace(',"jest"', ""),
  );
});

test("a field of clusters needs a row, and with it everything knows the field", () => {
  edit(
    "src/api/cluster.ts",
    "  /** Do not ask the server for compressed responses. */\n  readonly disableCompression: boolean;\n",
    "  /** Proves who one is to the proxy. */\n  readonly proxyKey: string;\n",
  );
  expect(compile()).toMatch(/src\/api\/fields\.ts.*'proxyKey' is missing/);

  edit(
    "src/api/fields.ts",
    "export const CLUSTER_FIELDS = {\n",
    '  proxyKey: { wire: "proxy-key", kind: "string", visibility: "secret", doc: "Proves who one is to the proxy." },\n',
  );
  expect(compile()).toBe("");

  writeFileSync(
    join(copy, "k.yaml"),
    "clusters:\n- name: c\n  cluster: {server: 'https://h', proxy-key: hunter-two}\n" +
      "contexts:\n- name: x\n  context: {cluster: c, user: u}\ncurrent-context: x\nusers: [{name: u}]\n",
    { mode: 0o600 },
  );
  expect(kcfg("view", "--raw")).toContain("    proxy-key: hunter-two\n    server: https://h\n");
  expect(kcfg("view", "--raw", "-o", "json")).toContain('"proxy-key": "hunter-two"');
  expect(kcfg("explain", "clusters.c.proxy-key")).toMatch(/REDACTED/);
  expect(kcfg("doctor")).not.toMatch(/proxy-key/);
  expect(kcfg("set", "clusters.c.proxy-key", "hunter-three", "--dry-run")).not.toMatch(/hunter/);
  kcfg("set", "clusters.c.proxy-key", "hunter-three");
  expect(readFileSync(join(copy, "k.yaml"), "utf8")).toContain("proxy-key: hunter-three");
  kcfg("unset", "clusters.c.proxy-key");
  expect(readFileSync(join(copy, "k.yaml"), "utf8")).not.toContain("proxy-key");
  expect(kcfg("__complete", "set", "clusters.c.proxy")).toContain("proxy-key");

  writeFileSync(
    join(copy, "inspect.ts"),
    'import { Cluster } from "./src/api/cluster.ts";\nimport { inspect } from "node:util";\n' +
      'console.log(inspect(new Cluster({ proxyKey: "hunter-two" })));\n',
  );
  expect(execFileSync(process.execPath, [tsx, join(copy, "inspect.ts")], { encoding: "utf8" })).toMatch(
    /proxyKey: 'REDACTED'/,
  );
}, 120_000);

function addField(file: string, noun: string): void {
  edit(`src/api/${file}.ts`, `export interface ${noun} {\n`, `  readonly of${noun}: string;\n`);
}

/** Returns the added fields that the tables lack, by the compiler's errors. */
function missingRows(): readonly string[] {
  const errors = compile()
    .split("\n")
    .filter((line) => /src\/api\/[\w-]+-fields\.ts|^ /.test(line) && line.includes("is missing"));
  return [
    ...new Set(errors.flatMap((line) => Array.from(line.matchAll(/\bof[A-Z]\w+/g), ([name]) => name))),
  ].toSorted();
}

test("a field of a kuberc or an ExecCredential needs a row", () => {
  addField("preference", "Preference");
  addField("plugin-policy", "PluginPolicy");
  expect(missingRows()).toEqual(["ofPluginPolicy", "ofPreference"]);
  addField("preference", "CommandOptionDefault");
  addField("plugin-policy", "AllowlistEntry");
  addField("exec-credential", "ExecClusterInfo");
  addField("exec-credential", "ExecCredentialSpec");
  addField("exec-credential", "ExecCredentialStatusFields");
  // The compiler does not look further at a table once that of a part is incomplete.
  expect(missingRows()).toEqual(
    expect.arrayContaining([
      "ofAllowlistEntry",
      "ofCommandOptionDefault",
      "ofExecClusterInfo",
      "ofExecCredentialSpec",
      "ofExecCredentialStatusFields",
    ]),
  );
}, 240_000);
