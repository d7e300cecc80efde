import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { adoptable } from './forgotten-application';

/**
 * Takes a state of version 0.1.0 along, in which an existing application stood under the id that the program gives: with
 * this in its place, what is declared moves to its address of today, and Terraform lets go of the rest.
 */
export class FormerAddresses extends TerraformElement {
  #application: Construct | undefined;
  /** By their ids below this; they are there for their addresses alone. */
  readonly #places = new Map<string, Construct>();

  /** @param application what stood here, and stands elsewhere now */
  leadTo(application: Construct): void {
    this.#application = application;
  }

  override toTerraform(): Record<string, unknown> {
    const application = this.#application;
    if (application === undefined) return {};
    const moved = application.node
      .findAll()
      .filter(isResource)
      .map((resource) => ({
        from: this.#address(resource.terraformResourceType, idsBelow(application, resource)),
        to: `${resource.terraformResourceType}.${resource.friendlyUniqueId}`,
      }));
    const removed = [...adoptable]
      .map(([id, type]) => this.#address(type, [id]))
      .filter((address) => !moved.some(({ from }) => from === address))
      .map((from) => ({ from, lifecycle: { destroy: false } }));
    return { ...(moved.length > 0 && { moved }), ...(removed.length > 0 && { removed }) };
  }

  /** The address that a resource has which stands below this, by its construct ids. */
  #address(type: string, ids: readonly string[]): string {
    return `${type}.${TerraformStack.of(this).getLogicalId(this.#place(ids).node)}`;
  }

  #place(ids: readonly string[]): Construct {
    const [id, key] = [ids.at(-1), ids.join('/')];
    if (id === undefined) return this;
    const place = this.#places.get(key) ?? new Construct(this.#place(ids.slice(0, -1)), id);
    this.#places.set(key, place);
    return place;
  }
}

function isResource(construct: IConstruct): construct is TerraformResource {
  return TerraformResource.isTerraformResource(construct);
}

function idsBelow(top: Construct, construct: IConstruct): string[] {
  return construct.node.scopes.slice(top.node.scopes.length).map(({ node }) => node.id);
}
