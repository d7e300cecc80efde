import { roles } from '../catalogue/roles';
import { usageScenarios } from '../catalogue/usage-scenarios';
import type { GenerationState } from '../lifecycle/status';
import { counted, html, type Html } from './html';
import { groupBy, type Report, type ReportLineage } from './report-model';
import { daysInWords, stateIcon, stateWords } from './states';

/** Lineages of an action that are shown without being asked for. */
const MOST_SHOWN = 5;

const THEN = 'Then commit the keystore, deploy, and install the certificate where it is used.';

/** What somebody has to do, the worst first, each with its command. */
export function attentionSection({ attention }: Report): Html {
  const actions = groupBy(attention, ({ declaration, current }) => `${current.state} ${declaration.policy.source}`);
  return html`<section id="attention" aria-labelledby="attention-title">
    <h2 id="attention-title">Needs attention</h2>
    ${attention.length === 0 ? html`<p class="all-well">${stateIcon('valid')} No certificate is missing, expired, not yet valid or inside its renewal window.</p>` : ''}
    ${[...actions.values()].map(actionCard)}
  </section>`;
}

function actionCard(lineages: readonly ReportLineage[]): Html {
  const [first] = lineages;
  if (first === undefined) return html``;
  const { state } = first.current;
  const [shown, more] = [lineages.slice(0, MOST_SHOWN), lineages.slice(MOST_SHOWN)];
  const breaks = new Set(lineages.map(({ declaration }) => breaksOf(declaration)));
  const isShared = breaks.size === 1;
  return html`<article class="action ${state}">
    <h3>${stateIcon(state)} ${stateWords[state].label}: ${counted(lineages.length, 'certificate')}</h3>
    ${cureOf(lineages, first)} ${isShared && html`<p class="breaks">${[...breaks]}</p>`}
    ${lineageList(shown, !isShared)}
    ${
      more.length > 0 &&
      html`<details>
        <summary>${counted(more.length, 'more certificate')}</summary>
        ${lineageList(more, !isShared)}
      </details>`
    }
  </article>`;
}

function cureOf(lineages: readonly ReportLineage[], { declaration, current }: ReportLineage): Html {
  if (current.state === 'not-yet-valid') {
    return html`<p>Wait until it is valid, and check the clock of this machine.</p>`;
  }
  if (declaration.policy.source === 'imported') {
    const lineage = lineages.length === 1 ? declaration.name : '<lineage>';
    return command(`vb365 import ${lineage} <file>`, `Get a new certificate from its issuer, and import it. ${THEN}`);
  }
  return current.state === 'missing' ? command('vb365 issue', THEN) : command('vb365 renew', THEN);
}

function command(line: string, sentence: string): Html {
  return html`<p class="cure"><span class="label">Run</span> <code>${line}</code></p>
    <p class="then">${sentence}</p>`;
}

function lineageList(lineages: readonly ReportLineage[], withBreaks: boolean): Html {
  return html`<ul class="lineages">
    ${lineages.map(
      ({ declaration, current }) =>
        html`<li>
          <a href="#${declaration.name}">${declaration.name}</a>
          <span class="when">${whenOf(current.notAfter, current.notBefore, current.daysLeft, current.state)}</span>
          ${withBreaks && html`<span class="breaks">${breaksOf(declaration)}</span>`}
        </li>`,
    )}
  </ul>`;
}

function whenOf(
  notAfter: string | null,
  notBefore: string | null,
  daysLeft: number | null,
  state: GenerationState,
): string {
  if (notAfter === null || notBefore === null) return 'no certificate';
  if (state === 'not-yet-valid') return `valid from ${notBefore.slice(0, 10)}`;
  return `${daysInWords(daysLeft) ?? ''}, ${notAfter.slice(0, 10)}`;
}

/** What stops without the certificate. */
function breaksOf({ serves, role }: ReportLineage['declaration']): string {
  const stops = serves.length === 0 ? [roles[role].secures] : serves.map((scenario) => usageScenarios[scenario].breaks);
  return `Without it, this stops: ${[...new Set(stops)].join('; ')}.`;
}
