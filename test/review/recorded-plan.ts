import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from '../../lib/config/configuration';
import { lineagesOf } from '../../lib/config/lineages';
import { readConfiguration } from '../../lib/config/read-configuration';
import { Keystore } from '../../lib/keystore/keystore';
import { CertificateIndex } from '../../lib/review/stack/certificate-index';
import type { ConfigurationFile } from '../../lib/plan/written-parts';
import { readPlan } from '../../lib/plan/plan';
import { reviewStack, type StackReview } from '../../lib/review/review-stack';
import { type ReviewContext, stackPlan } from '../../lib/review/stack/stack-plan';

const FOLDER = join(__dirname, 'plans');

/** A day after the plans were recorded: everything is valid, nothing is due. */
export const recordedAt = new Date('2026-11-21T00:00:00Z');

export const recordedNames: readonly string[] = readdirSync(FOLDER);

/** Attributes of a resource, as a test changes them. */
export type Attributes = Record<string, unknown>;

export interface RawChange {
  readonly address: string;
  readonly type: string;
  readonly mode: string;
  readonly deposed?: string;
  readonly change: {
    actions: string[];
    before: Attributes | null;
    after: Attributes | null;
    after_unknown: Attributes;
  };
}

/** As much of a recorded plan as tests change. */
export interface RawPlan extends Attributes {
  complete: boolean;
  errored: boolean;
  resource_changes: RawChange[];
  resource_drift: RawChange[];
  readonly output_changes: Record<string, { before: Attributes | null; after: Attributes | null }>;
}

export function rawPlan(name: string): RawPlan {
  const plan = JSON.parse(readFileSync(join(FOLDER, name, 'plan.json'), 'utf8')) as RawPlan;
  // Terraform leaves the list out where nothing has drifted.
  return Object.assign({ resource_drift: [] }, plan);
}

const configurations = new Map<string, Configuration>();

/** The configuration and the keystore of the moment. */
export function recordedContext(name: string, at: Date = recordedAt): ReviewContext {
  const configuration = configurations.get(name) ?? readConfiguration(join(FOLDER, name, 'vb365.yaml'));
  configurations.set(name, configuration);
  const keystore = new Keystore(configuration.keystore);
  const certificates = new CertificateIndex(lineagesOf(configuration), (lineage) => keystore.generations(lineage));
  return { at, configuration, certificates };
}

/** @param files the configuration that the plan was made of, where a test tells it */
export function reviewRaw(
  plan: unknown,
  name: string,
  context: ReviewContext = recordedContext(name),
  files?: readonly ConfigurationFile[],
): StackReview {
  return reviewStack(stackPlan(readPlan(plan, name, files), name, context), context);
}

/** The planned values as the changes tell them, after a test has edited these. */
export function settled<T extends RawPlan>(plan: T): T {
  const changes = new Map(plan.resource_changes.map((change) => [change.address, change.change]));
  const { root_module: root } = (plan.planned_values ?? {}) as {
    root_module?: { resources?: { address: string; values: Attributes }[] };
  };
  if (root?.resources === undefined) return plan;
  root.resources = root.resources.filter(({ address }) => changes.has(address));
  for (const resource of root.resources) resource.values = changes.get(resource.address)?.after ?? {};
  return plan;
}

export function idsOf({ findings }: StackReview): string[] {
  return findings.map(({ id }) => id);
}
