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
import { plainTable, type TableStyle } from './plain-table';

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

/** The table of `vb365 verify`: a row for each look, each with its lineage, so that lines can be searched and cut. */
export function verifyTable(verified: readonly VerifiedLineage[], { colour, width }: TableStyle): string {
  const paint = painters(colour);
  const rows = verified.flatMap(({ checks, generation, lineage }) =>
    checks.map((check) => {
      const { kind, result, where } = check;
      const found = [paint[result](RESULTS[result]), printable(where ?? '-'), printable(seenIn(check))];
      return [lineage, generation ?? '-', KINDS[kind], ...found];
    }),
  );
  return plainTable({ head: ['lineage', 'generation', 'check', 'result', 'where', 'seen'], rows, width });
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
