import type { GenerationState } from '../lifecycle/states';
import { type ScenarioCertificate, type ScenarioCoverage, type ScenarioRow, scenariosOf } from '../lifecycle/scenarios';
import { groupBy } from '../words/lists';
import { html, type Html } from './html';
import type { Report } from './report-model';
import { daysInWords, stateIcon, statesInWords, stateWords } from './states';
import { counted } from '../words/counted';

/** Certificates of a scenario that are named one by one. */
const MOST_NAMED = 4;

const COVERAGE: Readonly<Record<ScenarioCoverage, { readonly label: string; readonly like: GenerationState }>> = {
  covered: { label: 'Covered', like: 'valid' },
  'at-risk': { label: 'At risk', like: 'renew' },
  'not-covered': { label: 'Not covered', like: 'expired' },
  'not-used': { label: 'Not used', like: 'superseded' },
};

/** The usage scenarios of each installation: by which certificates they are covered, and what stops without. */
export function scenarioSection({ configuration, rows, at }: Report): Html {
  const installations = groupBy(scenariosOf(configuration, rows, at), ({ installation }) => installation);
  if (installations.size === 0) return html``;
  return html`<section id="scenarios" aria-labelledby="scenarios-title">
    <h2 id="scenarios-title">Usage scenarios</h2>
    ${[...installations].map(
      ([installation, scenarios]) =>
        html`<table class="scenarios" role="table">
          <caption>
            Installation ${installation}
          </caption>
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">Scenario</th>
              <th scope="col" role="columnheader">Coverage</th>
              <th scope="col" role="columnheader">Certificates</th>
              <th scope="col" role="columnheader">Stops without them</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            ${scenarios.map(scenarioRow)}
          </tbody>
        </table>`,
    )}
  </section>`;
}

function scenarioRow(row: ScenarioRow): Html {
  const { label, like } = COVERAGE[row.coverage];
  const isUsed = row.coverage !== 'not-used';
  return html`<tr role="row" class="${row.coverage}">
    <th scope="row" role="rowheader">${row.name}</th>
    <td role="cell" data-heading="Coverage"><span class="badge ${like}">${stateIcon(like)}${label}</span></td>
    <td role="cell" data-heading="Certificates">
      ${isUsed ? certificates(row) : html`<span class="none">not part of this installation</span>`}
    </td>
    <td role="cell" data-heading="Stops without them">${isUsed ? row.breaks : html`<span class="none">–</span>`}</td>
  </tr>`;
}

function certificates({ certificates: all }: ScenarioRow): Html {
  if (all.length <= MOST_NAMED) {
    return html`<ul class="plain">
      ${all.map(
        (certificate) =>
          html`<li>
            <a href="#${certificate.lineage}">${certificate.lineage}</a>
            <span class="when">${standingOf(certificate)}</span>
          </li>`,
      )}
    </ul>`;
  }
  return html`<a href="#certificates">${counted(all.length, 'certificate')}</a>
    <span class="when">${statesInWords(all)}</span>`;
}

function standingOf({ state, daysLeft, coveredUntil }: ScenarioCertificate): string {
  const rest =
    coveredUntil === null ? daysInWords(daysLeft) : `the one before it works to ${coveredUntil.slice(0, 10)}`;
  return [stateWords[state].counted, rest].filter(Boolean).join(', ');
}
