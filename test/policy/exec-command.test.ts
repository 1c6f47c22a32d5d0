import { filepathFor } from "../../src/go/filepath.ts";
import { prepareCommand, startCommand } from "../../src/policy/exec-command.ts";
import type { ExecutableFacts, Lookup } from "../../src/policy/lookup.ts";
import { failedLookup, relativeLookup } from "../../src/policy/lookup.ts";

const unix = filepathFor({ platform: "linux" });
const windows = filepathFor({ platform: "win32" });
const PLUG = String.raw`C:\bin\plug`;

/** A machine where these names and paths are found, and where some files do not start. */
function machine(
  found: Readonly<Record<string, Lookup>> = {},
  faults: Readonly<Record<string, string>> = {},
) {
  const asked: string[] = [];
  const look = (name: string): Lookup => {
    asked.push(name);
    return found[name] ?? failedLookup(name, "executable file not found in $PATH");
  };
  const facts: ExecutableFacts = { lookPath: look, lookExtensions: look, startFault: (path) => faults[path] };
  return { facts, asked };
}

const at = (path: string): Lookup => ({ path, error: undefined });

describe("a command is prepared as Go prepares it", () => {
  test("a bare name is looked up", () => {
    const { facts } = machine({ plug: at("/bin/plug") });
    expect(prepareCommand("plug", unix, facts)).toEqual({
      path: "/bin/plug",
      error: undefined,
      withExtension: undefined,
    });
    const missing = failedLookup("gone", "executable file not found in $PATH");
    expect(missing.error?.message).toBe('exec: "gone": executable file not found in $PATH');
    expect(prepareCommand("gone", unix, facts)).toEqual({
      path: "gone",
      error: missing.error,
      withExtension: undefined,
    });
  });

  test.each([
    [unix, "/bin/plug"],
    [unix, "./plug"],
    [windows, String.raw`bin\plug`],
  ])("a path is taken as it is, without a look: %#", (filepath, path) => {
    const { facts, asked } = machine({ [path]: at("elsewhere") });
    expect(prepareCommand(path, filepath, facts)).toEqual({
      path,
      error: undefined,
      withExtension: undefined,
    });
    expect(asked).toEqual([]);
  });

  test("an absolute path of Windows gets its extension, but not in its name", () => {
    const { facts } = machine({ [PLUG]: at(`${PLUG}.exe`) });
    expect(prepareCommand(PLUG, windows, facts)).toEqual({
      path: PLUG,
      error: undefined,
      withExtension: `${PLUG}.exe`,
    });
    expect(prepareCommand(PLUG, windows, machine().facts)).toMatchObject({
      error: { kind: "unusable" },
      withExtension: undefined,
    });
  });
});

describe("what is started", () => {
  const prepared = { path: PLUG, error: undefined, withExtension: `${PLUG}.exe` };

  test("on Windows the file that was found, unless the policy has put another path in its place", () => {
    const other = String.raw`C:\other`;
    const { facts, asked } = machine({ [other]: at(`${other}.cmd`), [PLUG]: at("later") });
    expect(startCommand(prepared, PLUG, PLUG, windows, facts)).toEqual({ path: `${PLUG}.exe` });
    expect(asked).toEqual([]);
    expect(startCommand(prepared, other, PLUG, windows, facts)).toEqual({ path: `${other}.cmd` });
    expect(startCommand({ ...prepared, withExtension: undefined }, PLUG, PLUG, windows, facts)).toEqual({
      path: "later",
    });
    expect(startCommand(prepared, String.raw`C:\gone`, "gone", windows, facts)).toEqual({
      message: "exec: executable gone not found",
      isNotFound: true,
      isRelative: false,
    });
  });

  test("elsewhere the path itself", () => {
    const { facts, asked } = machine();
    const command = { path: "/bin/plug", error: undefined, withExtension: undefined };
    expect(startCommand(command, "/bin/plug", "plug", unix, facts)).toEqual({ path: "/bin/plug" });
    expect(asked).toEqual([]);
  });

  test("nothing where the look-up failed, or gave a path that counts from the current folder", () => {
    const { error } = relativeLookup("plug", "./plug");
    expect(error?.message).toBe('exec: "plug": cannot run executable found relative to current directory');
    const command = { path: "./plug", error, withExtension: undefined };
    expect(startCommand(command, "./plug", "plug", unix, machine().facts)).toEqual({
      message: "exec: executable plug not found",
      isNotFound: true,
      isRelative: true,
    });
  });

  test("nothing where the system would not start it, which is no case for an install hint", () => {
    const { facts } = machine({}, { "/bin/plug": "permission denied" });
    const command = { path: "/bin/plug", error: undefined, withExtension: undefined };
    expect(startCommand(command, "/bin/plug", "plug", unix, facts)).toEqual({
      message: "exec: fork/exec /bin/plug: permission denied",
      isNotFound: false,
      isRelative: false,
    });
  });
});
