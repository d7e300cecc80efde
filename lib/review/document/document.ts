import type { z } from 'zod';
import { formatInstant } from '../../words/instant';
import type { reviewSchema } from './schema';
import { worstOf } from '../review-stack';

/** A review of any number of stacks, small enough to keep a thousand of them: what every format is made from. */
export type ReviewDocument = z.infer<typeof reviewSchema>;

/** What is told of one stack: an entry of `stacks` in review.schema.json. */
export type StackSummary = ReviewDocument['stacks'][number];
export type CredentialSummary = StackSummary['credentials'][number];
export type ApplicationSummary = StackSummary['applications'][number];
export type AccessSummary = StackSummary['access'][number];
export type InstallationSummary = StackSummary['installations'][number];
export type RedirectUriSummary = StackSummary['redirectUris'][number];
export type PermissionSummary = AccessSummary['requested']['added'][number];

/**
 * A plan that is missing or could not be read, or planning that has failed: it counts as blocked, for nobody has looked at it.
 * Or a stack that was removed.
 */
export type ReviewFailure = ReviewDocument['failures'][number];

/** What a review consists of, before it is put in order and judged. */
export interface ReviewParts {
  /** Moment of the review; the document has it to the second. */
  readonly at: Date;
  /** In any order. */
  readonly stacks: readonly StackSummary[];
  /** A single one makes the verdict `block`. */
  readonly failures: readonly ReviewFailure[];
  /** Stacks that nothing synthesizes any more; a single one makes the verdict `warn` at least. @default none */
  readonly removed?: readonly ReviewFailure[];
  /** What limits the review. */
  readonly notes: readonly string[];
}

const ORDER = ['block', 'warn', 'note', 'clean'] as const;

/** Puts the stacks in order, the worst first, and judges the whole. */
export function reviewDocument({ at, failures, notes, removed = [], stacks }: ReviewParts): ReviewDocument {
  const verdicts = [...stacks.map(({ verdict }) => verdict), ...removed.map(() => 'warn' as const)];
  return {
    // The literal, so that whoever prints a review does not load what describes it.
    $schema: 'https://unpkg.com/cdktf-vb365/review.schema.json',
    version: 1,
    at: formatInstant(at),
    verdict: failures.length > 0 ? 'block' : worstOf(verdicts),
    stacks: [...stacks].sort(byVerdict),
    failures: [...failures],
    removed: [...removed],
    notes: [...notes],
  };
}

function byVerdict(one: StackSummary, other: StackSummary): number {
  const order = ORDER.indexOf(one.verdict) - ORDER.indexOf(other.verdict);
  return order === 0 ? Number(one.stack > other.stack) - Number(one.stack < other.stack) : order;
}
