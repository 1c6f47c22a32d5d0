import type { Samples } from "../alternate.ts";
import { LOAD_AND_RESOLVE } from "../in-process/operations.ts";
import type { BenchNode } from "../nodes.ts";
import type { Result } from "../result.ts";
import { SUBJECT } from "../result.ts";
import type { Spread } from "../statistics.ts";
import { spread } from "../statistics.ts";
import { BARE, IMPORTS } from "../suites/imports.ts";
import { CURRENT_CONTEXT, VIEW } from "../suites/commands.ts";
import { excess, ratio } from "./compare.ts";
import { ratioText, short, spreadText, UNKNOWN } from "./numbers.ts";
import { markdownTable } from "./table.ts";

/** A target. */
interface Target {
  readonly what: string;
  /** Undefined for a number that is only shown for comparison. */
  readonly limit?: number;
  readonly unit: "" | "ms";
  /** The Node.js that it applies to; by default each that is measured. */
  readonly major?: string;
  readonly measured: (result: Result, node: BenchNode) => Spread;
}

const TARGETS: readonly Target[] = [
  {
    what: "`kcfg view`, 10,000 contexts: wall time, over kubectl's",
    limit: 0.1,
    unit: "",
    measured: (result, node) => overKubectl(samplesOf(result, VIEW, 10_000), node, "wall"),
  },
  {
    what: "the same: peak memory, over kubectl's",
    limit: 1,
    unit: "",
    measured: (result, node) => overKubectl(samplesOf(result, VIEW, 10_000), node, "memory"),
  },
  {
    what: "`kcfg view`, 10 contexts: wall time beyond `node -e 0`",
    limit: 25,
    unit: "ms",
    measured: (result, node) =>
      excess(samplesOf(result, VIEW, 10), SUBJECT.kcfg("yaml", node), SUBJECT.bare(node), "wall"),
  },
  {
    what: "`kcfg current-context`, 10 contexts, Node.js 24: wall time, over kubectl's",
    limit: 1,
    unit: "",
    major: "24",
    measured: (result, node) => overKubectl(samplesOf(result, CURRENT_CONTEXT, 10), node, "wall"),
  },
  {
    what: "library: load and resolve 10 contexts, warm",
    limit: 1,
    unit: "ms",
    measured: (result, node) =>
      spread(
        result.operations.find(
          ({ operation, node: major, contexts, format }) =>
            operation === LOAD_AND_RESOLVE && major === node.major && contexts === 10 && format === "yaml",
        )?.times ?? [],
      ),
  },
  {
    what: '`import "kcfg"`: wall time beyond `node -e 0`',
    limit: 30,
    unit: "ms",
    measured: (result, node) => importOf(result, node, IMPORTS.kcfg),
  },
  {
    what: 'to compare with: `import "@kubernetes/client-node"`',
    unit: "ms",
    measured: (result, node) => importOf(result, node, IMPORTS.official),
  },
  {
    what: "`kcfg view`, 10,000 contexts in JSON: wall time, over the same in YAML",
    limit: 1,
    unit: "",
    measured: (result, node) =>
      ratio(samplesOf(result, VIEW, 10_000), SUBJECT.kcfg("json", node), SUBJECT.kcfg("yaml", node), "wall"),
  },
];

/** Returns the targets and the results: ratios and differences are medians of rounds, with quartiles. */
export function targetTable(result: Result): string {
  const { nodes } = result.machine;
  return markdownTable(
    ["what", "target", ...nodes.map(({ version }) => `Node.js ${version}`), "reached"],
    TARGETS.map((target) => rowOf(target, result)),
  );
}

function rowOf(target: Target, result: Result): readonly string[] {
  const { what, limit, unit, measured } = target;
  const { nodes } = result.machine;
  const text = unit === "" ? ratioText : short;
  const spaced = unit === "" ? "" : ` ${unit}`;
  const spreads = nodes.map((node) => measured(result, node));
  return [
    what,
    limit === undefined ? "" : `${limit}${spaced} or less`,
    ...spreads.map((each) => spreadText(each, text, spaced)),
    verdict(target, nodes, spreads),
  ];
}

/** Returns on which of the measured Node.js a target is met. */
function verdict({ limit, major }: Target, nodes: readonly BenchNode[], spreads: readonly Spread[]): string {
  if (limit === undefined) {
    return "";
  }
  const wanted = nodes.flatMap((node, i) => {
    const found = spreads[i]?.median;
    return found === undefined || Number.isNaN(found) || (major !== undefined && major !== node.major)
      ? []
      : [{ node, isReached: found <= limit }];
  });
  const reached = wanted.filter(({ isReached }) => isReached);
  if (wanted.length === 0) {
    return UNKNOWN;
  }
  if (reached.length === 0) {
    return "no";
  }
  return reached.length === wanted.length
    ? "yes"
    : `on ${reached.map(({ node }) => node.major).join(" and ")} only`;
}

function samplesOf(result: Result, command: string, contexts: number): Samples {
  return (
    result.commands.find((each) => each.command === command && each.contexts === contexts && each.files === 1)
      ?.samples ?? {}
  );
}

function overKubectl(samples: Samples, node: BenchNode, measure: "wall" | "memory"): Spread {
  return ratio(samples, SUBJECT.kcfg("yaml", node), SUBJECT.kubectl("yaml"), measure);
}

/** Returns the cost of importing a package in one process, beyond the Node.js that does nothing. */
function importOf(result: Result, node: BenchNode, what: string): Spread {
  const samples = result.imports.find((each) => each.node === node.major)?.samples ?? {};
  return excess(samples, what, BARE, "wall");
}
