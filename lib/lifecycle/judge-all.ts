import type { LineageDeclaration } from '../config/lineages';
import type { Finding } from '../findings';
import type { Keystore } from '../keystore/keystore';
import { damagedIn, judgeLineage, type LineageJudgement } from './judgement';
import { readLineages } from './read-generations';
import { findUndeclared } from './undeclared';

/** Where everything stands at a date. */
export interface WholeJudgement {
  /** In the order of the declarations. */
  readonly lineages: readonly LineageJudgement[];
  /** What is wrong with the keystore, then what the rules say of the current certificates, then what nobody declares. */
  readonly findings: readonly Finding[];
}

/**
 * Judges every lineage of a configuration, and the whole keystore.
 *
 * @throws Vb365Error `keystore-not-a-folder`, `keystore-unreadable`
 */
export function judgeAll(declarations: readonly LineageDeclaration[], keystore: Keystore, at: Date): WholeJudgement {
  const wrong = keystore.findings();
  const damaged = damagedIn(wrong);
  const lineages = readLineages(declarations, keystore).map((lineage) => judgeLineage(lineage, at, damaged));
  const declared = declarations.map(({ name }) => name);
  return {
    lineages,
    findings: [
      ...wrong,
      ...lineages.flatMap(({ findings }) => findings),
      ...findUndeclared(declared, keystore.lineages()),
    ],
  };
}
