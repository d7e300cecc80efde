import { Vb365Error } from '../errors';
import { readPlan } from '../plan/plan';
import type { PlanSource } from '../plan/plan-sources';
import { type PlanReading, readPlanJson } from '../plan/read-plan-json';
import { shortList } from '../words/lists';
import type { StackSummary } from './document/document';
import { summarizeStack } from './document/summarize-stack';
import { reviewStack } from './review-stack';
import { type ReviewContext, stackPlan } from './stack/stack-plan';

/** More names than a person reads. */
const MOST_NAMES = 5;

/** What came of several plans: their summaries, and why the others could not be reviewed. */
export interface ReviewedPlans {
  /** In the order of the plans; of two plans of one stack, the first. */
  readonly stacks: readonly StackSummary[];
  /** By the name of the plan; `plan-of-reviewed-stack` for a second plan of a stack. */
  readonly errors: readonly { readonly name: string; readonly error: Vb365Error }[];
  /** That plans do not say whether anything is left out, as by `-target`; empty where all of them do. */
  readonly notes: readonly string[];
}

/**
 * One after the other, and only the summary of each is kept: a thousand plans do not fit into the memory at once.
 *
 * @example
 * ```ts
 * import { lineagesOf, readConfiguration } from 'cdktf-vb365/config';
 * import { Keystore } from 'cdktf-vb365/keystore';
 * import { CertificateIndex, findPlanSources, renderMarkdown, reviewDocument, reviewPlans } from 'cdktf-vb365/review';
 *
 * async function review(): Promise<string> {
 *   const configuration = readConfiguration('vb365.yaml');
 *   const keystore = new Keystore(configuration.keystore);
 *   const certificates = new CertificateIndex(lineagesOf(configuration), (name) => keystore.generations(name));
 *   const at = new Date();
 *   const { sources } = findPlanSources(process.cwd(), ['cdktf.out/stacks/contoso/plan']);
 *   const { stacks, notes } = await reviewPlans(sources, { at, configuration, certificates }, process);
 *   return renderMarkdown(reviewDocument({ at, stacks, notes, failures: [] }), { limit: 60_000 });
 * }
 * void review().then(console.log);
 * ```
 */
export async function reviewPlans(
  sources: readonly PlanSource[],
  context: ReviewContext,
  reading: PlanReading,
): Promise<ReviewedPlans> {
  const stacks = new Map<string, StackSummary>();
  const errors: { name: string; error: Vb365Error }[] = [];
  const untold: string[] = [];
  for (const source of sources) {
    try {
      const { summary, tellsCompleteness } = await reviewOne(source, context, reading);
      const other = stacks.get(summary.stack);
      if (other !== undefined) throw repeated(summary, other);
      stacks.set(summary.stack, summary);
      if (!tellsCompleteness) untold.push(summary.stack);
    } catch (error) {
      if (!(error instanceof Vb365Error)) throw error;
      errors.push({ name: source.name, error });
    }
  }
  return { stacks: [...stacks.values()], errors, notes: completenessNotes(untold) };
}

function completenessNotes(stacks: readonly string[]): string[] {
  if (stacks.length === 0) return [];
  const subject = stacks.length === 1 ? 'the plan of' : 'the plans of';
  const verb = stacks.length === 1 ? 'does' : 'do';
  return [
    `${subject} ${shortList(stacks, MOST_NAMES)} ${verb} not say whether anything is left out, as by -target: only Terraform 1.8 and later tells`,
  ];
}

async function reviewOne(
  source: PlanSource,
  context: ReviewContext,
  reading: PlanReading,
): Promise<{ readonly summary: StackSummary; readonly tellsCompleteness: boolean }> {
  const plan = readPlan(await readPlanJson(source, reading), source.name);
  const reviewed = reviewStack(stackPlan(plan, source.stack, context), context);
  return { summary: summarizeStack(reviewed, source.name, context.at), tellsCompleteness: plan.tellsCompleteness };
}

function repeated({ source, stack }: StackSummary, other: StackSummary): Vb365Error {
  return new Vb365Error('plan-of-reviewed-stack', {
    subject: source,
    message: `${source} is a plan of the stack ${JSON.stringify(stack)}, as ${other.source} is, which is reviewed`,
    cure: 'name the plan that will be applied, and no other of its stack',
  });
}
