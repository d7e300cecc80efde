import { z } from 'zod';
import { formatAuthority, urlPartsOf } from '../addresses/url-parts';
import { type Region, regions } from '../catalogue/regions';
import { Vb365Error } from '../errors';
import type { Network } from './network';

/** Where applications sign in and are described, without a slash at the end. */
export interface Cloud {
  readonly login: string;
  readonly graph: string;
}

const httpsAddress = z.string().transform((text, context) => {
  const parts = urlPartsOf(text);
  if (parts?.scheme === 'https') return parts.href.replace(/\/$/, '');
  context.addIssue({ code: 'custom', message: 'not an https address' });
  return z.NEVER;
});

const metadataSchema = z.looseObject({
  microsoftGraphResourceId: httpsAddress,
  authentication: z.looseObject({ loginEndpoint: httpsAddress }),
});

/** Same version as the azuread provider asks for. */
const METADATA_PATH = '/metadata/endpoints?api-version=2022-09-01';

/**
 * The clouds of the regions; where `ARM_METADATA_HOSTNAME` names a host that describes its cloud, that one for all, as the
 * azuread provider has it.
 */
export class Clouds {
  #described: Promise<Cloud> | undefined;

  constructor(
    private readonly network: Network,
    private readonly metadataHost: string | undefined,
  ) {}

  /** @throws Vb365Error `verify-unreachable`, `cloud-metadata-malformed` */
  async of(region: Region): Promise<Cloud> {
    if (this.metadataHost === undefined || this.metadataHost === '') return regions[region];
    this.#described ??= describe(this.network, this.metadataHost);
    return this.#described;
  }

  /** What was not there may be there at the next look. */
  forget(): void {
    this.#described = undefined;
  }
}

async function describe(network: Network, host: string): Promise<Cloud> {
  const url = `https://${host}${METADATA_PATH}`;
  const { hostName = '', port, userInfo } = urlPartsOf(url) ?? {};
  if (userInfo !== '' || formatAuthority(hostName, port) !== host.toLowerCase()) throw malformed(host);
  const { body, status } = await network.ask(url, { method: 'GET' });
  const metadata = metadataSchema.safeParse(parseJson(body));
  if (status !== 200 || !metadata.success) throw malformed(host);
  const { microsoftGraphResourceId, authentication } = metadata.data;
  return { login: authentication.loginEndpoint, graph: microsoftGraphResourceId };
}

/** @returns undefined where the text is no JSON */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function malformed(host: string): Vb365Error {
  return new Vb365Error('cloud-metadata-malformed', {
    subject: host,
    message: `${host}, which ARM_METADATA_HOSTNAME names, does not describe a cloud with its sign-in and Microsoft Graph`,
    cure: 'unset ARM_METADATA_HOSTNAME for the clouds of Microsoft, or name a host and its port only',
  });
}
