import Table from 'cli-table3';
import { createColors } from 'picocolors';
import {
  type Check,
  type CheckKind,
  type CheckResult,
  isNotKnown,
  isUnseen,
  needsCure,
  type VerifiedLineage,
} from '../../lib/verify/report';
import { printable } from '../../lib/words/printable';
import { PLAIN_COLUMNS } from './status-table';

const KINDS: Readonly<Record<CheckKind, string>> = {
  'sign-in': 'sign-in',
  application: 'application',
  consent: 'consent',
  tls: 'TLS',
  rest: 'REST API',
  server: 'server',
  keystore: 'keystore',
};

const RESULTS: Readonly<Record<CheckResult, string>> = {
  ok: 'ok',
  differs: 'differs',
  failed: 'failed',
  'not-known': 'not known',
  'not-looked-at': 'not looked at',
};

/** Characters. */
const LONGEST_FAILURE = 60;

/** The table of `vb365 verify`: a line for each look, each with its lineage, so that lines can be searched and cut. */
export function verifyTable(verified: readonly VerifiedLineage[], colour: boolean): string {
  const paint = painters(colour);
  const table = new Table({ head: ['lineage', 'generation', 'check', 'result', 'where', 'seen'], ...PLAIN_COLUMNS });
  for (const { checks, generation, lineage } of verified) {
    for (const check of checks) {
      const { kind, result, where } = check;
      const seen = printable(seenIn(check));
      table.push([
        lineage,
        generation ?? '-',
        KINDS[kind],
        paint[result](RESULTS[result]),
        printable(where ?? '-'),
        seen,
      ]);
    }
  }
  return table.toString().replace(/ +$/gm, '');
}

/** A sentence too long for a column stands below, among the findings. */
function seenIn({ detail, findings, result }: Check): string {
  return result === 'failed' && detail.length > LONGEST_FAILURE ? (findings[0]?.id ?? detail) : detail;
}

/** `4 lineages: 2 with something to do, 1 well, 1 not looked at` */
export function verifySummary(verified: readonly VerifiedLineage[]): string {
  const troubled = verified.filter(needsCure).length;
  const unseen = verified.filter(isUnseen).length;
  const notKnown = verified.filter(isNotKnown).length;
  const counts = [
    { number: troubled, what: 'with something to do' },
    { number: notKnown, what: 'not known' },
    { number: verified.length - troubled - notKnown - unseen, what: 'well' },
    { number: unseen, what: 'not looked at' },
  ];
  const said = counts.filter(({ number }) => number > 0).map(({ number, what }) => `${number} ${what}`);
  return `${verified.length} ${verified.length === 1 ? 'lineage' : 'lineages'}: ${said.join(', ')}`;
}

function painters(colour: boolean): Readonly<Record<CheckResult, (text: string) => string>> {
  const colours = createColors(colour);
  return {
    ok: colours.green,
    differs: colours.red,
    failed: colours.red,
    'not-known': colours.yellow,
    'not-looked-at': colours.dim,
  };
}
