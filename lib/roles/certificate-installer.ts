import { Lazy, TerraformResource } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import type { CertificateLineage } from '../certificates/generation';
import type { IEntraApplication } from '../entra/application';
import { requireProps } from '../entra/props';
import { refuseHcl } from '../entra/terraform/refuse-hcl';
import { describe } from './role-certificate';

/** What is installed, by which way, and after which resources. */
export interface CertificateInstallerProps {
  /** Its last generation is installed; without one, nothing is. */
  readonly lineage: CertificateLineage;
  /** `local`, `ssh`: PowerShell on this machine or on the server. `rest`: the REST API of the installation. */
  readonly via: 'local' | 'ssh' | 'rest';
  /** Constructs of the same stack whose resources must be there before: the product signs in with the certificate as soon as it has it. */
  readonly after: readonly IConstruct[];
  /** The application that accepts the certificate, whose client id only Terraform knows. @default none */
  readonly application?: IEntraApplication;
}

/** Id of the resource of an installer: a part of its Terraform address. */
const RUN = 'run';

/**
 * Runs `vb365 install` whenever another certificate becomes current, so that a deployment does both: publish and install.
 *
 * A failed installation fails the apply and taints this resource alone, which does nothing when it is destroyed; the next
 * apply repeats it. What Terraform knows of it is public: the command opens the private key itself, with the identity
 * of whoever applies.
 */
export class CertificateInstaller extends Construct {
  constructor(scope: Construct, id: string, props: CertificateInstallerProps) {
    super(scope, id);
    requireProps(this.node.path, props, 'lineage', 'via', 'after');
    const { after, application, lineage, via } = props;
    const current = lineage.generations.at(-1);
    if (current === undefined) return;
    refuseHcl(this);
    const installer = new TerraformResource(this, RUN, { terraformResourceType: 'terraform_data' });
    installer.addOverride('input', { installs: lineage.name, via });
    installer.addOverride('triggers_replace', describe(current).thumbprint);
    installer.addOverride('depends_on', Lazy.anyValue({ produce: () => addressesOf(after) }));
    installer.addOverride('provisioner', [{ 'local-exec': localExec(lineage.name, via, application?.clientId) }]);
  }
}

/**
 * Terraform runs a stack in `cdktf.out/stacks/<name>`; the package is installed beside `cdktf.out`. A review of a plan knows
 * the command by its exact form.
 */
function localExec(lineage: string, via: string, clientId: string | undefined): Record<string, string> {
  const application = clientId === undefined ? '' : ` --client-id ${clientId}`;
  return {
    command: `npx --no-install vb365 install ${lineage} --via ${via}${application}`,
    working_dir: '${path.root}/../../..',
  };
}

/** Of resources but installers, which do not wait for each other; sorted, so that the order of declaration changes nothing. */
function addressesOf(constructs: readonly IConstruct[]): string[] {
  const resources = constructs.flatMap((construct) => construct.node.findAll().filter(isResource));
  const awaited = resources.filter(({ node }) => node.id !== RUN);
  return [
    ...new Set(awaited.map((resource) => `${resource.terraformResourceType}.${resource.friendlyUniqueId}`)),
  ].sort();
}

function isResource(construct: IConstruct): construct is TerraformResource {
  return TerraformResource.isTerraformResource(construct);
}
