import { groupCount, MOST_OPEN } from './certificate-table';
import { drawEnds } from './ends-chart';
import { html, type Html, type HtmlValue } from './html';
import type { Report, ReportGroup } from './report-model';
import { type Drawing, drawTimeLine } from './time-line';
import { timeSpan } from './time-line-model';
import { counted, formatCount } from '../words/counted';

/** Lineages in the time line of what needs attention. */
const MOST_TROUBLED = 40;

/** Its title says how many they are. */
const TROUBLED = 'troubled';

const LEGEND: readonly (readonly [kind: string, text: string])[] = [
  ['valid', 'valid'],
  ['window', 'renewal window'],
  ['superseded', 'superseded, still published'],
  ['retirement', 'may be retired'],
  ['outage', 'no valid certificate'],
];

/** The time line of every group; of many lineages, those that need attention first, and how many end in which month. */
export function timeLineSection({ lineages, attention, groups, at }: Report, drawing: Drawing): Html {
  const isOpen = lineages.length <= MOST_OPEN;
  const span = timeSpan(lineages, at);
  const draw = (group: ReportGroup): Html =>
    scrolling(`Time line of ${group.title}`, drawTimeLine(drawing, group, at, span));
  return html`<section id="time-line" aria-labelledby="time-line-title">
    <h2 id="time-line-title">Time line</h2>
    <p class="lead narrow">The maps, and what is drawn by month, are wider than this screen: they scroll sideways.</p>
    ${!isOpen && scrolling('Certificates that end, by month', drawEnds(drawing, lineages, at, span))}
    ${lineages.length > 0 && legend()} ${!isOpen && attention.length > 0 && figure(troubledGroup(attention), draw)}
    ${groups.map((group) =>
      isOpen
        ? figure(group, draw)
        : html`<details class="group">
            <summary><span class="name">${group.title}</span> ${groupCount(group)}</summary>
            ${draw(group)}
          </details>`,
    )}
  </section>`;
}

/** What is wider than a narrow screen scrolls by itself, by keyboard too. */
export function scrolling(title: string, content: Html): Html {
  return html`<div class="scrolling" role="region" aria-label="${title}" tabindex="0">${content}</div>`;
}

function figure(group: ReportGroup, draw: (group: ReportGroup) => Html): Html {
  return html`<figure>
    <figcaption><span class="name">${group.title}</span> ${group.id !== TROUBLED && groupCount(group)}</figcaption>
    ${draw(group)}
  </figure>`;
}

function troubledGroup(attention: Report['attention']): ReportGroup {
  const lineages = attention.slice(0, MOST_TROUBLED);
  const isCut = lineages.length < attention.length;
  const title = isCut
    ? `The ${MOST_TROUBLED} most urgent of ${formatCount(attention.length)} that need attention`
    : `What needs attention: ${counted(attention.length, 'certificate')}`;
  return { id: TROUBLED, title, isOfOwner: false, lineages };
}

function legend(): HtmlValue {
  return html`<ul class="legend">
    ${LEGEND.map(([kind, text]) => html`<li><span class="key ${kind}"></span>${text}</li>`)}
  </ul>`;
}
