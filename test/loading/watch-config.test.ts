import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config, WatchConfigOptions } from "../../src/index.ts";
import { watchConfig } from "../../src/index.ts";
import type { Host } from "../../src/host/host.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import { repositoryFolder } from "../support/run-bin.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-watch-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (...names: readonly string[]): string => join(folder, ...names);
const put = (name: string, current: string): void =>
  writeFileSync(at(name), `current-context: "${current}"\n`);
const moved = (name: string, current: string): void => {
  put(`${name}.new`, current);
  renameSync(at(`${name}.new`), at(name));
};

function makeInFolder(current: string): void {
  mkdirSync(at("x/y"), { recursive: true });
  put("x/y/a", current);
}

async function allUntil(signal: AbortSignal): Promise<readonly Config[]> {
  const configs: Config[] = [];
  for await (const config of watchConfig({ precedence: [at("a")], signal })) {
    configs.push(config);
  }
  return configs;
}

/** Changes files, one step after each config that comes, and gives the current context of each. */
async function seen(
  files: readonly string[],
  steps: readonly (() => unknown)[],
  options: WatchConfigOptions & { readonly host?: Host } = {},
): Promise<readonly string[]> {
  const contexts: string[] = [];
  const left = [...steps];
  const precedence = files.map((name) => at(name));
  for await (const { currentContext } of watchConfig({ precedence, pollInterval: 60_000, ...options })) {
    contexts.push(currentContext);
    const step = left.shift();
    if (step === undefined) {
      break;
    }
    step();
  }
  return contexts;
}

const withoutWatches: Host = { ...nodeHost, fs: { ...nodeHost.fs, watch: () => undefined } };
const ways: readonly (readonly [string, object])[] = [
  ["watched", {}],
  ["polled", { host: withoutWatches, pollInterval: 50 }],
];

describe.each(ways)("a kubeconfig that is %s", (_name, options) => {
  test("is yielded at once, and when it is written, replaced, removed and made again", async () => {
    put("a", "1");
    const steps = [
      () => put("a", "22"),
      () => moved("a", "3"),
      () => unlinkSync(at("a")),
      () => put("a", "5"),
    ];
    expect(await seen(["a"], steps, options)).toEqual(["1", "22", "3", "", "5"]);
  });

  test("may be in a folder that is made, removed and made again", async () => {
    const steps = [
      () => makeInFolder("1"),
      () => rmSync(at("x"), { recursive: true }),
      () => makeInFolder("3"),
    ];
    expect(await seen(["x/y/a"], steps, options)).toEqual(["", "1", "", "3"]);
  });

  test("may be behind links that change, as in volumes of Kubernetes", async () => {
    for (const name of ["one", "two"]) {
      mkdirSync(at(name));
      put(`${name}/config`, name);
    }
    symlinkSync("one", at("..data"));
    symlinkSync("..data/config", at("config"));
    const exchange = (): void => {
      symlinkSync("two", at("..new"));
      renameSync(at("..new"), at("..data"));
    };
    expect(await seen(["config"], [exchange, () => put("two/config", "more")], options)).toEqual([
      "one",
      "two",
      "more",
    ]);
  });

  test("is one of several, of which the first counts", async () => {
    put("b", "b");
    expect(await seen(["a", "b"], [() => put("a", "a"), () => unlinkSync(at("a"))], options)).toEqual([
      "b",
      "a",
      "b",
    ]);
  });

  test("that is half written is an error once, and the last config remains", async () => {
    put("a", "1");
    const errors: string[] = [];
    const onError = (error: Error): void => {
      errors.push(error.message);
      setTimeout(() => put("a", "3"), 300);
    };
    const steps = [() => writeFileSync(at("a"), "current-context: [")];
    expect(await seen(["a"], steps, { ...options, onError })).toEqual(["1", "3"]);
    expect(errors).toEqual([expect.stringContaining("error loading config file")]);
  });
});

test("what gives the same config is not yielded again, and many writes are one", async () => {
  put("a", "1");
  const steps = [
    () => {
      put("a", "1");
      setTimeout(() => {
        for (let count = 0; count < 50; count++) {
          put("a", `x${count}`);
        }
      }, 300);
    },
  ];
  expect(await seen(["a"], steps)).toEqual(["1", "x49"]);
});

test("a signal ends the loop, before and while it waits", async () => {
  expect(await allUntil(AbortSignal.abort())).toEqual([]);
  expect(await allUntil(AbortSignal.timeout(200))).toHaveLength(1);
});

test("a loop that was left keeps no process running", async () => {
  const program = `
    import { watchConfig } from ${JSON.stringify(join(repositoryFolder, "dist/index.js"))};
    for await (const config of watchConfig({ precedence: [${JSON.stringify(at("a"))}] })) { break; }
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "inherit" });
  const timer = setTimeout(() => child.kill(), 20_000);
  const code = await new Promise((resolve) => {
    child.on("close", resolve);
  });
  clearTimeout(timer);
  expect(code).toBe(0);
});

test("options are checked", () => {
  expect(() => watchConfig({ pollInterval: "5" as unknown as number })).toThrow(
    'watchConfig: option "pollInterval" must be a number, not a string',
  );
});
