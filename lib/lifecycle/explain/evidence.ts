/** What a refusal says of the certificate and its application, beside thumbprints. */
export interface Evidence {
  /** What Entra gives as its reason. */
  readonly reason: 'expired' | 'not-found' | 'signature' | undefined;
  /** The validity of the key credential that Entra has found; undefined where the text does not tell it. */
  readonly foundKey: { readonly start: Date | undefined; readonly end: Date } | undefined;
  /** Client ids in lower case, of which the text says that they are those of the application. */
  readonly applicationIds: readonly string[];
  /** Lineages that addresses of Terraform name, such as `azuread_application_certificate.contoso_entra-application_…`. */
  readonly lineages: readonly string[];
}

const REASONS: readonly (readonly [RegExp, NonNullable<Evidence['reason']>])[] = [
  [/the key used is expired/i, 'expired'],
  [/the key was not found/i, 'not-found'],
  [/signature value did not match|invalid signature value|signature (?:is|was) invalid/i, 'signature'],
];

/** `Found key 'Start=12/15/2025 00:00:00, End=12/15/2026 00:00:00'`, as .NET writes a moment without a culture, or as RFC 3339. */
const FOUND_KEY =
  /Found\s{1,9}key\s{0,9}["']?Start\s{0,3}=\s{0,3}([^,\n]{1,40}),\s{0,9}End\s{0,3}=\s{0,3}([^,'"\]\n]{8,40})/i;
const MOMENT = /^(\d{1,2})\/(\d{1,2})\/(\d{4})\s+(\d{1,2}):(\d{2}):(\d{2})(?:\s*([AP]M))?/i;
const APPLICATION =
  /(?:app(?:lication)?(?:\s{1,9}with)?\s{1,9}(?:id(?:entifier)?|for)?|client[_ ]id|for the application|client application|app ID)\s{0,9}[:=]?\s{0,9}["'(]{0,2}([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/gi;
const TERRAFORM_ADDRESS =
  /\bazuread_\w{1,60}\.([a-z0-9-]{1,63})_((?:entra|backup)-application[a-z0-9-]{0,60}|restore-portal|data-cloud)_/g;

export function evidenceOf(part: string): Evidence {
  return {
    reason: REASONS.find(([pattern]) => pattern.test(part))?.[1],
    foundKey: foundKeyOf(part),
    applicationIds: [...new Set(Array.from(part.matchAll(APPLICATION), ([, id = '']) => id.toLowerCase()))],
    lineages: [
      ...new Set(Array.from(part.matchAll(TERRAFORM_ADDRESS), ([, owner = '', segment = '']) => `${owner}/${segment}`)),
    ],
  };
}

function foundKeyOf(part: string): Evidence['foundKey'] {
  const [, start = '', end = ''] = FOUND_KEY.exec(part) ?? [];
  const until = readMoment(end);
  return until && { start: readMoment(start), end: until };
}

/** Entra's moments are UTC, and say so nowhere. */
function readMoment(text: string): Date | undefined {
  const [, month, day, year, hour, minute, second, half] = MOMENT.exec(text.trim()) ?? [];
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  const moment =
    year === undefined
      ? new Date(/^\d{4}-\d{2}-\d{2}[T ]/.test(text.trim()) ? withZone(text.trim()) : Number.NaN)
      : new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), hours, Number(minute), Number(second)));
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

function withZone(text: string): string {
  return /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text.replace(' ', 'T')}Z`;
}
