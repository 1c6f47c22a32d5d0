import type { PickerKey } from "../../../src/cli/picker/keys.ts";
import type { PickerChoice, PickerState } from "../../../src/cli/picker/state.ts";
import { press, resized, selectedItem, startPicking, withChoice } from "../../../src/cli/picker/state.ts";

function choiceOf(names: readonly string[], current = -1): PickerChoice {
  return {
    title: "Pick",
    noun: "things",
    headers: ["NAME"],
    items: names.map((name) => ({ name, details: [] })),
    current,
  };
}

function start(choice: PickerChoice, height: number): PickerState {
  return startPicking(
    choice,
    choice.items.map(({ name, details }) => [name, ...details]),
    height,
  );
}

const NUMBERS = Array.from({ length: 100 }, (_, number) => `n${number}`);

function type(state: PickerState, text: string): PickerState {
  return Array.from(text).reduce((before, each) => press(before, { key: "text", text: each }), state);
}

function pressAll(state: PickerState, ...keys: readonly Exclude<PickerKey["key"], "text">[]): PickerState {
  return keys.reduce((before, key) => press(before, { key }), state);
}

const names = ({ choice, found }: PickerState): readonly string[] =>
  found.matches.map((index) => choice.items[index]?.name ?? "");

describe("moving", () => {
  test.each<[string, readonly Exclude<PickerKey["key"], "text">[], number, number]>([
    ["down", ["down"], 1, 0],
    ["up at the top", ["up"], 0, 0],
    ["down beyond what is shown", Array.from({ length: 10 }, () => "down" as const), 10, 1],
    ["a page", ["page-down"], 10, 1],
    ["to the end", ["end"], 99, 90],
    ["to the end and a page back", ["end", "page-up"], 89, 89],
    ["to the end and home", ["end", "home"], 0, 0],
    ["down at the end", ["end", "down", "page-down"], 99, 90],
  ])("%s", (_what, keys, selected, top) => {
    expect(pressAll(start(choiceOf(NUMBERS), 10), ...keys)).toMatchObject({ selected, top });
  });

  test("begins at the current item", () => {
    expect(start(choiceOf(NUMBERS, 50), 10)).toMatchObject({ selected: 50, top: 41 });
  });

  test("keeps the selected item in sight when the terminal changes its size", () => {
    const state = pressAll(start(choiceOf(NUMBERS), 10), "end");
    expect(resized(state, 3)).toMatchObject({ selected: 99, top: 97 });
    expect(resized(state, 200)).toMatchObject({ selected: 99, top: 0 });
    expect(resized(state, -1)).toMatchObject({ height: 1, selected: 99, top: 99 });
  });
});

describe("filtering", () => {
  const begun = start(choiceOf(["staging", "prod-eu", "EU-PROD", "dev eu", "x"], 1), 10);

  test.each([
    ["eu", ["EU-PROD", "prod-eu", "dev eu"]],
    ["PROD", ["prod-eu", "EU-PROD"]],
    ["eu prod", ["prod-eu", "EU-PROD"]],
    ["  dev", ["dev eu"]],
    ["sgn", ["staging"]],
    ["zz", []],
    ["", ["staging", "prod-eu", "EU-PROD", "dev eu", "x"]],
  ])("by %j", (filter, expected) => {
    expect(names(type(begun, filter))).toEqual(expected);
  });

  test("searches all columns, with the best names first", () => {
    const items = [
      { name: "laptop", details: ["kind", "admin", "shop"] },
      { name: "shop-dev", details: ["eks", "oidc", ""] },
      { name: "my-shop", details: ["eks", "oidc", ""] },
      { name: "shop", details: ["gke", "oidc", ""] },
    ];
    const table = start({ ...choiceOf([]), items }, 10);
    expect(names(type(table, "shop"))).toEqual(["shop", "shop-dev", "my-shop", "laptop"]);
    expect(names(type(table, "oidc"))).toEqual(["shop-dev", "my-shop", "shop"]);
    expect(names(type(table, "EKS shop"))).toEqual(["shop-dev", "my-shop"]);
    expect(names(type(table, "shopkind"))).toEqual([]);
  });

  test("stays, with the selected item, when the list becomes another one", () => {
    const before = pressAll(type(begun, "eu"), "down");
    expect(selectedItem(before)?.name).toBe("prod-eu");
    const after = withChoice(before, choiceOf(["eu", "prod-eu", "no"]), [["eu"], ["prod-eu"], ["no"]]);
    expect(names(after)).toEqual(["eu", "prod-eu"]);
    expect(selectedItem(after)?.name).toBe("prod-eu");
    expect(selectedItem(withChoice(before, choiceOf(["eu"]), [["eu"]]))?.name).toBe("eu");
  });

  test("selects the first match, and the current one again without a filter", () => {
    const typed = type(begun, "eu");
    expect(selectedItem(typed)?.name).toBe("EU-PROD");
    expect(selectedItem(pressAll(typed, "down", "erase", "erase"))?.name).toBe("prod-eu");
  });

  test("can be corrected by the letter, by the word and as a whole", () => {
    const typed = type(begun, "one two\u65e5");
    expect(pressAll(typed, "erase").filter).toBe("one two");
    expect(pressAll(typed, "erase-word").filter).toBe("one ");
    expect(pressAll(typed, "erase-all").filter).toBe("");
    expect(pressAll(begun, "erase").filter).toBe("");
  });

  test("is quick with 10,000 items", () => {
    const many = start(choiceOf(Array.from({ length: 10_000 }, (_, i) => `context-${i}`)), 20);
    const before = process.cpuUsage();
    expect(selectedItem(type(many, "context-9999"))?.name).toBe("context-9999");
    // 16 ms for each of twelve keys.
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(12 * 16);
  });
});

describe("ending", () => {
  const begun = start(choiceOf(["a", "b"]), 10);

  test("by enter, with the selected item", () => {
    const end = pressAll(begun, "down", "enter");
    expect(end.outcome).toBe("picked");
    expect(selectedItem(end)?.name).toBe("b");
  });

  test.each(["escape", "interrupt"] as const)("by %s, with none", (key) => {
    expect(pressAll(begun, key).outcome).toBe("left");
  });

  test("not by enter where nothing matches", () => {
    expect(pressAll(type(begun, "zz"), "enter").outcome).toBe("open");
  });
});
