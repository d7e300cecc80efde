import { roles } from '../catalogue/roles';
import { usageScenarios } from '../catalogue/usage-scenarios';
import { DAY } from '../words/days';
import { generationStates, needsAttention } from '../lifecycle/states';
import type { StatusRow } from '../lifecycle/status';
import { html, type Html } from './html';
import type { Report, ReportGroup, ReportLineage } from './report-model';
import { daysInWords, stateBadge, stateWords } from './states';
import { counted } from '../words/counted';

/** Lineages up to which every group is open from the beginning. */
export const MOST_OPEN = 60;

const HEADINGS = ['Certificate', 'State', 'Validity', 'Subject and thumbprints'];

/** Every generation of every lineage, by group. The form works with the script of the page, and is hidden without. */
export function certificateTable({ groups, lineages, rows }: Report): Html {
  const isOpen = lineages.length <= MOST_OPEN;
  return html`<section id="certificates" aria-labelledby="certificates-title">
    <h2 id="certificates-title">All certificates</h2>
    <form id="filter" role="search" aria-label="Certificates" hidden>
      <p>
        <label for="filter-text">Search</label>
        <input
          id="filter-text"
          type="search"
          autocomplete="off"
          spellcheck="false"
          placeholder="Name, subject, thumbprint"
        />
      </p>
      <p>
        <label for="filter-state">State</label>
        <select id="filter-state">
          <option value="">All states</option>
          <option value="attention">Needs attention</option>
          ${generationStates.map((state) => html`<option value="${state}">${stateWords[state].label}</option>`)}
        </select>
      </p>
      <output id="filter-count" for="filter-text filter-state">${counted(rows.length, 'row')}</output>
    </form>
    ${groups.map((group) => groupDetails(group, isOpen))}
  </section>`;
}

/** `50 certificates, 2 need attention` */
export function groupCount({ lineages }: ReportGroup): Html {
  const troubled = lineages.filter(({ current }) => needsAttention(current)).length;
  const attention = html`, <strong>${troubled} ${troubled === 1 ? 'needs' : 'need'} attention</strong>`;
  return html`<span class="count">${counted(lineages.length, 'certificate')}${troubled > 0 && attention}</span>`;
}

function groupDetails(group: ReportGroup, isOpen: boolean): Html {
  return html`<details class="group" ${isOpen && html`open`}>
    <summary><span class="name">${group.title}</span> ${groupCount(group)}</summary>
    <table class="certificates" role="table">
      <caption class="unseen">
        ${group.title}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${HEADINGS.map((heading) => html`<th scope="col" role="columnheader">${heading}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${group.lineages.map((lineage) => lineage.rows.map((row) => generationRow(lineage, row)))}
      </tbody>
    </table>
  </details>`;
}

function generationRow({ declaration, current }: ReportLineage, row: StatusRow): Html {
  const { name, role, serves, policy } = declaration;
  const isFirst = row === current;
  const secures = serves.map((scenario) => usageScenarios[scenario].name);
  const serving = secures.length === 0 ? roles[role].secures : secures.join('; ');
  return html`<tr role="row" data-state="${row.state}" ${isFirst && html`id="${name}"`}>
    <th scope="row" role="rowheader">
      <span class="lineage">${name}</span>
      <span class="role">
        ${row.generation !== null && html`<span class="generation">${row.generation}</span>`}
        ${isFirst && html`${roles[role].name}. Serves: ${serving}`}
      </span>
    </th>
    <td role="cell" data-heading="State">
      ${stateBadge(row.state)} <span class="days">${daysInWords(row.daysLeft) ?? ''}</span>
    </td>
    <td role="cell" data-heading="Validity">${validity(row, policy.renewBeforeDays)}</td>
    <td role="cell" data-heading="Subject and thumbprints">${identity(row)}</td>
  </tr>`;
}

function validity({ notBefore, notAfter, state }: StatusRow, renewBeforeDays: number): Html {
  if (notBefore === null || notAfter === null) return html`<span class="none">no certificate</span>`;
  const renewal = new Date(Date.parse(notAfter) - renewBeforeDays * DAY).toISOString().slice(0, 10);
  const isOver = state === 'renew' || state === 'expired';
  return html`<span class="dates">${notBefore.slice(0, 10)} to ${notAfter.slice(0, 10)}</span>
    ${state !== 'superseded' && html`<span class="renewal">renewal ${isOver ? 'due since' : 'from'} ${renewal}</span>`}`;
}

function identity({ subject, thumbprint, sha256 }: StatusRow): Html {
  if (thumbprint === null) return html`<span class="none">no certificate</span>`;
  return html`<bdi class="subject">${subject ?? ''}</bdi>
    <span class="thumbprint"><abbr title="SHA-1 thumbprint">SHA-1</abbr> <code>${thumbprint}</code></span>
    <span class="thumbprint"><abbr title="SHA-256 thumbprint">SHA-256</abbr> <code>${sha256 ?? ''}</code></span>`;
}
