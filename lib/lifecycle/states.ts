import { DAY } from '../words/days';

/** Every state of a generation, what needs attention first. */
export const generationStates = [
  'missing',
  'damaged',
  'expired',
  'not-yet-valid',
  'unfit',
  'renew',
  'valid',
  'superseded',
] as const;

/**
 * `damaged`: its lineage is neither published nor added to until that is mended. `unfit`: valid, and not what the configuration
 * asks for. `renew`: valid, and inside its renewal window. `superseded`: published until the product has switched. The others
 * say what they are.
 */
export type GenerationState = (typeof generationStates)[number];

/** Where the calendar has a certificate at a date; whether it fits is not asked. */
export function stateOf(
  validity: { readonly notBefore: Date; readonly notAfter: Date },
  renewBeforeDays: number,
  at: Date,
): Extract<GenerationState, 'expired' | 'not-yet-valid' | 'renew' | 'valid'> {
  const now = at.getTime();
  if (now > validity.notAfter.getTime()) return 'expired';
  if (now < validity.notBefore.getTime()) return 'not-yet-valid';
  return validity.notAfter.getTime() - now <= renewBeforeDays * DAY ? 'renew' : 'valid';
}

/** Whether somebody has to do something. */
export function needsAttention({ state }: { readonly state: GenerationState }): boolean {
  return state !== 'valid' && state !== 'superseded';
}

/** Sorts by what needs attention first, and then by what ends first. */
export function byAttention(
  one: { readonly state: GenerationState; readonly daysLeft: number | null },
  other: { readonly state: GenerationState; readonly daysLeft: number | null },
): number {
  const byState = generationStates.indexOf(one.state) - generationStates.indexOf(other.state);
  return byState === 0 ? (one.daysLeft ?? 0) - (other.daysLeft ?? 0) : byState;
}
