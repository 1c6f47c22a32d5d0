import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "../../../src/host/host.ts";
import { nodeHost } from "../../../src/host/node-host.ts";
import { main } from "../../../src/cli/main.ts";
import { mutate, pick } from "../random-bytes.ts";
import type { FuzzTarget } from "../target.ts";
import { Fault } from "../target.ts";

const KUBECONFIG = `apiVersion: v1
kind: Config
current-context: a
contexts:
- {name: a, context: {cluster: c, user: u}}
- {name: b, context: {cluster: c, user: u}}
`;

const TOKENS = [
  ...'null true 5 -1 1e999 {} [] { } [ ] , : " \\ \\u0000 __proto__ constructor toString undo version ../../x /'.split(
    " ",
  ),
  "\0",
  "\n",
  '"x"',
  '{"undo":null}',
  "\u001b]0;PWN\u0007",
];

/** Errors of the JavaScript engine, which nobody should see. */
const RAW_ERROR =
  /TypeError|RangeError|ReferenceError|SyntaxError|is not a function|is not iterable|Cannot read|undefined|\[object|Unexpected token/u;

interface Bench {
  readonly folder: string;
  readonly file: string;
  readonly state: string;
  readonly run: (...args: readonly string[]) => Promise<string>;
  /** The files that valid edits left. */
  readonly honest: readonly (readonly [path: string, bytes: Uint8Array])[];
  readonly text: string;
}

let bench: Promise<Bench> | undefined;

async function setUp(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-fuzz-"));
  const home = join(folder, "home");
  mkdirSync(home);
  const host: Host = { ...nodeHost, env: { HOME: home, PATH: "/usr/bin:/bin" } };
  const file = join(folder, "k.yaml");
  writeFileSync(file, KUBECONFIG, { mode: 0o600 });
  const run = async (...args: readonly string[]): Promise<string> => {
    let printed = "";
    const write = (text: string | Uint8Array): boolean => {
      printed += typeof text === "string" ? text : Buffer.from(text).toString();
      return true;
    };
    await main(host, { out: { write }, err: { write } }, [...args, "--kubeconfig", file], "kcfg");
    return printed;
  };
  await run("set-context", "a", "-n", "one");
  await run("use-context", "b");
  const state = join(home, ".kube/kcfg");
  const honest = filesOf(state).map((path) => [path, readFileSync(path)] as const);
  return { folder, file, state, run, honest, text: readFileSync(file, "utf8") };
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted();
  } catch {
    return [];
  }
}

/**
 * A state file of the user's own that was forged or damaged. The first byte of a case chooses the file; the rest is its
 * content. Commands that read it end with a message, and write nothing into the kubeconfig but what was there.
 */
export const target: FuzzTarget = {
  name: "side-files",
  cases: 1_200,
  make: (random, corpus) => {
    const which = Math.floor(random() * 256);
    const texts = [...stateTexts(), ...corpus.map((bytes) => bytes.subarray(1))];
    const content =
      random() < 0.3
        ? forgedJson(random, pick(random, texts))
        : mutate(random, pick(random, texts), TOKENS, texts);
    return Buffer.concat([Buffer.from([which]), content]);
  },
  run: async (input) => {
    bench ??= setUp();
    const { file, run, honest, text } = await bench;
    const chosen = honest[(input[0] ?? 0) % Math.max(honest.length, 1)];
    if (chosen === undefined) {
      return;
    }
    for (const [path, bytes] of honest) {
      writeFileSync(path, path === chosen[0] ? input.subarray(1) : bytes, { mode: 0o600 });
    }
    writeFileSync(file, text, { mode: 0o600 });
    for (const args of [["undo"], ["use-context", "-"]]) {
      const printed = await run(...args);
      if (RAW_ERROR.test(printed)) {
        throw new Fault(`${args.join(" ")} prints ${printed.slice(0, 500)}`);
      }
      if (printed.includes("\u001b")) {
        throw new Fault(`${args.join(" ")} prints an escape sequence`);
      }
      const now = readFileSync(file, "utf8");
      if (!now.includes("kind: Config")) {
        throw new Fault(`${args.join(" ")} wrote ${now.slice(0, 500)}`);
      }
    }
  },
  close: async () => {
    const opened = await bench;
    if (opened !== undefined) {
      rmSync(opened.folder, { recursive: true, force: true });
    }
  },
};

/** Returns examples of state files; the real ones are added by the first run, in the process that runs. */
function stateTexts(): readonly Uint8Array[] {
  return [
    '{"version":1,"previousContext":"b","undo":{"operation":"x","command":"use-context","existed":true,"backup":"00","written":"11"}}',
    '{"entries":[{"command":"use-context","time":"2026-01-01T00:00:00Z","files":[{"path":"/x","before":"a","after":"b"}]}]}',
  ].map((text) => Buffer.from(text));
}

/** Returns JSON with one value replaced by another kind of value. */
function forgedJson(random: () => number, bytes: Uint8Array): Uint8Array {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return bytes;
  }
  const others: readonly unknown[] = [
    null,
    5,
    -1,
    "",
    "x",
    "../../x",
    [],
    {},
    true,
    1e308,
    [null],
    { toString: 5 },
  ];
  const replace = (inner: unknown): unknown => {
    if (typeof inner !== "object" || inner === null || random() < 0.25) {
      return pick(random, others);
    }
    const keys = Object.keys(inner);
    const key = keys.length === 0 ? "x" : pick(random, keys);
    const changed = replace((inner as Readonly<Record<string, unknown>>)[key]);
    return Array.isArray(inner)
      ? inner.map((item: unknown, index) => (String(index) === key ? changed : item))
      : { ...inner, [key]: changed };
  };
  return Buffer.from(JSON.stringify(replace(value)) ?? "null");
}
