/** The style sheet of the page: light and dark, narrow and wide, screen and paper. Contrast of text is 4.5:1 or more. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9;
  --surface: #ffffff;
  --text: #17202b;
  --muted: #566270;
  --line: #e1e5ea;
  --accent: #0b5cad;
  --missing: #b3261e;
  --damaged: #b3261e;
  --expired: #b3261e;
  --not-yet-valid: #5b3fa8;
  --unfit: #b3261e;
  --renew: #8a5200;
  --valid: #17693b;
  --superseded: #566270;
  --tint-bad: #fdf1f0;
  --tint-soon: #fff6e6;
  --tint-later: #f4f1fc;
  --tint-good: #eef8f2;
  --tint-calm: #f1f3f5;
  --bar-valid: #4aa673;
  --bar-expired: #cf5a52;
  --bar-not-yet-valid: #8d76cf;
  --bar-superseded: #aeb7c1;
  --bar-window: #f0b54a;
  --bar-window-stripe: #d9942a;
  --outage: #fbe3e1;
  --code: #eef1f4;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #0e1319;
    --surface: #161d25;
    --text: #e5e9ee;
    --muted: #9ba7b4;
    --line: #2a333e;
    --accent: #6db3ff;
    --missing: #ff8f87;
    --damaged: #ff8f87;
    --expired: #ff8f87;
    --not-yet-valid: #b9a6ff;
    --unfit: #ff8f87;
    --renew: #f3b84f;
    --valid: #63cf95;
    --superseded: #9ba7b4;
    --tint-bad: #2b1a1b;
    --tint-soon: #2a2214;
    --tint-later: #211d33;
    --tint-good: #14261d;
    --tint-calm: #1c242d;
    --bar-valid: #3c8f62;
    --bar-expired: #b84d46;
    --bar-not-yet-valid: #7a66b8;
    --bar-superseded: #55616e;
    --bar-window: #c98a26;
    --bar-window-stripe: #f0b54a;
    --outage: #3a1f20;
    --code: #1f2831;
  }
}
* { box-sizing: border-box; }
html { font: 15px/1.5 var(--sans); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: smooth; scroll-padding-top: 1rem; }
body { margin: 0 auto; padding: 2.5rem 2rem 4rem; max-width: 1200px; background: var(--page); color: var(--text); overflow-wrap: break-word; }
h1, h2, h3, p, ul, figure { margin: 0; padding: 0; }
h1 { font-size: 2.1rem; line-height: 1.15; letter-spacing: -.022em; font-weight: 680; }
h2 { font-size: 1.3rem; line-height: 1.25; letter-spacing: -.012em; font-weight: 650; margin: 0 0 1rem; }
h3 { font-size: 1rem; font-weight: 650; display: flex; gap: .5rem; align-items: center; }
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
code { font: .88em/1.45 var(--mono); }
abbr { text-decoration: none; }
section { margin-top: 3.25rem; }
.unseen, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip:focus { position: absolute; top: .5rem; left: .5rem; padding: .5rem .75rem; background: var(--surface); z-index: 1; }
.definitions { position: absolute; }
.icon { width: 1em; height: 1em; flex: none; vertical-align: -.13em; }
.none { color: var(--muted); }
.kicker { color: var(--muted); font-weight: 550; margin-bottom: .15rem; }
header { display: grid; grid-template-columns: 1fr auto; column-gap: 2rem; align-items: end; }
header .kicker, header h1 { grid-column: 1; }
header .as-of { grid-column: 2; grid-row: 1; text-align: right; font-weight: 600; font-variant-numeric: tabular-nums; }
header .scope { grid-column: 2; grid-row: 2; text-align: right; color: var(--muted); align-self: end; padding-bottom: .25rem; }
header .verdict { grid-column: 1 / -1; font-size: 1.15rem; margin-top: 1rem; }
header .tiles, header nav { grid-column: 1 / -1; }
.tiles { list-style: none; display: grid; grid-template-columns: repeat(6, 1fr); gap: .75rem; margin-top: 1.25rem; }
.tile { --ink: var(--muted); --tint: var(--tint-calm); display: grid; align-content: start; background: var(--surface); border: 1px solid var(--line); border-top: 3px solid var(--ink); border-radius: 8px; padding: .8rem .9rem .85rem; }
.tile .number { font-size: 2rem; line-height: 1.1; font-weight: 640; letter-spacing: -.02em; font-variant-numeric: tabular-nums; color: var(--ink); }
.tile .state { display: flex; gap: .4rem; align-items: center; font-weight: 600; margin-top: .3rem; color: var(--ink); white-space: nowrap; }
.tile .meaning { color: var(--muted); font-size: .85rem; line-height: 1.35; margin-top: .1rem; }
.tile.empty { border-top-color: var(--line); --surface: var(--page); }
.tile.empty .number, .tile.empty .state { color: var(--muted); }
.missing, .damaged, .expired, .unfit, .not-covered { --ink: var(--expired); --tint: var(--tint-bad); }
.not-yet-valid { --ink: var(--not-yet-valid); --tint: var(--tint-later); }
.renew, .at-risk { --ink: var(--renew); --tint: var(--tint-soon); }
.valid, .covered { --ink: var(--valid); --tint: var(--tint-good); }
.superseded, .not-used { --ink: var(--superseded); --tint: var(--tint-calm); }
nav { display: flex; flex-wrap: wrap; gap: .35rem 1.5rem; margin-top: 1.5rem; padding-top: .9rem; border-top: 1px solid var(--line); }
nav a { text-decoration: none; font-weight: 550; padding: .15rem 0; }
nav a:hover { text-decoration: underline; }
.badge { display: inline-flex; gap: .35rem; align-items: center; padding: .1rem .55rem .1rem .4rem; border-radius: 99px; background: var(--tint); color: var(--ink); font-weight: 600; font-size: .87rem; white-space: nowrap; }
.all-well { color: var(--valid); font-weight: 550; }
.action, .finding { background: var(--surface); border: 1px solid var(--line); border-left: 4px solid var(--ink, var(--muted)); border-radius: 8px; padding: 1rem 1.25rem 1.1rem; }
.action + .action, .finding + .finding { margin-top: .75rem; }
.action h3 { color: var(--ink); }
.cure { margin-top: .6rem; }
.cure .label { color: var(--muted); font-size: .87rem; margin-right: .3rem; }
.cure code { background: var(--code); border-radius: 5px; padding: .2rem .5rem; font-weight: 600; overflow-wrap: anywhere; }
.then { color: var(--muted); font-size: .9rem; margin-top: .35rem; }
.lineages, .plain { list-style: none; }
.lineages { margin-top: .8rem; border-top: 1px solid var(--line); }
.lineages li { display: grid; grid-template-columns: minmax(0, 1fr) 17rem; gap: .1rem 1.25rem; padding: .4rem 0; border-bottom: 1px solid var(--line); }
.lineages li:last-child { border-bottom: 0; padding-bottom: 0; }
.lineages a { font-weight: 600; color: inherit; overflow-wrap: anywhere; }
.when { font-variant-numeric: tabular-nums; color: var(--muted); }
.breaks { margin-top: .5rem; }
.lineages .breaks { grid-column: 1 / -1; margin: 0; color: var(--muted); font-size: .9rem; }
.lineages .when { white-space: nowrap; text-align: right; }
.action details, .finding details { margin-top: .6rem; }
summary { cursor: pointer; }
.action summary, .finding summary { color: var(--accent); font-weight: 550; }
figure { margin-top: 1rem; }
figcaption { display: flex; flex-wrap: wrap; gap: .1rem .75rem; align-items: baseline; margin-bottom: .5rem; }
.name { font-weight: 620; }
.count { color: var(--muted); }
.count strong { color: var(--renew); font-weight: 600; }
.scrolling { overflow-x: auto; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: .5rem 1rem; }
.scrolling svg:not(.slim) { display: block; max-width: 100%; height: auto; margin: 0 auto; }
.time-line, .ends { font-family: var(--sans); font-variant-numeric: tabular-nums; }
.map text { font-family: var(--sans); fill: var(--text); }
.map .node text { font-weight: 600; }
.map .node text + text { font-weight: 400; font-size: 10px; fill: var(--muted); }
.map path, .map polygon { stroke: var(--muted); fill: none; }
.map .edge polygon { fill: var(--muted); }
.map .node path { fill: var(--surface); stroke: var(--muted); stroke-width: 1.1; }
.map .people path { stroke-dasharray: 2 2; }
.map .cloud path { fill: var(--tint-later); stroke: var(--accent); }
.map .more path { fill: var(--tint-calm); stroke-dasharray: 4 2; }
.map .cluster path { fill: var(--page); stroke: var(--line); }
.map .cluster text { fill: var(--muted); }
.map .certificate path { fill: var(--tint); stroke: var(--ink); stroke-width: 1.2; }
.map .certificate text, .map .certificate text + text { fill: var(--ink); }
figure, details.group { margin-top: 1rem; }
.legend { margin-top: .8rem; list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; color: var(--muted); font-size: .9rem; }
.legend li { display: flex; gap: .45rem; align-items: center; }
.key { width: 1.5rem; height: .65rem; border-radius: 2px; background: var(--bar-valid); flex: none; }
.key.window { background: repeating-linear-gradient(135deg, var(--bar-window-stripe) 0 2px, var(--bar-window) 2px 5px); }
.key.superseded { background: var(--bar-superseded); height: .3rem; }
.key.outage { background: var(--outage); border: 1px dashed var(--expired); }
.key.retirement { width: .55rem; height: .55rem; background: var(--surface); border: 1.5px solid var(--superseded); rotate: 45deg; border-radius: 0; }
.narrow, .time-line.slim { display: none; }
.lead { color: var(--muted); max-width: 46rem; }
details.group { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
details.group + details.group { margin-top: .6rem; }
details.group > summary { padding: .65rem 1rem; }
details.group > summary .count { margin-left: .5rem; }
details.group > summary:hover { background: var(--tint-calm); border-radius: 8px; }
details.group > .scrolling { border-width: 1px 0 0; border-radius: 0; }
table { width: 100%; border-collapse: collapse; }
caption { text-align: left; font-weight: 620; padding-bottom: .5rem; }
th, td { text-align: left; vertical-align: top; padding: .6rem 1rem; border-top: 1px solid var(--line); }
thead th { color: var(--muted); font-weight: 550; font-size: .87rem; padding: .45rem 1rem; border-top: 0; white-space: nowrap; }
details.group thead th { border-top: 1px solid var(--line); }
tbody th { font-weight: 400; }
table.certificates { table-layout: fixed; }
.certificates th:nth-child(1) { width: 30%; }
.certificates th:nth-child(2) { width: 10.5rem; }
.certificates th:nth-child(3) { width: 15.5rem; }
.certificates .lineage { font-weight: 620; overflow-wrap: anywhere; }
.certificates .generation { font: 600 .87rem var(--mono); margin-right: .35rem; }
.certificates .role, .certificates .days, .certificates .renewal, .thumbprint { display: block; color: var(--muted); font-size: .87rem; line-height: 1.45; margin-top: .1rem; }
.certificates .days { padding-left: .4rem; }
.certificates .dates { font-variant-numeric: tabular-nums; white-space: nowrap; }
.certificates .subject { overflow-wrap: anywhere; }
.certificates tr:target th, .certificates tr:target td { background: var(--tint-soon); }
.certificates tr[data-state="superseded"] .lineage { font-weight: 400; color: var(--muted); }
.thumbprint { display: grid; grid-template-columns: 4.4rem minmax(0, 1fr); }
.thumbprint code { overflow-wrap: anywhere; font-size: .8rem; }
table.scenarios { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; border-collapse: separate; border-spacing: 0; }
table.scenarios + table.scenarios { margin-top: 1.5rem; }
.scenarios tbody th { font-weight: 600; width: 31%; }
.scenarios .not-used th, .scenarios .not-used td { font-weight: 400; color: var(--muted); }
.scenarios .when { display: block; font-size: .87rem; }
.scenarios a { overflow-wrap: anywhere; }
#filter { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: center; margin-bottom: 1rem; }
#filter[hidden] { display: none; }
#filter p { display: flex; gap: .5rem; align-items: center; }
#filter label { font-weight: 550; }
#filter input, #filter select { font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--muted); border-radius: 6px; padding: .4rem .6rem; }
#filter input { width: 19rem; max-width: 100%; }
#filter input::placeholder { color: var(--muted); opacity: 1; }
#filter output { color: var(--muted); font-variant-numeric: tabular-nums; }
.finding.error { --ink: var(--expired); }
.finding.warning { --ink: var(--renew); }
.finding.advice { --ink: var(--accent); }
.finding .severity { color: var(--ink); }
.finding h3 code { font-weight: 500; color: var(--muted); }
.finding li { margin-top: .4rem; }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--muted); font-size: .9rem; }
@media screen and (max-width: 1000px) {
  .tiles { grid-template-columns: repeat(3, 1fr); }
}
@media screen and (max-width: 760px) {
  body { padding: 1.5rem 1rem 3rem; }
  header { display: block; }
  header .as-of, header .scope { text-align: left; }
  header .as-of { margin-top: .5rem; }
  .tiles { grid-template-columns: repeat(2, 1fr); gap: .5rem; }
  .action, .finding { padding: .85rem .9rem; }
  .lineages li { display: block; }
  .lineages li > * { display: block; }
  .lineages .when { text-align: left; }
  .scrolling { padding: .5rem; }
  .narrow { display: block; }
  .scrolling svg { max-width: none; }
  .scrolling .time-line.wide { display: none; }
  .scrolling .time-line.slim { display: block; max-width: 100%; }
  table, tbody, tr, th, td { display: block; }
  table.certificates { table-layout: auto; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border-top: 1px solid var(--line); padding: .75rem .9rem; }
  tbody th, td { border: 0; padding: 0; }
  .certificates th:nth-child(n), .scenarios tbody th { width: auto; }
  td { margin-top: .4rem; }
  td[data-heading]:not([data-heading="State"], [data-heading="Coverage"])::before { content: attr(data-heading); display: block; color: var(--muted); font-size: .8rem; }
  caption { display: block; padding: .75rem .9rem .5rem; }
  .certificates .days { display: inline; padding-left: .25rem; }
  #filter p { flex: 1 1 100%; }
  #filter label { flex: 0 0 3.5rem; }
  #filter input, #filter select { flex: 1; width: auto; min-width: 0; }
  details.group > summary .count { display: block; margin-left: 1.1rem; }
}
[hidden] { display: none !important; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media print {
  :root { --page: #fff; color-scheme: light; }
  @page { margin: 14mm 12mm; }
  html { font-size: 9.5pt; }
  body { max-width: none; padding: 0; }
  nav, #filter, .skip { display: none; }
  .tiles { grid-template-columns: repeat(6, 1fr); gap: 2mm; }
  .tile { padding: 2mm; }
  section { margin-top: 8mm; }
  h2, h3, figcaption, summary, thead { break-after: avoid; }
  .action, .tile, tr, svg.map { break-inside: avoid; }
  .scrolling { overflow: visible; border: 0; padding: 0; }
  .scrolling svg { max-width: 100%; height: auto; }
  details:not([open])::details-content { display: block; content-visibility: visible; height: auto; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
