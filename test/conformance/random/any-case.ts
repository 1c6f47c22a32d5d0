import type { Case } from "../vector.ts";
import { anyCommandLine } from "./command-line.ts";
import { anyKubeconfig, besideFiles } from "./kubeconfig.ts";
import { damage, transport } from "./mistakes.ts";
import { careful, randomFrom } from "./random.ts";
import type { Random } from "./random.ts";
import { spell } from "./spell.ts";

const paths = ["one", "sub/two", "three", "home/.kube/config"];

/**
 * Returns the random case of a seed: the same seed gives the same case.
 *
 * @param corpus - contents for some files, most of them to be damaged
 */
export function anyCase(seed: number, corpus: readonly string[]): Case {
  const random = randomFrom(seed);
  const chosen = paths.slice(0, 1 + random.below(paths.length));
  const files = Object.fromEntries(chosen.map((path) => [path, anyFile(random, corpus)]));
  const explicit = random.chance(0.2)
    ? random.pick([...chosen, ...chosen, "nope", random.pick(["sub", "nope", "one/x"])])
    : undefined;
  const explicitFile =
    explicit === undefined ? undefined : random.chance(0.7) ? `$ROOT/${explicit}` : explicit;
  return {
    name: `random case ${seed}`,
    files: { ...files, ...besideFiles },
    ...(random.chance(0.9) && { env: { KUBECONFIG: anyList(random, chosen) } }),
    argv: anyCommandLine(random, explicitFile),
  };
}

function anyFile(anyone: Random, corpus: readonly string[]): string {
  if (corpus.length > 0 && anyone.chance(0.12)) {
    const times = anyone.pick([0, 1, 1, 1, 2, 3]);
    return anyone.times(times, () => 0).reduce((text) => damage(anyone, text), anyone.pick(corpus));
  }
  const random = anyone.chance(0.85) ? careful(anyone) : anyone;
  if (random.chance(0.03)) {
    return random.pick(["", "\n", "# nothing\n", "null\n", "---\n", "{}", "[]", "text"]);
  }
  const good = spell(random, anyKubeconfig(random));
  const text = random.slip(0.5) ? damage(random, good) : good;
  return transport(random, text);
}

function anyList(random: Random, chosen: readonly string[]): string {
  const elements = random.shuffle(chosen).map((path) => (random.chance(0.8) ? `$ROOT/${path}` : path));
  const extra = random.some(["", "nope", "$ROOT/nope", `$ROOT/${random.pick(chosen)}`, "./sub/../one"], 0.08);
  return random.shuffle([...elements, ...extra]).join(":");
}
