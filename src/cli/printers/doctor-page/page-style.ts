/** The style of the page, light and dark. Its hash is all that the page's policy admits. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #fff; --ink: #1b2330; --soft: #5b6675; --line: #d9dee5; --code: #eef1f5;
  --error: #b3261e; --warning: #8a5a00; --info: #2456b3; --good: #1f7a3d;
  --error-fill: #fbe9e7; --warning-fill: #fdf1d8; --info-fill: #e6eefb; --good-fill: #e3f3e8; --node: #eef1f5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161c; --card: #1b2129; --ink: #e6eaf0; --soft: #9aa6b5; --line: #333c48; --code: #252d38;
    --error: #ff8a80; --warning: #f2c063; --info: #8ab4ff; --good: #7fd49a;
    --error-fill: #43211f; --warning-fill: #3d3118; --info-fill: #1f2f4d; --good-fill: #1c3826; --node: #262e39;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
main { max-width: 1180px; margin: 0 auto; padding: 24px 20px 48px; }
h1 { font-size: 24px; margin: 0 0 4px; }
h2 { font-size: 18px; margin: 36px 0 12px; }
h3 { font-size: 15px; margin: 20px 0 8px; overflow-wrap: anywhere; }
p { margin: 4px 0; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.small { font-size: 13px; }
.tiles { display: flex; flex-wrap: wrap; gap: 10px; margin: 18px 0 0; padding: 0; list-style: none; }
.tiles li {
  background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 8px 14px; min-width: 92px;
}
.tiles b { display: block; font-size: 22px; line-height: 1.2; }
.tiles .error b { color: var(--error); } .tiles .warning b { color: var(--warning); }
.tiles .info b { color: var(--info); } .tiles .good b { color: var(--good); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; margin: 0 0 10px; }
.finding { border-left: 4px solid var(--line); }
.finding.error { border-left-color: var(--error); } .finding.warning { border-left-color: var(--warning); }
.finding.info { border-left-color: var(--info); }
.head { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; }
.badge { border-radius: 4px; padding: 0 7px; font-size: 12px; font-weight: 600; }
.badge.error { background: var(--error-fill); color: var(--error); }
.badge.warning { background: var(--warning-fill); color: var(--warning); }
.badge.info { background: var(--info-fill); color: var(--info); }
code, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 13px; }
.hint { margin-top: 6px; }
.hint::before { content: "\\2192\\00a0"; color: var(--soft); }
details { margin-top: 6px; }
summary { cursor: pointer; color: var(--soft); }
.members { columns: 2 320px; margin: 6px 0 0; padding-left: 18px; font-size: 13px; overflow-wrap: anywhere; }
.picture { overflow-x: auto; }
svg { display: block; width: 100%; min-width: 900px; height: auto; }
svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: var(--ink); }
svg .label { fill: var(--soft); font-weight: 600; }
svg .note { fill: var(--soft); }
svg .node { fill: var(--node); stroke: var(--line); }
svg .node.error { fill: var(--error-fill); stroke: var(--error); }
svg .node.warning { fill: var(--warning-fill); stroke: var(--warning); }
svg .node.current { stroke: var(--good); stroke-width: 2; }
svg .node.unused { fill: none; stroke: var(--line); stroke-dasharray: 4 3; }
svg .path { fill: none; stroke: var(--info); opacity: .28; }
svg .path.error { stroke: var(--error); opacity: .4; } svg .path.warning { stroke: var(--warning); opacity: .4; }
svg .path:hover { opacity: .8; }
svg .tick { stroke: var(--line); } svg .now { stroke: var(--ink); stroke-width: 2; }
svg .bar { stroke-width: 5; stroke-linecap: round; opacity: .75; }
svg .bar.error { stroke: var(--error); } svg .bar.warning { stroke: var(--warning); } svg .bar.good { stroke: var(--good); }
svg .dot.error { fill: var(--error); } svg .dot.warning { fill: var(--warning); } svg .dot.good { fill: var(--good); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 760px; font-size: 13px; }
th, td { text-align: left; padding: 4px 10px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td { overflow-wrap: anywhere; } th { color: var(--soft); white-space: nowrap; }
@media print { details > * { display: block; } .card { break-inside: avoid; } }
`;
