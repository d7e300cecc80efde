import { type GenerationState, generationStates } from '../lifecycle/states';
import { html, type Html, trustedMarkup } from './html';
import { formatCount } from '../words/counted';

interface StateWords {
  /** As people say it. */
  readonly label: string;
  /** Behind a count: `24 to renew`. */
  readonly counted: string;
  /** What it means for the product, in a few words. */
  readonly meaning: string;
  /** Paths of a drawing of 16 by 16, in the colour of the text: a shape of its own, so that colour alone says nothing. */
  readonly icon: string;
}

export const stateWords: Readonly<Record<GenerationState, StateWords>> = {
  missing: {
    label: 'Missing',
    counted: 'missing',
    meaning: 'the keystore has none',
    icon: '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.6 2.2"/>',
  },
  damaged: {
    label: 'Damaged',
    counted: 'damaged',
    meaning: 'its files are not whole',
    icon: '<path d="M8 1.4l7 12.8H1z" fill="currentColor"/><path d="M8 5.6v4.2m0 1.4v1.5" stroke="var(--surface)" stroke-width="1.7"/>',
  },
  expired: {
    label: 'Expired',
    counted: 'expired',
    meaning: 'no longer accepted',
    icon: '<path d="M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2z" fill="currentColor"/><path d="M5.6 5.6l4.8 4.8m0-4.8l-4.8 4.8" stroke="var(--surface)" stroke-width="1.7" stroke-linecap="round"/>',
  },
  'not-yet-valid': {
    label: 'Not yet valid',
    counted: 'not yet valid',
    meaning: 'not accepted so far',
    icon: '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M6.6 5.2L10.6 8l-4 2.8z" fill="currentColor"/>',
  },
  unfit: {
    label: 'Unfit',
    counted: 'unfit',
    meaning: 'not what is asked for',
    icon: '<rect x="2" y="2" width="12" height="12" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M5 6.3h6m-6 3.4h6m-1.4-6L6.4 12.3" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/>',
  },
  renew: {
    label: 'Renew',
    counted: 'to renew',
    meaning: 'inside the renewal window',
    icon: '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 4.4V8l2.4 1.6" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>',
  },
  valid: {
    label: 'Valid',
    counted: 'valid',
    meaning: 'in use, nothing to do',
    icon: '<circle cx="8" cy="8" r="7" fill="currentColor"/><path d="M4.9 8.2l2.1 2.1 4.1-4.4" fill="none" stroke="var(--surface)" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>',
  },
  superseded: {
    label: 'Superseded',
    counted: 'superseded',
    meaning: 'published during the overlap',
    icon: '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M5 8h6" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/>',
  },
};

/** Drawn once in a page, and referred to by `stateIcon`. */
export function stateSymbols(): Html {
  return trustedMarkup(
    generationStates
      .map((state) => `<symbol id="icon-${state}" viewBox="0 0 16 16">${stateWords[state].icon}</symbol>`)
      .join(''),
  );
}

/** Beside a word that says the same. */
export function stateIcon(state: GenerationState): Html {
  return html`<svg class="icon" aria-hidden="true"><use href="#icon-${state}"></use></svg>`;
}

export function stateBadge(state: GenerationState): Html {
  return html`<span class="badge ${state}">${stateIcon(state)}${stateWords[state].label}</span>`;
}

/** `335 days left`, `ended 3 days ago`; undefined where there is no certificate. */
export function daysInWords(daysLeft: number | null): string | undefined {
  if (daysLeft === null) return undefined;
  const days = Math.abs(daysLeft);
  const unit = days === 1 ? 'day' : 'days';
  return daysLeft < 0 ? `ended ${days} ${unit} ago` : `${days} ${unit} left`;
}

/** `11 missing, 24 to renew, 954 valid` */
export function statesInWords(rows: readonly { readonly state: GenerationState }[]): string {
  return generationStates
    .map((state) => ({ state, count: rows.filter((row) => row.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${formatCount(count)} ${stateWords[state].counted}`)
    .join(', ');
}
