const LOW = 400_000;
const HIGH = 4_000_000;

/**
 * Which share of the decoded nodes may come from aliases, by how many nodes have been decoded: 99 % in a small
 * document, 10 % in a very large one (go-yaml v2 `allowedAliasRatio`).
 */
export function allowedAliasRatio(decoded: number): number {
  if (decoded <= LOW) return 0.99;
  if (decoded >= HIGH) return 0.1;
  return 0.99 - 0.89 * ((decoded - LOW) / (HIGH - LOW));
}
