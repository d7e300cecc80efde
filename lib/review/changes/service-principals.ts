import type { ResourceChange } from '../../plan/plan';
import type { PlannedApplication } from '../stack/application';
import type { StackPlan } from '../stack/stack-plan';
import { staysItself } from './credentials';
import { rememberedOnce } from './remembered';

/** A service principal that changes while its application stays. */
export interface ChangedServicePrincipal {
  readonly change: ResourceChange;
  /** Undefined where another stack has it. */
  readonly application: PlannedApplication | undefined;
}

/** Those that go, or are made anew. */
export const removedServicePrincipals = rememberedOnce(({ applications, plan }): readonly ChangedServicePrincipal[] =>
  plan.changes
    .filter(({ deposed, managed, type }) => managed && !deposed && type === 'azuread_service_principal')
    .filter(({ effect }) => effect === 'destroy' || effect === 'replace')
    .map((change) => ({ change, application: applications.at(change) }))
    .filter(({ application }) => staysItself(application)),
);

/** Those that come, or get other attributes. */
export function changedServicePrincipals({ applications, plan }: StackPlan): ChangedServicePrincipal[] {
  return plan.changes
    .filter(({ managed, type }) => managed && type === 'azuread_service_principal')
    .filter(({ effect }) => effect === 'create' || effect === 'update')
    .map((change) => ({ change, application: applications.at(change) }))
    .filter(({ application }) => staysItself(application));
}
