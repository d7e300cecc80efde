import type { Application } from '@cdktf/provider-azuread/lib/application';
import { ApplicationOwner } from '@cdktf/provider-azuread/lib/application-owner';
import type { DataAzureadServicePrincipal } from '@cdktf/provider-azuread/lib/data-azuread-service-principal';
import { Lazy, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { refuseHcl } from './terraform/refuse-hcl';

export interface DeployOwnerProps {
  /** Has the identity among its `owners`, and ignores how they change. */
  readonly application: Application;
  readonly identity: DataAzureadServicePrincipal;
}

/**
 * Makes an owner of the identity that applies where the application was made without it.
 *
 * Only the list of the application itself makes an owner while it is created: afterwards the provider has taken the caller
 * off, who may then add nobody. That list would also take off whoever is not in it, so that its changes are ignored; and an
 * owner who is there already may not be added again. So a `terraform_data` remembers who was among the owners when it was
 * made, and the owner is a resource of its own where the identity was not. Measured with azuread 3.7.0.
 */
export class DeployOwner extends Construct {
  constructor(scope: Construct, id: string, { application, identity }: DeployOwnerProps) {
    super(scope, id);
    refuseHcl(this);
    const address = (): string => `${application.terraformResourceType}.${application.friendlyUniqueId}`;
    // CDKTF's own class for it starts `terraform version` at each synthesis, which shall need nothing but its input.
    const first = new TerraformResource(this, 'first-owners', {
      terraformResourceType: 'terraform_data',
      lifecycle: { ignoreChanges: ['input'] },
    });
    first.addOverride('input', { first_owners: expression(() => `${address()}.owners`) });
    first.addOverride('triggers_replace', application.id);

    const owner = new ApplicationOwner(this, 'owner', {
      applicationId: application.id,
      ownerObjectId: identity.objectId,
      lifecycle: { createBeforeDestroy: true },
    });
    owner.addOverride(
      'count',
      expression(() => {
        const found = `data.azuread_service_principal.${identity.friendlyUniqueId}.object_id`;
        // Of functions, those alone that the review of a plan knows; it may be that there were no owners.
        const firstOwners = `flatten([terraform_data.${first.friendlyUniqueId}.input.first_owners])`;
        return `length([for owner in ${firstOwners} : owner if owner == ${found}]) > 0 ? 0 : 1`;
      }),
    );
  }
}

/** Addresses are known when the stack is synthesized. */
function expression(produce: () => string): string {
  return Lazy.stringValue({ produce: () => `\${${produce()}}` });
}
