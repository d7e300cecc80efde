import { shown } from '../words/shown';
import type { LineageDeclaration } from '../config/lineages';
import { Vb365Error } from '../errors';
import type { Generation, Keystore } from '../keystore/keystore';
import { missingFinding } from './issue/missing';

/** A generation, and whether it is still the one that the product shall use. */
export interface ChosenGeneration extends Generation {
  /** Whether another generation is current. */
  readonly isSuperseded: boolean;
}

/**
 * The generation that a person asks for by its number, or the current one.
 *
 * @throws Vb365Error `certificate-missing-in-keystore`, `generation-unknown`
 */
export async function chooseGeneration(
  keystore: Keystore,
  declaration: LineageDeclaration,
  wanted: string | undefined,
): Promise<ChosenGeneration> {
  const lineage = declaration.name;
  if (wanted === undefined) {
    const current = keystore.current(lineage);
    if (current) return { ...current, isSuperseded: false };
    const { awaitingAnswer } = await import('./import/awaiting-answer.js');
    const finding = awaitingAnswer(missingFinding(declaration), lineage, keystore.folder);
    throw new Vb365Error('certificate-missing-in-keystore', finding);
  }
  const all = keystore.generations(lineage);
  const found = /^\d{1,4}$/.test(wanted) ? all.find(({ number }) => number === Number(wanted)) : undefined;
  if (found) return { ...found, isSuperseded: found !== all.at(-1) };
  throw new Vb365Error('generation-unknown', {
    subject: lineage,
    message: `${lineage} has no generation ${shown(wanted)}; it has ${all.map(({ label }) => label).join(', ') || 'none'}`,
    cure: 'name one of them, or none for the current one',
  });
}
