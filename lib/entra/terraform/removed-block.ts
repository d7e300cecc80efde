import { TerraformElement } from 'cdktf';
import type { Construct } from 'constructs';
import { refuseHcl } from './refuse-hcl';

/**
 * A `removed` block that stands where a resource stood: Terraform lets go of it and destroys nothing. Where there was
 * none, it does nothing.
 *
 * The block bears the construct id of the resource, and so its address. Terraform takes it from 1.7 on, OpenTofu from
 * 1.10 on: before, its `removed` had no `lifecycle`.
 */
export class RemovedBlock extends TerraformElement {
  readonly #type: string;

  /** @param type of the resource: `azuread_application_api_access` */
  constructor(scope: Construct, id: string, type: string) {
    super(scope, id);
    refuseHcl(this);
    this.#type = type;
  }

  override toTerraform(): Record<string, unknown> {
    return { removed: [{ from: `${this.#type}.${this.friendlyUniqueId}`, lifecycle: { destroy: false } }] };
  }
}
