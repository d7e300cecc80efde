import type { LineageDeclaration } from '../config/lineages';
import type { Finding } from '../findings';
import { warnAboutExported } from './attention';
import type { ChosenGeneration } from './choose-generation';
import { judgeLineage, warnAboutUnfit } from './judgement';

/**
 * What a person should know about a certificate that is taken to where it shall be used: that it does not work there, or is not
 * what the configuration asks for. Whoever asks for a superseded one may well want the names of before.
 */
export function warnAboutUse(declaration: LineageDeclaration, generation: ChosenGeneration, at: Date): Finding[] {
  const unfit = generation.isSuperseded
    ? []
    : warnAboutUnfit(judgeLineage({ declaration, generations: [generation] }, at));
  return [...warnAboutExported(declaration, generation, at), ...unfit];
}
