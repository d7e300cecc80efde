import { isUuid } from '../addresses/uuid';
import { isThumbprint } from '../certificates/thumbprint';
import { type JsonObject, objectOf, objectsOf, textOf, textsOf } from '../plan/json-values';
import { type Graph, quoted } from '../verify/graph';

/** An application of a tenant, as far as it is recovered. */
export interface FoundApplication {
  readonly objectId: string;
  readonly clientId: string;
  /** From outside. */
  readonly displayName: string;
  /** RFC 3339; empty where Entra does not say it. From outside. */
  readonly created: string;
  readonly keyCredentials: readonly { readonly keyId: string; readonly thumbprint: string | undefined }[];
  readonly identifierUris: readonly string[];
  /** By the type that the provider gives a platform. */
  readonly redirectUris: Readonly<Record<string, readonly string[]>>;
  readonly publicClientFlows: boolean;
  /** Client ids of the APIs that it asks for something, in lower case. */
  readonly apis: readonly string[];
}

/** An application that Entra keeps for 30 days after somebody has deleted it. */
export interface DeletedApplication {
  readonly objectId: string;
  readonly clientId: string;
  readonly displayName: string;
  /** RFC 3339; empty where Entra does not say it. */
  readonly deleted: string;
}

/** What an application is known by. */
export interface Wanted {
  readonly displayName: string;
  /** SHA-1, upper-case hex, of the certificates that it shall hold. */
  readonly thumbprints: ReadonlySet<string>;
  /** Client ids that a person has chosen, in lower case. */
  readonly chosen: readonly string[];
}

const SELECT =
  '$select=id,appId,displayName,createdDateTime,keyCredentials,identifierUris,web,spa,publicClient,isFallbackPublicClient,requiredResourceAccess';

export async function applicationOfClientId(graph: Graph, clientId: string): Promise<FoundApplication | undefined> {
  const found = await graph.find(`/applications(appId='${encodeURIComponent(clientId)}')?${SELECT}`);
  return found && read(found);
}

/**
 * Those that may be meant: what a person has chosen; else those of the name; else, because people rename them, those that hold
 * a certificate of the stack.
 */
export async function findApplications(graph: Graph, wanted: Wanted): Promise<FoundApplication[]> {
  if (wanted.chosen.length > 0) return findChosen(graph, wanted);
  const named = await graph.list(`/applications?$filter=displayName%20eq%20${quoted(wanted.displayName)}&${SELECT}`);
  if (named.length > 0) return named.flatMap((one) => read(one) ?? []);
  const all = await graph.list(`/applications?$top=999&${SELECT}`);
  return all.flatMap((one) => read(one) ?? []).filter((one) => heldOf(one, wanted).length > 0);
}

/** Of several, those of the name: a stack of constructs may own more than one. */
async function findChosen(graph: Graph, { chosen, displayName }: Wanted): Promise<FoundApplication[]> {
  const found = await Promise.all(chosen.map((clientId) => applicationOfClientId(graph, clientId)));
  const there = found.filter((one) => one !== undefined);
  const ofName = there.filter((one) => one.displayName.toLowerCase() === displayName.toLowerCase());
  return ofName.length > 0 ? ofName : there;
}

/** Thumbprints of the stack that an application holds. */
export function heldOf({ keyCredentials }: FoundApplication, { thumbprints }: Wanted): string[] {
  const held = keyCredentials.map(({ thumbprint }) => thumbprint);
  return [...thumbprints].filter((thumbprint) => held.includes(thumbprint));
}

/** In the order in which they were deleted, the last first. */
export async function findDeleted(graph: Graph, wanted: Wanted): Promise<DeletedApplication[]> {
  const all = await graph.list('/directory/deletedItems/microsoft.graph.application?$top=999');
  return all
    .filter((one) => isWanted(one, wanted))
    .flatMap((one): DeletedApplication[] => {
      const found = read(one);
      return found === undefined ? [] : [{ ...found, deleted: textOf(one.deletedDateTime) ?? '' }];
    })
    .sort((one, other) => (one.deleted < other.deleted ? 1 : -1));
}

function isWanted(one: JsonObject, wanted: Wanted): boolean {
  const clientId = textOf(one.appId)?.toLowerCase() ?? '';
  if (wanted.chosen.length > 0) return wanted.chosen.includes(clientId);
  const hasName = textOf(one.displayName)?.toLowerCase() === wanted.displayName.toLowerCase();
  const found = read(one);
  return hasName || (found !== undefined && heldOf(found, wanted).length > 0);
}

/** Undefined where its ids are none: they go into files and commands. */
function read(one: JsonObject): FoundApplication | undefined {
  const [objectId = '', clientId = ''] = [textOf(one.id), textOf(one.appId)];
  if (!isUuid(objectId) || !isUuid(clientId)) return undefined;
  const uris = (platform: unknown): readonly string[] => textsOf(objectOf(platform).redirectUris);
  return {
    objectId: objectId.toLowerCase(),
    clientId: clientId.toLowerCase(),
    displayName: textOf(one.displayName) ?? '',
    created: textOf(one.createdDateTime) ?? '',
    keyCredentials: objectsOf(one.keyCredentials).map(({ customKeyIdentifier, keyId }) => ({
      keyId: textOf(keyId)?.toLowerCase() ?? '',
      thumbprint: thumbprintOf(textOf(customKeyIdentifier) ?? ''),
    })),
    identifierUris: textsOf(one.identifierUris),
    redirectUris: { SPA: uris(one.spa), Web: uris(one.web), PublicClient: uris(one.publicClient) },
    publicClientFlows: one.isFallbackPublicClient === true,
    apis: objectsOf(one.requiredResourceAccess).flatMap(
      ({ resourceAppId }) => textOf(resourceAppId)?.toLowerCase() ?? [],
    ),
  };
}

/** The identifier is the thumbprint in hex, or its bytes in base64, or whatever the uploader chose. */
function thumbprintOf(identifier: string): string | undefined {
  if (isThumbprint(identifier.toUpperCase())) return identifier.toUpperCase();
  const bytes = Buffer.from(identifier, 'base64');
  return bytes.length === 20 ? bytes.toString('hex').toUpperCase() : undefined;
}
