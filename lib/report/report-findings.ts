import type { Finding } from '../findings';
import type { Keystore } from '../keystore/keystore';
import { judgeKept } from '../lifecycle/judge-kept';
import type { ReadLineage } from '../lifecycle/read-generations';
import { findUndeclared } from '../lifecycle/undeclared';

/** Rules about the calendar: the report shows the states of the certificates instead, each with what to do. */
const SAID_BY_STATE: readonly string[] = [
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-short-validity',
];

/** What is wrong with the keystore, then what the rules say about the current certificates, then what nobody declares. */
export function reportFindings(keystore: Keystore, lineages: readonly ReadLineage[], at: Date): Finding[] {
  const judged = lineages.flatMap(({ declaration, generations }) => {
    const current = generations.at(-1);
    return current === undefined ? [] : judgeKept(declaration, current, at);
  });
  const declared = lineages.map(({ declaration }) => declaration.name);
  return [
    ...keystore.findings(),
    ...judged.filter(({ id }) => !SAID_BY_STATE.includes(id)),
    ...findUndeclared(declared, keystore.lineages()),
  ];
}
