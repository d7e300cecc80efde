import { Vb365Error } from '../errors';
import { type Plan, readPlan } from '../plan/plan';
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
  /** What plans do not say: whether anything is left out, as by `-target`, and of which configuration they were made. */
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
  const untold: Untold = { completeness: [], configuration: [] };
  for (const source of sources) {
    try {
      const { plan, summary } = await reviewOne(source, context, reading);
      const other = stacks.get(summary.stack);
      if (other !== undefined) throw repeated(summary, other);
      stacks.set(summary.stack, summary);
      if (!plan.tellsCompleteness) untold.completeness.push(summary.stack);
      if (plan.written === undefined) untold.configuration.push(summary.stack);
    } catch (error) {
      if (!(error instanceof Vb365Error)) throw error;
      errors.push({ name: source.name, error });
    }
  }
  return { stacks: [...stacks.values()], errors, notes: notesOf(untold) };
}

/** Stacks whose plans leave something open. */
interface Untold {
  readonly completeness: string[];
  readonly configuration: string[];
}

function notesOf({ completeness, configuration }: Untold): string[] {
  return [
    ...noteOf(completeness, 'whether anything is left out, as by -target: only Terraform 1.8 and later tells'),
    ...noteOf(
      configuration,
      'where the state is kept, nor what checks and removed blocks do: review the binary plan, or its JSON in the folder of cdk.tf.json',
    ),
  ];
}

function noteOf(stacks: readonly string[], what: string): string[] {
  if (stacks.length === 0) return [];
  const subject = stacks.length === 1 ? 'the plan of' : 'the plans of';
  return [`${subject} ${shortList(stacks, MOST_NAMES)} ${stacks.length === 1 ? 'does' : 'do'} not say ${what}`];
}

async function reviewOne(
  source: PlanSource,
  context: ReviewContext,
  reading: PlanReading,
): Promise<{ readonly summary: StackSummary; readonly plan: Plan }> {
  const { files, json } = await readPlanJson(source, reading);
  const plan = readPlan(json, source.name, files);
  const reviewed = reviewStack(stackPlan(plan, source.stack, context), context);
  return { summary: summarizeStack(reviewed, source.name, context.at), plan };
}

function repeated({ source, stack }: StackSummary, other: StackSummary): Vb365Error {
  return new Vb365Error('plan-of-reviewed-stack', {
    subject: source,
    message: `${source} is a plan of the stack ${JSON.stringify(stack)}, as ${other.source} is, which is reviewed`,
    cure: 'name the plan that will be applied, and no other of its stack',
  });
}
