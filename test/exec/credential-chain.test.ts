import { CHAIN, extendChain } from "../../src/exec/credential-chain.ts";
import { InstallHint, MISSING_PLUGIN_HELP } from "../../src/exec/install-hint.ts";
import { withErrorPrefix } from "../../src/exec/with-error-prefix.ts";
import { ExecPluginError, PluginPolicyError } from "../../src/errors.ts";
import { LONGEST_CHAIN } from "../../src/loading/credential-loop.ts";
import { fakeHost } from "../support/fake-host.ts";

const ids = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => at.toString(16).padStart(16, "0"));
const ME = "f".repeat(16);

function extended(chain: string | undefined): string {
  return extendChain(fakeHost({ env: chain === undefined ? {} : { [CHAIN]: chain } }), ME, "me");
}

describe("the chain of users whose plugins run each other", () => {
  test("has the name that every version gives it", () => {
    expect(CHAIN).toBe("KCFG_CREDENTIAL_CHAIN");
  });

  test("begins with the first, and grows by each", () => {
    expect([extended(undefined), extended("")]).toEqual([ME, ME]);
    expect(extended(ids(1).join(","))).toBe([...ids(1), ME].join(","));
    const most = ids(LONGEST_CHAIN - 1).join(",");
    expect(extended(most)).toBe(`${most},${ME}`);
  });

  test("ends where it has the user already", () => {
    for (const chain of [[ME], [ME, ...ids(2)], [...ids(2), ME]]) {
      expect(() => extended(chain.join(","))).toThrow(
        'the plugin of user "me" leads to itself: it runs kcfg credential for the same user',
      );
    }
  });

  test("ends where it is too long", () => {
    expect(() => extended(ids(LONGEST_CHAIN).join(","))).toThrow(
      `the plugin of user "me" is not run: ${LONGEST_CHAIN} users lead to each other already`,
    );
  });

  test.each([
    ["one more than kcfg writes", ids(LONGEST_CHAIN + 1).join(",")],
    ["something else", "x"],
    ["too few digits", "0".repeat(15)],
    ["too many digits", "0".repeat(17)],
    ["other digits", "0".repeat(15) + "F"],
    ["a comma at the end", `${"0".repeat(16)},`],
    ["a comma at the begin", `,${"0".repeat(16)}`],
    ["another separator", `${"0".repeat(16)}:${"1".repeat(16)}`],
    ["a line feed", `${"0".repeat(16)}\n`],
  ])("is refused when it is %s", (_name, chain) => {
    expect(() => extended(chain)).toThrow(`${CHAIN} is not what kcfg writes there: unset it`);
  });
});

describe("the hint for a plugin that is not installed", () => {
  test("is the plugin's own, behind kubectl's words, without what steers a terminal", () => {
    expect(MISSING_PLUGIN_HELP).toMatch(
      /^\n\nIt looks like you are trying to use a client-go credential plugin/,
    );
    expect(new InstallHint("", () => 0).next()).toBe(MISSING_PLUGIN_HELP);
    const shown = new InstallHint("get it\u001b[2J", () => 0).next();
    expect(shown.startsWith(`${MISSING_PLUGIN_HELP}\n\nget it`)).toBe(true);
    expect(shown).not.toContain("\u001b");
  });

  test("is given ten times an hour", () => {
    let now = 1000;
    const hint = new InstallHint("", () => now);
    const given = (): number =>
      Array.from({ length: 20 }, () => hint.next()).filter((text) => text !== "").length;
    expect(given()).toBe(10);
    now += 3_599_999;
    expect(given()).toBe(0);
    now += 1;
    expect(given()).toBe(10);
    expect(given()).toBe(0);
  });
});

describe("an error of a plugin is told with what was being done", () => {
  test("and stays what it is", () => {
    const policy = withErrorPrefix("doing", new PluginPolicyError("p"));
    const exec = withErrorPrefix("doing", new ExecPluginError("e"));
    expect([policy, exec]).toEqual([new PluginPolicyError("doing: p"), new ExecPluginError("doing: e")]);
    expect([policy instanceof PluginPolicyError, exec instanceof ExecPluginError]).toEqual([true, true]);
  });

  test("another one is passed on", () => {
    const other = new Error("o");
    expect(withErrorPrefix("doing", other)).toBe(other);
  });
});
