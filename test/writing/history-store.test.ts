import type { Host } from "../../src/host/host.ts";
import { commandName, parseHistory } from "../../src/writing/file-history.ts";
import { forgetHistory, sweepHistory } from "../../src/writing/erase-history.ts";
import {
  newOperation,
  readHistory,
  readKept,
  recordOperation,
  recordModes,
} from "../../src/writing/history-store.ts";
import { fakeHost } from "../support/fake-host.ts";

const DAY = 24 * 3600_000;
const FILE = "/data/config";
const STATE = "/home/u/.kube/kcfg";
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

let warnings: string[] = [];
beforeEach(() => {
  warnings = [];
});

const warn = (message: string): void => void warnings.push(message);

function machine(): { readonly host: Host; readonly later: (milliseconds: number) => void } {
  const fake = fakeHost({
    files: { [FILE]: "", "/home/u/.kube/config": "" },
    env: { HOME: "/home/u" },
    cwd: "/data",
  });
  let now = Date.now();
  return {
    host: { ...fake, now: () => now },
    later: (milliseconds) => {
      now += milliseconds;
    },
  };
}

function change(
  host: Host,
  before: string | undefined,
  after: string,
  file = FILE,
): (() => void) | undefined {
  return recordOperation(
    host,
    { operation: newOperation(host), command: "set-context" },
    [
      {
        file,
        change: { file, before: before === undefined ? undefined : bytes(before), after: bytes(after) },
      },
    ],
    warn,
  );
}

const kept = (host: Host): number => host.fs.list(STATE).filter((name) => name.endsWith(".old")).length;

describe("the history of a kubeconfig", () => {
  test("has the newest change first, each with the content before it", () => {
    const { host } = machine();
    change(host, "zero", "one");
    change(host, "one", "two");
    const { records } = readHistory(host, "config");
    const contents = records.map(({ text }) => text && new TextDecoder().decode(readKept(host, FILE, text)));
    expect(contents).toEqual(["one", "zero"]);
  });

  test("keeps twenty changes, and no content that none of them is about", () => {
    const { host } = machine();
    for (let at = 0; at < 25; at++) {
      change(host, `${at}`, `${at + 1}`);
    }
    expect([readHistory(host, FILE).records.length, kept(host)]).toEqual([20, 20]);
  });

  test("keeps 64 MiB besides the newest content", () => {
    const { host } = machine();
    const large = "x".repeat(30 * 1024 * 1024);
    for (let at = 0; at < 4; at++) {
      change(host, `${at}${large}`, `${at + 1}${large}`);
    }
    expect([readHistory(host, FILE).records.length, kept(host)]).toEqual([3, 3]);
  });

  test("is without what is older than seven days, and so is the folder after the next change of any file", () => {
    const { host, later } = machine();
    change(host, "secret", "gone");
    later(7 * DAY - 1000);
    expect(readHistory(host, FILE).records).toHaveLength(1);
    later(60_000);
    expect(readHistory(host, FILE).records).toHaveLength(0);
    expect(kept(host)).toBe(1);
    sweepHistory(host);
    expect(kept(host)).toBe(0);
    change(host, "a", "b", "/data/other");
    expect(host.fs.list(STATE)).toHaveLength(2);
  });

  test("is without what a wrong clock put far into the future", () => {
    const { host, later } = machine();
    later(30 * DAY);
    change(host, "secret", "gone");
    later(-30 * DAY);
    sweepHistory(host);
    expect([readHistory(host, FILE).records, kept(host)]).toEqual([[], 0]);
  });

  test("is as it was when the change that it was to remember failed", () => {
    const { host } = machine();
    change(host, "zero", "one");
    const before = host.fs.list(STATE);
    change(host, "one", "two")?.();
    expect(host.fs.list(STATE)).toEqual(before);
    expect(readHistory(host, FILE).records).toHaveLength(1);
  });

  test("holds modes together with the content that was changed in the same operation", () => {
    const { host } = machine();
    const operation = newOperation(host);
    const memorable = { file: FILE, change: { file: FILE, before: bytes("a"), after: bytes("b") } };
    recordOperation(host, { operation, command: "doctor" }, [memorable], warn);
    recordModes(host, FILE, [{ path: "/data/key", from: 0o4644, to: 0o600 }], {
      operation,
      command: "doctor",
      warn,
    });
    const { records } = readHistory(host, FILE);
    expect(records.map(({ text, modes }) => [text?.existed, modes])).toEqual([
      [true, [{ path: "/data/key", from: 0o644, to: 0o600 }]],
    ]);
  });

  test("is nothing of which a file of another path with the same name knows", () => {
    const { host } = machine();
    change(host, "zero", "one");
    expect(readHistory(host, "/home/u/.kube/config").records).toEqual([]);
    expect(forgetHistory(host, ["/home/u/.kube/config"])).toEqual([]);
    expect(forgetHistory(host, [FILE, "/data/nothing"])).toEqual([FILE]);
    expect(host.fs.list(STATE)).toEqual([]);
  });
});

test("the temporary files of a killed kcfg are erased after an hour", () => {
  const { host, later } = machine();
  change(host, "zero", "one");
  host.fs.writeFile(`${STATE}/.0123456789abcdef.tmp`, bytes("half"), 0o600);
  sweepHistory(host);
  expect(host.fs.list(STATE)).toContain(".0123456789abcdef.tmp");
  later(3_700_000);
  sweepHistory(host);
  expect(host.fs.list(STATE)).not.toContain(".0123456789abcdef.tmp");
});

test("where the user has no number, as on Windows, owner and mode of the folder do not count", () => {
  const fake = fakeHost({
    files: { "/home/u/.kube/config": "" },
    env: { USERPROFILE: String.raw`C:\home\u` },
    platform: "win32",
  });
  const host: Host = { ...fake, self: { ...fake.self, user: () => undefined } };
  const file = String.raw`C:\home\u\.kube\config`;
  change(host, "zero", "one", file);
  expect([readHistory(host, file).records.length, warnings]).toEqual([1, []]);
});

test("the name of a command is short and printable, whatever a program calls it", () => {
  const name = commandName(`\u001B[2J${"x".repeat(200)}`);
  expect(name).toMatch(/^\?\[2Jx{96}$/);
});

test("a history is refused without a word of it", () => {
  expect(() => parseHistory(bytes('{"s3cr3t'))).toThrow(/^it is no JSON$/);
});
