import { TerraformElement } from 'cdktf';
import type { Construct } from 'constructs';
import { refuseHcl } from './refuse-hcl';

export interface ImportBlockProps {
  /** The resource that adopts. */
  readonly to: TerraformElement & { readonly terraformResourceType: string };
  /** Terraform expression of a set: with one element the object is imported, with none it is created. Asked at synthesis. */
  readonly forEach: () => string;
  /** Import id, as the provider documents it. */
  readonly importId: string;
}

/**
 * An `import` block with `for_each`: adopts what is there and lets Terraform create what is not.
 *
 * CDKTF writes `import` without `for_each` only; Terraform and OpenTofu take it from 1.7 on, OpenTofu but for 1.11.0.
 * Source: https://developer.hashicorp.com/terraform/language/v1.7.x/upgrade-guides, measured with azuread 3.7.0.
 */
export class ImportBlock extends TerraformElement {
  readonly #props: ImportBlockProps;

  constructor(scope: Construct, id: string, props: ImportBlockProps) {
    super(scope, id);
    refuseHcl(this);
    this.#props = props;
  }

  override toTerraform(): Record<string, unknown> {
    const { to, forEach, importId } = this.#props;
    return {
      import: [
        { for_each: `\${${forEach()}}`, to: `${to.terraformResourceType}.${to.friendlyUniqueId}`, id: importId },
      ],
    };
  }
}
