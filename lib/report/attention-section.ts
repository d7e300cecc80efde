import { brokenWithout } from '../lifecycle/scenarios';
import type { StatusRow } from '../lifecycle/status';
import type { Finding } from '../findings';
import { groupBy } from '../words/lists';
import { html, type Html } from './html';
import type { Report, ReportLineage } from './report-model';
import { daysInWords, stateIcon, stateWords } from './states';
import { counted } from '../words/counted';
import { sourceOf } from '../config/certificate-sources';

/** Lineages of an action that are shown without being asked for. */
const MOST_SHOWN = 5;

/** What is known beside the rows. */
type Said = Pick<Report, 'findings' | 'requests'>;

const THEN = 'Then commit the keystore, deploy, and install the certificate where it is used.';

/** What somebody has to do, the worst first, each with its command. */
export function attentionSection({ attention, findings, requests }: Report): Html {
  const actions = groupBy(
    attention,
    ({ declaration: { name, policy }, current }) =>
      `${current.state} ${requests.has(name) ? 'requested' : policy.source}`,
  );
  return html`<section id="attention" aria-labelledby="attention-title">
    <h2 id="attention-title">Needs attention</h2>
    ${attention.length === 0 ? html`<p class="all-well">${stateIcon('valid')} No certificate is missing, damaged, expired, not yet valid, unfit or inside its renewal window.</p>` : ''}
    ${[...actions.values()].map((lineages) => actionCard(lineages, { findings, requests }))}
  </section>`;
}

function actionCard(lineages: readonly ReportLineage[], said: Said): Html {
  const [first] = lineages;
  if (first === undefined) return html``;
  const { state } = first.current;
  const [shown, more] = [lineages.slice(0, MOST_SHOWN), lineages.slice(MOST_SHOWN)];
  const breaks = new Set(lineages.map(({ declaration }) => breaksOf(declaration)));
  const isShared = breaks.size === 1;
  return html`<article class="action ${state}">
    <h3>${stateIcon(state)} ${stateWords[state].label}: ${counted(lineages.length, 'certificate')}</h3>
    ${cureOf(lineages, first, said.requests)} ${isShared && html`<p class="breaks">${[...breaks]}</p>`}
    ${lineageList(shown, said, !isShared)}
    ${
      more.length > 0 &&
      html`<details>
        <summary>${counted(more.length, 'more certificate')}</summary>
        ${lineageList(more, said, !isShared)}
      </details>`
    }
  </article>`;
}

function cureOf(
  lineages: readonly ReportLineage[],
  { declaration, current }: ReportLineage,
  requests: Report['requests'],
): Html {
  if (current.state === 'not-yet-valid') {
    return html`<p>Wait until it is valid, and check the clock of this machine.</p>`;
  }
  if (current.state === 'damaged') {
    return html`<p>
      Do what the <a href="#findings">findings</a> say: until then it is neither published nor added to.
    </p>`;
  }
  const lineage = lineages.length === 1 ? declaration.name : '<lineage>';
  if (requests.has(declaration.name)) {
    return command(`vb365 import ${lineage} <answer>`, `Import the answer of your certification authority. ${THEN}`);
  }
  const source = sourceOf(declaration.policy);
  if (current.state === 'unfit' && !source.isIssuedHere) {
    return html`<p>Do what the <a href="#findings">findings</a> say of each. ${THEN}</p>`;
  }
  const line = current.state === 'missing' ? source.first(lineage) : source.successors(lineage);
  return command(line, source.isIssuedHere ? THEN : `Get a new certificate from its issuer, and import it. ${THEN}`);
}

function command(line: string, sentence: string): Html {
  return html`<p class="cure"><span class="label">Run</span> <code>${line}</code></p>
    <p class="then">${sentence}</p>`;
}

function lineageList(lineages: readonly ReportLineage[], { findings, requests }: Said, withBreaks: boolean): Html {
  return html`<ul class="lineages">
    ${lineages.map(
      ({ declaration, current }) =>
        html`<li>
          <a href="#${declaration.name}">${declaration.name}</a>
          <span class="when"
            >${reasonOf(current, findings) ?? whenOf(current)}${requests.has(declaration.name) && requestOf(requests.get(declaration.name))}</span
          >
          ${withBreaks && html`<span class="breaks">${breaksOf(declaration)}</span>`}
        </li>`,
    )}
  </ul>`;
}

/** Why a certificate does not fit; undefined for all others. */
function reasonOf({ generation, lineage, state }: StatusRow, findings: readonly Finding[]): string | undefined {
  if (state !== 'unfit') return undefined;
  const own = findings.filter(
    ({ severity, subject }) => severity === 'error' && subject === `${lineage} ${generation ?? ''}`,
  );
  return own.map(({ message }) => message).join('; ');
}

function whenOf({ notAfter, notBefore, daysLeft, state }: StatusRow): string {
  if (notAfter === null || notBefore === null) return 'no certificate';
  if (state === 'not-yet-valid') return `valid from ${notBefore.slice(0, 10)}`;
  return `${daysInWords(daysLeft) ?? ''}, ${notAfter.slice(0, 10)}`;
}

function requestOf(since: string | undefined): string {
  return `; its request${since === undefined ? '' : ` of ${since}`} waits for its answer`;
}

function breaksOf(declaration: ReportLineage['declaration']): string {
  return `Without it, this stops: ${brokenWithout(declaration).join('; ')}.`;
}
