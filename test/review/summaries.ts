import { reviewDocument, type ReviewDocument, type StackSummary } from '../../lib/review/document/document';

const reviewedAt = new Date('2026-11-21T00:00:00Z');

/** A stack that does not change. */
export function quietStack(stack: string): StackSummary {
  return {
    ...{ stack, source: `${stack}.json`, owner: 'organization', tenant: null, region: 'worldwide' },
    ...{ verdict: 'clean', findings: [], applications: [], credentials: [], access: [], redirectUris: [] },
    counts: { create: 0, update: 0, replace: 0, destroy: 0, forget: 0, import: 0, unchanged: 16 },
    ...{ installations: [], changes: [], outputs: [], drift: [] },
  };
}

/** A stack of which everything changes, with a text wherever others can put one. */
export function busyStack(stack: string, text: string, rows = 2): StackSummary {
  const each = <T>(row: (index: number) => T): T[] => Array.from({ length: rows }, (_, index) => row(index));
  const both = { added: [text], removed: [text] };
  const permission = { api: text, kind: 'delegated' as const, name: text };
  const permissions = { added: [permission], removed: [permission] };
  return {
    ...quietStack(stack),
    verdict: 'block',
    findings: (['block', 'warn', 'note'] as const).flatMap((severity) =>
      each(() => ({
        id: 'some-rule',
        severity,
        ruleSeverity: severity,
        reason: text,
        subject: text,
        message: text,
        cure: text,
      })),
    ),
    counts: { create: 1, update: 1, replace: 1, destroy: 1, forget: 0, import: 0, unchanged: 0 },
    applications: each(() => ({
      ...{ address: text, displayName: text, clientId: text, owned: true, effect: 'update' },
      changes: [{ attribute: text, from: text, to: null }],
    })),
    credentials: each((index) => ({
      ...{ address: text, application: text, change: index % 2 === 0 ? 'added' : 'removed', lineage: text },
      ...{ generation: text, current: true, thumbprint: '0F'.repeat(20), validFrom: '2026-01-01T00:00:00Z' },
      ...{ validTo: '2027-01-01T00:00:00Z', daysLeft: 41, overlapDays: 3 },
    })),
    access: each(() => ({ application: text, requested: permissions, granted: permissions, directoryRoles: both })),
    redirectUris: each(() => ({ application: text, platform: 'SPA', ...both })),
    installations: each(() => ({
      ...{ address: text, lineage: text, role: text, host: text, installedIn: text, change: 'switched' },
      from: { generation: text, thumbprint: text, expires: text },
      to: { generation: text, thumbprint: text, expires: text },
    })),
    changes: each(() => ({ address: text, type: text, effect: 'destroy', imported: false, ours: false })),
    outputs: each(() => text),
    drift: each(() => ({ address: text, effect: 'update' })),
  };
}

export function documentOf(stacks: readonly StackSummary[], text?: string): ReviewDocument {
  const failures = text === undefined ? [] : [{ source: text, code: 'plan-malformed', message: text, cure: text }];
  return reviewDocument({ at: reviewedAt, stacks, failures, notes: text === undefined ? [] : [text] });
}
