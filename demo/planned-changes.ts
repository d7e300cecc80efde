import { z } from 'zod';

const planSchema = z.object({
  resource_changes: z.array(
    z.object({
      type: z.string(),
      change: z.object({
        actions: z.array(z.enum(['no-op', 'read', 'create', 'update', 'delete', 'forget'])),
        after: z
          .object({ key_id: z.string().optional(), start_date: z.string().optional(), end_date: z.string().optional() })
          .nullable(),
      }),
    }),
  ),
});

/** A key credential that a plan adds to an application. */
export interface AddedCredential {
  readonly type: string;
  readonly keyId: string;
  readonly from: string;
  readonly to: string;
}

/** What a reviewer reads in a plan. */
export interface PlannedChanges {
  /** As Terraform counts: a replacement is one added and one destroyed. */
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
  readonly credentials: readonly AddedCredential[];
}

/** @param json what `terraform show -json` says of a plan */
export function readPlan(json: string): PlannedChanges {
  const changes = planSchema.parse(JSON.parse(json)).resource_changes;
  const count = (action: 'create' | 'update' | 'delete'): number =>
    changes.filter(({ change }) => change.actions.includes(action)).length;
  return {
    added: count('create'),
    changed: count('update'),
    destroyed: count('delete'),
    credentials: changes.flatMap(({ type, change: { actions, after } }) => {
      if (!actions.includes('create') || after?.key_id === undefined) return [];
      return [{ type, keyId: after.key_id, from: after.start_date ?? '', to: after.end_date ?? '' }];
    }),
  };
}
