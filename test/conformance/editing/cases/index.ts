import type { EditCase } from "../edit-case.ts";
import { clusters } from "./clusters.ts";
import { contexts } from "./contexts.ts";
import { lists } from "./lists.ts";
import { properties } from "./properties.ts";
import { users } from "./users.ts";
import { world } from "./world.ts";

/** Every sequence, by topic: each becomes a file of vectors. */
export const editCases: Readonly<Record<string, readonly EditCase[]>> = {
  contexts,
  clusters,
  users,
  properties,
  lists,
  world,
};
