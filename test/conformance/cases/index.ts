import type { Group } from "./build.ts";
import { explicit } from "./explicit.ts";
import { flags } from "./flags.ts";
import { getting } from "./getting.ts";
import { goTemplate } from "./go-template.ts";
import { home } from "./home.ts";
import { jsonpath } from "./jsonpath.ts";
import { keys } from "./keys.ts";
import { lists } from "./lists.ts";
import { merging } from "./merging.ts";
import { output } from "./output.ts";
import { paths } from "./paths.ts";
import { realistic } from "./realistic.ts";
import { scalars } from "./scalars.ts";
import { selecting } from "./selecting.ts";
import { types } from "./types.ts";
import { values } from "./values.ts";
import { yaml } from "./yaml.ts";

/** Every group of wanted cases. */
export const groups: readonly Group[] = [
  lists,
  merging,
  explicit,
  home,
  paths,
  scalars,
  types,
  yaml,
  keys,
  values,
  output,
  jsonpath,
  goTemplate,
  selecting,
  flags,
  getting,
  realistic,
];
