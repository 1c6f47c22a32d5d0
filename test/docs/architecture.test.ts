import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { repositoryFolder } from "../support/run-bin.ts";

const source = join(repositoryFolder, "src");

/** The room of a file: its folder in `src`, or the file itself. */
function roomOf(file: string): string {
  return relative(source, file).split(/[\\/]/)[0] ?? "";
}

/** From which other rooms each room imports. */
function arrows(): ReadonlyMap<string, ReadonlySet<string>> {
  const rooms = new Map<string, Set<string>>();
  for (const path of readdirSync(source, { recursive: true, encoding: "utf8" })) {
    if (path.endsWith(".ts")) {
      const file = join(source, path);
      const targets = rooms.get(roomOf(file)) ?? new Set();
      rooms.set(roomOf(file), targets);
      for (const [, target = ""] of readFileSync(file, "utf8").matchAll(/(?:from|import\() ?"(\.[^"]+)"/g)) {
        targets.add(roomOf(resolve(dirname(file), target)));
      }
      targets.delete(roomOf(file));
    }
  }
  return rooms;
}

const page = readFileSync(join(repositoryFolder, "docs/architecture.md"), "utf8");

/** The rows of the page: a room and those that it imports from. */
const rows = [...page.matchAll(/^\| `([\w.-]+)` +\|[^|]*\|([^|]*)\|$/gm)].map(
  ([, room = "", targets = ""]) =>
    [room, [...targets.matchAll(/`([\w.-]+)`/g)].map(([, target = ""]) => target)] as const,
);

test("the page on the architecture has all rooms and their arrows", () => {
  const drawn = Object.fromEntries(rows.map(([room, targets]) => [room, targets.toSorted()]));
  const real = Object.fromEntries(Array.from(arrows(), ([room, targets]) => [room, [...targets].toSorted()]));
  expect(drawn).toEqual(real);
});

test("a room imports only from rooms above it", () => {
  const order = rows.map(([room]) => room);
  const backwards = rows.flatMap(([room, targets]) =>
    targets
      .filter((target) => order.indexOf(target) >= order.indexOf(room))
      .map((target) => `${room} -> ${target}`),
  );
  expect(backwards).toEqual([]);
});
