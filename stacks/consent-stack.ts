import type { Construct } from 'constructs';
import type {
  ApplicationConfiguration,
  ConsentPlacement,
  PortalApplicationConfiguration,
} from '../lib/config/configuration';
import { AdminConsent, type AdminConsentProps } from '../lib/entra/admin-consent';
import { EntraStack, type EntraStackProps } from './entra-stack';

/** An application of a stack, and what shall be granted to it. */
export interface ConsentRequest extends AdminConsentProps {
  /** Id of the construct that grants. */
  readonly id: string;
  /** With `none`, nothing is granted here: a person does it. */
  readonly placement: ConsentPlacement;
}

/**
 * Admin consent apart from the applications, for a pipeline with more privileges; it is applied after them and learns
 * their ids from their state.
 */
export class ConsentStack extends EntraStack {
  constructor(scope: Construct, id: string, props: EntraStackProps & { readonly requests: readonly ConsentRequest[] }) {
    super(scope, id, props);
    for (const request of props.requests) new AdminConsent(this, request.id, request);
  }
}

/** Grants beside the applications what belongs there, and the rest in a stack named `<owner>-consent`. */
export function placeConsent(
  scope: Construct,
  stack: EntraStack,
  props: EntraStackProps,
  requests: readonly ConsentRequest[],
): void {
  for (const request of requests.filter(({ placement }) => placement === 'same-stack')) {
    new AdminConsent(stack, request.id, request);
  }
  const separate = requests.filter(({ placement }) => placement === 'separate-stack');
  if (separate.length > 0) new ConsentStack(scope, `${stack.node.id}-consent`, { ...props, requests: separate });
}

/** What the configuration says to be granted already; a new application has nothing yet. */
export function consentExceptions(
  declared: ApplicationConfiguration | PortalApplicationConfiguration,
): readonly string[] {
  return 'alreadyConsented' in declared ? declared.alreadyConsented : [];
}
