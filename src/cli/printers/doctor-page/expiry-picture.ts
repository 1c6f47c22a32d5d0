import { describeMoment, describeTime } from "../../../doctor/describe.ts";
import type { Expiry, Overview } from "../../../doctor/overview.ts";
import type { Markup } from "./markup.ts";
import { count, html, shortenMiddle } from "./markup.ts";

const DAY = 86_400_000;
const WIDTH = 1180;
/** Where the time begins and ends. */
const LEFT = 330;
const RIGHT = 1010;
const TOP = 34;
const ROW = 24;
/** Later ones are only counted. */
const MOST_ROWS = 40;
const LABEL_LENGTH = 44;

const TICKS: readonly (readonly [label: string, days: number])[] = [
  ["5 years ago", -1826],
  ["1 year ago", -365],
  ["1 month ago", -30],
  ["1 week ago", -7],
  ["now", 0],
  ["1 week", 7],
  ["1 month", 30],
  ["3 months", 91],
  ["1 year", 365],
  ["3 years", 1096],
  ["10 years", 3653],
];

/** Certificates or tokens that expire at one time. */
interface Row {
  readonly label: string;
  readonly title: string;
  readonly at: number;
}

/** Draws when certificates and tokens expire; undefined if there are none. */
export function expiryPicture({ expiries, now, expiringWithin }: Overview): Markup | undefined {
  const all = rowsOf(expiries);
  const rows = all.slice(0, MOST_ROWS);
  const [first] = rows;
  const last = rows.at(-1);
  if (first === undefined || last === undefined) {
    return undefined;
  }
  const from = Math.min(-7, ...[first.at].map((at) => (at - now) / DAY));
  const to = Math.max(91, (last.at - now) / DAY);
  // Near times are what matters, so that far ones are drawn closer together.
  const xOf = (days: number): number =>
    LEFT + ((scale(clamp(days, from, to)) - scale(from)) / (scale(to) - scale(from))) * (RIGHT - LEFT);
  const bottom = TOP + rows.length * ROW;
  const ticks = readableTicks(
    TICKS.filter(([, days]) => days >= from && days <= to).map(([label, days]) => ({
      label,
      days,
      x: xOf(days),
    })),
  );
  return html`<svg
      viewBox="0 0 ${WIDTH} ${bottom + 8}"
      role="img"
      aria-label="When certificates and tokens expire"
    >
      ${ticks.map(
        ({ label, days, x }) =>
          html`<line
              class="${days === 0 ? "now" : "tick"}"
              x1="${x}"
              x2="${x}"
              y1="${TOP - 12}"
              y2="${bottom}"
            />
            <text class="label" text-anchor="middle" x="${x}" y="14">${label}</text> `,
      )}${rows.map((row, index) => {
        const left = row.at - now;
        const style = left < 0 ? "error" : left <= expiringWithin ? "warning" : "good";
        const [x, y] = [xOf(left / DAY), TOP + index * ROW + 12];
        const when = left < 0 ? `expired ${describeSpan(left)} ago` : `in ${describeSpan(left)}`;
        return html`<g
          ><title>${row.title}: ${describeMoment(row.at)}</title
          ><text x="0" y="${y + 4}">${shortenMiddle(row.label, LABEL_LENGTH)}</text
          ><line class="bar ${style}" x1="${xOf(0)}" x2="${x}" y1="${y}" y2="${y}" /><circle
            class="dot ${style}"
            cx="${x}"
            cy="${y}"
            r="5"
          /><text class="note" x="${RIGHT + 14}" y="${y + 4}">${when}</text></g
        > `;
      })}
    </svg>
    ${all.length > rows.length ? html`<p class="soft small">and ${all.length - rows.length} more, after ${describeMoment(last.at)}</p>` : undefined}`;
}

interface Tick {
  readonly label: string;
  readonly days: number;
  readonly x: number;
}

/** How far apart labels are that do not touch. */
const LABEL_WIDTH = 78;

/** Leaves out the ticks whose labels would touch; never the present. */
function readableTicks(ticks: readonly Tick[]): readonly Tick[] {
  const kept: Tick[] = [];
  for (const tick of ticks.toSorted((a, b) => Math.abs(a.days) - Math.abs(b.days))) {
    if (kept.every(({ x }) => Math.abs(x - tick.x) >= LABEL_WIDTH)) {
      kept.push(tick);
    }
  }
  return kept;
}

const YEAR = 365.25 * DAY;

function describeSpan(milliseconds: number): string {
  const years = Math.abs(milliseconds) / YEAR;
  return years < 2 ? describeTime(milliseconds) : `${Math.floor(years)} years`;
}

function rowsOf(expiries: readonly Expiry[]): readonly Row[] {
  const together = new Map<string, Expiry[]>();
  for (const expiry of expiries) {
    const key = `${expiry.what}\0${expiry.at}`;
    const some = together.get(key) ?? [];
    some.push(expiry);
    together.set(key, some);
  }
  return [...together.values()].flatMap((some) => {
    const [first] = some;
    if (first === undefined) {
      return [];
    }
    const { kind, name, what, at } = first;
    const names = some.slice(0, MOST_NAMED).map((each) => each.name);
    const more = some.length > MOST_NAMED ? `, and ${some.length - MOST_NAMED} more` : "";
    return [
      {
        label: some.length === 1 ? `${what}, ${name}` : `${what}, ${count(some.length, kind)}`,
        title: `${what} of ${names.join(", ")}${more}`,
        at,
      },
    ];
  });
}

const MOST_NAMED = 12;

function scale(days: number): number {
  return Math.sign(days) * Math.log1p(Math.abs(days) / 10);
}

function clamp(value: number, from: number, to: number): number {
  return Math.min(Math.max(value, from), to);
}
