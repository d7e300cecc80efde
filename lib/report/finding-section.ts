import type { Finding, Severity } from '../findings';
import { groupBy } from '../words/lists';
import { html, type Html } from './html';
import type { Report } from './report-model';
import { counted } from '../words/counted';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'advice'];
const WORDS: Readonly<Record<Severity, string>> = { error: 'Error', warning: 'Warning', advice: 'Advice' };

/** Findings of a kind that are shown without being asked for. */
const MOST_SHOWN = 5;

/** What is wrong beside the calendar: in the keystore, and with what the certificates say. */
export function findingSection({ findings }: Report): Html {
  const kinds = SEVERITIES.flatMap((severity) => [
    ...groupBy(
      findings.filter((finding) => finding.severity === severity),
      ({ id }) => id,
    ).values(),
  ]);
  return html`<section id="findings" aria-labelledby="findings-title">
    <h2 id="findings-title">Findings</h2>
    ${
      kinds.length === 0
        ? html`<p class="all-well">The keystore is sound, and the rules have nothing to say about the certificates.</p>`
        : kinds.map(kindCard)
    }
  </section>`;
}

function kindCard(findings: readonly Finding[]): Html {
  const [first] = findings;
  if (first === undefined) return html``;
  const { severity, id } = first;
  const sharedCure = findings.every(({ cure }) => cure === first.cure);
  const [shown, more] = [findings.slice(0, MOST_SHOWN), findings.slice(MOST_SHOWN)];
  return html`<article class="finding ${severity}">
    <h3><span class="severity">${WORDS[severity]}</span> <code>${id}</code></h3>
    ${findingList(shown, !sharedCure)}
    ${
      more.length > 0 &&
      html`<details>
        <summary>${counted(more.length, 'more finding')} of this kind</summary>
        ${findingList(more, !sharedCure)}
      </details>`
    }
    ${sharedCure && cureLine(first)}
  </article>`;
}

function findingList(findings: readonly Finding[], withCure: boolean): Html {
  return html`<ul class="plain">
    ${findings.map(
      (finding) =>
        html`<li>
          ${
            !finding.message.includes(finding.subject) &&
            html`<strong><bdi>${finding.subject}</bdi></strong
              >: `
          }<bdi>${finding.message}</bdi>
          ${withCure && cureLine(finding)}
        </li>`,
    )}
  </ul>`;
}

function cureLine({ cure }: Finding): Html {
  return html`<p class="cure"><span class="label">Cure</span> <bdi>${cure}</bdi></p>`;
}
