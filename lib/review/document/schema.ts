import { z } from 'zod';

/** Where tools find the schema of the published package. */
const REVIEW_SCHEMA_ID = 'https://unpkg.com/cdktf-vb365/review.schema.json';

const verdict = z.enum(['block', 'warn', 'note', 'clean']);
const instant = z.string().describe('RFC 3339 in UTC, to the second');
const effect = z.enum(['none', 'read', 'create', 'update', 'replace', 'destroy', 'forget']);
const count = z.int().min(0);

const finding = z.strictObject({
  id: z.string().describe('of the rule; stable'),
  severity: z.enum(['block', 'warn', 'note']).describe('what counts'),
  ruleSeverity: z
    .enum(['block', 'warn', 'note'])
    .describe('of the rule itself; the configuration under review may set another one'),
  reason: z
    .string()
    .nullable()
    .describe('why the configuration gives the rule another severity; null where it does not'),
  subject: z.string(),
  message: z.string(),
  cure: z.string(),
});

const counts = z
  .strictObject({
    create: count,
    update: count,
    replace: count,
    destroy: count,
    forget: count.describe('Terraform lets go of it, and it stays in Entra'),
    import: count.describe('taken over into the state; counted among the others, too'),
    unchanged: count,
  })
  .describe('managed resources');

const application = z.strictObject({
  address: z.string(),
  displayName: z.string(),
  clientId: z.string().nullable().describe('null before it is created'),
  owned: z.boolean().describe('whether the stack made it, and may destroy it'),
  effect,
  changes: z.array(
    z.strictObject({
      attribute: z.string(),
      from: z.string().nullable().describe('null where it is not shown'),
      to: z.string().nullable().describe('null where it is not shown'),
    }),
  ),
});

const credential = z.strictObject({
  address: z.string(),
  application: z.string().nullable().describe('display name; null where another stack has it'),
  change: z
    .enum(['added', 'kept', 'removed', 'replaced', 'replacement', 'changed', 'forgotten'])
    .describe('replaced: it goes before its replacement comes'),
  lineage: z.string().nullable().describe('null where neither the keystore nor an output of the stack tells'),
  generation: z.string().nullable().describe('four digits'),
  current: z
    .boolean()
    .nullable()
    .describe('whether it is the newest generation, which the product shall use; null where it is not in the keystore'),
  thumbprint: z
    .string()
    .nullable()
    .describe('SHA-1, upper-case hex; null where it is no certificate, or not known yet'),
  validFrom: instant.nullable(),
  validTo: instant.nullable(),
  daysLeft: z.int().nullable().describe('whole days at the moment of the review; negative once it has expired'),
  overlapDays: z
    .int()
    .min(0)
    .nullable()
    .describe('days on which the application accepts both it and the next certificate; null where there is none'),
});

const permission = z.strictObject({
  api: z.string(),
  kind: z.enum(['application', 'delegated']),
  name: z.string(),
});
const permissionChanges = z.strictObject({ added: z.array(permission), removed: z.array(permission) });
const nameChanges = { added: z.array(z.string()), removed: z.array(z.string()) };

const access = z.strictObject({
  application: z.string().nullable(),
  requested: permissionChanges.describe('what the application asks for'),
  granted: permissionChanges.describe('admin consent'),
  directoryRoles: z.strictObject(nameChanges),
});

const redirectUris = z.strictObject({
  application: z.string().nullable(),
  platform: z.enum(['SPA', 'Web', 'PublicClient']),
  ...nameChanges,
});

const installed = z.strictObject({ generation: z.string(), thumbprint: z.string(), expires: z.string() });

const installation = z.strictObject({
  address: z.string(),
  lineage: z.string(),
  role: z.string(),
  host: z.string(),
  installedIn: z.string(),
  change: z.enum(['added', 'switched', 'changed', 'kept', 'removed']).describe('switched: to another certificate'),
  from: installed.nullable(),
  to: installed.nullable(),
});

const resource = z.strictObject({
  address: z.string(),
  type: z.string(),
  effect,
  imported: z.boolean(),
  ours: z.boolean().describe('whether it is of a type that this library makes'),
});

const stack = z.strictObject({
  stack: z.string(),
  source: z.string().describe('the file that was read'),
  owner: z.enum(['installation', 'organization', 'data-cloud']).nullable().describe('null: not in the configuration'),
  tenant: z.string().nullable(),
  region: z.string().nullable(),
  verdict,
  findings: z.array(finding).describe('the worst first'),
  counts,
  applications: z.array(application).describe('those that change'),
  credentials: z.array(credential).describe('all of them, also those that are kept'),
  access: z.array(access),
  redirectUris: z.array(redirectUris),
  installations: z.array(installation).describe('certificates that a person or the installer puts on a machine'),
  changes: z.array(resource).describe('every managed resource that changes'),
  outputs: z.array(z.string()).describe('names of outputs whose values change'),
  drift: z
    .array(z.strictObject({ address: z.string(), effect }))
    .describe('changed outside of Terraform since the last apply, as far as Terraform tells'),
});

const failure = z.strictObject({ source: z.string(), code: z.string(), message: z.string(), cure: z.string() });

/** What `vb365 review --format json` prints. */
export const reviewSchema = z.strictObject({
  $schema: z.literal(REVIEW_SCHEMA_ID),
  version: z.literal(1),
  at: instant.describe('the moment of the review'),
  verdict: verdict.describe('the worst of all; block where something was not planned or could not be read'),
  stacks: z.array(stack).describe('the worst first, then by name'),
  failures: z.array(failure).describe('what was not planned or could not be read, and counts as blocked'),
  removed: z.array(failure).describe('stacks (source) that nothing synthesizes any more; each counts as a warning'),
  notes: z.array(z.string()).describe('what limits the review'),
});

/** The text of `review.schema.json`: JSON Schema, draft 2020-12. */
export function reviewJsonSchemaText(): string {
  return `${JSON.stringify(reviewJsonSchema(), undefined, 2)}\n`;
}

function reviewJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(reviewSchema, { target: 'draft-2020-12' });
  return { $schema, $id: REVIEW_SCHEMA_ID, title: 'vb365 review', ...schema };
}
