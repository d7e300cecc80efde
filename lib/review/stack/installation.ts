import { isObject, type JsonObject, objectOf, textOf } from '../../plan/json-values';
import type { Effect, Plan } from '../../plan/plan';

/** What a plan says of a certificate that a person or the installer puts on a machine. */
export interface InstallationContent {
  /** Veeam's name of the certificate. */
  readonly role: string;
  readonly host: string;
  /** `primary/rest-api` */
  readonly lineage: string;
  /** Four digits. */
  readonly generation: string;
  /** SHA-1, upper-case hex. */
  readonly thumbprint: string;
  /** RFC 3339, UTC. */
  readonly expires: string;
  /** Where the product shows it. */
  readonly installedIn: string;
  /** Absent where no cmdlet reaches. */
  readonly cmdlet?: string;
}

/** A certificate of a role that only the server uses, as the `terraform_data` of the stack declares it. */
export interface PlannedInstallation {
  readonly address: string;
  readonly effect: Effect;
  readonly before: InstallationContent | undefined;
  readonly after: InstallationContent | undefined;
}

/** Those of this library's constructs; another `terraform_data` is none. */
export function plannedInstallations(plan: Plan): PlannedInstallation[] {
  return plan.changes
    .filter(({ managed, type }) => managed && type === 'terraform_data')
    .map(({ address, effect, before, after }) => ({
      address,
      effect,
      before: readContent(before),
      after: readContent(after),
    }))
    .filter(({ after, before }) => before !== undefined || after !== undefined);
}

/** Whatever lacks one, or has more, is a `terraform_data` of somebody else. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  role: /./,
  host: /./,
  lineage: /^[^/]+\/[^/]+$/,
  generation: /^\d{4}$/,
  thumbprint: /^[0-9A-F]{40}$/,
  expires: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
  installed_in: /./,
};

function readContent(values: JsonObject): InstallationContent | undefined {
  if (!isObject(values.input)) return undefined;
  const input = objectOf(values.input);
  const text = (key: string): string => textOf(input[key]) ?? '';
  const isOurs =
    Object.keys(input).every((key) => Object.hasOwn(SHAPES, key) || key === 'cmdlet') &&
    Object.entries(SHAPES).every(([key, shape]) => shape.test(text(key)));
  if (!isOurs) return undefined;
  const cmdlet = textOf(input.cmdlet);
  return {
    role: text('role'),
    host: text('host'),
    lineage: text('lineage'),
    generation: text('generation'),
    thumbprint: text('thumbprint'),
    expires: text('expires'),
    installedIn: text('installed_in'),
    ...(cmdlet !== undefined && { cmdlet }),
  };
}
