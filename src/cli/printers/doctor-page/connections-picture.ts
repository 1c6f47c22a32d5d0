import { subjectOf } from "../../../doctor/describe.ts";
import type { Finding, Severity } from "../../../doctor/finding.ts";
import { SEVERITIES } from "../../../doctor/finding.ts";
import type { ContextFacts, Overview } from "../../../doctor/overview.ts";
import type { Markup } from "./markup.ts";
import { count, html, shortenMiddle } from "./markup.ts";

const COLUMNS = ["Files", "Contexts", "Clusters", "Users", "Plugins and other logins"] as const;

/** More contexts are drawn in bundles: those of one file with one login. */
const MOST_SINGLE = 40;
/** More bundles are drawn as one. */
const MOST_PATHS = 60;

/** What is drawn as a box. */
interface Box {
  readonly id: string;
  readonly label: string;
  /** What a pointer over it shows. */
  readonly title: string;
  readonly style: string;
}

/** A line through a box of each column. */
interface Path {
  readonly boxes: readonly Box[];
  /** How many contexts it stands for. */
  readonly weight: number;
  readonly severity: Severity | undefined;
}

/** Draws which contexts, clusters, users and plugins of which files belong together. */
export function connectionsPicture(overview: Overview, findings: readonly Finding[]): Markup {
  const worst = worstBySubject(findings);
  const paths = pathsOf(overview, worst);
  return draw(paths, [
    [],
    [],
    unused(overview.unusedClusters, "cluster"),
    unused(overview.unusedUsers, "user"),
    [],
  ]);
}

function worstBySubject(findings: readonly Finding[]): ReadonlyMap<string, Severity> {
  const worst = new Map<string, Severity>();
  for (const { subject, severity } of findings) {
    if (isWorse(severity, worst.get(subject))) {
      worst.set(subject, severity);
    }
  }
  return worst;
}

function isWorse(one: Severity, other: Severity | undefined): boolean {
  return other === undefined || SEVERITIES.indexOf(one) < SEVERITIES.indexOf(other);
}

type WorstOf = ReadonlyMap<string, Severity>;

function severityOf(context: ContextFacts, worst: WorstOf): Severity | undefined {
  const { name, cluster, user, server, login } = context;
  if (server === undefined || !login.works) {
    return "error";
  }
  return [subjectOf("context", name), subjectOf("cluster", cluster), subjectOf("user", user)]
    .flatMap((subject) => worst.get(subject) ?? [])
    .reduce<Severity | undefined>((all, each) => (isWorse(each, all) ? each : all), undefined);
}

function pathsOf({ contexts }: Overview, worst: WorstOf): readonly Path[] {
  if (contexts.length <= MOST_SINGLE) {
    return contexts.map((context) => bundleOf([context], "", worst));
  }
  const bundles = new Map<string, ContextFacts[]>();
  for (const context of contexts) {
    const { place, login } = context;
    const severity = severityOf(context, worst);
    const key = [place.file, login.kind, login.name, severity === "info" ? "" : severity].join("\0");
    bundles.set(key, [...(bundles.get(key) ?? []), context]);
  }
  const all = [...bundles].map(([key, some]) => bundleOf(some, key, worst));
  if (all.length <= MOST_PATHS) {
    return all;
  }
  const largest = new Set(all.toSorted((a, b) => b.weight - a.weight).slice(0, MOST_PATHS - 1));
  const rest = all.filter((path) => !largest.has(path));
  const weight = rest.reduce((sum, each) => sum + each.weight, 0);
  const box: Box = { id: "rest", label: "and others", title: count(weight, "context"), style: "" };
  return [...largest, { boxes: COLUMNS.map(() => box), weight, severity: undefined }];
}

/** @param key - distinguishes bundles; `""` for a single context */
function bundleOf(some: readonly ContextFacts[], key: string, worst: WorstOf): Path {
  const [first] = some;
  const styleFor = (subject: string): string => styleOf(worst.get(subject));
  const severity = some
    .flatMap((context) => severityOf(context, worst) ?? [])
    .reduce<Severity | undefined>((all, each) => (isWorse(each, all) ? each : all), undefined);
  const file = first?.place.file ?? "";
  const clusters = [...new Map(some.map((context) => [context.cluster, context])).values()];
  const users = [...new Map(some.map((context) => [context.user, context])).values()];
  const current = some.find(({ isCurrent }) => isCurrent);
  const boxes: readonly Box[] = [
    { id: file, label: file.replace(/^.*[\\/]/s, "") || "no file", title: file, style: "" },
    {
      ...boxFor(some, key, "context", ({ name, namespace }) =>
        namespace === "" ? name : `${name}, namespace ${namespace}`,
      ),
      style: [styleFor(subjectOf("context", first?.name ?? "")), current === undefined ? "" : "current"].join(
        " ",
      ),
    },
    {
      ...boxFor(
        clusters,
        key,
        "cluster",
        ({ cluster, server = "does not exist" }) => `${cluster}: ${server}`,
      ),
      style: clusters.some(({ server }) => server === undefined)
        ? "error"
        : styleFor(subjectOf("cluster", first?.cluster ?? "")),
    },
    {
      ...boxFor(users, key, "user", ({ user, login }) =>
        login.kind === "missing" ? `${user}: does not exist` : user,
      ),
      style: first?.login.kind === "missing" ? "error" : styleFor(subjectOf("user", first?.user ?? "")),
    },
    loginBox(first),
  ];
  return { boxes, weight: some.length, severity: severity === "info" ? undefined : severity };
}

function boxFor(
  some: readonly ContextFacts[],
  key: string,
  noun: "context" | "cluster" | "user",
  describe: (context: ContextFacts) => string,
): Pick<Box, "id" | "label" | "title"> {
  const [only] = some;
  if (only !== undefined && some.length === 1) {
    const name = noun === "context" ? only.name : only[noun];
    const label = name === "" ? `no ${noun}` : name;
    return { id: `${noun}\0${name}`, label, title: describe(only) };
  }
  const named = some.slice(0, MOST_TITLED).map(describe);
  const more = some.length > MOST_TITLED ? `, and ${some.length - MOST_TITLED} more` : "";
  return { id: `${noun}s\0${key}`, label: count(some.length, noun), title: `${named.join(", ")}${more}` };
}

/** How many names a box of many shows. */
const MOST_TITLED = 12;

function loginBox(context: ContextFacts | undefined): Box {
  const { kind = "missing", name = "", works = false } = context?.login ?? {};
  const label = kind === "missing" ? "no such user" : name;
  return {
    id: `${kind}\0${name}`,
    label,
    title: kind === "plugin" ? `plugin ${name}${works ? "" : ", which would not run"}` : label,
    style: works ? (kind === "plugin" ? "plugin" : "") : "error",
  };
}

function styleOf(severity: Severity | undefined): string {
  return severity === undefined || severity === "info" ? "" : severity;
}

function unused(names: readonly string[], noun: string): readonly Box[] {
  const style = "unused";
  if (names.length <= MOST_UNUSED) {
    return names.map((name) => ({
      id: `${noun}\0${name}`,
      label: name,
      title: `${noun} ${name}: unused`,
      style,
    }));
  }
  const title = names.slice(0, MOST_TITLED).join(", ");
  return [{ id: `unused ${noun}s`, label: `${names.length} unused`, title, style }];
}

const MOST_UNUSED = 6;

const BOX_WIDTH = 178;
const GAP_WIDTH = 76;
const WIDTH = COLUMNS.length * BOX_WIDTH + (COLUMNS.length - 1) * GAP_WIDTH;
const LEAST_HEIGHT = 20;
const GAP = 6;
const TOP = 26;
const SINGLE_HEIGHT = 20;
/** The height of all paths together, if they are bundles. */
const BUNDLES_HEIGHT = 560;
/** How many characters fit into a box. */
const LABEL_LENGTH = 26;

interface PlacedBox {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** @param loose - boxes of each column that no path goes through */
function draw(paths: readonly Path[], loose: readonly (readonly Box[])[]): Markup {
  const total = paths.reduce((sum, { weight }) => sum + weight, 0);
  const unit = total <= MOST_SINGLE ? SINGLE_HEIGHT : BUNDLES_HEIGHT / total;
  /** The middle of each path in the column before. */
  let middles = paths.map((_path, at) => at);
  const placed: (readonly PlacedBox[])[] = [];
  const points: (readonly number[])[] = [];
  const widths = paths.map(({ weight }) => weight * unit);
  for (const column of COLUMNS.keys()) {
    const boxes = placeColumn(paths, column, middles, unit, loose[column] ?? []);
    placed.push(boxes.placed);
    points.push(boxes.middles);
    boxes.shares.forEach((share, at) => (widths[at] = Math.min(widths[at] ?? 0, share)));
    ({ middles } = boxes);
  }
  const height = Math.max(...placed.map((column) => bottomOf(column)), TOP + LEAST_HEIGHT) + 4;
  // Center each column.
  const shifts = placed.map((column) => (height - Math.max(bottomOf(column), TOP)) / 2);
  return html`<svg
    viewBox="0 0 ${WIDTH} ${height}"
    role="img"
    aria-label="Which contexts, clusters, users and plugins belong together"
  >
    ${COLUMNS.map(
      (name, at) => html`<text class="label" x="${at * (BOX_WIDTH + GAP_WIDTH)}" y="14">${name}</text> `,
    )}${paths.map((path, at) =>
      drawPath(
        path,
        points.map((column, c) => (column[at] ?? 0) + (shifts[c] ?? 0)),
        widths[at] ?? 1,
      ),
    )}${placed.flatMap((column, c) => column.map((each) => drawBox(each, shifts[c] ?? 0)))}
  </svg>`;
}

function bottomOf(column: readonly PlacedBox[]): number {
  const last = column.at(-1);
  return last === undefined ? 0 : last.y + last.height;
}

/** Places the boxes of a column, each as near as it can be to the paths that come into it. */
function placeColumn(
  paths: readonly Path[],
  column: number,
  before: readonly number[],
  unit: number,
  loose: readonly Box[],
): {
  readonly placed: readonly PlacedBox[];
  readonly middles: number[];
  /** How much of its box each path takes. */
  readonly shares: readonly number[];
} {
  const groups = new Map<
    string,
    { readonly box: Box; readonly members: number[]; weight: number; sum: number }
  >();
  for (const [at, { boxes, weight }] of paths.entries()) {
    const box = boxes[column];
    if (box !== undefined) {
      const group = groups.get(box.id) ?? { box, members: [], weight: 0, sum: 0 };
      group.members.push(at);
      group.weight += weight;
      group.sum += (before[at] ?? 0) * weight;
      groups.set(box.id, group);
    }
  }
  const middles = paths.map(() => 0);
  const shares = paths.map(() => 0);
  const placed: PlacedBox[] = [];
  const x = column * (BOX_WIDTH + GAP_WIDTH);
  let y = TOP;
  for (const { box, members, weight } of [...groups.values()].toSorted(
    (a, b) => a.sum / a.weight - b.sum / b.weight,
  )) {
    const height = Math.max(LEAST_HEIGHT, weight * unit);
    placed.push({ box, x, y, height });
    let used = 0;
    for (const at of members.toSorted((a, b) => (before[a] ?? 0) - (before[b] ?? 0))) {
      const share = ((paths[at]?.weight ?? 0) / weight) * height;
      middles[at] = y + used + share / 2;
      shares[at] = share;
      used += share;
    }
    y += height + GAP;
  }
  for (const box of loose) {
    placed.push({ box, x, y, height: LEAST_HEIGHT });
    y += LEAST_HEIGHT + GAP;
  }
  return { placed, middles, shares };
}

function drawPath({ boxes, weight, severity }: Path, ys: readonly number[], width: number): Markup {
  const steps = ys.map((y, at) => {
    const left = at * (BOX_WIDTH + GAP_WIDTH);
    const previous = ys[at - 1];
    const bend = left - GAP_WIDTH / 2;
    return previous === undefined
      ? html`M${left + BOX_WIDTH} ${y}`
      : html`C${bend} ${previous} ${bend} ${y} ${left} ${y}H${left + BOX_WIDTH}`;
  });
  const names = [0, 1, 4].flatMap((at) => boxes[at]?.label ?? []).join(" → ");
  return html`<path class="path ${severity ?? ""}" stroke-width="${Math.max(1.5, width * 0.86)}" d="${steps}"
    ><title>${names}, ${count(weight, "context")}</title></path
  > `;
}

function drawBox({ box, x, y, height }: PlacedBox, shift: number): Markup {
  const { label, title, style } = box;
  return html`<g
    ><title>${title}</title
    ><rect
      class="node ${style}"
      x="${x}"
      y="${y + shift}"
      width="${BOX_WIDTH}"
      height="${height}"
      rx="4"
    /><text x="${x + 8}" y="${y + shift + height / 2 + 4}">${shortenMiddle(label, LABEL_LENGTH)}</text></g
  > `;
}
