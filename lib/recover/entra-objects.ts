import { isUuid } from '../addresses/uuid';
import { Certificate } from '../certificates/certificate';
import { Vb365Error } from '../errors';
import { type JsonObject, textOf } from '../plan/json-values';
import { counted } from '../words/counted';
import { shown } from '../words/shown';
import { applicationOfClientId, findApplications, type FoundApplication, heldOf, type Wanted } from './applications';
import type { DeclaredResource, DeclaredStack } from './declared-stack';
import type { Graph } from '../verify/graph';

/** `azuread_application.application_4D8A0EC9.id`, `data.terraform_remote_state.x.outputs.y` */
const REFERENCE = /\$\{((?:data\.)?[\w-]+\.[\w-]+)\.([\w.-]+)\}/g;

/** CDKTF names the remote state after the stack. */
const OTHER_STACK = /^data\.terraform_remote_state\.cross-stack-reference-input-(.+)$/;

/** What expressions refer to. */
interface ObjectIds {
  /** `/applications/<object id>`, `/servicePrincipals/<object id>` */
  readonly id: string;
  readonly objectId: string;
  readonly clientId: string;
}

/** What Entra has of what stacks declare. Each object is looked for once. */
export class EntraObjects {
  readonly #applications = new Map<string, Promise<FoundApplication | undefined>>();
  readonly #principals = new Map<string, Promise<string | undefined>>();

  readonly #lists = new Map<string, Promise<readonly JsonObject[]>>();

  constructor(
    readonly graph: Graph,
    /** The synthesized stack of a name; undefined where there is none, or where it is of another tenant. */
    readonly stackOf: (name: string) => DeclaredStack | undefined,
    /** Client ids that a person has chosen. */
    private readonly chosen: readonly string[],
  ) {}

  /**
   * What an expression of a stack will be: its text, with the ids of what Entra has in the place of references.
   *
   * @returns undefined where something in it is not there, or is an expression of another kind
   */
  async textOf(value: unknown, stack: DeclaredStack): Promise<string | undefined> {
    if (typeof value !== 'string') return undefined;
    const parts: string[] = [];
    let end = 0;
    for (const match of value.matchAll(REFERENCE)) {
      const [whole, address = '', attribute = ''] = match;
      const found = await this.#attributeOf(address, attribute, stack);
      if (found === undefined) return undefined;
      parts.push(value.slice(end, match.index), found);
      end = match.index + whole.length;
    }
    const text = [...parts, value.slice(end)].join('');
    return text.includes('${') ? undefined : text;
  }

  async #attributeOf(address: string, attribute: string, stack: DeclaredStack): Promise<string | undefined> {
    const [, output] = /^outputs\.(.+)$/.exec(attribute) ?? [];
    if (output !== undefined) {
      const other = this.stackOf(OTHER_STACK.exec(address)?.[1] ?? '');
      return other && this.textOf(other.outputs.get(output), other);
    }
    const ids = await this.#idsOf(address, stack);
    if (attribute === 'id') return ids?.id;
    if (attribute === 'object_id') return ids?.objectId;
    return attribute === 'client_id' ? ids?.clientId : undefined;
  }

  /** Of an application or a service principal, declared or looked up; undefined where Entra has none. */
  async #idsOf(address: string, stack: DeclaredStack): Promise<ObjectIds | undefined> {
    const resource = stack.data.get(address) ?? stack.resources.find((one) => one.address === address);
    if (resource?.type === 'azuread_application') {
      const application = await this.application(resource, stack);
      if (application === undefined) return undefined;
      const { clientId, objectId } = application;
      return { id: `/applications/${objectId}`, objectId, clientId };
    }
    if (resource?.type !== 'azuread_service_principal') return undefined;
    const clientId = await this.textOf(resource.attributes.client_id, stack);
    const objectId = clientId === undefined ? undefined : await this.principalOf(clientId);
    if (clientId === undefined || objectId === undefined) return undefined;
    return { id: `/servicePrincipals/${objectId}`, objectId, clientId };
  }

  /** A list of Microsoft Graph, asked for once. */
  list(path: string): Promise<readonly JsonObject[]> {
    const known = this.#lists.get(path) ?? this.graph.list(path);
    this.#lists.set(path, known);
    return known;
  }

  /** The application by the id that a resource refers to. */
  async applicationOfId(id: string): Promise<FoundApplication | undefined> {
    const known = await Promise.all(this.#applications.values());
    return known.find((application) => application !== undefined && id === `/applications/${application.objectId}`);
  }

  /**
   * One that a stack declares, by name or certificates, or looks up, by client id.
   *
   * @throws Vb365Error `recover-application-ambiguous`
   */
  application(resource: DeclaredResource, stack: DeclaredStack): Promise<FoundApplication | undefined> {
    const key = `${stack.name}/${resource.address}`;
    const known = this.#applications.get(key) ?? this.#findApplication(resource, stack);
    this.#applications.set(key, known);
    return known;
  }

  /** What a declared application is known by. */
  wanted({ address, attributes }: DeclaredResource, { resources }: DeclaredStack): Wanted {
    const own = resources.filter(
      ({ attributes: { application_id: id }, type }) =>
        type === 'azuread_application_certificate' && id === `\${${address}.id}`,
    );
    return {
      displayName: textOf(attributes.display_name) ?? '',
      thumbprints: new Set(own.flatMap((credential) => declaredThumbprint(credential) ?? [])),
      chosen: this.chosen,
    };
  }

  /** Object id of the service principal of an application. */
  principalOf(clientId: string): Promise<string | undefined> {
    const known = this.#principals.get(clientId) ?? this.#findPrincipal(clientId);
    this.#principals.set(clientId, known);
    return known;
  }

  async #findApplication(resource: DeclaredResource, stack: DeclaredStack): Promise<FoundApplication | undefined> {
    if (resource.address.startsWith('data.')) {
      const clientId = await this.textOf(resource.attributes.client_id, stack);
      return clientId === undefined ? undefined : applicationOfClientId(this.graph, clientId);
    }
    const wanted = this.wanted(resource, stack);
    const [first, ...others] = await findApplications(this.graph, wanted);
    if (first !== undefined && others.length > 0) throw ambiguous([first, ...others], wanted, stack);
    return first;
  }

  async #findPrincipal(clientId: string): Promise<string | undefined> {
    const found = await this.graph.find(`/servicePrincipals(appId='${encodeURIComponent(clientId)}')?$select=id,appId`);
    const id = textOf(found?.id) ?? '';
    return isUuid(id) ? id.toLowerCase() : undefined;
  }
}

/** SHA-1 of the certificate that a resource publishes; undefined where its value is none. */
export function declaredThumbprint({ attributes }: DeclaredResource): string | undefined {
  try {
    return Certificate.fromPem(textOf(attributes.value) ?? '').thumbprint;
  } catch (error) {
    if (error instanceof Vb365Error) return undefined;
    throw error;
  }
}

function ambiguous(applications: readonly FoundApplication[], wanted: Wanted, stack: DeclaredStack): Vb365Error {
  const each = applications.map((one) => {
    const made = one.created === '' ? '' : `, made ${shown(one.created.slice(0, 10))}`;
    return `${one.clientId} (${shown(one.displayName)}${made}, holds ${heldOf(one, wanted).length} of ${counted(wanted.thumbprints.size, 'certificate')})`;
  });
  return new Vb365Error('recover-application-ambiguous', {
    subject: wanted.displayName,
    message: `the tenant ${stack.tenantId} has ${applications.length} applications that may be meant: ${each.join('; ')}`,
    cure: `find out which one the product uses, and run "vb365 recover ${stack.name} --client-id <client id>"; delete the others in Entra once nothing signs in as them`,
  });
}
