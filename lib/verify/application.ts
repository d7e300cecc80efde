import type { RedirectPlatform } from '../addresses/redirect-platforms';
import { z } from 'zod';
import { isUuid } from '../addresses/uuid';
import { Certificate } from '../certificates/certificate';
import { Vb365Error } from '../errors';
import { type Cloud, parseJson } from './cloud';
import type { Network } from './network';
import { isThumbprint } from '../certificates/thumbprint';

/** A certificate that an application accepts, as Entra lists it. */
export interface SeenCredential {
  /** UUID by which Entra lists it; null where it shows none. */
  readonly keyId: string | null;
  /** SHA-1 in upper-case hex; null where Entra shows neither the certificate nor its thumbprint. */
  readonly thumbprint: string | null;
  /** As the person named it who uploaded it, or the subject. From outside. */
  readonly displayName: string;
  readonly start: Date;
  readonly end: Date;
}

/** As much of an application as is compared. */
export interface SeenApplication {
  /** From outside. */
  readonly displayName: string;
  readonly credentials: readonly SeenCredential[];
  readonly redirectUris: Readonly<Record<RedirectPlatform, readonly string[]>>;
  readonly permissions: readonly {
    readonly apiClientId: string;
    readonly id: string;
    readonly kind: 'application' | 'delegated';
  }[];
  readonly publicClientFlows: boolean;
}

/** `forbidden`: the token may not read it. `missing`: the tenant has no such application. */
export type ReadApplication = SeenApplication | 'forbidden' | 'missing';

const redirectUrisSchema = z.looseObject({ redirectUris: z.array(z.string()).nullish() }).nullish();

const applicationSchema = z.looseObject({
  displayName: z.string().nullish(),
  keyCredentials: z.array(
    z.looseObject({
      keyId: z.string().nullish(),
      key: z.string().nullish(),
      customKeyIdentifier: z.string().nullish(),
      displayName: z.string().nullish(),
      startDateTime: z.coerce.date(),
      endDateTime: z.coerce.date(),
    }),
  ),
  spa: redirectUrisSchema,
  web: redirectUrisSchema,
  publicClient: redirectUrisSchema,
  isFallbackPublicClient: z.boolean().nullish(),
  requiredResourceAccess: z.array(
    z.looseObject({
      resourceAppId: z.string(),
      resourceAccess: z.array(z.looseObject({ id: z.string(), type: z.string() })),
    }),
  ),
});

/** Microsoft Graph shows the certificates themselves only where they are asked for by name. */
const SELECTED = 'displayName,keyCredentials,spa,web,publicClient,isFallbackPublicClient,requiredResourceAccess';

/**
 * Reads an application by its client id from Microsoft Graph.
 *
 * @param token for Microsoft Graph; secret
 * @throws Vb365Error `verify-unreachable`
 */
export async function readApplication(
  { graph }: Cloud,
  clientId: string,
  token: string,
  network: Network,
): Promise<ReadApplication> {
  const url = `${graph}/v1.0/applications(appId='${encodeURIComponent(clientId)}')?$select=${SELECTED}`;
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const { status, body } = await network.ask(url, { method: 'GET', headers });
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 404) return 'missing';
  const parsed = applicationSchema.safeParse(parseJson(body));
  if (status === 200 && parsed.success) return seen(parsed.data);
  const { host } = new URL(graph);
  throw new Vb365Error('verify-unreachable', {
    subject: host,
    message: `${host} answered ${status}, and not as Microsoft Graph does`,
    cure: 'run the command again later, and check which proxy answers in its place',
  });
}

const namesakesSchema = z.looseObject({ value: z.array(z.looseObject({ appId: z.guid() })) });

/**
 * Client ids of the other applications of that name in the tenant; none where the token may not list them, and of more than a
 * page of them those of the first.
 *
 * @param token for Microsoft Graph; secret
 * @throws Vb365Error `verify-unreachable`
 */
export async function readNamesakes(
  { graph }: Cloud,
  { clientId, displayName }: { readonly clientId: string; readonly displayName: string },
  token: string,
  network: Network,
): Promise<string[]> {
  if (displayName === '') return [];
  const name = encodeURIComponent(`'${displayName.replaceAll("'", "''")}'`);
  const url = `${graph}/v1.0/applications?$filter=displayName%20eq%20${name}&$select=appId,displayName`;
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const { body, status } = await network.ask(url, { method: 'GET', headers });
  const parsed = namesakesSchema.safeParse(parseJson(body));
  if (status !== 200 || !parsed.success) return [];
  const ids = parsed.data.value.map(({ appId }) => appId.toLowerCase());
  return ids.filter((id) => id !== clientId.toLowerCase());
}

function seen(application: z.infer<typeof applicationSchema>): SeenApplication {
  const { displayName, keyCredentials, spa, web, publicClient, isFallbackPublicClient, requiredResourceAccess } =
    application;
  return {
    displayName: displayName ?? '',
    credentials: keyCredentials.map(({ keyId, key, customKeyIdentifier, displayName, startDateTime, endDateTime }) => ({
      keyId: isUuid(keyId ?? '') ? (keyId ?? null) : null,
      thumbprint: thumbprintOf(key ?? '', customKeyIdentifier ?? ''),
      displayName: displayName ?? '',
      start: startDateTime,
      end: endDateTime,
    })),
    redirectUris: {
      spa: spa?.redirectUris ?? [],
      web: web?.redirectUris ?? [],
      'public-client': publicClient?.redirectUris ?? [],
    },
    permissions: requiredResourceAccess.flatMap(({ resourceAppId, resourceAccess }) =>
      resourceAccess.map(({ id, type }) => ({
        apiClientId: resourceAppId.toLowerCase(),
        id: id.toLowerCase(),
        kind: type === 'Role' ? ('application' as const) : ('delegated' as const),
      })),
    ),
    publicClientFlows: isFallbackPublicClient ?? false,
  };
}

/** The identifier is the thumbprint in hex, or its bytes in base64, or whatever the uploader chose. */
function thumbprintOf(key: string, identifier: string): string | null {
  try {
    if (key !== '') return Certificate.fromDer(Buffer.from(key, 'base64')).thumbprint;
  } catch {
    // A key that is no certificate may still have a thumbprint.
  }
  if (isThumbprint(identifier.toUpperCase())) return identifier.toUpperCase();
  const bytes = Buffer.from(identifier, 'base64');
  return bytes.length === 20 ? bytes.toString('hex').toUpperCase() : null;
}
